/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import com.google.common.collect.ImmutableList;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongUnaryOperator;
import org.projectfloodlight.openflow.protocol.OFType;

/** Counts the messages of one connection by their type on the wire. Thread-safe. */
final class MessageCounters {

  /** Types of OpenFlow 1.3 by their number (OpenFlow 1.3.5 section 7.1.1). */
  private static final ImmutableList<OFType> TYPES =
      ImmutableList.of(
          OFType.HELLO,
          OFType.ERROR,
          OFType.ECHO_REQUEST,
          OFType.ECHO_REPLY,
          OFType.EXPERIMENTER,
          OFType.FEATURES_REQUEST,
          OFType.FEATURES_REPLY,
          OFType.GET_CONFIG_REQUEST,
          OFType.GET_CONFIG_REPLY,
          OFType.SET_CONFIG,
          OFType.PACKET_IN,
          OFType.FLOW_REMOVED,
          OFType.PORT_STATUS,
          OFType.PACKET_OUT,
          OFType.FLOW_MOD,
          OFType.GROUP_MOD,
          OFType.PORT_MOD,
          OFType.TABLE_MOD,
          OFType.STATS_REQUEST,
          OFType.STATS_REPLY,
          OFType.BARRIER_REQUEST,
          OFType.BARRIER_REPLY,
          OFType.QUEUE_GET_CONFIG_REQUEST,
          OFType.QUEUE_GET_CONFIG_REPLY,
          OFType.ROLE_REQUEST,
          OFType.ROLE_REPLY,
          OFType.GET_ASYNC_REQUEST,
          OFType.GET_ASYNC_REPLY,
          OFType.SET_ASYNC,
          OFType.METER_MOD);

  private final AtomicLongArray sent = new AtomicLongArray(TYPES.size());
  private final AtomicLongArray received = new AtomicLongArray(TYPES.size());
  private final LongAdder undecodable = new LongAdder();
  private final LongAdder suppressed = new LongAdder();

  /** True if OpenFlow 1.3 has this message type. */
  static boolean isKnownType(int wireType) {
    return wireType < TYPES.size();
  }

  void sent(int wireType) {
    sent.incrementAndGet(wireType);
  }

  void received(int wireType) {
    if (isKnownType(wireType)) {
      received.incrementAndGet(wireType);
    }
  }

  void undecodable() {
    undecodable.increment();
  }

  void suppressed() {
    suppressed.increment();
  }

  SwitchCounters snapshot() {
    return SwitchCounters.of(
        byType(i -> sent.get((int) i)),
        byType(i -> received.get((int) i)),
        undecodable.sum(),
        suppressed.sum());
  }

  private static Map<OFType, Long> byType(LongUnaryOperator count) {
    Map<OFType, Long> counts = new EnumMap<>(OFType.class);
    for (int i = 0; i < TYPES.size(); i++) {
      long value = count.applyAsLong(i);
      if (value > 0) {
        counts.put(TYPES.get(i), value);
      }
    }
    return counts;
  }
}
