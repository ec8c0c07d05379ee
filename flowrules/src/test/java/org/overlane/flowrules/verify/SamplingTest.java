/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.Profile;
import org.overlane.flowrules.model.Uplink;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.testing.RandomModels;
import org.overlane.flowrules.testing.Underlay;
import org.overlane.flowrules.trace.Disposition;
import org.overlane.flowrules.trace.FragmentMode;
import org.overlane.flowrules.trace.PacketTracer;
import org.overlane.flowrules.trace.Trace;
import org.overlane.flowrules.trace.TracedPacket;

/**
 * No packet contradicts what the verifier has proven: random ones, taken through the tables of
 * proven models by the tracer, end where the rules allow, which are put down here a third time, in
 * the words of one packet.
 */
class SamplingTest {
  private static final int MODELS = 400;
  private static final int PACKETS = 60;
  private static final long STRANGER = 0x0200_00aa_bbccL;

  private NetworkModel model;
  private Node node;
  private Map<OfPort, String> roles;
  private int toTunnel;
  private int toController;
  private int toVm;
  private int toHost;

  @Test
  void packetsGoWhereTheyMay() {
    for (int seed = 0; seed < MODELS; seed++) {
      model = seed % 2 == 0 ? RandomModels.any(seed) : RandomModels.complete(seed);
      Map<NodeId, FlowTables> tables = VerifierPropertiesTest.compiled(model);
      assertThat(new Verifier().verify(model, tables::get).isProven()).isTrue();
      Random random = new Random(seed);
      for (Node one : model.nodes().values()) {
        node = one;
        roles = roles(one);
        for (int i = 0; i < PACKETS; i++) {
          TracedPacket packet = packet(random);
          check(PacketTracer.trace(tables.get(one.id()), packet, mode(random)));
        }
      }
    }
    assertThat(List.of(toTunnel, toController, toVm, toHost))
        .as("packets that got somewhere")
        .allSatisfy(n -> assertThat(n).isGreaterThan(100));
  }

  private FragmentMode mode(Random random) {
    if (node.profile() == Profile.OPENFLOW13) {
      return FragmentMode.STANDARD;
    }
    return random.nextBoolean() ? FragmentMode.NORMAL : FragmentMode.NX_MATCH;
  }

  private static Map<OfPort, String> roles(Node node) {
    Map<OfPort, String> roles = new HashMap<>();
    for (Uplink uplink : node.uplinks()) {
      roles.put(uplink.port(), "uplink");
      uplink.management().ifPresent(m -> roles.put(m.port(), "management"));
    }
    node.tunnel().ifPresent(t -> t.ports().forEach(p -> roles.put(p, "tunnel")));
    return roles;
  }

  private TracedPacket packet(Random random) {
    List<OfPort> ports = new ArrayList<>(roles.keySet());
    ports.add(OfPort.of(99));
    List<Endpoint> local = new ArrayList<>(model.endpointsAt(node.id()));
    local.removeIf(e -> e.port().isEmpty());
    List<Long> macs = new ArrayList<>(List.of(STRANGER, 0xffff_ffff_ffffL));
    model.endpoints().values().forEach(e -> macs.add(e.mac().toLong()));
    node.uplinks().forEach(u -> u.management().ifPresent(m -> macs.add(m.mac().toLong())));
    long to = macs.get(random.nextInt(macs.size()));
    RandomPackets packets = new RandomPackets(random);
    if (!local.isEmpty() && random.nextInt(4) > 0) {
      Endpoint from = local.get(random.nextInt(local.size()));
      long source = random.nextInt(9) == 0 ? STRANGER : from.mac().toLong();
      return packets.packet(from.port().get(), source, to);
    }
    OfPort port = ports.get(random.nextInt(ports.size()));
    if ("tunnel".equals(roles.get(port)) && !model.networks().isEmpty()) {
      List<Long> vnis = new ArrayList<>(List.of(77L));
      model.networks().values().forEach(n -> vnis.add((long) n.vni().toInt()));
      return packets.fromTunnel(port, vnis.get(random.nextInt(vnis.size())), STRANGER, to);
    }
    if (!node.vteps().isEmpty() && random.nextBoolean()) {
      IpAddress vtep = node.vteps().get(random.nextInt(node.vteps().size()));
      TracedPacket.Builder packet =
          TracedPacket.builder(port, MacAddress.of(STRANGER), MacAddress.of(to)).length(1500);
      packets.ip(packet, IpAddress.parse(vtep.isIpv4() ? "192.0.2.77" : "2001:db8::77"), vtep);
      return packet.build();
    }
    return packets.packet(port, STRANGER, to);
  }

