/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Keeps switches as the model wants them. {@link org.overlane.app.reconcile.SwitchReconciler}
 * decides for one switch and knows neither threads nor clock; {@link
 * org.overlane.app.reconcile.ReconcileLoop} owns both. Nothing here knows ONOS: it is behind {@link
 * org.overlane.app.reconcile.Fabric}.
 */
package org.overlane.app.reconcile;
