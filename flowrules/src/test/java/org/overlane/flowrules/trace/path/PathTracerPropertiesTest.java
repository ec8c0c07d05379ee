/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.TunnelEndpoint;
import org.overlane.flowrules.testing.Fabric;
import org.overlane.flowrules.testing.Fabric.Delivery;
import org.overlane.flowrules.testing.RandomModels;
import org.overlane.flowrules.testing.Underlay;
import org.overlane.flowrules.trace.FragmentMode;
import org.overlane.flowrules.trace.TracedPacket;
import org.overlane.flowrules.trace.path.PathEnd.Cause;
import org.overlane.flowrules.trace.path.PathEnd.Kind;

/** Random models against a second, naive fabric and the bare facts about the underlay. */
class PathTracerPropertiesTest {
  private static final MacAddress BROADCAST = MacAddress.of(0xffffffffffffL);
  private static final IpAddress FROM = IpAddress.parse("10.0.0.1");
  private static final IpAddress TO = IpAddress.parse("10.0.0.2");

  private static PathTracer tracer(NetworkModel model, Fabric fabric) {
    Controller drops = (node, packet, purpose) -> ControllerDecision.dropped("test", "A test.");
    return new PathTracer(model, fabric::tables, drops, FragmentMode.NORMAL);
  }

  private static TracedPacket.Builder frame(Endpoint from, MacAddress to) {
    return TracedPacket.builder(from.port().orElseThrow(), from.mac(), to);
  }

  private static List<Delivery> outputs(PathTrace trace) {
    List<Delivery> outputs = new ArrayList<>();
    for (PathEnd end : trace.ends()) {
      if (end.kind() == Kind.DELIVERED || end.kind() == Kind.AT_OTHER_PORT) {
        outputs.add(new Delivery(end.node(), end.port().orElseThrow()));
      }
    }
    return outputs;
  }

  /** Small frames to each endpoint and to all. */
  @Property(tries = 150)
  void smallFramesEndWhereTheFabricSays(@ForAll long seed) {
    NetworkModel model = RandomModels.complete(seed);
    Fabric fabric = new Fabric(model);
    PathTracer tracer = tracer(model, fabric);
    for (Endpoint from : model.endpoints().values()) {
      List<MacAddress> destinations = new ArrayList<>(List.of(BROADCAST));
      model.endpointsOf(from.network()).forEach(e -> destinations.add(e.mac()));
      for (MacAddress to : destinations) {
        PathTrace trace = tracer.trace(from.node(), frame(from, to).build());
        assertThat(outputs(trace))
            .as("%s to %s: %s", from, to, trace.steps())
            .containsExactlyInAnyOrderElementsOf(fabric.send(from, to));
        for (PathEnd end : trace.ends()) {
          assertThat(end.kind()).isIn(Kind.DELIVERED, Kind.NOT_SENT_BACK);
          assertThat(end.endpoints()).allMatch(e -> e.network().equals(from.network()));
        }
      }
    }
  }

  /** Frames of every size, IP and not, between two nodes: never gone without a reason. */
  @Property(tries = 150)
  void largeFramesEndAsTheUnderlaySays(@ForAll long seed) {
    NetworkModel model = RandomModels.complete(seed);
    Underlay underlay = new Underlay(model);
    Fabric fabric = new Fabric(model);
    PathTracer tracer = tracer(model, fabric);
    for (Endpoint from : model.endpoints().values()) {
      for (Endpoint to : model.endpointsOf(from.network())) {
        if (to.node().equals(from.node())) {
          continue;
        }
        int limit = underlay.frameLimit(from, to);
        for (int length : new int[] {limit - 1, limit, limit + 1, limit + 1500, 20_000}) {
          TracedPacket ip = frame(from, to.mac()).udp(FROM, TO, 1, 2).length(length).build();
          TracedPacket other = frame(from, to.mac()).length(length).build();
          PathEnd end = onlyEnd(tracer.trace(from.node(), ip));
          boolean controller = underlay.checks(from.node()) && length > limit;
          if (controller) {
            assertThat(end.cause()).isEqualTo(Cause.CONTROLLER);
          } else {
            assertEnd(end, underlay, from, to, length);
          }
          assertEnd(onlyEnd(tracer.trace(from.node(), other)), underlay, from, to, length);
        }
      }
    }
  }

  private static PathEnd onlyEnd(PathTrace trace) {
    assertThat(trace.ends()).as("%s", trace).hasSize(1);
    return trace.ends().get(0);
  }

  private static void assertEnd(
      PathEnd end, Underlay underlay, Endpoint from, Endpoint to, int length) {
    boolean fits = length <= underlay.frameLimit(from, to);
    if (fits || (underlay.fragments(from, to) && reassembles(underlay, to))) {
      assertThat(end.kind()).as("%s", end).isEqualTo(Kind.DELIVERED);
      assertThat(end.endpoints()).containsExactly(to);
    } else if (underlay.fragments(from, to)) {
      assertThat(end.cause()).isEqualTo(Cause.NOT_REASSEMBLED);
    } else if (underlay.checks(from.node())) {
      assertThat(end.kind()).isEqualTo(Kind.DROPPED);
      assertThat(end.cause()).isEqualTo(Cause.ENTRY);
    } else {
      assertThat(end.kind()).isEqualTo(Kind.LOST);
      assertThat(end.cause()).isIn(Cause.TOO_LARGE_FOR_ENDPOINT, Cause.TOO_LARGE_FOR_UNDERLAY);
    }
  }

  private static boolean reassembles(Underlay underlay, Endpoint to) {
    Node node = underlay.model().node(to.node()).orElseThrow();
    return node.tunnel().orElseThrow().mode() == TunnelEndpoint.Mode.MANAGEMENT_OS
        || node.declaredFragments().map(f -> !f.isEmpty()).orElse(false);
  }
}
