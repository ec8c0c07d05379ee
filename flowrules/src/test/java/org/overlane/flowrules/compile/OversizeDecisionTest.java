/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.compile;

import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.testing.Fabric;
import org.overlane.flowrules.testing.Fabric.Delivery;
import org.overlane.flowrules.testing.Interpreter;
import org.overlane.flowrules.testing.Packet;
import org.overlane.flowrules.testing.RandomModels;
import org.overlane.flowrules.testing.Underlay;

/**
 * What becomes of a VM's frame, by length, destination, type, fragment and protocol: all of them,
 * each against a table that was written without the compiler.
 */
class OversizeDecisionTest {
  private static final MacAddress UNKNOWN = MacAddress.parse("02:99:99:99:99:99");
  private static final MacAddress BROADCAST = MacAddress.parse("ff:ff:ff:ff:ff:ff");
  private static final MacAddress MULTICAST = MacAddress.parse("33:33:00:00:00:fb");
  private static final long LAST_PORT_WITH_A_METER_OF_ITS_OWN = 65_279;

  /** What a frame is, apart from its length and its way. */
  private enum Kind {
    WHOLE_SYN(0x0800, 6, 0, 0x002),
    WHOLE_SYN_ACK(0x0800, 6, 0, 0x012),
    WHOLE_ACK(0x0800, 6, 0, 0x010),
    WHOLE_UDP(0x0800, 17, 0, 0),
    WHOLE_ICMP(0x0800, 1, 0, 0),
    FIRST_SYN(0x0800, 6, 1, 0x002),
    FIRST_UDP(0x0800, 17, 1, 0),
    LATER_TCP(0x0800, 6, 3, 0),
    LATER_UDP(0x0800, 17, 3, 0),
    WHOLE_SYN_6(0x86dd, 6, 0, 0x002),
    WHOLE_ACK_6(0x86dd, 6, 0, 0x010),
    WHOLE_UDP_6(0x86dd, 17, 0, 0),
    WHOLE_ICMP_6(0x86dd, 58, 0, 0),
    FIRST_SYN_6(0x86dd, 6, 1, 0x002),
    FIRST_UDP_6(0x86dd, 17, 1, 0),
    LATER_6(0x86dd, 44, 3, 0),
    ARP(0x0806, -1, -1, 0),
    OTHER(0x88b5, -1, -1, 0);

    private final int etherType;
    private final int protocol;
    private final int fragment;
    private final int flags;

    Kind(int etherType, int protocol, int fragment, int flags) {
      this.etherType = etherType;
      this.protocol = protocol;
      this.fragment = fragment;
      this.flags = flags;
    }

    boolean isIp() {
      return protocol >= 0;
    }

    boolean isWholeSyn() {
      return protocol == 6 && fragment == 0 && (flags & 2) != 0;
    }

    Packet of(Packet frame) {
      Packet packet = frame.with(Field.ETH_TYPE, etherType);
      if (isIp()) {
        packet = packet.with(Field.IP_PROTO, protocol).with(Field.NW_FRAG, fragment);
      }
      return protocol == 6 ? packet.with(Field.TCP_FLAGS, flags) : packet;
    }
  }

  /** The only things that may happen, and what each looks like on the switch. */
  private enum Outcome {
    TO_A_LOCAL_VM,
    TO_THE_TUNNEL,
    TO_THE_CONTROLLER_TOO_LARGE,
    TO_THE_CONTROLLER_SYN,
    DROPPED_BY_A_METER,
    DROPPED_BY_AN_ENTRY
  }

