/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** JMH benchmarks of what the controller does for every change; figures in docs/benchmarks.md. */
package org.overlane.bench;
