/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Flow entries and groups in the syntax of ovs-ofctl. */
package org.overlane.flowrules.text;
