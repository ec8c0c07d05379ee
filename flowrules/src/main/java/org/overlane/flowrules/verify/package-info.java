/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Proves, for every packet, that tables do what a model asks. Sees neither features nor compiler: a
 * verifier that shares the compiler's assumptions verifies nothing.
 */
package org.overlane.flowrules.verify;
