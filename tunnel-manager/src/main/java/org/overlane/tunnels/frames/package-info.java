/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The packets that are sent through tunnels to find out about them: bytes, and nothing else. */
package org.overlane.tunnels.frames;
