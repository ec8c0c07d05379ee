/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What is declared, stored and discovered, and how it becomes a model. */
package org.overlane.app.model;
