/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The part of the model that operators declare in ONOS's network configuration. */
package org.overlane.app.config;
