/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Set;
import org.overlane.openflow.codec.Bytes;
import org.projectfloodlight.openflow.protocol.OFFlowModFlags;
import org.projectfloodlight.openflow.protocol.instruction.OFInstruction;
import org.projectfloodlight.openflow.protocol.match.Match;

/** One flow entry as the switch reports it. Immutable. */
@AutoValue
public abstract class ObservedFlow {

  /** Table id, 0..254. */
  public abstract int tableId();

  /** 0..65535. */
  public abstract int priority();

  /** All 64 bits. */
  public abstract long cookie();

  /**
   * The match: an openflowj match, or a {@link org.overlane.openflow.codec.RawMatch} if it has
   * fields that openflowj does not know.
   */
  public abstract Match match();

  /** The match as received: type, length, OXMs; without padding. */
  public abstract Bytes matchBytes();

  /**
   * The instructions in the order received. Action lists may hold {@link
   * org.overlane.openflow.codec.RawAction} and {@link org.overlane.openflow.codec.CheckPktLarger},
   * set_field actions a {@link org.overlane.openflow.codec.RawOxm}, and the list itself a {@link
   * org.overlane.openflow.codec.RawInstruction}.
   */
  public abstract ImmutableList<OFInstruction> instructions();

  /** Time in the table, whole seconds. */
  public abstract long durationSeconds();

  /** Time in the table beyond {@link #durationSeconds}, 0..999,999,999. */
  public abstract long durationNanos();

  /** Seconds; 0 is none. */
  public abstract int idleTimeout();

  /** Seconds; 0 is none. */
  public abstract int hardTimeout();

  public abstract ImmutableSet<OFFlowModFlags> flags();

  /** Packets that hit the entry. */
  public abstract long packetCount();

  /** Bytes of those packets, with the Ethernet header. */
  public abstract long byteCount();

  /** Table, priority and match in a form that is equal for entries which replace each other. */
  public abstract Bytes canonicalKey();

  /**
   * Cookie, timeouts, flags and instructions in a form that is equal for entries which behave the
   * same.
   */
  public abstract Bytes canonicalBody();

  public static Builder builder() {
    return new AutoValue_ObservedFlow.Builder();
  }

  /** Builds an {@link ObservedFlow}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder tableId(int value);

    public abstract Builder priority(int value);

    public abstract Builder cookie(long value);

    public abstract Builder match(Match value);

    public abstract Builder matchBytes(Bytes value);

    public abstract Builder instructions(List<OFInstruction> value);

    public abstract Builder durationSeconds(long value);

    public abstract Builder durationNanos(long value);

    public abstract Builder idleTimeout(int value);

    public abstract Builder hardTimeout(int value);

    public abstract Builder flags(Set<OFFlowModFlags> value);

    public abstract Builder packetCount(long value);

    public abstract Builder byteCount(long value);

    public abstract Builder canonicalKey(Bytes value);

    public abstract Builder canonicalBody(Bytes value);

    public abstract ObservedFlow build();
  }
}
