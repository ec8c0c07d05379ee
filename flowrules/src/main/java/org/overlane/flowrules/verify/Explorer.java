/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.ActionSet;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.openflow.Group;
import org.overlane.flowrules.openflow.Instructions;

/**
 * Takes sets of packets through the tables of one switch, all ways at once: each table divides a
 * set among its entries, each size check into what is larger and what is not. Every packet of the
 * set is on exactly one of the ways that come out, and with it happens what OpenFlow 1.3.5 section
 * 5 says. But for groups of type SELECT: the switch may take any bucket, so there is a way for
 * each, and what must hold, must hold on all of them. Remembers how tables have divided packets.
 * Not thread-safe.
 */
final class Explorer {
  /** Gets the ways. */
  interface Visitor {
    /**
     * Before packets enter a table.
     *
     * @param trail what they have met, for what the visitor has them meet by itself
     * @return whether the visitor has dealt with them, so that they are followed no further
     */
    default boolean enter(int table, Flight flight, Trail trail) {
      return false;
    }

    /** Packets have come to the end of their way. */
    void end(Flight flight);
  }

  /** So many ways packets may take by the choice of a switch alone. */
  static final int MAX_WAYS = 1024;

  /** So many buckets packets may get to from one action. */
  static final int MAX_BUCKETS = 100_000;

  private static final String TOO_MUCH =
      "groups have too many buckets for these packets to look at all that may happen: of type"
          + " select more than "
          + MAX_WAYS
          + " ways, or more than "
          + MAX_BUCKETS
          + " buckets one within the other";
  private static final String SET_BEFORE_CHECK =
      "lengths are compared while the action set is not empty, which Open vSwitch would execute"
          + " twice: that is not followed";
  private static final Branch MISS = new Branch(null, ImmutableList.of(), null, ImmutableMap.of());

  private final FlowTables tables;
  private final Map<Integer, Table> indexed = new TreeMap<>();
  private final Map<Integer, Suffix> suffixes = new HashMap<>();
  private final Map<Integer, FieldValue> starts = new TreeMap<>();

  /** Of each group that packets have come to: its buckets. */
  private final Map<Long, List<ActionSet>> buckets = new HashMap<>();

  Explorer(FlowTables tables) {
    this.tables = tables;
    Map<Integer, List<FlowEntry>> byTable = new TreeMap<>();
    for (FlowEntry entry : tables.entries()) {
      byTable.computeIfAbsent(entry.table(), t -> new ArrayList<>()).add(entry);
    }
    byTable.forEach((id, entries) -> indexed.put(id, new Table(id, entries)));
    indexed.forEach((id, table) -> table.start().ifPresent(s -> starts.put(id, s)));
  }

  /** By table: the bits whose values tell its slices apart; none where it has one slice only. */
  Map<Integer, FieldValue> starts() {
    return starts;
  }

  private List<ActionSet> buckets(Group group) {
    return buckets.computeIfAbsent(
        group.id(),
        id ->
            group.buckets().stream()
                .map(ActionSet.EMPTY::write)
                .collect(ImmutableList.toImmutableList()));
  }

  /** A slice of these tables; empty where a table is not there. */
  Slice slice(Slice.Key key) {
    Table table = indexed.get(key.table());
    return table == null ? new Slice(key, ImmutableList.of()) : table.slice(key.value());
  }

  /** What a table and all that come after it look at. */
  static final class Suffix {
    final Map<Field, Bits> looksAt = new EnumMap<>(Field.class);
    boolean checksLength;

    /**
     * What of some packets these tables can tell: packets with equal keys fare alike in them. A set
     * of values that is not said by bits stands for itself.
     */
    List<Object> key(PacketSet packets) {
      List<Object> key = new ArrayList<>(2 * looksAt.size() + 3);
      key.add(packets.kinds());
      if (checksLength) {
        key.add(packets.shortest());
        key.add(packets.longest());
      }
      looksAt.forEach(
          (field, mask) -> {
            key.add(packets.written(field));
            key.add(told(packets.came(field), mask));
          });
      return key;
    }

    /** Whether two sets of packets have equal keys; faster than to make them. */
    boolean isAlike(PacketSet one, PacketSet other) {
      if (one.kinds() != other.kinds()
          || (checksLength
              && (one.shortest() != other.shortest() || one.longest() != other.longest()))) {
        return false;
      }
      for (Map.Entry<Field, Bits> looked : looksAt.entrySet()) {
        Field field = looked.getKey();
        if (!Objects.equals(one.written(field), other.written(field))
            || (one.came(field) != other.came(field)
                && !told(one.came(field), looked.getValue())
                    .equals(told(other.came(field), looked.getValue())))) {
          return false;
        }
      }
      return true;
    }

