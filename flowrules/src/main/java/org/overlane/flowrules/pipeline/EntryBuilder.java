/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.pipeline;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.Vni;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.Instructions;
import org.overlane.flowrules.openflow.Match;
import org.overlane.flowrules.openflow.Meter;

/**
 * One entry on its way into a {@link FlowSink}: first what it matches, then exactly one of {@link
 * #apply}, {@link #output}, {@link #goTo}, {@link #setVniAndGoTo}, {@link #drop}, {@link
 * #toController}, {@link #copyToController}, {@link #dropCountedBy}. Not thread-safe.
 */
public final class EntryBuilder {
  /** The group bit of a MAC address (IEEE 802-2014, 8.2.2). */
  private static final FieldValue MULTICAST =
      FieldValue.masked(Field.ETH_DST, Bits.of(1L << 40), Bits.of(1L << 40));

  private final FlowSink sink;
  private final TableSpec table;
  private final PriorityBand band;
  private final EntryClass entryClass;
  private final String source;
  private final List<FieldValue> match = new ArrayList<>(4);

  EntryBuilder(
      FlowSink sink, TableSpec table, PriorityBand band, EntryClass entryClass, String source) {
    this.sink = sink;
    this.table = table;
    this.band = band;
    this.entryClass = entryClass;
    this.source = source;
  }

  public EntryBuilder match(FieldValue value) {
    match.add(value);
    return this;
  }

  public EntryBuilder match(Field field, long value) {
    return match(FieldValue.exact(field, value));
  }

  public EntryBuilder inPort(OfPort port) {
    return match(Field.IN_PORT, port.toLong());
  }

  /** The VNI that an earlier entry, or the tunnel port, has set. */
  public EntryBuilder vni(Vni vni) {
    return match(sink.profile().vni(vni));
  }

  /** The VNI that a packet from a tunnel port carries, whatever the profile. */
  public EntryBuilder tunnelKey(Vni vni) {
    return match(Field.TUNNEL_ID, vni.toInt());
  }

  public EntryBuilder ethSrc(MacAddress mac) {
    return match(Field.ETH_SRC, mac.toLong());
  }

  public EntryBuilder ethDst(MacAddress mac) {
    return match(Field.ETH_DST, mac.toLong());
  }

  /** Some bits of a register. */
  public EntryBuilder match(RegField field, long value) {
    return match(field.of(value));
  }

  /** Broadcast included. */
  public EntryBuilder multicast() {
    return match(MULTICAST);
  }

  public void output(OfPort port) {
    apply(ImmutableList.of(Action.output(port)));
  }

  public void apply(List<Action> actions) {
    finish(Instructions.builder().applyActions(actions).build());
  }

  /** Outputs as many packets as the meter lets pass. */
  public void output(Meter meter, OfPort port) {
    sink.meter(meter);
    finish(
        Instructions.builder()
            .meter(meter.id())
            .applyActions(ImmutableList.of(Action.output(port)))
            .build());
  }

  public void goTo(TableSpec next) {
    finish(Instructions.builder().gotoTable(next.id()).build());
  }

  /** Actions first, then the next table with what they have set. */
  public void applyAndGoTo(List<Action> actions, TableSpec next) {
    finish(Instructions.builder().applyActions(actions).gotoTable(next.id()).build());
  }

  /** Sets the VNI where the profile keeps it; nothing to set if the match says that it is there. */
  public void setVniAndGoTo(Vni vni, TableSpec next) {
    FieldValue value = sink.profile().vni(vni);
    Instructions.Builder instructions = Instructions.builder().gotoTable(next.id());
    if (value.field() == Field.METADATA) {
      instructions.writeMetadata(value);
    } else if (!match.contains(value)) {
      instructions.applyActions(ImmutableList.of(Action.setField(value)));
    }
    finish(instructions.build());
  }

  public void drop() {
    finish(Instructions.DROP);
  }

  /** Sends whole frames to the controller, as many as the meter lets pass. */
  public void toController(Meter meter) {
    sink.meter(meter);
    finish(
        Instructions.builder()
            .meter(meter.id())
            .applyActions(ImmutableList.of(Action.toController(0xffff)))
            .build());
  }

  /**
   * Sends a copy to the controller and leads the frame on, both only as often as the meter lets
   * pass.
   */
  public void copyToController(Meter meter, TableSpec next) {
    sink.meter(meter);
    finish(
        Instructions.builder()
            .meter(meter.id())
            .applyActions(ImmutableList.of(Action.toController(0xffff)))
            .gotoTable(next.id())
            .build());
  }

  /** Drops; the meter counts where the counter of the entry cannot, see {@link Meter}. */
  public void dropCountedBy(Meter meter) {
    sink.meter(meter);
    finish(Instructions.builder().meter(meter.id()).build());
  }

  private void finish(Instructions instructions) {
    sink.add(table, band, entryClass, Match.of(match), instructions, source);
  }
}
