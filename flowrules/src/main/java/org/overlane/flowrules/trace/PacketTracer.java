/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.ActionSet;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.openflow.Group;
import org.overlane.flowrules.openflow.Instructions;

/**
 * Takes a packet through the tables of a switch as OpenFlow 1.3.5 section 5 has it: in each table
 * the matching entry of highest priority, its meter, its actions one by one, what it does to the
 * action set, its metadata, its next table; and in the end the action set. Meters let everything
 * pass. Of two matching entries with one priority, a switch may take either; here it is the first
 * in canonical order. Of the buckets of a group of type SELECT, a switch may take any: all are
 * followed, and each end says what must be chosen for it.
 *
 * <p>Where a table has no entry for the packet, a plain switch drops it with its action set
 * (OpenFlow 1.3.5 section 5.4); Open vSwitch 3.1 executes the set all the same, as measured.
 */
public final class PacketTracer {
  /**
   * So many buckets a packet may get to: groups that lead to groups can make copies without end.
   */
  static final int MAX_BUCKETS = 100_000;

  private final FlowTables tables;
  private final TracedPacket packet;
  private final FragmentMode mode;
  private final List<TraceStep> steps = new ArrayList<>();
  private final Action.Visitor<Boolean> actions = new Actions();

  /** Groups that the packet is in: a group that leads to itself would never end. */
  private final Set<Long> inside = new HashSet<>();

  /** What the switch has to choose for the packet to be where it is, the innermost last. */
  private final Deque<BucketChoice> choices = new ArrayDeque<>();

  private FieldView fields;
  private Optional<FlowEntry> current = Optional.empty();
  private ActionSet set = ActionSet.EMPTY;

  /** The entry that wrote what decides in the action set. */
  private Optional<FlowEntry> setBy = Optional.empty();

  private int ends;
  private int buckets;
  private int choicesMade;

  private PacketTracer(FlowTables tables, TracedPacket packet, FragmentMode mode) {
    this.tables = tables;
    this.packet = packet;
    this.mode = mode;
    this.fields = FieldView.of(packet, mode);
  }

  /**
   * The way of a packet.
   *
   * @throws IllegalArgumentException if the standard does not say what happens: an unknown group, a
   *     loop of groups, check_pkt_larger in a bucket or behind write_actions, an output to TABLE;
   *     or if groups make more copies than anybody wants to see
   */
  public static Trace trace(FlowTables tables, TracedPacket packet, FragmentMode mode) {
    PacketTracer tracer = new PacketTracer(tables, packet, mode);
    tracer.run();
    return Trace.of(packet, mode, tracer.steps);
  }

  /**
   * What a packet-out does: its actions, and no table.
   *
   * @throws IllegalArgumentException as {@link #trace}
   */
  public static Trace packetOut(
      FlowTables tables, TracedPacket packet, FragmentMode mode, List<Action> actions) {
    PacketTracer tracer = new PacketTracer(tables, packet, mode);
    actions.forEach(a -> a.accept(tracer.actions));
    if (tracer.ends == 0) {
      tracer.end(
          Disposition.of(Disposition.Kind.DROPPED_BY_ENTRY, Optional.empty(), tracer.fields));
    }
    return Trace.of(packet, mode, tracer.steps);
  }

  private void run() {
    if (mode.drops(packet.fragment())) {
      end(Disposition.of(Disposition.Kind.DROPPED_FRAGMENT, Optional.empty(), fields));
      return;
    }
    Optional<Integer> table = Optional.of(0);
    Disposition.Kind otherwise = Disposition.Kind.DROPPED_BY_ENTRY;
    while (table.isPresent()) {
      Optional<FlowEntry> entry = lookup(table.get());
      if (!entry.isPresent()) {
        steps.add(TraceStep.NoMatch.of(table.get()));
        otherwise = Disposition.Kind.DROPPED_NO_MATCH;
        break;
      }
      current = entry;
      steps.add(TraceStep.Matched.of(entry.get()));
      execute(entry.get().instructions());
      table = entry.get().instructions().gotoTable();
    }
    Optional<FlowEntry> last = current;
    if (!set.isEmpty()) {
      leave(otherwise == Disposition.Kind.DROPPED_NO_MATCH && !mode.isOpenVSwitch());
    }
    if (ends == 0) {
      end(Disposition.of(otherwise, last, fields));
    }
  }

  /** The tables are left with something in the action set. */
  private void leave(boolean setIsLost) {
    if (setIsLost) {
      steps.add(TraceStep.ActionSetChanged.of(ActionSet.EMPTY));
      return;
    }
    steps.add(TraceStep.ActionSetExecuted.of(set));
    current = setBy;
    set.inOrder().forEach(a -> a.accept(actions));
  }

