/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tracing;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.overlane.flowrules.compile.Crossings;
import org.overlane.flowrules.compile.Crossings.Crossing;
import org.overlane.flowrules.compile.Crossings.Delivery;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.pipeline.PortMeters;
import org.overlane.flowrules.trace.TracedPacket;
import org.overlane.flowrules.trace.path.Controller;
import org.overlane.flowrules.trace.path.ControllerDecision;
import org.overlane.flowrules.trace.path.ControllerDecision.Answer;
import org.overlane.slowpath.Reason;
import org.overlane.slowpath.SlowPath;
import org.overlane.slowpath.TunnelLimits;
import org.overlane.slowpath.Verdict;

/**
 * What the slow path of a model decides: the very functions that run in the controller, on the
 * bytes of the packet. Only the limits of how often it may be asked are left out.
 */
public final class SlowPathController implements Controller {
  private static final String PROBE =
      "the address is that of probes: the controller takes what other nodes have sent to find out"
          + " what the underlay carries, and drops all else";

  private final Crossings crossings;

  public SlowPathController(NetworkModel model) {
    this.crossings = new Crossings(model);
  }

  @Override
  public ControllerDecision decide(NodeId node, TracedPacket packet, PortMeters.Purpose purpose) {
    if (purpose == PortMeters.Purpose.PROBE) {
      return ControllerDecision.dropped("probe", PROBE);
    }
    return purpose == PortMeters.Purpose.ADVERTISE
        ? crossings
            .endpoint(node, packet.inPort(), packet.ethSrc())
            .map(from -> announced(from, packet))
            .orElseGet(() -> dropped(Reason.DROPPED_UNKNOWN_ENDPOINT))
        : crossed(node, packet, purpose);
  }

  /** A trace has no DHCP or ND message in its packet, so only where it would go is told. */
  private ControllerDecision announced(Endpoint from, TracedPacket packet) {
    if (packet.etherType() == TracedPacket.IPV6) {
      return ControllerDecision.dropped(
          "advertise", "The switch has sent it on; with the MTU set, it is sent once more.");
    }
    Delivery delivery = crossings.delivery(from, packet.ethDst());
    List<Action> actions = new ArrayList<>(delivery.local());
    delivery.remote().forEach(actions::addAll);
    return actions.isEmpty()
        ? dropped(Reason.DROPPED_UNKNOWN_ENDPOINT)
        : ControllerDecision.sentOn(
            "advertise",
            "The MTU of the network is set in the DHCP reply if it tells none or a larger one.",
            ImmutableList.of(packet),
            actions,
            Optional.empty());
  }

  private ControllerDecision crossed(NodeId node, TracedPacket packet, PortMeters.Purpose purpose) {
    Optional<Crossing> crossing =
        crossings.of(node, packet.inPort(), packet.ethSrc(), packet.ethDst());
    if (!crossing.isPresent()) {
      return dropped(Reason.DROPPED_UNKNOWN_ENDPOINT);
    }
    TunnelLimits limits =
        TunnelLimits.of(
            crossing.get().limit().frameLimit(),
            crossing.get().limit().endpointFragments(),
            crossing.get().network().gateways());
    byte[] frame = FrameBytes.of(packet);
    Verdict verdict =
        purpose == PortMeters.Purpose.SYN
            ? SlowPath.syn(frame, limits)
            : SlowPath.oversize(frame, limits);
    switch (verdict.kind()) {
      case ANSWER:
        return ControllerDecision.answered(
            verdict.reason().text(),
            verdict.reason().description(),
            answer(packet, verdict.frames().get(0)));
      case DELIVER:
        return sentOn(packet, crossing.get(), verdict);
      default:
        return dropped(verdict.reason());
    }
  }

  private static ControllerDecision dropped(Reason reason) {
    return ControllerDecision.dropped(reason.text(), reason.description());
  }

  private static ControllerDecision sentOn(
      TracedPacket packet, Crossing crossing, Verdict verdict) {
    Optional<FlowEntry> exception =
        verdict
            .exception()
            .map(key -> crossing.exception(key.source(), key.destination(), key.protocol()));
    return ControllerDecision.sentOn(
        verdict.reason().text(),
        verdict.reason().description(),
        verdict.frames().stream()
            .map(f -> FrameBytes.changed(packet, f))
            .collect(Collectors.toList()),
        crossing.send(),
        exception);
  }

  private static Answer answer(TracedPacket packet, byte[] frame) {
    int start = FrameBytes.ipStart(packet);
    ByteBuffer bytes = ByteBuffer.wrap(frame);
    return packet.etherType() == TracedPacket.IPV4
        ? Answer.of(
            FrameBytes.address(frame, start + 12, 4),
            "ICMP type " + bytes.get(start + 20) + " code " + bytes.get(start + 21),
            bytes.getShort(start + 26) & 0xffff)
        : Answer.of(
            FrameBytes.address(frame, start + 8, 16),
            "ICMPv6 type " + bytes.get(start + 40),
            bytes.getInt(start + 44));
  }
}