  @Property(tries = 35)
  void everyFrameEndsAsTheTableSays(@ForAll long seed) {
    NetworkModel model = RandomModels.complete(seed);
    Fabric fabric = new Fabric(model);
    Set<Outcome> seen = EnumSet.noneOf(Outcome.class);
    for (Endpoint from : senders(model)) {
      for (int length : lengths(model, from)) {
        for (Kind kind : Kind.values()) {
          for (Endpoint to : receivers(model, from)) {
            Packet packet = packet(from, to.mac(), kind, length);
            Outcome outcome = unicast(model, from, to, kind, length);
            seen.add(outcome);
            assertUnicast(fabric, from, to, packet, outcome);
          }
          assertUnknown(fabric, from, packet(from, UNKNOWN, kind, length));
          for (MacAddress group : List.of(BROADCAST, MULTICAST)) {
            assertMulticast(model, fabric, from, packet(from, group, kind, length), length);
          }
        }
      }
    }
    seen.forEach(o -> Statistics.label("models with").collect(o));
    Statistics.label("models with")
        .coverage(
            coverage -> {
              for (Outcome outcome :
                  EnumSet.complementOf(EnumSet.of(Outcome.DROPPED_BY_AN_ENTRY))) {
                coverage.check(outcome).count(n -> n > 0);
              }
            });
  }

  /** The table. */
  private static Outcome unicast(
      NetworkModel model, Endpoint from, Endpoint to, Kind kind, int length) {
    if (to.node().equals(from.node())) {
      return Outcome.TO_A_LOCAL_VM;
    }
    Underlay underlay = new Underlay(model);
    if (!underlay.checks(from.node())) {
      return Outcome.TO_THE_TUNNEL;
    }
    if (model.networks().get(from.network()).mssClamping() && kind.isWholeSyn()) {
      return Outcome.TO_THE_CONTROLLER_SYN;
    }
    if (length <= underlay.frameLimit(from, to)) {
      return Outcome.TO_THE_TUNNEL;
    }
    if (underlay.fragments(from, to)) {
      boolean whole = kind.isIp() && kind.fragment == 0;
      return whole ? Outcome.TO_THE_CONTROLLER_TOO_LARGE : Outcome.TO_THE_TUNNEL;
    }
    boolean nobodyMayTouchIt = !kind.isIp() || (kind.etherType == 0x86dd && kind.fragment == 3);
    return nobodyMayTouchIt ? Outcome.DROPPED_BY_A_METER : Outcome.TO_THE_CONTROLLER_TOO_LARGE;
  }

  private static void assertUnicast(
      Fabric fabric, Endpoint from, Endpoint to, Packet packet, Outcome outcome) {
    Interpreter run = Interpreter.run(fabric.tables(from.node()), packet);
    Supplier<String> what = () -> from + " -> " + to + ", " + packet + ", " + run.hits();
    List<Delivery> ends = fabric.deliver(from.node(), run);
    switch (outcome) {
      case TO_A_LOCAL_VM, TO_THE_TUNNEL -> {
        boolean back = place(from).equals(place(to));
        check(ends.equals(back ? List.of() : List.of(place(to))), outcome, what);
        check(run.meters().isEmpty(), outcome, what);
      }
      case TO_THE_CONTROLLER_TOO_LARGE, TO_THE_CONTROLLER_SYN -> {
        check(ends.equals(List.of(new Delivery(from.node(), OfPort.CONTROLLER))), outcome, what);
        int purpose = outcome == Outcome.TO_THE_CONTROLLER_SYN ? 2 : 1;
        check(run.meters().equals(List.of(meter(from, purpose))), outcome, what);
        check(fabric.tables(from.node()).meters().containsKey(meter(from, purpose)), outcome, what);
      }
      case DROPPED_BY_A_METER -> {
        check(ends.isEmpty(), outcome, what);
        assertDroppedByItsMeter(from, run, what);
      }
      default -> throw new AssertionError(outcome);
    }
  }

  /** Meters are numbered by port and purpose: 1 too large, 2 SYN, 3 dropped. */
  private static long meter(Endpoint of, int purpose) {
    long port = of.port().orElseThrow().toLong();
    return 4 * (port <= LAST_PORT_WITH_A_METER_OF_ITS_OWN ? port : 65_535) + purpose;
  }

