/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * OpenFlow as data: flow entries and groups with the subset of OpenFlow 1.3.5 and of the Nicira
 * extensions that the pipeline uses. Knows nothing of the network model or of any packet class.
 */
package org.overlane.flowrules.openflow;
