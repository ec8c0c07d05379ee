/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What the application does with packets that switches hand to it: too large for the underlay, or
 * the opening of a TCP connection whose MSS is to be lowered. Decides with the pure module {@code
 * slowpath}, keeps to limits, counts. Nothing here knows ONOS.
 */
package org.overlane.app.slowpath;
