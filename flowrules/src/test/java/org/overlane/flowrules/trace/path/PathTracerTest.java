/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.overlane.flowrules.testing.Models.endpoint;
import static org.overlane.flowrules.testing.Models.id;
import static org.overlane.flowrules.testing.Models.mac;
import static org.overlane.flowrules.testing.Models.managementOs;
import static org.overlane.flowrules.testing.Models.nativeHost;
import static org.overlane.flowrules.testing.Models.network;
import static org.overlane.flowrules.testing.Models.node;
import static org.overlane.flowrules.testing.Models.port;
import static org.overlane.flowrules.testing.Models.uplink;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.overlane.flowrules.compile.PipelineCompiler;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.text.OfctlFormat;
import org.overlane.flowrules.trace.FragmentMode;
import org.overlane.flowrules.trace.TracedPacket;
import org.overlane.flowrules.trace.path.PathEnd.Cause;
import org.overlane.flowrules.trace.path.PathEnd.Kind;

/** From vm1 on node 1 to vm2 on node 2, whose endpoints, underlay and tables differ. */
class PathTracerTest {
  private static final Controller DROPS =
      (node, packet, purpose) -> ControllerDecision.dropped("test", "A test.");
  private static final MacAddress BROADCAST = MacAddress.of(0xffffffffffffL);

  private static Node.Builder host(int number) {
    return node(number, "192.0.2." + number)
        .uplinks(ImmutableList.of(uplink(1, OfPort.LOCAL)))
        .tunnel(managementOs(Map.of("blue", 20)));
  }

  private static NetworkModel model(Node.Builder one, Node.Builder two) {
    return NetworkModel.builder()
        .add(one.build())
        .add(two.build())
        .add(network("blue", 100))
        .add(endpoint("vm1", "blue", 0x11, 1, 11))
        .add(endpoint("vm2", "blue", 0x12, 2, 12))
        .build();
  }

  private static Function<NodeId, FlowTables> compiled(NetworkModel model) {
    return id -> new PipelineCompiler().compile(model, id).tables();
  }

  private static TracedPacket frame(MacAddress to, int length) {
    return TracedPacket.builder(port(11), mac(0x11), to).length(length).build();
  }

  private static PathTrace trace(NetworkModel model, FragmentMode mode, int length) {
    return new PathTracer(model, compiled(model), DROPS, mode)
        .trace(id(1), frame(mac(0x12), length));
  }

  private static PathEnd end(PathTrace trace) {
    assertThat(trace.ends()).hasSize(1);
    return trace.ends().get(0);
  }

  @Test
  void fragmentsAtTheEndpointAndAgainOnTheWay() {
    NetworkModel model = model(host(1).underlayMtu(2000), host(2).underlayMtu(1500));
    PathTrace trace = trace(model, FragmentMode.NORMAL, 3000);
    assertThat(end(trace).kind()).isEqualTo(Kind.DELIVERED);
    List<PathStep.Fragmented> fragmented =
        trace.steps().stream()
            .filter(PathStep.Fragmented.class::isInstance)
            .map(PathStep.Fragmented.class::cast)
            .toList();
    assertThat(fragmented).extracting(PathStep.Fragmented::byUnderlay).containsExactly(false, true);
    assertThat(fragmented.get(0).after()).containsExactly(1996, 1060);
    assertThat(fragmented.get(1).after()).containsExactly(1500, 516, 1060);
  }

  @Test
  void losesFragmentsThatNobodyPutsTogether() {
    PathEnd end = end(trace(model(host(1), nativeHost(2)), FragmentMode.NORMAL, 2000));
    assertThat(end.kind()).isEqualTo(Kind.LOST);
    assertThat(end.cause()).isEqualTo(Cause.NOT_REASSEMBLED);
    assertThat(end.node()).isEqualTo(id(2));
    Node.Builder kernel =
        nativeHost(2).declaredFragments(Optional.of(ImmutableSet.of(AddressFamily.IPV4)));
    assertThat(end(trace(model(host(1), kernel), FragmentMode.NORMAL, 2000)).kind())
        .isEqualTo(Kind.DELIVERED);
  }

