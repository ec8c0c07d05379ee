/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The databases of the hosts: which are followed, and what is known from them. */
package org.overlane.app.tunnels;