    /** The bits of some values that can be told, or else the set itself; something in any case. */
    private static Object told(ValueSet came, Bits mask) {
      FieldValue bits = Table.commonBits(came, mask);
      boolean told = came == null || came.isCube() || (came.listed().isPresent() && bits != null);
      return told ? Optional.ofNullable(bits) : came;
    }
  }

  Suffix suffix(int table) {
    return suffixes.computeIfAbsent(table, this::computeSuffix);
  }

  private Suffix computeSuffix(int start) {
    Suffix suffix = new Suffix();
    Set<Integer> reachable = new TreeSet<>();
    reachable.add(start);
    for (FlowEntry entry : tables.entries()) {
      if (reachable.contains(entry.table())) {
        entry.instructions().gotoTable().ifPresent(reachable::add);
        suffix.checksLength |=
            entry.instructions().applyActions().stream()
                .anyMatch(Action.CheckPacketLarger.class::isInstance);
      }
    }
    reachable.stream()
        .map(indexed::get)
        .filter(t -> t != null)
        .forEach(t -> t.looksAt().forEach((f, bits) -> suffix.looksAt.merge(f, bits, Bits::or)));
    return suffix;
  }

  /**
   * Takes packets through a table and all that come after it.
   *
   * @param trail gets what they meet
   */
  void explore(int id, Flight flight, Trail trail, Visitor visitor) {
    new Exploration(trail, visitor).explore(id, flight);
  }

  /** The ways of some packets. */
  private final class Exploration {
    private final Trail trail;
    private final Visitor visitor;

    Exploration(Trail trail, Visitor visitor) {
      this.trail = trail;
      this.visitor = visitor;
    }

    void explore(int id, Flight flight) {
      if (visitor.enter(id, flight, trail)) {
        return;
      }
      Table table = indexed.get(id);
      if (table == null) {
        trail.meets(slice(new Slice.Key(id, null)));
        miss(flight.take(MISS, flight.packets()));
        return;
      }
      for (Branch branch : table.divide(flight.packets(), trail)) {
        PacketSet some = branch.of(flight.packets());
        if (some == null) {
          continue;
        }
        Flight next = flight.take(branch, some);
        if (branch.isMiss()) {
          miss(next);
        } else {
          trail.takes(branch, some);
          execute(branch, 0, next);
        }
      }
    }

    /** The instructions of a branch, from one of its actions on. */
    private void execute(Branch branch, int from, Flight start) {
      Flight flight = start;
      List<Action> actions = branch.instructions().applyActions();
      for (int i = from; i < actions.size(); i++) {
        Action action = actions.get(i);
        if (action instanceof Action.CheckPacketLarger) {
          check((Action.CheckPacketLarger) action, branch, i + 1, flight);
          return;
        }
        List<Flight> ways = apply(action, branch, flight, new Nesting());
        if (ways.size() > 1) {
          for (Flight way : ways) {
            execute(branch, i + 1, way);
          }
          return;
        }
        flight = ways.get(0);
      }
      leave(branch, flight);
    }

    /** All instructions after apply-actions. */
    private void leave(Branch branch, Flight applied) {
      Flight flight = applied;
      Instructions instructions = branch.instructions();
      if (instructions.hasActionSet()) {
        List<Action> written = instructions.writeActions();
        ActionSet before = instructions.clearActions() ? ActionSet.EMPTY : flight.actionSet();
        ActionSet set = before.write(written);
        flight = flight.with(set, set.isDecidedBy(written) ? branch : flight.actionSetBy());
      }
      if (instructions.writeMetadata().isPresent()) {
        flight = flight.with(flight.packets().write(instructions.writeMetadata().get()));
      }
      if (instructions.gotoTable().isPresent()) {
        explore(instructions.gotoTable().get(), flight);
      } else {
        end(flight);
      }
    }

    /**
     * A plain switch drops packets with their action sets (OpenFlow 1.3.5 section 5.4), Open
     * vSwitch executes these first, see {@link org.overlane.flowrules.trace.PacketTracer}.
     */
    private void miss(Flight flight) {
      if (flight.packets().view().isOpenVSwitch()) {
        end(flight);
      } else {
        visitor.end(flight);
      }
    }

    private void end(Flight flight) {
      if (flight.actionSet().isEmpty()) {
        visitor.end(flight);
      } else {
        apply(flight.actionSet(), flight.actionSetBy(), flight, new Nesting())
            .forEach(visitor::end);
      }
    }