  /** The sender's own bridge is set so as well: it is the first to drop them. */
  @Test
  void dropsFragmentsWhereTheSwitchIsSetTo() {
    PathEnd end = end(trace(model(host(1), host(2)), FragmentMode.DROP, 2000));
    assertThat(end.kind()).isEqualTo(Kind.DROPPED);
    assertThat(end.cause()).isEqualTo(Cause.FRAGMENTS_DROPPED);
    assertThat(end.packets()).hasSize(2);
  }

  @Test
  void losesWhatNoIpPacketCanCarry() {
    PathEnd end = end(trace(model(host(1), host(2)), FragmentMode.NORMAL, 65_530));
    assertThat(end.cause()).isEqualTo(Cause.TOO_LARGE_FOR_ENDPOINT);
  }

  /** An entry of a foreign hand tells first and later fragments apart. */
  @Test
  void losesAPacketOfWhichAFragmentIsLost() {
    NetworkModel model = model(host(1), host(2));
    FlowTables broken =
        OfctlFormat.parse("table=0,priority=1,in_port=1,ip,nw_frag=not_later,actions=LOCAL", "");
    PathTracer tracer =
        new PathTracer(
            model,
            id -> id.equals(id(2)) ? broken : compiled(model).apply(id),
            DROPS,
            FragmentMode.NORMAL);
    PathTrace trace = tracer.trace(id(1), frame(mac(0x12), 2000));
    assertThat(trace.ends())
        .extracting(PathEnd::cause)
        .containsExactly(Cause.NO_MATCH, Cause.FRAGMENT_MISSING);
  }

  @Test
  void saysWhereATunnelLeadsNowhere() {
    NetworkModel model = model(nativeHost(1), host(2));
    FlowTables astray =
        OfctlFormat.parse(
            "table=0,priority=1,in_port=11,actions=set_field:100->tun_id,"
                + "set_field:198.51.100.9->tun_dst,output:9",
            "");
    PathTracer tracer = new PathTracer(model, id -> astray, DROPS, FragmentMode.NORMAL);
    PathEnd end = end(tracer.trace(id(1), frame(mac(0x12), 100)));
    assertThat(end.cause()).isEqualTo(Cause.NO_REMOTE);
    assertThat(end.reason()).contains("198.51.100.9");

    Node.Builder withoutBlue = host(2).tunnel(managementOs(Map.of("red", 20)));
    assertThat(end(trace(model(nativeHost(1), withoutBlue), FragmentMode.NORMAL, 100)).cause())
        .isEqualTo(Cause.NO_TUNNEL);
  }

  /** Both ends send what comes out of the tunnel back into it, in so many copies. */
  private static PathTrace loop(int copies) {
    NetworkModel model = model(nativeHost(1), nativeHost(2));
    Function<NodeId, FlowTables> tables =
        id -> {
          String other = id.equals(id(1)) ? "192.0.2.2" : "192.0.2.1";
          String send = "actions=set_field:100->tun_id,set_field:" + other + "->tun_dst,";
          return OfctlFormat.parse(
              "table=0,priority=1,in_port=1,actions=LOCAL\n"
                  + "table=0,priority=1,in_port=LOCAL,actions=output:1\n"
                  + ("table=0,priority=1,in_port=11," + send + "output:9\n")
                  + ("table=0,priority=1,in_port=9," + send + "IN_PORT")
                  + ",IN_PORT".repeat(copies - 1),
              "");
        };
    return new PathTracer(model, tables, DROPS, FragmentMode.NORMAL)
        .trace(id(1), frame(mac(0x12), 100));
  }

