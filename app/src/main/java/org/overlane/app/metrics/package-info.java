/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What Prometheus is told. */
package org.overlane.app.metrics;
