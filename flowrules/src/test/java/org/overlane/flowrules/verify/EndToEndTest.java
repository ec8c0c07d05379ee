/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.Profile;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.testing.Scenario;
import org.overlane.flowrules.testing.Scenarios;
import org.overlane.flowrules.trace.Disposition;
import org.overlane.flowrules.trace.FragmentMode;
import org.overlane.flowrules.trace.PacketTracer;
import org.overlane.flowrules.trace.Trace;
import org.overlane.flowrules.trace.TracedPacket;
import org.overlane.flowrules.trace.path.ControllerDecision;
import org.overlane.flowrules.trace.path.PathStep;
import org.overlane.flowrules.trace.path.PathTrace;
import org.overlane.flowrules.trace.path.PathTracer;

/**
 * What one switch sends and another does not deliver is shown by a frame of a VM. The tracer of the
 * whole way, which shares nothing with the verifier, takes it through the same tables.
 */
class EndToEndTest {
  private static final String INGRESS = "in_port=9,tun_id=0x64";
  private static final String DELIVERY =
      "table=20, priority=200,tun_id=0x64,dl_dst=02:00:00:00:00:11";
  private static final String FLOOD = "table=20, priority=200,tun_id=0x64,dl_dst=01";

  /** With what the violation says of the frame. */
  private record Case(Mutant mutant, String says) {
    @Override
    public String toString() {
      return mutant.toString();
    }
  }

  private static Case of(Scenario scenario, String name, String says, Change change) {
    return new Case(change.to(new Mutant(name, scenario)), says);
  }

  private interface Change {
    Mutant to(Mutant mutant);
  }

