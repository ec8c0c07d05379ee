/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The network model: what an operator declares and the switches report, as immutable values.
 *
 * <p>Everything here is pure: no clock, no threads, no ONOS. A {@link
 * org.overlane.flowrules.model.NetworkModel} is complete and consistent by construction; whatever
 * is not known yet (a port that has not appeared) is absent, never guessed.
 */
package org.overlane.flowrules.model;
