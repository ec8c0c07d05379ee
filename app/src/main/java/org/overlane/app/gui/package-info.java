/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What ONOS's own graphical user interface shows of Overlane. Nothing of it runs where that is not
 * installed, and nothing else depends on it.
 */
package org.overlane.app.gui;
