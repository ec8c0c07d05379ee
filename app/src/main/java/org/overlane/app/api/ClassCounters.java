/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.api;

import com.google.auto.value.AutoValue;
import org.overlane.flowrules.feature.PacketClass;

/**
 * What the entries of one packet class on one switch have counted, as the switch reported it last.
 * Immutable.
 */
@AutoValue
public abstract class ClassCounters {
  ClassCounters() {}

  public abstract PacketClass packetClass();

  /** Entries that the switch has. */
  public abstract int entries();

  /** Packets that hit them. Behind a size check every packet counts, too large or not. */
  public abstract long packets();

  /** Bytes of these packets, with Ethernet header. */
  public abstract long bytes();

  public static ClassCounters of(PacketClass packetClass, int entries, long packets, long bytes) {
    return new AutoValue_ClassCounters(packetClass, entries, packets, bytes);
  }
}
