/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.ovsdb;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import java.util.Optional;

/** How the connection to one server is doing. Immutable. */
@AutoValue
public abstract class ConnectionState {
  ConnectionState() {}

  /** In one word. */
  public enum Phase {
    /** Connecting, or reading the database for the first time over this connection. */
    CONNECTING,
    /** The copy of the database is complete and follows every change. */
    CONNECTED,
    /** The last attempt failed; there will be another one. */
    WAITING,
    /** Not wanted any more. */
    CLOSED
  }

  public abstract Phase phase();

  /** When this phase began; attempts that fail one after the other are one phase. */
  public abstract Instant since();

  /** The last failure, even if it is mended by now. */
  public abstract Optional<String> lastError();

  public abstract Optional<Instant> lastErrorAt();

  /** Before anything is known of the connection. */
  public static ConnectionState initial(Instant now) {
    return new AutoValue_ConnectionState(Phase.CONNECTING, now, Optional.empty(), Optional.empty());
  }

  ConnectionState failed(String reason, Instant now) {
    return new AutoValue_ConnectionState(
        Phase.WAITING,
        phase() == Phase.WAITING ? since() : now,
        Optional.of(reason),
        Optional.of(now));
  }

  ConnectionState connected(Instant now) {
    return new AutoValue_ConnectionState(Phase.CONNECTED, now, lastError(), lastErrorAt());
  }

  ConnectionState closed(Instant now) {
    return new AutoValue_ConnectionState(Phase.CLOSED, now, lastError(), lastErrorAt());
  }
}