  static List<Case> cases() {
    Scenario ovs = Scenarios.nativeHostScenario();
    Scenario host = Scenarios.managementOsHost();
    Scenario plain = Scenarios.openflow13Host();
    Scenario ports = Scenarios.portPerRemoteOnOvs();
    List<Case> cases = new ArrayList<>();
    cases.add(of(ovs, "VNI not let in", "goes nowhere", m -> m.without(INGRESS)));
    cases.add(of(host, "port not let in", "goes nowhere", m -> m.without("in_port=21,")));
    cases.add(of(plain, "remote not let in", "goes nowhere", m -> m.without("in_port=31,tun_id")));
    cases.add(of(ports, "remote not let in", "goes nowhere", m -> m.without("in_port=31,tun_id")));
    cases.add(
        of(
            ovs,
            "let in from another VTEP only",
            "goes nowhere",
            m -> m.in(INGRESS, "tun_id=0x64", "tun_id=0x64,tun_dst=192.0.2.99")));
    cases.add(of(ovs, "MAC not known", "goes nowhere", m -> m.without(DELIVERY)));
    cases.add(of(ovs, "wrong VM", "goes to port 12", m -> m.in(DELIVERY, "put:11", "put:12")));
    cases.add(
        of(
            ovs,
            "twice",
            "goes to port 11, port 11",
            m -> m.in(DELIVERY, "put:11", "put:11,output:11")));
    cases.add(
        of(
            ovs,
            "rewritten",
            "goes to port 11, altered",
            m -> m.in(DELIVERY, "out", "set_field:02:00:00:00:00:99->eth_dst,out")));
    cases.add(
        of(
            ovs,
            "to the controller as well",
            "goes to port 11, the controller",
            m -> m.in(DELIVERY, "put:11", "put:11,CONTROLLER:128")));
    cases.add(of(ovs, "back", "port 9", m -> m.in(FLOOD, "put:12", "put:12,IN_PORT")));
    cases.add(of(ovs, "flood misses one", "goes to port 12", m -> m.in(FLOOD, "output:11,", "")));
    cases.add(of(ovs, "no flood", "goes nowhere", m -> m.without(FLOOD)));
    cases.add(
        of(
            ovs,
            "one sender is not heard",
            "goes nowhere",
            m -> m.with("table=0,priority=210,in_port=9,dl_src=02:00:00:00:00:14,actions=drop")));
    cases.add(
        of(
            ovs,
            "one kind of packet is not heard",
            "goes nowhere",
            m -> m.with("table=0,priority=210,ipv6,in_port=9,nw_frag=later,actions=drop")));
    cases.add(
        of(
            ovs,
            "a MAC is dropped in a group of its own",
            "goes nowhere",
            m ->
                m.with("table=20,priority=210,tun_id=0x64,dl_dst=33:33:00:00:00:01,actions=drop")));
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyKindIsShown(Case one) {
    List<Violation> shown = shown(one.mutant());
    assertThat(shown).hasSize(1);
    assertThat(shown.get(0).message()).endsWith(one.says());
  }

  static List<Mutant> all() {
    List<Mutant> all = new ArrayList<>(Mutants.all());
    cases().forEach(c -> all.add(c.mutant()));
    return all;
  }

  private static List<Violation> shown(Mutant mutant) {
    return mutant.verify().violations().stream()
        .filter(v -> v.invariant() == Invariant.END_TO_END)
        .toList();
  }

  /** The sender puts it into the tunnel, and there it goes wrong, each by the entries blamed. */
  @ParameterizedTest
  @MethodSource("all")
  void theFrameTakesTheWayThatIsBlamed(Mutant mutant) {
    for (Violation violation : shown(mutant)) {
      Violation.Sent sent = violation.sent().orElseThrow();
      TracedPacket packet = violation.packet().orElseThrow();
      FragmentMode mode = mode(mutant, violation.node(), violation.trace());
      Trace there = PacketTracer.trace(mutant.tables(), packet, mode);
      assertThat(there.entries()).isEqualTo(violation.entries());
      assertThat(reached(there)).as(violation.toString()).isNotEqualTo(wanted(mutant, violation));
      assertThat(sent.trace()).contains("Packet: from port " + sent.packet().inPort());
      FragmentMode senders = mode(mutant, sent.node(), sent.trace());
      FlowTables own = mutant.allTables().get(sent.node());
      assertThat(PacketTracer.trace(own, sent.packet(), senders).entries())
          .isEqualTo(sent.entries());
      // A path is traced in one mode, and each end may be set to another one.
      if (mode == senders) {
        PathTrace path = path(mutant, sent, mode);
        assertThat(inSwitch(path, sent.node()).trace().entries()).isEqualTo(sent.entries());
        assertThat(inSwitch(path, violation.node()).trace()).isEqualTo(there);
      }
    }
  }

  /** In which a switch sees the packet; its trace says so. */
  private static FragmentMode mode(Mutant mutant, NodeId node, String trace) {
    if (mutant.model().requireNode(node).profile() == Profile.OPENFLOW13) {
      return FragmentMode.STANDARD;
    }
    return trace.contains("nx-match") ? FragmentMode.NX_MATCH : FragmentMode.NORMAL;
  }

  private static PathTrace path(Mutant mutant, Violation.Sent sent, FragmentMode mode) {
    Map<NodeId, FlowTables> tables = mutant.allTables();
    return new PathTracer(
            mutant.model(),
            tables::get,
            (node, packet, purpose) -> ControllerDecision.dropped("test", "not asked"),
            mode == FragmentMode.STANDARD ? FragmentMode.NORMAL : mode)
        .trace(sent.node(), sent.packet());
  }

  private static PathStep.InSwitch inSwitch(PathTrace path, NodeId node) {
    return path.steps().stream()
        .filter(PathStep.InSwitch.class::isInstance)
        .map(PathStep.InSwitch.class::cast)
        .filter(s -> s.node().equals(node) && s.layer() == PathStep.InSwitch.Layer.FRAME)
        .findFirst()
        .orElseThrow();
  }

  /** Ports, with what arrives there. */
  private static List<String> reached(Trace trace) {
    return trace.dispositions().stream()
        .filter(
            d -> d.kind() == Disposition.Kind.OUTPUT || d.kind() == Disposition.Kind.TO_CONTROLLER)
        .map(d -> d.port() + " " + d.fields().applyTo(trace.packet()))
        .sorted()
        .toList();
  }

  private static List<String> wanted(Mutant mutant, Violation violation) {
    TracedPacket packet = violation.packet().orElseThrow();
    NetworkId network =
        mutant.model().endpointsAt(violation.sent().orElseThrow().node()).stream()
            .filter(e -> e.mac().equals(packet.ethSrc()))
            .findFirst()
            .orElseThrow()
            .network();
    return mutant.model().endpointsOf(network).stream()
        .filter(e -> e.node().equals(violation.node()))
        .filter(e -> packet.ethDst().isMulticast() || e.mac().equals(packet.ethDst()))
        .map(Endpoint::port)
        .distinct()
        .map((Optional<OfPort> port) -> port + " " + packet)
        .sorted()
        .toList();
  }

  /** What no VM sends to the switch is another invariant's business: no frame can show it. */
  @Test
  void nothingIsShownOfFramesThatNobodySends() {
    Mutant stranger =
        new Mutant("a stranger is not heard", Scenarios.nativeHostScenario())
            .with("table=0,priority=210,in_port=9,dl_src=02:00:00:00:00:77,actions=drop");
    assertThat(stranger.verify().counts().keySet())
        .containsExactlyElementsOf(
            ImmutableList.of(Invariant.UNICAST_DELIVERY, Invariant.MULTICAST_DELIVERY));
  }
}
