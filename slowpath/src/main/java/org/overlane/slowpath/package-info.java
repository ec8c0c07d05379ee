/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The slow path for packets that are too large for the tunnel to their destination: bytes in, a
 * verdict out.
 *
 * <p>{@link org.overlane.slowpath.SlowPath} decides, and writes the frames that its verdict needs:
 * an ICMP error for the sender, fragments, a SYN with a smaller MSS. {@link
 * org.overlane.slowpath.TokenBuckets} and {@link org.overlane.slowpath.SlowPathCounters} are what a
 * caller needs to limit and to count it. Everything here is pure: no ONOS, no threads, no clock;
 * whatever bytes a VM sends, they end in a verdict and never in an exception.
 */
package org.overlane.slowpath;
