/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Everything that talks to ONOS: configuration, stores, switches, and the component itself. */
package org.overlane.app.onos;
