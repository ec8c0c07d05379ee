/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.testing.Models;
import org.overlane.flowrules.testing.Outcomes;
import org.overlane.flowrules.trace.Disposition;
import org.overlane.flowrules.trace.FieldView;
import org.overlane.flowrules.trace.FragmentMode;
import org.overlane.flowrules.trace.PacketTracer;
import org.overlane.flowrules.trace.Trace;
import org.overlane.flowrules.trace.TracedPacket;

/**
 * Sets of packets fare as their packets do, one by one: whatever the tables, a packet is in exactly
 * one of the sets that come out, and with it happens what the tracer, written without any of this,
 * says. And a packet picked from a set is in it.
 */
class ExplorerAgreementTest {
  private static final FragmentMode[] MODES = {
    FragmentMode.NORMAL, FragmentMode.NX_MATCH, FragmentMode.STANDARD
  };

  @Property(tries = 1500)
  void packetsFareAsTheirSets(@ForAll long seed) {
    Random random = new Random(seed);
    RandomPackets packets = new RandomPackets(random);
    FlowTables tables = packets.tables(24);
    SwitchView view = new SwitchView(MODES[random.nextInt(MODES.length)]);
    Arrivals arrivals = new Arrivals(view, facts(), new Mentioned(tables));
    Explorer explorer = new Explorer(tables);
    for (int i = 0; i < 12; i++) {
      TracedPacket packet =
          random.nextInt(3) > 0
              ? packets.packet()
              : packets.fromTunnel(
                  OfPort.of(9), 5L * random.nextInt(2), 0x020000000001L, 0x020000000002L);
      List<Flight> ways = new ArrayList<>();
      List<PacketSet> cut = new ArrayList<>();
      for (Flight flight : ways(explorer, arrivals.from(packet.inPort()), cut)) {
        if (contains(flight.packets(), packet)) {
          ways.add(flight);
        }
      }
      if (cut.stream().anyMatch(set -> contains(set, packet))) {
        continue;
      }
      assertAgree(ways, PacketTracer.trace(tables, packet, view.mode()));
    }
  }

  /** A switch may choose in more ways than are followed. */
  @Example
  void manyChoicesAreNotFollowed() {
    whatIsPickedFromASetIsInIt(98);
  }

  @Property(tries = 500)
  void whatIsPickedFromASetIsInIt(@ForAll long seed) {
    Random random = new Random(seed);
    FlowTables tables = new RandomPackets(random).tables(24);
    SwitchView view = new SwitchView(MODES[random.nextInt(MODES.length)]);
    Arrivals arrivals = new Arrivals(view, facts(), new Mentioned(tables));
    Explorer explorer = new Explorer(tables);
    List<PacketSet> cut = new ArrayList<>();
    List<Flight> all = new ArrayList<>(ways(explorer, arrivals.fromOthers(), cut));
    arrivals.ports().forEach(p -> all.addAll(ways(explorer, arrivals.from(p), cut)));
    int picked = 0;
    for (Flight flight : all) {
      assertThat(flight.packets().isEmpty()).isFalse();
      TracedPacket packet = Witness.of(flight.packets()).orElse(null);
      if (packet != null) {
        picked++;
        assertThat(contains(flight.packets(), packet)).as(packet.toString()).isTrue();
        Trace trace = PacketTracer.trace(tables, packet, view.mode());
        assertThat(possible(trace)).contains(way(flight, trace));
      }
    }
    // Not all: a source may have to be a group address.
    assertThat(picked + cut.size()).isPositive();
  }

  /** One way for each outcome, which is one where the switch has nothing to choose. */
  private static void assertAgree(List<Flight> ways, Trace trace) {
    assertThat(ways.stream().map(w -> way(w, trace)).toList())
        .as(trace.packet().toString())
        .containsExactlyInAnyOrderElementsOf(possible(trace));
  }

  private static List<String> way(Flight flight, Trace trace) {
    // Entries that do the same are one way, and the flight names any of them: ask for the packet's.
    Flight own = flight.with(only(flight.packets(), trace.packet()));
    assertThat(own.entries()).isEqualTo(trace.entries());
    return flight.copies().stream()
        .map(
            c ->
                (c.isSuppressed() ? "suppressed" : copy(c, trace.packet().inPort()))
                    + " by meter "
                    + c.meter())
        .toList();
  }

