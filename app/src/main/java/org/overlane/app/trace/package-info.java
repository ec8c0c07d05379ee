/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Questions about packets in the live network: through what the model wants, or what is there. */
package org.overlane.app.trace;
