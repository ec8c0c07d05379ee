/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.feature;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.Replication;
import org.overlane.flowrules.model.TunnelEndpoint;
import org.overlane.flowrules.model.Vni;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.Group;
import org.overlane.flowrules.pipeline.EntryBuilder;
import org.overlane.flowrules.pipeline.FlowSink;
import org.overlane.flowrules.pipeline.MessageSize;
import org.overlane.flowrules.pipeline.Pipeline;
import org.overlane.flowrules.pipeline.PriorityBand;

/**
 * A VM's broadcast and multicast frames are replicated at the head end: to the local ports of the
 * network, ascending, then to its other nodes by VTEP address. The port of arrival gets no copy: a
 * switch never outputs there.
 */
final class Flood implements Feature {
  /** Actions of one list, or of all buckets of one group: well below what a message takes. */
  private static final int MAX_BYTES = MessageSize.MAX_ACTIONS / 2;

  private static final int MAX_GROUPS = 0xff;
  private static final Action NO_IPV4_DESTINATION =
      Action.setField(FieldValue.exact(Field.TUN_DST, Bits.ZERO));

  @Override
  public ImmutableSet<PacketClass> classes() {
    return ImmutableSet.of(PacketClass.FLOOD);
  }

  @Override
  public String explanation() {
    return "One entry for each network of the node. Replication `list` puts every output into the"
        + " entry; `group` into a group of type ALL. A list that would not fit a message becomes"
        + " groups by itself, and a group that would not fit becomes several, which the entry uses"
        + " one after the other. Group ids are the VNI (bits 0 to 23) and a counter (bits 24 to"
        + " 31), so a VNI's groups are known without asking anybody. To a management-os endpoint"
        + " goes one copy; the management OS replicates.";
  }

  @Override
  public void compileNetwork(NetworkContext network, FlowSink out) {
    List<ImmutableList<Action>> copies = copies(network);
    boolean encapsulates =
        network.paths().stream().anyMatch(p -> p.mode() == TunnelEndpoint.Mode.MANAGEMENT_OS);
    if (copies.isEmpty() && !encapsulates) {
      return;
    }
    EntryBuilder entry =
        out.entry(Pipeline.FORWARD, PriorityBand.KNOWN, PacketClass.FLOOD, network.source())
            .multicast()
            .vni(network.vni());
    ImmutableList<Action> list = list(network);
    boolean useList =
        network.node().node().replication() == Replication.LIST
            && MessageSize.of(list) <= MAX_BYTES;
    ImmutableList<Action> actions = useList ? list : groups(network, copies, out);
    if (encapsulates) {
      entry.applyAndGoTo(actions, Pipeline.ENCAPSULATE);
    } else {
      entry.apply(actions);
    }
  }

  /** The actions that make each copy, by itself; none for the management OS. */
  private static List<ImmutableList<Action>> copies(NetworkContext network) {
    List<ImmutableList<Action>> copies = new ArrayList<>();
    for (OfPort port : network.localPorts()) {
      copies.add(ImmutableList.of(Action.output(port)));
    }
    for (TunnelPath path : network.paths()) {
      if (path.mode() != TunnelEndpoint.Mode.MANAGEMENT_OS) {
        ImmutableList.Builder<Action> copy = ImmutableList.builder();
        tunnelKey(network).ifPresent(copy::add);
        copies.add(copy.addAll(path.destination()).add(Action.output(path.port())).build());
      }
    }
    return copies;
  }

  private static Optional<Action> tunnelKey(NetworkContext network) {
    return network.node().profile().tunnelKey(network.vni()).map(Action::setField);
  }

  /**
   * All copies one after the other. What one sets, the next one finds: so the VNI is set once, and
   * the IPv4 destination is taken away before the first IPv6 one (an IPv4 one would win).
   */
  private static ImmutableList<Action> list(NetworkContext network) {
    ImmutableList.Builder<Action> list = ImmutableList.builder();
    network.localPorts().forEach(port -> list.add(Action.output(port)));
    boolean first = true;
    boolean ipv4 = false;
    for (TunnelPath path : network.paths()) {
      if (path.mode() == TunnelEndpoint.Mode.MANAGEMENT_OS) {
        continue;
      }
      if (first) {
        tunnelKey(network).ifPresent(list::add);
        first = false;
      }
      boolean isNative = path.mode() == TunnelEndpoint.Mode.NATIVE;
      if (isNative && ipv4 && path.remote().get().isIpv6()) {
        list.add(NO_IPV4_DESTINATION);
      }
      ipv4 = isNative && path.remote().get().isIpv4();
      list.addAll(path.destination()).add(Action.output(path.port()));
    }
    return list.build();
  }

  private static ImmutableList<Action> groups(
      NetworkContext network, List<ImmutableList<Action>> copies, FlowSink out) {
    ImmutableList.Builder<Action> uses = ImmutableList.builder();
    List<ImmutableList<Action>> buckets = new ArrayList<>();
    int groups = 0;
    int size = 0;
    for (ImmutableList<Action> copy : copies) {
      int bytes = MessageSize.BUCKET + MessageSize.of(copy);
      if (size + bytes > MAX_BYTES) {
        uses.add(group(network, groups++, buckets, out));
        buckets.clear();
        size = 0;
      }
      buckets.add(copy);
      size += bytes;
    }
    if (!buckets.isEmpty()) {
      uses.add(group(network, groups, buckets, out));
    }
    return uses.build();
  }

  private static Action group(
      NetworkContext network, int index, List<ImmutableList<Action>> buckets, FlowSink out) {
    long id = groupId(network.vni(), index);
    out.group(Pipeline.FORWARD, Group.of(id, buckets, network.source()));
    return Action.toGroup(id);
  }

  /**
   * The id of a network's group: bits 0 to 23 the VNI, bits 24 to 31 the index.
   *
   * @param index 0 to 254: with 255, ids of high VNIs would exceed OFPG_MAX
   */
  static long groupId(Vni vni, int index) {
    if (index < 0 || index >= MAX_GROUPS) {
      throw new IllegalArgumentException(
          "VNI " + vni + " has more receivers than " + MAX_GROUPS + " groups can hold");
    }
    return (long) index << 24 | vni.toInt();
  }
}
