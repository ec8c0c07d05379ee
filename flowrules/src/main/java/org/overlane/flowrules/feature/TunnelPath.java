/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.feature;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.TunnelEndpoint;
import org.overlane.flowrules.model.Vni;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.pipeline.RegField;

/**
 * How a node's frames of one network get to another node: by which port, and what the port must be
 * told. Ordered by destination, those of the management OS (which selects it) first.
 */
@AutoValue
public abstract class TunnelPath implements Comparable<TunnelPath> {
  private static final Comparator<Optional<IpAddress>> BY_ADDRESS =
      Comparator.comparing(
          o -> o.orElse(null), Comparator.nullsFirst(Comparator.<IpAddress>naturalOrder()));

  /** Well below what a message takes beside a frame. */
  private static final int PATHS_A_MESSAGE = 500;

  private static final Action NO_IPV4_DESTINATION =
      Action.setField(FieldValue.exact(Field.TUN_DST, Bits.ZERO));

  TunnelPath() {}

  public abstract TunnelEndpoint.Mode mode();

  public abstract OfPort port();

  /** The VTEP address of the other end; absent where the management OS selects it. */
  public abstract Optional<IpAddress> remote();

  /** What must be set so that the port sends to {@link #remote}: nothing, but on a native port. */
  ImmutableList<Action> destination() {
    if (mode() != TunnelEndpoint.Mode.NATIVE) {
      return ImmutableList.of();
    }
    IpAddress address = remote().get();
    Field field = address.isIpv4() ? Field.TUN_DST : Field.TUN_IPV6_DST;
    return ImmutableList.of(Action.setField(FieldValue.exact(field, Bits.of(address.octets()))));
  }

  /** All that it takes to send a frame of a VNI, whatever the packet carries: for a packet-out. */
  public ImmutableList<Action> send(Vni vni) {
    ImmutableList.Builder<Action> actions = ImmutableList.builder();
    if (mode() != TunnelEndpoint.Mode.MANAGEMENT_OS) {
      actions.add(Action.setField(FieldValue.exact(Field.TUNNEL_ID, vni.toInt())));
    }
    return actions.addAll(destination()).add(Action.output(port())).build();
  }

  /**
   * What sends a copy along each path, one after the other; the VNI must be set. The IPv4
   * destination that one sets is taken away before an IPv6 one, since it would win.
   */
  static ImmutableList<Action> toAll(Iterable<TunnelPath> paths) {
    ImmutableList.Builder<Action> list = ImmutableList.builder();
    boolean ipv4 = false;
    for (TunnelPath path : paths) {
      boolean isNative = path.mode() == TunnelEndpoint.Mode.NATIVE;
      if (isNative && ipv4 && path.remote().get().isIpv6()) {
        list.add(NO_IPV4_DESTINATION);
      }
      ipv4 = isNative && path.remote().get().isIpv4();
      list.addAll(path.destination()).add(Action.output(path.port()));
    }
    return list.build();
  }

  /**
   * All that it takes to send a frame of a network to all its other nodes: the actions of as many
   * packet-outs as are needed for each to fit a message.
   */
  public static ImmutableList<ImmutableList<Action>> sendToAll(NetworkContext network) {
    ImmutableList.Builder<ImmutableList<Action>> sends = ImmutableList.builder();
    for (List<TunnelPath> some : Iterables.partition(network.paths(), PATHS_A_MESSAGE)) {
      ImmutableList.Builder<Action> actions = ImmutableList.builder();
      if (some.get(0).mode() != TunnelEndpoint.Mode.MANAGEMENT_OS) {
        actions.add(Action.setField(FieldValue.exact(Field.TUNNEL_ID, network.vni().toInt())));
      }
      sends.add(actions.addAll(toAll(some)).build());
    }
    return sends.build();
  }

  /** What tells Encapsulate the port, where it is the port that decides about the remote. */
  Optional<Action> selectPort() {
    return mode() == TunnelEndpoint.Mode.PORT_PER_REMOTE
        ? Optional.of(Action.setField(RegField.TUNNEL_PORT.of(port().toLong())))
        : Optional.empty();
  }

  @Override
  public int compareTo(TunnelPath other) {
    int byAddress = BY_ADDRESS.compare(remote(), other.remote());
    return byAddress != 0 ? byAddress : port().compareTo(other.port());
  }

  /** The path, if there is one. */
  public static Optional<TunnelPath> between(NodeContext from, Network network, Node to) {
    Optional<TunnelEndpoint> tunnel = from.node().tunnel();
    if (!tunnel.isPresent() || !from.node().sharesZoneWith(to)) {
      return Optional.empty();
    }
    TunnelEndpoint.Mode mode = tunnel.get().mode();
    if (mode == TunnelEndpoint.Mode.MANAGEMENT_OS) {
      OfPort port = ((TunnelEndpoint.ManagementOs) tunnel.get()).portByNetwork().get(network.id());
      return Optional.ofNullable(port).map(p -> of(mode, p, Optional.empty()));
    }
    Optional<IpAddress> remote = from.model().remoteVtep(from.node(), network, to);
    if (mode == TunnelEndpoint.Mode.NATIVE) {
      return remote.map(r -> of(mode, ((TunnelEndpoint.Native) tunnel.get()).port(), remote));
    }
    return remote
        .map(((TunnelEndpoint.PortPerRemote) tunnel.get()).portByRemote()::get)
        .map(p -> of(mode, p, remote));
  }

  private static TunnelPath of(TunnelEndpoint.Mode mode, OfPort port, Optional<IpAddress> remote) {
    return new AutoValue_TunnelPath(mode, port, remote);
  }

  /** Why {@link #between} has found none. */
  public static Obstacle obstacle(NodeContext from, Network network, Node to) {
    Optional<TunnelEndpoint> tunnel = from.node().tunnel();
    if (!tunnel.isPresent()) {
      return Obstacle.NO_TUNNEL;
    } else if (!from.node().sharesZoneWith(to)) {
      return Obstacle.NO_COMMON_ZONE;
    } else if (tunnel.get().mode() == TunnelEndpoint.Mode.MANAGEMENT_OS) {
      return Obstacle.NO_NETWORK_PORT;
    }
    return from.model().remoteVtep(from.node(), network, to).isPresent()
        ? Obstacle.NO_REMOTE_PORT
        : Obstacle.NO_COMMON_FAMILY;
  }
}
