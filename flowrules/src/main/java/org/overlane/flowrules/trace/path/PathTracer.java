/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace.path;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.Profile;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.pipeline.PortMeters;
import org.overlane.flowrules.trace.BucketChoice;
import org.overlane.flowrules.trace.Disposition;
import org.overlane.flowrules.trace.FragmentMode;
import org.overlane.flowrules.trace.PacketTracer;
import org.overlane.flowrules.trace.Trace;
import org.overlane.flowrules.trace.TracedPacket;

/**
 * Follows a packet through the network: the tables of its switch, the controller where an entry
 * leads there, and each tunnel to the tables of the receiving switch. Immutable; thread-safe if
 * what it is given is.
 */
public final class PathTracer {
  /**
   * So many tunnels are followed one after the other; the compiler's tables never lead into two.
   */
  static final int MAX_IN_A_ROW = 32;

  private final Surroundings surroundings;
  private final Function<NodeId, FlowTables> tables;
  private final Controller controller;
  private final FragmentMode mode;

  /** So many are followed, all copies together: multicast goes to each other node once. */
  private final int maxTunnels;

  /**
   * A tracer.
   *
   * @param tables those of each switch, compiled or observed; asked once for each packet or more
   * @param mode what switches of profile ovs see of fragments; others see what the standard says
   */
  public PathTracer(
      NetworkModel model,
      Function<NodeId, FlowTables> tables,
      Controller controller,
      FragmentMode mode) {
    this.surroundings = new Surroundings(model);
    this.tables = tables;
    this.controller = controller;
    this.mode = mode;
    this.maxTunnels = 64 + 4 * model.nodes().size();
  }

  /**
   * The way of a packet from its port of arrival at a node.
   *
   * @throws IllegalArgumentException if the model has no such node, or the standard does not say
   *     what an entry does, see {@link PacketTracer#trace}
   */
  public PathTrace trace(NodeId node, TracedPacket packet) {
    Walk walk = new Walk();
    Node start = surroundings.node(node);
    Optional<NetworkId> network = surroundings.networkAt(start, packet.inPort(), packet.ethSrc());
    walk.enter(0, start, ImmutableList.of(packet), network);
    return PathTrace.of(node, packet, walk.steps);
  }

  private FragmentMode mode(Node node) {
    return node.profile() == Profile.OPENFLOW13 ? FragmentMode.STANDARD : mode;
  }

  /** The parts of one trace, as they are found out. Not thread-safe. */
  final class Walk {
    private final List<PathStep> steps = new ArrayList<>();
    private final TunnelCrossing crossing = new TunnelCrossing(surroundings, this);

    /** What has to be chosen for the packet to be where it is, in the order of the way. */
    private final List<SwitchChoice> choices = new ArrayList<>();

    private int tunnels;
    private int inside;

    void add(PathStep step) {
      steps.add(step);
    }

    void end(int depth, PathEnd end) {
      PathEnd known = choices.isEmpty() ? end : end.toBuilder().choices(choices).build();
      steps.add(PathStep.Ended.of(depth, known));
    }

    /** All that is told from here on happens only if a switch chooses so. */
    void assume(Node node, List<BucketChoice> chosen) {
      chosen.forEach(c -> choices.add(SwitchChoice.of(node.id(), c)));
    }

    int assumptions() {
      return choices.size();
    }

    /** Back to the first so many assumptions. */
    void forget(int from) {
      choices.subList(from, choices.size()).clear();
    }

    /** A copy that is neither delivered nor goes through another tunnel. */
    void end(int depth, Node node, Disposition end, List<TracedPacket> packets) {
      int before = assumptions();
      assume(node, end.choices());
      end(depth, PathTracer.this.end(node, end, packets, Optional.empty()));
      forget(before);
    }

    /** Frames of a network, if they are of one, arrive at a switch. */
    void enter(int depth, Node node, List<TracedPacket> packets, Optional<NetworkId> network) {
      for (Alike alike : through(node, packets)) {
        tell(depth, node, alike, PathStep.InSwitch.Layer.FRAME);
        follow(depth, node, alike, network);
      }
    }

    /** What the tables of a switch do with packets. */
    ImmutableList<Alike> through(Node node, List<TracedPacket> packets) {
      FlowTables own = tables.apply(node.id());
      return Alike.group(packets, p -> PacketTracer.trace(own, p, mode(node)));
    }

    void tell(int depth, Node node, Alike alike, PathStep.InSwitch.Layer layer) {
      add(PathStep.InSwitch.of(depth, node.id(), alike.packets(), alike.trace(), layer));
    }

    private void follow(int depth, Node node, Alike alike, Optional<NetworkId> network) {
      List<Disposition> ends = alike.trace().dispositions();
      Optional<FlowEntry> rest = alike.trace().restDroppedBy();
      boolean branches = ends.size() > 1 || rest.isPresent();
      for (Disposition end : ends) {
        int before = assumptions();
        assume(node, end.choices());
        follow(branches ? depth + 1 : depth, node, end, rewritten(alike, end), network);
        forget(before);
      }
      rest.ifPresent(
          entry ->
              end(
                  depth + 1,
                  PathEnd.builder(
                          PathEnd.Kind.DROPPED, PathEnd.Cause.ENTRY, node.id(), alike.packets())
                      .entry(Optional.of(entry))
                      .build()));
    }

