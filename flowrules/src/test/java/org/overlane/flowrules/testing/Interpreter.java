/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.testing;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.openflow.Group;

/** Does what a switch does with one packet, in the most obvious way: one entry after the other. */
public final class Interpreter {
  /** A packet as it leaves by a port. */
  public record Output(OfPort port, Packet packet) {}

  private final FlowTables tables;
  private final List<Output> outputs = new ArrayList<>();
  private final List<FlowEntry> hits = new ArrayList<>();
  private final List<Long> meters = new ArrayList<>();

  /** Which of so many buckets a group of type SELECT takes. */
  private final IntUnaryOperator chooser;

  /** All that was written to the action set since it was cleared. */
  private final List<Action> written = new ArrayList<>();

  private Packet packet;
  private int position;

  private Interpreter(FlowTables tables, Packet packet, IntUnaryOperator chooser) {
    this.tables = tables;
    this.packet = packet;
    this.chooser = chooser;
  }

  /** In tables where the switch has nothing to choose. */
  public static Interpreter run(FlowTables tables, Packet packet) {
    return run(
        tables,
        packet,
        true,
        buckets -> {
          throw new IllegalStateException("a switch would have to choose of " + buckets);
        });
  }

  /**
   * In any tables.
   *
   * @param plain whether it is no Open vSwitch: one that drops a packet which no entry wants with
   *     its action set
   * @param chooser takes one of so many buckets
   */
  public static Interpreter run(
      FlowTables tables, Packet packet, boolean plain, IntUnaryOperator chooser) {
    Interpreter interpreter = new Interpreter(tables, packet, chooser);
    if (interpreter.table(0) || !plain) {
      interpreter.actionSet();
    }
    return interpreter;
  }

  /** First each field that was written, then the last group, or without one the last output. */
  private void actionSet() {
    written.stream().filter(Action.SetField.class::isInstance).forEach(this::apply);
    boolean group = written.stream().anyMatch(Action.ToGroup.class::isInstance);
    Class<?> last = group ? Action.ToGroup.class : Action.Output.class;
    written.stream().filter(last::isInstance).reduce((a, b) -> b).ifPresent(this::apply);
  }

  /** What the actions of a packet-out do with a packet. */
  public static Interpreter run(FlowTables tables, Packet packet, List<Action> actions) {
    Interpreter interpreter = new Interpreter(tables, packet, buckets -> 0);
    actions.forEach(interpreter::apply);
    return interpreter;
  }

  public List<Output> outputs() {
    return outputs;
  }

  public List<OfPort> ports() {
    return outputs.stream().map(Output::port).toList();
  }

  /** The entries met, in order; the last one decided. */
  public List<FlowEntry> hits() {
    return hits;
  }

  /** The meters met, in order; all of them let the packet pass. */
  public List<Long> meters() {
    return meters;
  }

  /** Whether some entry wanted the packet, in this table and in those that followed. */
  private boolean table(int table) {
    Optional<FlowEntry> entry = lookup(table);
    if (entry.isEmpty()) {
      return false;
    }
    hits.add(entry.get());
    entry.get().instructions().meter().ifPresent(meters::add);
    entry.get().instructions().applyActions().forEach(this::apply);
    if (entry.get().instructions().clearActions()) {
      written.clear();
    }
    written.addAll(entry.get().instructions().writeActions());
    entry.get().instructions().writeMetadata().ifPresent(this::set);
    return entry.get().instructions().gotoTable().map(this::table).orElse(true);
  }

  /** The canonical order has the highest priority first, and no table leads to an earlier one. */
  private Optional<FlowEntry> lookup(int table) {
    List<FlowEntry> entries = tables.entries();
    for (; position < entries.size() && entries.get(position).table() <= table; position++) {
      FlowEntry entry = entries.get(position);
      if (entry.table() == table && matches(entry)) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }

  private boolean matches(FlowEntry entry) {
    for (FieldValue value : entry.match().values()) {
      if (!matches(value)) {
        return false;
      }
    }
    return true;
  }

  /** A field that the packet lacks does not match (OpenFlow 1.3.5 section 5.3). */
  private boolean matches(FieldValue value) {
    Bits actual = packet.fields().get(value.field());
    return actual != null && actual.and(value.mask()).equals(value.value());
  }

  private void set(FieldValue value) {
    Bits old = packet.fields().getOrDefault(value.field(), Bits.ZERO);
    Bits kept = old.and(value.mask().not(value.field().bits()));
    packet = packet.with(value.field(), kept.or(value.value()));
  }

  private void apply(Action action) {
    action.accept(
        new Action.Visitor<Void>() {
          @Override
          public Void output(Action.Output output) {
            if (!output.port().equals(packet.inPort())) {
              outputs.add(new Output(output.port(), packet));
            }
            return null;
          }

          @Override
          public Void setField(Action.SetField setField) {
            set(setField.value());
            return null;
          }

          @Override
          public Void group(Action.ToGroup group) {
            Packet original = packet;
            Group known = tables.groups().get(group.groupId());
            List<ImmutableList<Action>> buckets = known.buckets();
            if (known.type() == Group.Type.SELECT && buckets.size() > 1) {
              buckets = List.of(buckets.get(chooser.applyAsInt(buckets.size())));
            }
            for (List<Action> bucket : buckets) {
              bucket.forEach(Interpreter.this::apply);
              packet = original;
            }
            return null;
          }

          @Override
          public Void checkPacketLarger(Action.CheckPacketLarger check) {
            Bits bit = Bits.of(1L << check.bit());
            boolean larger = packet.length() > check.length();
            set(FieldValue.masked(check.register(), larger ? bit : Bits.ZERO, bit));
            return null;
          }
        });
  }
}
