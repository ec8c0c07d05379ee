/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * From what operators allow for their devices, and the rows of a host's database, to the operations
 * that are missing there. Pure and thread-safe.
 */
package org.overlane.tunnels.provision;
