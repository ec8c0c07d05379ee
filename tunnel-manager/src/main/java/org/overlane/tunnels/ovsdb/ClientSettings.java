/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.ovsdb;

import com.google.auto.value.AutoValue;

/** Limits and times of a client. Milliseconds, bytes and counts; all positive. */
@AutoValue
public abstract class ClientSettings {
  public static final ClientSettings DEFAULT = builder().build();

  ClientSettings() {}

  /** The largest message that is taken. */
  public abstract int maxMessageBytes();

  /** The deepest nesting of a message. */
  public abstract int maxDepth();

  /** The most JSON values in a message, names of fields included. */
  public abstract int maxValues();

  /** The most requests that wait for an answer. */
  public abstract int maxRequests();

  /** The most rows that are kept of a database. */
  public abstract int maxRows();

  /** The most memory for rows, estimated. */
  public abstract long maxReplicaBytes();

  /** The most connections that are made by servers, at once. */
  public abstract int maxPassive();

  /** The same from one address. */
  public abstract int maxPassivePerAddress();

  /** How long a connection may take to come up. */
  public abstract int connectTimeout();

  /** How long an answer may take. */
  public abstract long requestTimeout();

  /** How long a peer may be silent before it is asked whether it is there. */
  public abstract long probeInterval();

  /** The pause before the first new attempt; it doubles with every failure. */
  public abstract long firstRetry();

  public abstract long lastRetry();

  /** The least time from one report of a change to the next. */
  public abstract long reportInterval();

  public static Builder builder() {
    return new AutoValue_ClientSettings.Builder()
        .maxMessageBytes(32 << 20)
        .maxDepth(32)
        .maxValues(2_000_000)
        .maxRequests(64)
        .maxRows(200_000)
        .maxReplicaBytes(128L << 20)
        .maxPassive(2_000)
        .maxPassivePerAddress(16)
        .connectTimeout(5_000)
        .requestTimeout(10_000)
        .probeInterval(5_000)
        .firstRetry(500)
        .lastRetry(15_000)
        .reportInterval(50);
  }

  /** Collects the settings. Not thread-safe. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder maxMessageBytes(int bytes);

    public abstract Builder maxDepth(int levels);

    public abstract Builder maxValues(int values);

    public abstract Builder maxRequests(int requests);

    public abstract Builder maxRows(int rows);

    public abstract Builder maxReplicaBytes(long bytes);

    public abstract Builder maxPassive(int connections);

    public abstract Builder maxPassivePerAddress(int connections);

    public abstract Builder connectTimeout(int millis);

    public abstract Builder requestTimeout(long millis);

    public abstract Builder probeInterval(long millis);

    public abstract Builder firstRetry(long millis);

    public abstract Builder lastRetry(long millis);

    public abstract Builder reportInterval(long millis);

    public abstract ClientSettings build();
  }
}
