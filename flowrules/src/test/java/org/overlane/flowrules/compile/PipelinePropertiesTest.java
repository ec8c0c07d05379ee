/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.overlane.flowrules.feature.PacketClass;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.ManagementPort;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.ProbeAddress;
import org.overlane.flowrules.model.Uplink;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.testing.Fabric;
import org.overlane.flowrules.testing.Fabric.Delivery;
import org.overlane.flowrules.testing.Interpreter;
import org.overlane.flowrules.testing.Models;
import org.overlane.flowrules.testing.Packet;
import org.overlane.flowrules.testing.RandomModels;

/** What must always hold, on random models with random packets. */
class PipelinePropertiesTest {
  private static final MacAddress BROADCAST = MacAddress.of(0xffffffffffffL);
  private static final MacAddress UNKNOWN = MacAddress.parse("02:99:99:99:99:99");

  /** Nothing from a management port gets anywhere but to its uplink, whatever it is. */
  @Property(tries = 300)
  void managementTrafficOnlyLeavesByItsUplink(@ForAll long seed, @ForAll Random random) {
    NetworkModel model = RandomModels.any(seed);
    Fabric fabric = new Fabric(model);
    for (Node node : model.nodes().values()) {
      for (Uplink uplink : node.uplinks()) {
        OfPort management = uplink.management().orElseThrow().port();
        Packet packet = anyPacket(management, model, random);
        assertThat(Interpreter.run(fabric.tables(node.id()), packet).ports())
            .containsExactly(uplink.port());
      }
    }
  }

  /** Whatever comes from the underlay goes to the management port of its uplink, or nowhere. */
  @Property(tries = 300)
  void underlayTrafficOnlyReachesItsManagementPort(@ForAll long seed, @ForAll Random random) {
    NetworkModel model = RandomModels.any(seed);
    Fabric fabric = new Fabric(model);
    for (Node node : model.nodes().values()) {
      for (Uplink uplink : node.uplinks()) {
        Packet packet = anyPacket(uplink.port(), model, random);
        assertThat(Interpreter.run(fabric.tables(node.id()), packet).ports())
            .isSubsetOf(uplink.management().orElseThrow().port());
      }
    }
  }

  /**
   * Whole, first and later fragments, as Open vSwitch shows them, meet the same entry; where the
   * node limits fragments, all of these meet one of their own, which leads to the same port.
   */
  @Property(tries = 200)
  void allFragmentsForAVtepTakeOneEntryToOnePort(@ForAll long seed) {
    NetworkModel model = RandomModels.any(seed);
    Fabric fabric = new Fabric(model);
    for (Node node : model.nodes().values()) {
      for (Uplink uplink : node.uplinks()) {
        ManagementPort management = uplink.management().orElseThrow();
        for (IpAddress vtep : node.vteps()) {
          Map<Boolean, Set<FlowEntry>> entries = new HashMap<>();
          for (Packet packet : fragments(uplink.port(), management.mac(), vtep)) {
            Interpreter run = Interpreter.run(fabric.tables(node.id()), packet);
            assertThat(run.ports()).containsExactly(management.port());
            boolean limited = node.limitsFragments() && packet.get(Field.NW_FRAG) != 0;
            entries
                .computeIfAbsent(limited, l -> new HashSet<>())
                .add(run.hits().get(run.hits().size() - 1));
          }
          entries.forEach(
              (limited, own) -> {
                assertThat(own).hasSize(1);
                FlowEntry entry = own.iterator().next();
                assertThat(PacketClass.of(entry.cookie()))
                    .contains(limited ? PacketClass.VXLAN_FRAGMENT : PacketClass.VXLAN_RECEIVE);
                assertThat(entry.instructions().meter().isPresent()).isEqualTo(limited);
              });
        }
      }
    }
  }

  private static List<Packet> fragments(OfPort port, MacAddress to, IpAddress vtep) {
    Packet frame = Packet.frame(port, UNKNOWN, to);
    Packet udp = frame.ip(vtep, 17);
    int laterProto = vtep.isIpv4() ? 17 : 44;
    return List.of(
        udp.udp(49_152, 4789).with(Field.NW_FRAG, 0), // whole
        udp.udp(49_152, 4789).with(Field.NW_FRAG, 1), // first, mode nx-match
        udp.udp(0, 0).with(Field.NW_FRAG, 1), // first, mode normal
        udp.with(Field.NW_FRAG, 1), // first, a switch that shows no ports
        frame.ip(vtep, laterProto).udp(0, 0).with(Field.NW_FRAG, 3), // later
        frame.ip(vtep, laterProto).with(Field.NW_FRAG, 3));
  }