  private static void assertDroppedByItsMeter(
      Endpoint from, Interpreter run, Supplier<String> what) {
    check(run.meters().equals(List.of(meter(from, 3))), Outcome.DROPPED_BY_A_METER, what);
    FlowEntry last = run.hits().get(run.hits().size() - 1);
    check(last.instructions().applyActions().isEmpty(), Outcome.DROPPED_BY_A_METER, what);
    check(last.instructions().gotoTable().isEmpty(), Outcome.DROPPED_BY_A_METER, what);
  }

  private static void assertUnknown(Fabric fabric, Endpoint from, Packet packet) {
    Interpreter run = Interpreter.run(fabric.tables(from.node()), packet);
    boolean dropped =
        run.outputs().isEmpty()
            && run.meters().isEmpty()
            && run.hits().get(run.hits().size() - 1).instructions().isDrop();
    check(dropped, Outcome.DROPPED_BY_AN_ENTRY, () -> from + ", " + packet + ", " + run.hits());
  }

  /** Local copies in any case; remote ones all or none: as soon as one could not arrive. */
  private static void assertMulticast(
      NetworkModel model, Fabric fabric, Endpoint from, Packet packet, int length) {
    Underlay underlay = new Underlay(model);
    List<Endpoint> remote =
        model.endpointsOf(from.network()).stream()
            .filter(e -> !e.node().equals(from.node()))
            .toList();
    boolean checks = underlay.checks(from.node());
    boolean leaves =
        !checks
            || remote.stream()
                .allMatch(
                    to -> underlay.fragments(from, to) || length <= underlay.frameLimit(from, to));
    Set<Delivery> expected = new HashSet<>();
    for (Endpoint to : model.endpointsOf(from.network())) {
      if (leaves || to.node().equals(from.node())) {
        expected.add(place(to));
      }
    }
    expected.remove(place(from));
    Interpreter run = Interpreter.run(fabric.tables(from.node()), packet);
    Supplier<String> what = () -> from + ", " + packet + ", " + run.hits();
    List<Delivery> ends = fabric.deliver(from.node(), run);
    check(
        ends.size() == expected.size() && expected.containsAll(ends), Outcome.TO_THE_TUNNEL, what);
    if (leaves) {
      check(run.meters().isEmpty(), Outcome.TO_THE_TUNNEL, what);
    } else {
      assertDroppedByItsMeter(from, run, what);
    }
  }

  /** Faster than an assertion of a library, and there are millions. */
  private static void check(boolean condition, Outcome expected, Supplier<String> what) {
    if (!condition) {
      fail("should be " + expected + ": " + what.get());
    }
  }

  private static Packet packet(Endpoint from, MacAddress to, Kind kind, int length) {
    return kind.of(Packet.frame(from.port().orElseThrow(), from.mac(), to)).length(length);
  }

  /** One endpoint for each node and network. */
  private static List<Endpoint> senders(NetworkModel model) {
    Set<String> seen = new TreeSet<>();
    return model.endpoints().values().stream()
        .filter(e -> seen.add(e.node() + "/" + e.network()))
        .toList();
  }

  /** At most one endpoint of the sender's network on each node, and the sender itself. */
  private static List<Endpoint> receivers(NetworkModel model, Endpoint from) {
    List<Endpoint> receivers = new ArrayList<>(List.of(from));
    Set<String> seen = new TreeSet<>();
    for (Endpoint to : model.endpointsOf(from.network())) {
      if (!to.equals(from) && seen.add(to.node().toString())) {
        receivers.add(to);
      }
    }
    return receivers;
  }

  /** Around the limit of each path, and three that everybody knows. */
  private static Set<Integer> lengths(NetworkModel model, Endpoint from) {
    Set<Integer> lengths = new TreeSet<>(List.of(60, 1500 + 14, 9000 + 14));
    Underlay underlay = new Underlay(model);
    for (Endpoint to : receivers(model, from)) {
      for (int difference = -2; difference <= 2; difference++) {
        lengths.add(underlay.frameLimit(from, to) + difference);
      }
    }
    return lengths;
  }

  private static Delivery place(Endpoint endpoint) {
    return new Delivery(endpoint.node(), endpoint.port().orElseThrow());
  }
}
