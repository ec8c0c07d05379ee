/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * How large packets may be in a model, what is wrong about it, and what a change of MTUs would do.
 * Pure: no ONOS, no threads, no clock; every value is immutable, and everything may be called from
 * any thread.
 */
package org.overlane.tunnels.plan;