  /** Where nothing is missing, every endpoint reaches exactly every other one of its network. */
  @Property(tries = 300)
  void endpointsOfANetworkReachEachOther(@ForAll long seed) {
    NetworkModel model = RandomModels.complete(seed);
    Fabric fabric = new Fabric(model);
    for (Endpoint from : model.endpoints().values()) {
      for (Endpoint to : model.endpointsOf(from.network())) {
        List<Delivery> expected = place(from).equals(place(to)) ? List.of() : List.of(place(to));
        assertThat(fabric.send(from, to.mac())).as("%s -> %s", from, to).isEqualTo(expected);
      }
    }
  }

  /** Broadcast reaches every other port of the network once, and no other port at all. */
  @Property(tries = 300)
  void broadcastReachesEveryOtherPortOnce(@ForAll long seed) {
    NetworkModel model = RandomModels.complete(seed);
    Fabric fabric = new Fabric(model);
    for (Endpoint from : model.endpoints().values()) {
      Set<Delivery> expected =
          model.endpointsOf(from.network()).stream()
              .map(PipelinePropertiesTest::place)
              .filter(place -> !place.equals(place(from)))
              .collect(Collectors.toSet());
      assertThat(fabric.send(from, BROADCAST)).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  /** In any model: no frame leaves its network, and nobody gets a copy twice. */
  @Property(tries = 300)
  void noFrameLeavesItsNetwork(@ForAll long seed) {
    NetworkModel model = RandomModels.any(seed);
    Fabric fabric = new Fabric(model);
    for (Endpoint from : attached(model)) {
      Set<Delivery> members =
          attached(model).stream()
              .filter(e -> e.network().equals(from.network()))
              .map(PipelinePropertiesTest::place)
              .collect(Collectors.toSet());
      List<Delivery> broadcast = fabric.send(from, BROADCAST);
      assertThat(broadcast).doesNotHaveDuplicates().isSubsetOf(members);
      for (Endpoint to : model.endpoints().values()) {
        List<Delivery> delivered = fabric.send(from, to.mac());
        assertThat(delivered).hasSizeLessThan(2).isSubsetOf(members);
      }
    }
  }

  @Property(tries = 200)
  void unknownDestinationsAndSpoofedSourcesGoNowhere(@ForAll long seed) {
    NetworkModel model = RandomModels.any(seed);
    Fabric fabric = new Fabric(model);
    for (Endpoint from : attached(model)) {
      OfPort port = from.port().orElseThrow();
      FlowTables tables = fabric.tables(from.node());
      Interpreter unknown = Interpreter.run(tables, Packet.frame(port, from.mac(), UNKNOWN));
      assertThat(unknown.outputs()).isEmpty();
      assertThat(lastClass(unknown)).isEqualTo(PacketClass.UNKNOWN_DESTINATION);
      Interpreter spoofed = Interpreter.run(tables, Packet.frame(port, UNKNOWN, BROADCAST));
      assertThat(spoofed.outputs()).isEmpty();
      assertThat(lastClass(spoofed)).isEqualTo(PacketClass.TABLE_MISS);
    }
  }

  /** Whatever comes out of a tunnel stays on the node, in its VNI; what is unknown is counted. */
  @Property(tries = 200)
  void tunnelTrafficNeverEntersATunnelAgain(@ForAll long seed, @ForAll Random random) {
    NetworkModel model = RandomModels.any(seed);
    Fabric fabric = new Fabric(model);
    for (Node node : model.nodes().values()) {
      Set<OfPort> allowed =
          model.endpointsAt(node.id()).stream()
              .flatMap(e -> e.port().stream())
              .collect(Collectors.toSet());
      if (node.takesProbes()) {
        allowed.add(OfPort.CONTROLLER);
      }
      node.tunnel()
          .ifPresent(
              tunnel -> {
                for (OfPort port : tunnel.ports()) {
                  Interpreter run =
                      Interpreter.run(fabric.tables(node.id()), anyPacket(port, model, random));
                  assertThat(run.ports()).isSubsetOf(allowed);
                  if (run.outputs().isEmpty() && !run.hits().isEmpty()) {
                    assertThat(run.hits().get(run.hits().size() - 1).instructions().isDrop())
                        .isTrue();
                  }
                }
              });
    }
  }

  @Property(tries = 200)
  void theOrderOfConstructionDoesNotMatter(@ForAll long seed, @ForAll Random random) {
    NetworkModel model = RandomModels.any(seed);
    List<Object> parts = new ArrayList<>();
    parts.addAll(model.nodes().values());
    parts.addAll(model.networks().values());
    parts.addAll(model.endpoints().values());
    Collections.shuffle(parts, random);
    NetworkModel.Builder shuffled = NetworkModel.builder().pathMtus(model.pathMtus());
    for (Object part : parts) {
      if (part instanceof Node) {
        shuffled.add((Node) part);
      } else if (part instanceof Network) {
        shuffled.add((Network) part);
      } else {
        shuffled.add((Endpoint) part);
      }
    }
    assertThat(compileAll(shuffled.build())).isEqualTo(compileAll(model));
  }

  @Property(tries = 2000)
  void recompilingWhatAChangeConcernsEqualsRecompilingAll(@ForAll long seed, @ForAll long change) {
    NetworkModel before = RandomModels.any(seed);
    NetworkModel after = RandomModels.changed(before, change);
    Map<NodeId, CompileResult> results = compileAll(before);
    results.keySet().retainAll(after.nodes().keySet());
    ModelChange step = ModelChange.between(before, after);
    for (NodeId node : step.affectedNodes()) {
      results.compute(
          node,
          (id, previous) ->
              previous == null
                  ? new PipelineCompiler().compile(after, id)
                  : new PipelineCompiler().recompile(previous, step, id));
    }
    assertThat(results).isEqualTo(compileAll(after));
  }

  /** The entry of one network must not meet that of the other, in whatever order they come. */
  @Property(tries = 20)
  void anEndpointMayMoveFromAnyNetworkToAnyOther(
      @ForAll @IntRange(min = 1, max = 3) int from, @ForAll @IntRange(min = 1, max = 3) int to) {
    NetworkModel.Builder base = NetworkModel.builder().add(Models.node(1).build());
    for (int i = 1; i <= 3; i++) {
      base.add(Models.network("net" + i, i));
    }
    NodeId node = Models.id(1);
    NetworkModel before = base.add(Models.endpoint("mover", "net" + from, 1, 1, 7)).build();
    NetworkModel after =
        before.toBuilder().add(Models.endpoint("mover", "net" + to, 1, 1, 7)).build();
    CompileResult previous = new PipelineCompiler().compile(before, node);
    ModelChange step = ModelChange.between(before, after);
    assertThat(new PipelineCompiler().recompile(previous, step, node))
        .isEqualTo(new PipelineCompiler().compile(after, node));
  }

  private static Map<NodeId, CompileResult> compileAll(NetworkModel model) {
    Map<NodeId, CompileResult> results = new HashMap<>();
    for (NodeId id : model.nodes().keySet()) {
      results.put(id, new PipelineCompiler().compile(model, id));
    }
    return results;
  }

  private static List<Endpoint> attached(NetworkModel model) {
    return model.endpoints().values().stream().filter(e -> e.port().isPresent()).toList();
  }

  private static Delivery place(Endpoint endpoint) {
    return new Delivery(endpoint.node(), endpoint.port().orElseThrow());
  }

  private static PacketClass lastClass(Interpreter run) {
    return PacketClass.of(run.hits().get(run.hits().size() - 1).cookie()).orElseThrow();
  }

  /** Any addresses and VNIs of the model and some others, in any combination. */
  private static Packet anyPacket(OfPort port, NetworkModel model, Random random) {
    List<MacAddress> macs = new ArrayList<>(List.of(BROADCAST, UNKNOWN));
    model.endpoints().values().forEach(e -> macs.add(e.mac()));
    model.nodes().keySet().forEach(id -> macs.add(ProbeAddress.of(id)));
    model.nodes().values().stream()
        .flatMap(n -> n.uplinks().stream())
        .forEach(u -> macs.add(u.management().orElseThrow().mac()));
    List<IpAddress> vteps = new ArrayList<>(List.of(IpAddress.parse("203.0.113.1")));
    model.nodes().values().forEach(n -> vteps.addAll(n.vteps()));
    List<Long> vnis = new ArrayList<>(List.of(0L, 77L));
    model.networks().values().forEach(n -> vnis.add((long) n.vni().toInt()));
    Packet packet = Packet.frame(port, pick(macs, random), pick(macs, random));
    if (random.nextBoolean()) {
      packet = packet.ip(pick(vteps, random), random.nextBoolean() ? 17 : 6);
    }
    return packet.with(Field.TUNNEL_ID, pick(vnis, random));
  }

  private static <T> T pick(List<T> items, Random random) {
    return items.get(random.nextInt(items.size()));
  }
}
