/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** From a network model to the tables of each node. */
package org.overlane.flowrules.compile;
