/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What switches have beside what they should, and whether it matters. Knows nothing of ONOS. */
package org.overlane.app.drift;
