/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The MTU plan of the model in force, with what hosts tell. */
package org.overlane.app.plan;