    private void follow(
        int depth,
        Node node,
        Disposition end,
        List<TracedPacket> frames,
        Optional<NetworkId> network) {
      boolean output = end.kind() == Disposition.Kind.OUTPUT;
      if (output && Surroundings.isTunnel(node, end.port().get())) {
        intoTunnel(depth, node, end, frames);
      } else if (end.kind() == Disposition.Kind.TO_CONTROLLER) {
        frames.forEach(f -> atController(depth, node, end, f, network));
      } else {
        end(depth, PathTracer.this.end(node, end, frames, network));
      }
    }

    private void intoTunnel(int depth, Node node, Disposition end, List<TracedPacket> frames) {
      if (inside >= MAX_IN_A_ROW || tunnels >= maxTunnels) {
        end(
            depth,
            PathEnd.builder(PathEnd.Kind.LOST, PathEnd.Cause.TOO_MANY_TUNNELS, node.id(), frames)
                .port(end.port())
                .entry(end.entry())
                .reason(
                    "it has gone through "
                        + (inside >= MAX_IN_A_ROW ? inside : tunnels)
                        + " tunnels, which looks like a loop")
                .build());
        return;
      }
      tunnels++;
      inside++;
      crossing.send(depth, node, end, frames);
      inside--;
    }

    private void atController(
        int depth, Node node, Disposition end, TracedPacket packet, Optional<NetworkId> network) {
      PortMeters.Purpose purpose =
          end.entry()
              .map(FlowEntry::instructions)
              .flatMap(i -> i.meter())
              .flatMap(PortMeters::purpose)
              .orElse(PortMeters.Purpose.OVERSIZE);
      ControllerDecision decision = controller.decide(node.id(), packet, purpose);
      add(PathStep.AtController.of(depth, node.id(), packet, decision));
      if (decision.kind() == ControllerDecision.Kind.SENT_ON) {
        sendOn(depth, node, decision, network);
        return;
      }
      boolean answered = decision.kind() == ControllerDecision.Kind.ANSWERED;
      end(
          depth,
          PathEnd.builder(
                  answered ? PathEnd.Kind.ANSWERED : PathEnd.Kind.DROPPED,
                  PathEnd.Cause.CONTROLLER,
                  node.id(),
                  ImmutableList.of(packet))
              .port(packet.inPort())
              .endpoints(
                  answered
                      ? surroundings.receivers(node, packet.inPort(), network, packet.ethSrc())
                      : ImmutableList.of())
              .entry(end.entry())
              .reason(decision.explanation())
              .build());
    }

    private void sendOn(
        int depth, Node node, ControllerDecision decision, Optional<NetworkId> network) {
      FlowTables own = tables.apply(node.id());
      Function<TracedPacket, Trace> packetOut =
          p -> PacketTracer.packetOut(own, p, mode(node), decision.actions());
      for (Alike alike : Alike.group(decision.packets(), packetOut)) {
        tell(depth, node, alike, PathStep.InSwitch.Layer.PACKET_OUT);
        follow(depth, node, alike, network);
      }
    }
  }

  private static List<TracedPacket> rewritten(Alike alike, Disposition end) {
    return alike.packets().stream()
        .map(end.fields()::applyTo)
        .collect(ImmutableList.toImmutableList());
  }

  /** The end of a copy that leaves the network of switches and tunnels here. */
  private PathEnd end(
      Node node, Disposition end, List<TracedPacket> packets, Optional<NetworkId> network) {
    switch (end.kind()) {
      case OUTPUT:
        return output(node, end, packets, network);
      case DROPPED_NO_MATCH:
        return end(PathEnd.Kind.DROPPED, PathEnd.Cause.NO_MATCH, node, end, packets);
      case DROPPED_FRAGMENT:
        return end(PathEnd.Kind.DROPPED, PathEnd.Cause.FRAGMENTS_DROPPED, node, end, packets);
      case SUPPRESSED:
        return end(PathEnd.Kind.NOT_SENT_BACK, PathEnd.Cause.OUTPUT, node, end, packets);
      default:
        return end(PathEnd.Kind.DROPPED, PathEnd.Cause.ENTRY, node, end, packets);
    }
  }

  private PathEnd output(
      Node node, Disposition end, List<TracedPacket> packets, Optional<NetworkId> network) {
    OfPort port = end.port().get();
    if (Surroundings.isManagement(node, port)) {
      return end(PathEnd.Kind.TO_MANAGEMENT_OS, PathEnd.Cause.OUTPUT, node, end, packets);
    }
    if (Surroundings.isUplink(node, port)) {
      return end(PathEnd.Kind.TO_UNDERLAY, PathEnd.Cause.OUTPUT, node, end, packets);
    }
    ImmutableList<Endpoint> receivers =
        surroundings.receivers(node, port, network, packets.get(0).ethDst());
    return receivers.isEmpty()
        ? end(PathEnd.Kind.AT_OTHER_PORT, PathEnd.Cause.OUTPUT, node, end, packets)
        : PathEnd.builder(PathEnd.Kind.DELIVERED, PathEnd.Cause.OUTPUT, node.id(), packets)
            .port(port)
            .entry(end.entry())
            .endpoints(receivers)
            .build();
  }

  private static PathEnd end(
      PathEnd.Kind kind,
      PathEnd.Cause cause,
      Node node,
      Disposition end,
      List<TracedPacket> packets) {
    return PathEnd.builder(kind, cause, node.id(), packets)
        .port(end.port())
        .entry(end.entry())
        .build();
  }
}
