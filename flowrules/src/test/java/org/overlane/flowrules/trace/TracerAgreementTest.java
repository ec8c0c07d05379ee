/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.testing.Interpreter;
import org.overlane.flowrules.testing.Outcomes;
import org.overlane.flowrules.testing.Packet;
import org.overlane.flowrules.testing.RandomTables;

/** Two others, written without it, take random packets the same way. */
class TracerAgreementTest {
  @Property(tries = 2000)
  void agreesOnTheWayWithANaiveMatcher(@ForAll long seed) {
    Random random = new Random(seed);
    RandomTraffic traffic = new RandomTraffic(random);
    FlowTables tables =
        random.nextInt(4) == 0 ? RandomTables.tables(random, 30) : traffic.tables(40);
    TracedPacket packet = traffic.packet();
    FragmentMode mode = FragmentMode.values()[random.nextInt(4)];

    Trace trace = PacketTracer.trace(tables, packet, mode);

    Statistics.label("entries met").collect(trace.entries().size());
    boolean dropped = mode == FragmentMode.DROP && packet.fragment() != FragmentClass.WHOLE;
    assertThat(trace.entries())
        .isEqualTo(
            dropped
                ? List.of()
                : NaiveMatcher.way(tables, FieldView.of(packet, mode).fields(), packet.length()));
  }

  @Property(tries = 2000)
  void agreesOnOutputsWithTheInterpreter(@ForAll long seed) {
    Random random = new Random(seed);
    RandomTraffic traffic = new RandomTraffic(random);
    FlowTables tables = tables(random, traffic);
    TracedPacket packet = traffic.packet();
    FragmentMode mode = random.nextBoolean() ? FragmentMode.STANDARD : FragmentMode.NX_MATCH;

    Trace trace = PacketTracer.trace(tables, packet, mode);

    Packet same = new Packet(FieldView.of(packet, mode).fields(), packet.length());
    List<List<String>> possible = new ArrayList<>();
    Outcomes.of(trace.dispositions()).forEach(ends -> possible.add(outputs(ends)));
    List<List<String>> seen = new ArrayList<>();
    for (List<Integer> choices = List.of(); choices != null; ) {
      List<Integer> made = new ArrayList<>();
      List<Integer> last = choices;
      List<Integer> of = new ArrayList<>();
      Interpreter run =
          Interpreter.run(
              tables,
              same,
              mode == FragmentMode.STANDARD,
              buckets -> {
                of.add(buckets);
                made.add(made.size() < last.size() ? last.get(made.size()) : 0);
                return made.get(made.size() - 1);
              });
      choices = next(made, of);
      List<String> outputs = new ArrayList<>();
      for (Interpreter.Output output : run.outputs()) {
        boolean back = output.port().toString().equals("IN_PORT");
        outputs.add((back ? packet.inPort() : output.port()) + " " + output.packet().fields());
      }
      seen.add(outputs);
    }
    Statistics.label("outcomes").collect(possible.size());
    assertThat(seen).containsExactlyInAnyOrderElementsOf(possible);
  }

  /** The choices after these, as one counts; null after the last. */
  private static List<Integer> next(List<Integer> choices, List<Integer> of) {
    for (int i = choices.size() - 1; i >= 0; i--) {
      if (choices.get(i) + 1 < of.get(i)) {
        List<Integer> next = new ArrayList<>(choices.subList(0, i));
        next.add(choices.get(i) + 1);
        return next;
      }
    }
    return null;
  }

  private static List<String> outputs(List<Disposition> ends) {
    List<String> outputs = new ArrayList<>();
    for (Disposition end : ends) {
      if (end.kind() == Disposition.Kind.OUTPUT) {
        outputs.add(end.port().orElseThrow() + " " + end.fields().fields());
      } else if (end.kind() == Disposition.Kind.TO_CONTROLLER) {
        outputs.add("CONTROLLER " + end.fields().fields());
      }
    }
    return outputs;
  }

  private static FlowTables tables(Random random, RandomTraffic traffic) {
    switch (random.nextInt(4)) {
      case 0:
        return RandomTables.tables(random, 30);
      case 1:
        return new FlowTables(
            RandomTables.crowded(random, 1), // more would overlap at one priority
            List.of());
      default:
        return traffic.tables(40);
    }
  }

  /** Compares bit by bit and takes the highest priority by looking at all entries. */
  private static final class NaiveMatcher {
    static List<FlowEntry> way(FlowTables tables, Map<Field, Bits> fields, int length) {
      Map<Field, BigInteger> packet = new EnumMap<>(Field.class);
      fields.forEach((field, bits) -> packet.put(field, bits.toBigInteger()));
      List<FlowEntry> way = new ArrayList<>();
      Optional<Integer> table = Optional.of(0);
      while (table.isPresent()) {
        FlowEntry best = null;
        for (FlowEntry entry : tables.entries()) {
          boolean candidate = entry.table() == table.get() && matches(entry, packet);
          if (candidate && (best == null || entry.priority() > best.priority())) {
            best = entry;
          }
        }
        if (best == null) {
          return way;
        }
        way.add(best);
        for (Action action : best.instructions().applyActions()) {
          if (action instanceof Action.SetField) {
            set(packet, ((Action.SetField) action).value());
          } else if (action instanceof Action.CheckPacketLarger) {
            Action.CheckPacketLarger check = (Action.CheckPacketLarger) action;
            BigInteger old = packet.getOrDefault(check.register(), BigInteger.ZERO);
            boolean larger = length > check.length();
            packet.put(
                check.register(), larger ? old.setBit(check.bit()) : old.clearBit(check.bit()));
          }
        }
        best.instructions().writeMetadata().ifPresent(m -> set(packet, m));
        table = best.instructions().gotoTable();
      }
      return way;
    }

    private static boolean matches(FlowEntry entry, Map<Field, BigInteger> packet) {
      for (FieldValue wanted : entry.match().values()) {
        BigInteger actual = packet.get(wanted.field());
        for (int bit = 0; bit < wanted.field().bits(); bit++) {
          boolean counts = wanted.mask().toBigInteger().testBit(bit);
          if (counts
              && (actual == null
                  || actual.testBit(bit) != wanted.value().toBigInteger().testBit(bit))) {
            return false;
          }
        }
      }
      return true;
    }

    private static void set(Map<Field, BigInteger> packet, FieldValue value) {
      BigInteger bits = packet.getOrDefault(value.field(), BigInteger.ZERO);
      for (int bit = 0; bit < value.field().bits(); bit++) {
        if (value.mask().toBigInteger().testBit(bit)) {
          boolean one = value.value().toBigInteger().testBit(bit);
          bits = one ? bits.setBit(bit) : bits.clearBit(bit);
        }
      }
      packet.put(value.field(), bits);
    }
  }
}
