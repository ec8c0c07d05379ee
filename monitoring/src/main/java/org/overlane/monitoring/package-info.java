/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What is told to operators: metrics in the format of Prometheus, and log messages that nobody can
 * make flood. Knows nothing of what it is about.
 */
package org.overlane.monitoring;
