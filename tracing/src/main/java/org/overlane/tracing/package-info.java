/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What happens to a packet, and what an entry is for: questions as the offline tool, REST and the
 * console ask them, and answers as text and JSON. The way itself is found out by {@link
 * org.overlane.flowrules.trace.path}; what the controller would do, the slow path decides here on
 * the very bytes of the packet. Stateless; no ONOS, no threads, no clock.
 */
package org.overlane.tracing;