  private static List<List<String>> possible(Trace trace) {
    return Outcomes.of(trace.dispositions()).stream()
        .map(
            ends ->
                ends.stream()
                    .filter(ExplorerAgreementTest::isCopy)
                    .map(
                        e ->
                            copy(e)
                                + " by meter "
                                + e.entry().flatMap(b -> b.instructions().meter()))
                    .toList())
        .toList();
  }

  private static boolean isCopy(Disposition end) {
    return end.kind() == Disposition.Kind.OUTPUT
        || end.kind() == Disposition.Kind.TO_CONTROLLER
        || end.kind() == Disposition.Kind.SUPPRESSED;
  }

  private static String copy(Copy copy, OfPort inPort) {
    OfPort port = copy.port().equals(OfPort.IN_PORT) ? inPort : copy.port();
    return copy.isToController() ? "controller" : "port " + port;
  }

  private static String copy(Disposition end) {
    switch (end.kind()) {
      case TO_CONTROLLER:
        return "controller";
      case SUPPRESSED:
        return "suppressed";
      default:
        return "port " + end.port().orElseThrow();
    }
  }

  private static NodeFacts facts() {
    NetworkModel model =
        NetworkModel.builder()
            .add(
                Models.node(1, "192.0.2.1")
                    .uplinks(ImmutableList.of(Models.uplink(1, OfPort.LOCAL)))
                    .tunnel(Models.nativeTunnel(9))
                    .build())
            .build();
    return new NodeFacts(new UnderlayFacts(model), model.node(Models.id(1)).orElseThrow());
  }

  /**
   * The ways of all packets.
   *
   * @param cut gets the sets that have more ways than are followed; these are left out
   */
  private static List<Flight> ways(
      Explorer explorer, List<PacketSet> packets, List<PacketSet> cut) {
    List<Flight> ways = new ArrayList<>();
    for (PacketSet set : packets) {
      List<Flight> some = new ArrayList<>();
      Trail trail = new Trail();
      explorer.explore(0, Flight.start(set), trail, some::add);
      if (trail.cut().isPresent()) {
        cut.add(set);
      } else {
        ways.addAll(some);
      }
    }
    return ways;
  }

  /** Whether a packet, as it came, is one of a set: field by field. */
  private static boolean contains(PacketSet set, TracedPacket packet) {
    int kind = kind(packet);
    if ((set.kinds() & 1 << kind) == 0
        || packet.length() < set.shortest()
        || packet.length() > set.longest()) {
      return false;
    }
    return told(set, packet).entrySet().stream()
        .allMatch(told -> set.came(told.getKey()).contains(told.getValue()));
  }

  /** The packets of a set that have this packet's values, where the set tells values apart. */
  private static PacketSet only(PacketSet set, TracedPacket packet) {
    PacketSet some = set;
    for (Map.Entry<Field, Bits> told : told(set, packet).entrySet()) {
      some = some.withValues(told.getKey(), ValueSet.of(told.getKey(), Set.of(told.getValue())));
    }
    return some;
  }

  /** The packet's values of the fields whose values a set tells apart. */
  private static Map<Field, Bits> told(PacketSet set, TracedPacket packet) {
    Map<Field, Bits> told = new EnumMap<>(Field.class);
    FieldView fields = FieldView.of(packet, set.view().mode());
    for (Field field : Field.values()) {
      Bits value = fields.get(field).orElse(null);
      boolean free =
          value != null
              && (set.view().split(FieldValue.exact(field, value)).free & 1 << kind(packet)) != 0;
      if (free && set.came(field) != null) {
        told.put(field, value);
      }
    }
    return told;
  }

  private static int kind(TracedPacket packet) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < PacketKind.ALL.size(); i++) {
      PacketKind kind = PacketKind.ALL.get(i);
      int protocol = packet.ipProto().orElse(PacketKind.OTHER_PROTOCOL);
      int known = PacketKind.PROTOCOLS.contains(protocol) ? protocol : PacketKind.OTHER_PROTOCOL;
      boolean type =
          PacketKind.ETHER_TYPES.contains(packet.etherType())
              ? kind.etherType() == packet.etherType()
              : kind.isOtherEtherType();
      if (type && kind.fragment() == packet.fragment() && kind.protocol() == known) {
        found.add(i);
      }
    }
    assertThat(found).as("every packet is of exactly one kind").hasSize(1);
    return found.get(0);
  }
}
