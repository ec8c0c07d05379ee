/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.overlane.flowrules.testing.Models.mac;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.overlane.flowrules.feature.PacketClass;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.ProbeAddress;
import org.overlane.flowrules.model.Uplink;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.pipeline.PortMeters;
import org.overlane.flowrules.testing.Scenario;
import org.overlane.flowrules.testing.Scenarios;

/** Each class of packets ends where its documentation says, on the node of every scenario. */
class ScenarioTraceTest {
  private static final MacAddress STRANGER = mac(0x999999);
  private static final MacAddress BROADCAST = MacAddress.parse("ff:ff:ff:ff:ff:ff");

  static Stream<Scenario> scenarios() {
    return Scenarios.all().stream();
  }

  /** RX-1, RX-2, TX-2 and RX-4 of every uplink with a management port, in every usable mode. */
  @ParameterizedTest
  @MethodSource("scenarios")
  void underlayTrafficStaysBetweenUplinkAndManagement(Scenario scenario) {
    FlowTables tables = scenario.compile().tables();
    Node node = scenario.model().node(scenario.node()).orElseThrow();
    for (Uplink uplink : node.uplinks()) {
      if (uplink.management().isEmpty()) {
        continue;
      }
      OfPort management = uplink.management().get().port();
      MacAddress host = uplink.management().get().mac();
      for (FragmentMode mode : FragmentMode.values()) {
        for (IpAddress vtep : node.vteps()) {
          for (FragmentClass fragment : FragmentClass.values()) {
            if (!mode.drops(fragment)) {
              Trace trace = vxlan(tables, uplink.port(), vtep, fragment, mode);
              // A plain OpenFlow 1.3 switch has no entry for fragments, and no field for them.
              boolean limited =
                  node.limitsFragments()
                      && fragment != FragmentClass.WHOLE
                      && mode != FragmentMode.STANDARD;
              assertEndsAt(
                  trace,
                  management,
                  limited ? PacketClass.VXLAN_FRAGMENT : PacketClass.VXLAN_RECEIVE);
            }
          }
        }
        for (MacAddress to : List.of(host, BROADCAST, STRANGER)) {
          Trace out = trace(tables, management, host, to, mode);
          assertEndsAt(out, uplink.port(), PacketClass.MANAGEMENT_BYPASS);
        }
        for (MacAddress to : List.of(host, BROADCAST)) {
          Trace in = trace(tables, uplink.port(), STRANGER, to, mode);
          assertEndsAt(in, management, PacketClass.HOST_RECEIVE);
        }
      }
    }
  }

  private static Trace vxlan(
      FlowTables tables, OfPort uplink, IpAddress vtep, FragmentClass fragment, FragmentMode mode) {
    IpAddress from = IpAddress.parse(vtep.isIpv4() ? "192.0.2.77" : "2001:db8::77");
    TracedPacket packet =
        TracedPacket.builder(uplink, STRANGER, mac(0x888888))
            .udp(from, vtep, 50_000, 4789)
            .fragment(fragment)
            .length(1514)
            .build();
    return PacketTracer.trace(tables, packet, mode);
  }

  /** A VM reaches the VMs of its own network, and an unknown receiver or port is a counted drop. */
  @ParameterizedTest
  @MethodSource("scenarios")
  void vmTrafficStaysInItsNetwork(Scenario scenario) {
    FlowTables tables = scenario.compile().tables();
    Node node = scenario.model().node(scenario.node()).orElseThrow();
    for (Endpoint from : scenario.model().endpoints().values()) {
      if (!from.node().equals(node.id()) || from.port().isEmpty()) {
        continue;
      }
      for (Endpoint to : scenario.model().endpointsOf(from.network())) {
        boolean local = to.node().equals(node.id()) && to.port().isPresent();
        if (local && !to.equals(from) && !to.port().equals(from.port())) {
          Trace trace = trace(tables, from.port().get(), from.mac(), to.mac(), FragmentMode.NORMAL);
          assertEndsAt(trace, to.port().get(), PacketClass.LOCAL_FORWARD);
        }
      }
      Trace spoofed = trace(tables, from.port().get(), STRANGER, BROADCAST, FragmentMode.NORMAL);
      assertThat(spoofed.dispositions())
          .extracting(Disposition::kind)
          .containsExactly(Disposition.Kind.DROPPED_BY_ENTRY);
    }
  }

  private static MacAddress address(Node node) {
    return ProbeAddress.of(node.id());
  }

  /**
   * Whatever comes: an entry decides, the controller gets nothing but what a VM's own meter lets
   * pass and probes, nothing goes tunnel to tunnel.
   */
  @ParameterizedTest
  @MethodSource("scenarios")
  void everyPacketIsDecidedByAnEntry(Scenario scenario) {
    FlowTables tables = scenario.compile().tables();
    Node node = scenario.model().node(scenario.node()).orElseThrow();
    Random random = new Random(scenario.name().hashCode());
    RandomTraffic traffic = new RandomTraffic(random);
    for (int i = 0; i < 400; i++) {
      Trace trace = PacketTracer.trace(tables, traffic.packet(tables), FragmentMode.NORMAL);
      OfPort inPort = trace.packet().inPort();
      boolean fromTunnel = isTunnel(node, inPort);
      for (Disposition end : trace.dispositions()) {
        assertThat(end.kind())
            .isIn(
                Disposition.Kind.OUTPUT,
                Disposition.Kind.TO_CONTROLLER,
                Disposition.Kind.SUPPRESSED,
                Disposition.Kind.DROPPED_BY_ENTRY);
        boolean probe =
            fromTunnel && node.takesProbes() && trace.packet().ethDst().equals(address(node));
        if (end.kind() == Disposition.Kind.TO_CONTROLLER && probe) {
          assertThat(end.entry().orElseThrow().instructions().meter())
              .contains(PortMeters.probes().id());
        } else if (end.kind() == Disposition.Kind.TO_CONTROLLER) {
          assertThat(vmPorts(scenario)).contains(inPort);
          assertThat(end.entry().orElseThrow().instructions().meter().flatMap(PortMeters::port))
              .contains(inPort);
        }
        boolean toTunnel = end.port().filter(p -> isTunnel(node, p)).isPresent();
        assertThat(fromTunnel && toTunnel).as(TraceText.render(trace)).isFalse();
      }
    }
  }

  private static Set<OfPort> vmPorts(Scenario scenario) {
    return scenario.model().endpointsAt(scenario.node()).stream()
        .flatMap(e -> e.port().stream())
        .collect(Collectors.toSet());
  }

  private static boolean isTunnel(Node node, OfPort port) {
    return node.tunnel().map(t -> t.ports().contains(port)).orElse(false);
  }

  private static Trace trace(
      FlowTables tables, OfPort port, MacAddress from, MacAddress to, FragmentMode mode) {
    return PacketTracer.trace(tables, TracedPacket.builder(port, from, to).build(), mode);
  }

  private static void assertEndsAt(Trace trace, OfPort port, PacketClass by) {
    assertThat(trace.dispositions()).as(TraceText.render(trace)).hasSize(1);
    Disposition end = trace.dispositions().get(0);
    assertThat(end.kind()).as(TraceText.render(trace)).isEqualTo(Disposition.Kind.OUTPUT);
    assertThat(end.port()).contains(port);
    assertThat(end.entry().map(FlowEntry::cookie).flatMap(PacketClass::of))
        .isEqualTo(Optional.of(by));
  }
}
