/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Whether this controller is alive, and whether the network is as declared. */
package org.overlane.app.health;
