/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * From the rows of a host's database to what is known about its switches, and from that and the
 * declaration of a device to what is discovered and what is wrong with it. Pure and thread-safe.
 */
package org.overlane.tunnels.discovery;