    private void check(Action.CheckPacketLarger check, Branch branch, int next, Flight flight) {
      Bits bit = Bits.of(1L << check.bit());
      PacketSet packets = flight.packets();
      if (!flight.actionSet().isEmpty()) {
        trail.cuts(flight, SET_BEFORE_CHECK);
        visitor.end(flight);
        return;
      }
      if (packets.shortest() <= check.length()) {
        PacketSet fits = packets.withLengths(0, check.length());
        execute(
            branch,
            next,
            flight.with(fits.write(FieldValue.masked(check.register(), Bits.ZERO, bit))));
      }
      if (packets.longest() > check.length()) {
        PacketSet larger = packets.withLengths(check.length() + 1, PacketSet.LONGEST);
        execute(
            branch, next, flight.with(larger.write(FieldValue.masked(check.register(), bit, bit))));
      }
    }

    /** Several ways where the switch has a choice. */
    private List<Flight> apply(Action action, Branch branch, Flight flight, Nesting inside) {
      if (action instanceof Action.SetField) {
        FieldValue value = ((Action.SetField) action).value();
        return ImmutableList.of(flight.with(flight.packets().write(value)));
      } else if (action instanceof Action.Output) {
        OfPort port = ((Action.Output) action).port();
        return ImmutableList.of(flight.with(output(port, branch, flight)));
      } else if (action instanceof Action.ToGroup) {
        trail.meets(((Action.ToGroup) action).groupId());
        Group group = tables.groups().get(((Action.ToGroup) action).groupId());
        if (group != null && inside.enter(group.id())) {
          List<Flight> ways =
              group.hasChoice()
                  ? choose(group, branch, flight, inside)
                  : replicate(group, branch, flight, inside);
          inside.leave(group.id());
          return ways;
        }
      }
      return ImmutableList.of(flight);
    }

    private List<Flight> apply(ActionSet set, Branch branch, Flight flight, Nesting inside) {
      List<Flight> ways = ImmutableList.of(flight);
      for (Action action : set.inOrder()) { // the last one alone may make several ways of one
        ways = apply(action, branch, ways.get(0), inside);
      }
      return ways;
    }

    /** What is left after a bucket are the packets as they came to it. */
    private void bucket(
        ActionSet bucket, Branch branch, Flight flight, Nesting inside, List<Flight> ways) {
      if (inside.isSpent()) {
        trail.cuts(flight, TOO_MUCH);
        ways.add(flight);
        return;
      }
      for (Flight way : apply(bucket, branch, flight, inside)) {
        ways.add(way.with(flight.packets()));
      }
    }

    private List<Flight> replicate(Group group, Branch branch, Flight flight, Nesting inside) {
      List<Flight> now = ImmutableList.of(flight);
      for (ActionSet bucket : buckets(group)) {
        List<Flight> next = new ArrayList<>(now.size());
        now.forEach(f -> bucket(bucket, branch, f, inside, next));
        now = next;
      }
      return now;
    }

    private List<Flight> choose(Group group, Branch branch, Flight flight, Nesting inside) {
      List<ActionSet> buckets = buckets(group);
      if (flight.ways() > MAX_WAYS / buckets.size()) {
        trail.cuts(flight, TOO_MUCH);
        return ImmutableList.of(flight);
      }
      List<Flight> ways = new ArrayList<>();
      for (int i = 0; i < buckets.size(); i++) {
        bucket(buckets.get(i), branch, flight.choosing(group, i), inside, ways);
      }
      return ways;
    }
  }

  /** Groups that packets are in: they may lead to each other, and make copies without end. */
  private static final class Nesting {
    private final Set<Long> groups = new HashSet<>();
    private int left = MAX_BUCKETS;

    /** Whether this is no loop. */
    boolean enter(long group) {
      return groups.add(group);
    }

    void leave(long group) {
      groups.remove(group);
    }

    /** Whether this is one bucket too many. */
    boolean isSpent() {
      return --left < 0;
    }
  }

  private static Copy output(OfPort to, Branch branch, Flight flight) {
    Bits known = flight.packets().known(Field.IN_PORT);
    boolean back = to.equals(OfPort.IN_PORT);
    OfPort port = back && known != null ? OfPort.of(known.low()) : to;
    boolean same = known != null && known.low() == to.toLong();
    // Packets from a port that nothing names are sent back to it; IN_PORT stands for all of these.
    boolean suppressed = back ? known != null && !port.isAttachable() : same;
    return new Copy(port, suppressed && !to.equals(OfPort.CONTROLLER), flight.packets(), branch);
  }
}