  @Test
  void endsWhereTablesSendFromTunnelToTunnel() {
    PathEnd end = end(loop(1));
    assertThat(end.kind()).isEqualTo(Kind.LOST);
    assertThat(end.cause()).isEqualTo(Cause.TOO_MANY_TUNNELS);
    assertThat(end.reason()).contains("32 tunnels");
    assertThat(loop(3).ends())
        .hasSizeLessThan(1_000)
        .allMatch(e -> e.cause() == Cause.TOO_MANY_TUNNELS);
  }

  /** Local copies are delivered before the rest is found too large. */
  @Test
  void tellsWhatIsDroppedAfterLocalCopies() {
    NetworkModel model =
        model(nativeHost(1), nativeHost(2)).toBuilder()
            .add(endpoint("vm3", "blue", 0x13, 1, 13))
            .build();
    PathTrace trace =
        new PathTracer(model, compiled(model), DROPS, FragmentMode.NORMAL)
            .trace(id(1), frame(BROADCAST, 2000));
    assertThat(trace.ends())
        .extracting(PathEnd::kind)
        .containsExactlyInAnyOrder(Kind.NOT_SENT_BACK, Kind.DELIVERED, Kind.DROPPED);
  }

  /** Another application spreads vm1's frames over the tunnel and a port of its own. */
  @Test
  void whatASwitchChoosesIsToldOfEachEnd() {
    NetworkModel model = model(nativeHost(1), nativeHost(2));
    FlowTables own =
        OfctlFormat.parse(
            "priority=9,in_port=11,actions=write_actions(group:7)\n"
                + "priority=9,in_port=LOCAL,actions=output:1",
            "group_id=7,type=select,bucket=actions=set_field:100->tun_id,"
                + "set_field:192.0.2.2->tun_dst,output:9,bucket=actions=output:14");
    PathTrace trace =
        new PathTracer(
                model,
                id -> id.equals(id(1)) ? own : compiled(model).apply(id),
                DROPS,
                FragmentMode.NORMAL)
            .trace(id(1), frame(mac(0x12), 100));
    assertThat(trace.ends())
        .extracting(
            e -> e.kind() + " " + e.choices().get(0).choice().text() + " " + e.choices().size())
        .containsExactly(
            "DELIVERED group 7 chooses bucket 1 of 2 1",
            "AT_OTHER_PORT group 7 chooses bucket 2 of 2 1");
    assertThat(trace.ends()).allMatch(e -> e.choices().get(0).node().equals(id(1)));
  }

  /** The same for outer packets, at the bridge that connects the sender to the underlay. */
  @Test
  void whatABridgeChoosesOfOuterPacketsIsToldOfEachEnd() {
    NetworkModel model = model(host(1), host(2));
    FlowTables compiled = compiled(model).apply(id(1));
    FlowTables own =
        OfctlFormat.parse(
            "priority=9000,in_port=LOCAL,udp,actions=group:7\n" + OfctlFormat.flows(compiled),
            "group_id=7,type=select,bucket=actions=output:1,bucket=actions=drop",
            OfctlFormat.meters(compiled));
    PathTrace trace =
        new PathTracer(
                model,
                id -> id.equals(id(1)) ? own : compiled(model).apply(id),
                DROPS,
                FragmentMode.NORMAL)
            .trace(id(1), frame(mac(0x12), 100));
    assertThat(trace.ends())
        .extracting(e -> e.kind() + " " + e.choices().get(0).choice().text())
        .containsExactly(
            "DROPPED group 7 chooses bucket 2 of 2", "DELIVERED group 7 chooses bucket 1 of 2");
  }

  @Test
  void refusesANodeThatIsNotThere() {
    NetworkModel model = model(host(1), host(2));
    PathTracer tracer = new PathTracer(model, compiled(model), DROPS, FragmentMode.NORMAL);
    assertThatThrownBy(() -> tracer.trace(id(9), frame(BROADCAST, 100)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(id(9).toString());
  }
}
