/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.overlane.openflow.codec.Bytes;
import org.overlane.openflow.codec.CanonicalForm;
import org.overlane.openflow.codec.MalformedMessageException;
import org.overlane.openflow.codec.TolerantReader;
import org.projectfloodlight.openflow.protocol.OFFlowModFlags;
import org.projectfloodlight.openflow.protocol.OFFlowStatsEntry;
import org.projectfloodlight.openflow.protocol.instruction.OFInstruction;
import org.projectfloodlight.openflow.protocol.match.Match;

/**
 * One flow entry as the switch reports it (OpenFlow 1.3.5 section 7.3.5.2). It keeps the bytes of
 * the report, so that hundreds of thousands of them stay small: {@link #match} and {@link
 * #instructions} parse at every call. Immutable and thread-safe.
 */
public final class ObservedFlow {

  private static final int MATCH_AT = 48;

  private final Bytes wire;
  private final int instructionsAt;
  private final Bytes canonicalKey;
  private final Bytes canonicalBody;

  private ObservedFlow(Bytes wire) throws MalformedMessageException {
    this.wire = wire;
    this.instructionsAt = CanonicalForm.endOfMatch(wire, MATCH_AT);
    this.canonicalKey = CanonicalForm.flowKey(tableId(), priority(), wire, MATCH_AT);
    this.canonicalBody =
        CanonicalForm.flowBody(
            cookie(), idleTimeout(), hardTimeout(), wireFlags(), wire, instructionsAt);
  }

  /** The entry that openflowj would write; the inverse of what a switch reports. */
  public static ObservedFlow of(OFFlowStatsEntry entry) {
    ByteBuf written = Unpooled.buffer();
    entry.writeTo(written);
    try {
      return new ObservedFlow(Bytes.copyOf(written, 0, written.readableBytes()));
    } catch (MalformedMessageException e) {
      throw new IllegalArgumentException("not a flow entry: " + entry, e);
    }
  }

  /**
   * The entries in the body of a flow statistics reply, from the reader index to the end of the
   * buffer.
   *
   * @throws MalformedMessageException if lengths contradict each other
   */
  static List<ObservedFlow> readAll(ByteBuf body) throws MalformedMessageException {
    List<ObservedFlow> entries = new ArrayList<>();
    while (body.isReadable()) {
      int start = body.readerIndex();
      int length = body.readableBytes() < 2 ? 0 : body.getUnsignedShort(start);
      if (length < MATCH_AT + 8 || length > body.readableBytes()) {
        throw new MalformedMessageException(
            "flow entry of " + length + " bytes, " + body.readableBytes() + " left");
      }
      entries.add(new ObservedFlow(Bytes.copyOf(body, start, length)));
      body.skipBytes(length);
    }
    return entries;
  }

  /** Table id, 0..254. */
  public int tableId() {
    return wire.at(2);
  }

  /** 0..65535. */
  public int priority() {
    return wire.u16(12);
  }

  /** All 64 bits. */
  public long cookie() {
    return wire.i64(24);
  }

  /**
   * The match: an openflowj match, or a {@link org.overlane.openflow.codec.RawMatch} if it has
   * fields that openflowj does not know. Parsed at every call.
   */
  public Match match() {
    try {
      return TolerantReader.readMatch(wire.asBuffer(MATCH_AT));
    } catch (MalformedMessageException e) {
      throw new IllegalStateException("checked when it was read: " + this, e);
    }
  }

  /** The match as received: type, length, OXMs; without padding. */
  public Bytes matchBytes() {
    return Bytes.copyOf(wire.asBuffer(MATCH_AT), 0, wire.u16(MATCH_AT + 2));
  }

  /**
   * The instructions in the order received. Action lists may hold {@link
   * org.overlane.openflow.codec.RawAction} and {@link org.overlane.openflow.codec.CheckPktLarger},
   * set_field actions a {@link org.overlane.openflow.codec.RawOxm}, and the list itself a {@link
   * org.overlane.openflow.codec.RawInstruction}. Parsed at every call.
   */
  public ImmutableList<OFInstruction> instructions() {
    try {
      ByteBuf buffer = wire.asBuffer(instructionsAt);
      return TolerantReader.readInstructions(buffer, buffer.readableBytes());
    } catch (MalformedMessageException e) {
      throw new IllegalStateException("checked when it was read: " + this, e);
    }
  }

  /** Time in the table, whole seconds. */
  public long durationSeconds() {
    return wire.u32(4);
  }

  /** Time in the table beyond {@link #durationSeconds}, 0..999,999,999. */
  public long durationNanos() {
    return wire.u32(8);
  }

  /** Seconds; 0 is none. */
  public int idleTimeout() {
    return wire.u16(14);
  }

  /** Seconds; 0 is none. */
  public int hardTimeout() {
    return wire.u16(16);
  }

  /** The flags that openflowj knows, among those reported. */
  public ImmutableSet<OFFlowModFlags> flags() {
    ImmutableSet.Builder<OFFlowModFlags> flags = ImmutableSet.builder();
    OFFlowModFlags[] byBit = {
      OFFlowModFlags.SEND_FLOW_REM,
      OFFlowModFlags.CHECK_OVERLAP,
      OFFlowModFlags.RESET_COUNTS,
      OFFlowModFlags.NO_PKT_COUNTS,
      OFFlowModFlags.NO_BYT_COUNTS
    };
    for (int bit = 0; bit < byBit.length; bit++) {
      if ((wireFlags() >> bit & 1) != 0) {
        flags.add(byBit[bit]);
      }
    }
    return flags.build();
  }

  private int wireFlags() {
    return wire.u16(18);
  }

  /** Packets that hit the entry; all ones if the switch does not count. */
  public long packetCount() {
    return wire.i64(32);
  }

  /** Bytes of those packets, with the Ethernet header; all ones if the switch does not count. */
  public long byteCount() {
    return wire.i64(40);
  }

  /** Table, priority and match in a form that is equal for entries which replace each other. */
  public Bytes canonicalKey() {
    return canonicalKey;
  }

  /**
   * Cookie, timeouts, flags and instructions in a form that is equal for entries which behave the
   * same.
   */
  public Bytes canonicalBody() {
    return canonicalBody;
  }

  /** Equal if the reports are, counters and durations included. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ObservedFlow && wire.equals(((ObservedFlow) other).wire);
  }

  @Override
  public int hashCode() {
    return wire.hashCode();
  }

  @Override
  public String toString() {
    return "ObservedFlow(table="
        + tableId()
        + ", priority="
        + priority()
        + ", cookie=0x"
        + Long.toHexString(cookie())
        + ", match="
        + matchBytes()
        + ")";
  }
}