  /** The canonical order has the highest priority of a table first. */
  private Optional<FlowEntry> lookup(int table) {
    for (FlowEntry entry : tables.entries()) {
      if (entry.table() == table && fields.satisfies(entry.match())) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }

  private void execute(Instructions instructions) {
    instructions.meter().ifPresent(m -> steps.add(TraceStep.Metered.of(m)));
    instructions.applyActions().forEach(a -> a.accept(actions));
    if (instructions.hasActionSet()) {
      set =
          (instructions.clearActions() ? ActionSet.EMPTY : set).write(instructions.writeActions());
      setBy = set.isDecidedBy(instructions.writeActions()) ? current : setBy;
      steps.add(TraceStep.ActionSetChanged.of(set));
    }
    instructions.writeMetadata().ifPresent(this::set);
  }

  private void set(FieldValue value) {
    Bits before = fields.get(value.field()).orElse(Bits.ZERO);
    fields = fields.with(value);
    steps.add(TraceStep.FieldSet.of(value.field(), before, fields.get(value.field()).get()));
  }

  private void end(Disposition disposition) {
    ends++;
    steps.add(TraceStep.Ended.of(choices.isEmpty() ? disposition : disposition.onlyIf(choices)));
  }

  private IllegalArgumentException impossible(String what) {
    String who = current.map(e -> e.key() + " of " + e.source()).orElse("packet-out");
    return new IllegalArgumentException(who + ": " + what);
  }

  /** What each action does to the packet; the result means nothing. */
  private final class Actions implements Action.Visitor<Boolean> {
    @Override
    public Boolean output(Action.Output action) {
      OfPort port = action.port();
      if (port.equals(OfPort.CONTROLLER)) {
        end(Disposition.toController(action.maxLength(), current, fields));
        return true;
      }
      if (port.equals(OfPort.TABLE)) {
        throw impossible("output to TABLE belongs in a packet-out; use goto_table");
      }
      boolean back = port.equals(OfPort.IN_PORT);
      OfPort target = back ? packet.inPort() : port;
      boolean leaves = back ? target.isAttachable() : !target.equals(packet.inPort());
      Disposition.Kind kind = leaves ? Disposition.Kind.OUTPUT : Disposition.Kind.SUPPRESSED;
      end(Disposition.atPort(kind, target, current, fields));
      return true;
    }

    @Override
    public Boolean setField(Action.SetField action) {
      set(action.value());
      return true;
    }

    @Override
    public Boolean group(Action.ToGroup action) {
      Group group = tables.groups().get(action.groupId());
      if (group == null) {
        throw impossible("group " + action.groupId() + " does not exist; add it first");
      }
      if (!inside.add(group.id())) {
        throw impossible("group " + group.id() + " leads back to itself; break the loop");
      }
      steps.add(TraceStep.GroupEntered.of(group));
      int choice = group.hasChoice() ? choicesMade++ : -1;
      for (int i = 0; i < group.buckets().size(); i++) {
        if (++buckets > MAX_BUCKETS) {
          throw impossible("its groups make more than " + MAX_BUCKETS + " copies of one packet");
        }
        steps.add(TraceStep.BucketEntered.of(group.id(), i));
        if (group.hasChoice()) {
          alternative(BucketChoice.of(choice, group, i), group.buckets().get(i));
        } else {
          bucket(group.buckets().get(i));
        }
      }
      inside.remove(group.id());
      return true;
    }

    /** A bucket that may be chosen: that it does nothing is an end, too. */
    private void alternative(BucketChoice choice, List<Action> bucket) {
      int before = ends;
      choices.addLast(choice);
      bucket(bucket);
      if (ends == before) {
        end(Disposition.of(Disposition.Kind.DROPPED_BY_ENTRY, current, fields));
      }
      choices.removeLast();
    }

    private void bucket(List<Action> bucket) {
      if (!ActionSet.allows(bucket)) {
        throw impossible("a bucket cannot hold check_pkt_larger; check before the group");
      }
      FieldView before = fields;
      ActionSet.EMPTY.write(bucket).inOrder().forEach(a -> a.accept(this));
      fields = before;
    }

    @Override
    public Boolean checkPacketLarger(Action.CheckPacketLarger action) {
      if (!set.isEmpty()) {
        throw impossible(
            "check_pkt_larger while the action set is not empty, which Open vSwitch would execute"
                + " twice; check before write_actions");
      }
      TraceStep.SizeChecked check =
          TraceStep.SizeChecked.of(
              packet.checkedLength(), action.length(), action.register(), action.bit());
      steps.add(check);
      Bits bit = Bits.of(1L << action.bit());
      fields =
          fields.with(
              FieldValue.masked(action.register(), check.isLarger() ? bit : Bits.ZERO, bit));
      return true;
    }
  }
}
