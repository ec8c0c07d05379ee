/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Tunnels and what is known of them: which there are, what probes say, what follows for the limits
 * of packets, and what has happened. The prober itself is {@code org.overlane.tunnels.probing}.
 */
package org.overlane.app.probing;
