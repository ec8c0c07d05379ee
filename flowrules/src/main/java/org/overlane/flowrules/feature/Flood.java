/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.feature;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Lists;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.overlane.flowrules.model.PathLimit;
import org.overlane.flowrules.model.Replication;
import org.overlane.flowrules.model.TunnelEndpoint;
import org.overlane.flowrules.model.Vni;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.Group;
import org.overlane.flowrules.pipeline.EntryBuilder;
import org.overlane.flowrules.pipeline.FlowSink;
import org.overlane.flowrules.pipeline.MessageSize;
import org.overlane.flowrules.pipeline.Pipeline;
import org.overlane.flowrules.pipeline.PriorityBand;
import org.overlane.flowrules.pipeline.TableSpec;

/**
 * A VM's broadcast and multicast frames are replicated at the head end: in Forward to the local
 * ports of the network, ascending; in Encapsulate to its other nodes, by VTEP address. The port of
 * arrival gets no copy: a switch never outputs there.
 */
final class Flood implements Feature {
  /** Actions of one list, or of all buckets of one group: well below what a message takes. */
  private static final int MAX_BYTES = MessageSize.MAX_ACTIONS / 2;

  private static final int MAX_GROUPS = 0xff;

  @Override
  public ImmutableSet<PacketClass> classes() {
    return ImmutableSet.of(PacketClass.FLOOD);
  }

  @Override
  public String explanation() {
    return "Two entries for each network of the node: one for its local ports, one for its other"
        + " nodes. In between, where not every endpoint fragments what is too large, the frame is"
        + " compared with the smallest limit of those that do not, and goes to all remotes or to"
        + " none; local copies are made in any case."
        + " Replication `list` puts every output into the entry; `group` into a group of type ALL."
        + " A list that would not fit a message becomes groups by itself, and a group that would"
        + " not fit becomes several, which the entry uses one after the other. Group ids are the"
        + " VNI (bits 0 to 23) and a counter (bits 24 to 31), so a VNI's groups are known without"
        + " asking anybody. To a management-os endpoint goes one copy; the management OS"
        + " replicates.";
  }

  @Override
  public void compileNetwork(NetworkContext network, FlowSink out) {
    boolean leaves = !network.paths().isEmpty();
    if (!leaves && network.localPorts().isEmpty()) {
      return;
    }
    Groups groups = new Groups(network, out);
    List<Action> actions = new ArrayList<>();
    network.localPorts().forEach(port -> actions.add(Action.output(port)));
    List<ImmutableList<Action>> copies = Lists.transform(actions, ImmutableList::of);
    List<Action> local = new ArrayList<>(groups.listOrGroups(Pipeline.FORWARD, actions, copies));
    EntryBuilder entry = entry(Pipeline.FORWARD, PriorityBand.KNOWN, network, out);
    if (!leaves) {
      entry.apply(local);
      return;
    }
    Optional<PathLimit> limit = network.smallestUnfragmented();
    if (network.node().checksSize() && limit.isPresent()) {
      local.add(SizeCheck.ofMulticast(limit.get()));
      entry.applyAndGoTo(local, Pipeline.OVERSIZE);
    } else {
      entry.applyAndGoTo(local, Pipeline.ENCAPSULATE);
    }
    if (network.paths().first().mode() != TunnelEndpoint.Mode.MANAGEMENT_OS) {
      entry(Pipeline.ENCAPSULATE, PriorityBand.MULTICAST, network, out)
          .apply(
              groups.listOrGroups(
                  Pipeline.ENCAPSULATE, remoteList(network), remoteCopies(network)));
    }
  }

  private static EntryBuilder entry(
      TableSpec table, PriorityBand band, NetworkContext network, FlowSink out) {
    return out.entry(table, band, PacketClass.FLOOD, network.source())
        .multicast()
        .vni(network.vni());
  }

  /** The actions that make each copy for another node, by itself. */
  private static List<ImmutableList<Action>> remoteCopies(NetworkContext network) {
    List<ImmutableList<Action>> copies = new ArrayList<>();
    for (TunnelPath path : network.paths()) {
      ImmutableList.Builder<Action> copy = ImmutableList.builder();
      tunnelKey(network).ifPresent(copy::add);
      copies.add(copy.addAll(path.destination()).add(Action.output(path.port())).build());
    }
    return copies;
  }

  private static Optional<Action> tunnelKey(NetworkContext network) {
    return network.node().profile().tunnelKey(network.vni()).map(Action::setField);
  }

  /** All copies for other nodes, one after the other. What one sets, the next one finds. */
  private static ImmutableList<Action> remoteList(NetworkContext network) {
    ImmutableList.Builder<Action> list = ImmutableList.builder();
    tunnelKey(network).ifPresent(list::add);
    return list.addAll(TunnelPath.toAll(network.paths())).build();
  }

  /** Hands out the groups of one network. */
  private static final class Groups {
    private final NetworkContext network;
    private final FlowSink out;
    private int count;

    Groups(NetworkContext network, FlowSink out) {
      this.network = network;
      this.out = out;
    }

    /** What makes all copies: the list, or uses of groups, as the node wants and as fits. */
    ImmutableList<Action> listOrGroups(
        TableSpec table, List<Action> list, List<ImmutableList<Action>> copies) {
      boolean useList = network.node().node().replication() == Replication.LIST;
      return useList && MessageSize.of(list) <= MAX_BYTES
          ? ImmutableList.copyOf(list)
          : groups(table, copies);
    }

    private ImmutableList<Action> groups(TableSpec table, List<ImmutableList<Action>> copies) {
      ImmutableList.Builder<Action> uses = ImmutableList.builder();
      List<ImmutableList<Action>> buckets = new ArrayList<>();
      int size = 0;
      for (ImmutableList<Action> copy : copies) {
        int bytes = MessageSize.BUCKET + MessageSize.of(copy);
        if (size + bytes > MAX_BYTES) {
          uses.add(group(table, buckets));
          buckets.clear();
          size = 0;
        }
        buckets.add(copy);
        size += bytes;
      }
      if (!buckets.isEmpty()) {
        uses.add(group(table, buckets));
      }
      return uses.build();
    }

    private Action group(TableSpec table, List<ImmutableList<Action>> buckets) {
      long id = groupId(network.vni(), count++);
      out.group(table, Group.of(id, buckets, network.source()));
      return Action.toGroup(id);
    }
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
