/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * A packet's whole way, from a port of one switch to all who get it: the tables of every switch on
 * it, the tunnel endpoints between them, and the decisions of the controller. As in {@link
 * org.overlane.flowrules.trace}, nothing is shared with the compiler.
 */
package org.overlane.flowrules.trace.path;
