/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The contracts of the pipeline: its tables, priority bands, register fields, and what a kind of
 * switch can do. Every entry is checked against them when it is built.
 */
package org.overlane.flowrules.pipeline;