  private void check(Trace trace) {
    TracedPacket packet = trace.packet();
    String from = roles.getOrDefault(packet.inPort(), "vm");
    for (Disposition end : trace.dispositions()) {
      if (end.kind() == Disposition.Kind.TO_CONTROLLER) {
        toController++;
        assertThat(from).as(trace.toString()).isEqualTo("vm");
        checkController(packet, trace);
      } else if (end.kind() == Disposition.Kind.OUTPUT) {
        checkOutput(from, packet, end, trace);
      }
    }
  }

  private void checkOutput(String from, TracedPacket packet, Disposition end, Trace trace) {
    OfPort port = end.port().orElseThrow();
    String to = roles.getOrDefault(port, "vm");
    switch (from) {
      case "management":
        assertThat(to).as(trace.toString()).isEqualTo("uplink");
        break;
      case "uplink":
        toHost++;
        assertThat(to).as(trace.toString()).isEqualTo("management");
        break;
      case "tunnel":
        toVm++;
        assertThat(to).as(trace.toString()).isEqualTo("vm");
        break;
      default:
        Endpoint sender = sender(packet).orElseThrow();
        if (to.equals("vm")) {
          toVm++;
          assertThat(model.endpointsOf(sender.network()))
              .anyMatch(e -> e.node().equals(node.id()) && e.port().equals(Optional.of(port)));
        } else {
          toTunnel++;
          assertThat(to).as(trace.toString()).isEqualTo("tunnel");
          checkFits(packet, sender, trace);
        }
        break;
    }
  }

  private Optional<Endpoint> sender(TracedPacket packet) {
    return model.endpointsAt(node.id()).stream()
        .filter(e -> e.mac().equals(packet.ethSrc()))
        .filter(e -> e.port().equals(Optional.of(packet.inPort())))
        .findFirst();
  }

  private Optional<Endpoint> receiver(TracedPacket packet, Endpoint sender) {
    return model.endpointsOf(sender.network()).stream()
        .filter(e -> e.mac().equals(packet.ethDst()))
        .findFirst();
  }

  /** What the controller gets is too large for its path, or a SYN that is to be clamped. */
  private void checkController(TracedPacket packet, Trace trace) {
    Endpoint sender = sender(packet).orElseThrow();
    Endpoint receiver = receiver(packet, sender).orElseThrow();
    boolean syn =
        packet.tcpFlags().filter(f -> (f & 2) != 0).isPresent()
            && model.networks().get(sender.network()).mssClamping();
    assertThat(receiver.node()).isNotEqualTo(node.id());
    assertThat(syn || packet.length() > limit(sender, receiver)).as(trace.toString()).isTrue();
  }

  /** What goes into a tunnel fits, or the endpoint fragments it, or nobody can tell. */
  private void checkFits(TracedPacket packet, Endpoint sender, Trace trace) {
    Underlay underlay = new Underlay(model);
    Optional<Endpoint> receiver = receiver(packet, sender);
    if (receiver.isPresent() && underlay.checks(node.id())) {
      assertThat(
              packet.length() <= limit(sender, receiver.get())
                  || fragments(underlay, sender, receiver.get()))
          .as(trace.toString())
          .isTrue();
    }
  }

  /** Without a common family, which the management OS need not know of, as for IPv6. */
  private int limit(Endpoint sender, Endpoint receiver) {
    Underlay underlay = new Underlay(model);
    try {
      return underlay.frameLimit(sender, receiver);
    } catch (IllegalArgumentException noFamily) {
      boolean ipv4 =
          model.networks().get(sender.network()).underlay().isPresent()
              && model.networks().get(sender.network()).underlay().get() == AddressFamily.IPV4;
      int mtu = Math.min(underlay.mtu(sender.node()), underlay.mtu(receiver.node()));
      return mtu - (ipv4 ? 36 : 56);
    }
  }

  private boolean fragments(Underlay underlay, Endpoint sender, Endpoint receiver) {
    try {
      return underlay.fragments(sender, receiver);
    } catch (IllegalArgumentException noFamily) {
      return true;
    }
  }
}
