/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The model document: what an operator declares, as JSON and as values.
 *
 * <p>{@link org.overlane.config.ModelReader} turns text into values or a complete list of problems,
 * {@link org.overlane.config.ModelChecks} finds contradictions between values, {@link
 * org.overlane.config.ModelAssembler} joins the declared with the discovered into the compiler's
 * input, {@link org.overlane.config.ModelWriter} writes values back. Everything is pure and
 * thread-safe; the offline command and the controller share all of it.
 */
package org.overlane.config;
