/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What a switch does with one packet, and why: every entry it meets, every field that changes, and
 * where it ends. Shares nothing with the compiler, so that it can be held against it.
 */
package org.overlane.flowrules.trace;
