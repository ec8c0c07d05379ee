/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * A client for the database of Open vSwitch (RFC 7047): keeps a copy of some tables of a host.
 * Whatever the peer sends or does not send ends in a reason and another attempt, never in an
 * exception, unbounded memory or a blocked thread.
 */
package org.overlane.tunnels.ovsdb;
