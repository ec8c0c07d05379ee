/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What the underlay really carries between two VTEPs: path MTU and liveness, found by probes of
 * growing size after RFC 8899 (DPLPMTUD). Which probe is due and what its arrival or loss means,
 * not how a probe is built or sent. Pure: no clock, no thread, no input or output; values are
 * immutable, {@link org.overlane.tunnels.probing.Prober} belongs to one thread at a time.
 */
package org.overlane.tunnels.probing;
