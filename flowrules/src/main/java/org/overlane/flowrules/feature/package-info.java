/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The packet classes: one feature, one file. Only {@code compile} may use this package. */
package org.overlane.flowrules.feature;
