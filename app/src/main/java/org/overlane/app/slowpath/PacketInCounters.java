/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.slowpath;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import org.overlane.flowrules.feature.PacketClass;

/** Packets that entries of ours have sent to this controller since it was started. Thread-safe. */
public final class PacketInCounters {
  private final ImmutableMap<PacketClass, LongAdder> counts =
      Maps.toMap(Arrays.asList(PacketClass.values()), c -> new LongAdder());
  private final LongAdder failed = new LongAdder();

  /** One of this class has come. */
  public void count(PacketClass packetClass) {
    counts.get(packetClass).increment();
  }

  /** One could not be dealt with, for a defect. */
  public void failed() {
    failed.increment();
  }

  /** How many of a class have come. */
  public long of(PacketClass packetClass) {
    return counts.get(packetClass).sum();
  }

  /** How many could not be dealt with. */
  public long failures() {
    return failed.sum();
  }
}
