/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.Announcement;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.Vni;

/** The fields of a network. */
final class NetworkFields {
  /** One of each family. */
  private static final int MAX_GATEWAYS = AddressFamily.values().length;

  private NetworkFields() {}

  static Optional<Network> read(Cursor at) {
    if (!at.isObject(ModelObject.NETWORK.names())) {
      return Optional.empty();
    }
    Optional<NetworkId> id =
        at.required("id", "Name the network, as in \"blue\"").flatMap(Scalars::networkId);
    Optional<Vni> vni =
        at.required("vni", "Give the VXLAN network identifier, 1 to " + Vni.MAX)
            .flatMap(NetworkFields::vni);
    Optional<AddressFamily> underlay =
        at.optional("underlay").flatMap(u -> u.choice(AddressFamily.class, AddressFamily::text));
    Optional<Boolean> mssClamping = at.optional("mssClamping").flatMap(Cursor::flag);
    ImmutableSet<Announcement> advertiseMtu =
        at.optional("advertiseMtu").map(NetworkFields::announcements).orElse(ImmutableSet.of());
    ImmutableList<IpAddress> gateways =
        at.optional("gateways").map(NetworkFields::gateways).orElse(ImmutableList.of());
    int vlanTags = at.optional("vlanTags").map(NetworkFields::vlanTags).orElse(0);
    if (!id.isPresent() || !vni.isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        Network.builder(id.get(), vni.get())
            .underlay(underlay)
            .mssClamping(mssClamping.orElse(false))
            .advertiseMtu(advertiseMtu)
            .gateways(gateways)
            .vlanTags(vlanTags)
            .build());
  }

  /** True stands for all of them. */
  private static ImmutableSet<Announcement> announcements(Cursor at) {
    if (at.isFlag()) {
      return at.flag().get() ? ImmutableSet.copyOf(Announcement.values()) : ImmutableSet.of();
    }
    for (Announcement announcement : Announcement.values()) {
      if (at.isText(announcement.text())) {
        return ImmutableSet.of(announcement);
      }
    }
    at.problem(
        "must be true, false, \"dhcp\" or \"ra\"",
        "Write true for DHCP replies and router advertisements, or one of them in quotes");
    return ImmutableSet.of();
  }

  /** At most one address of each family, whatever is written. */
  private static ImmutableList<IpAddress> gateways(Cursor at) {
    Map<AddressFamily, IpAddress> gateways = new EnumMap<>(AddressFamily.class);
    for (Cursor element : at.elements(MAX_GATEWAYS)) {
      Optional<IpAddress> gateway = Scalars.unicastIp(element);
      if (gateway.isPresent()) {
        IpAddress other = gateways.putIfAbsent(AddressFamily.of(gateway.get()), gateway.get());
        if (gateway.get().equals(other)) {
          element.problem("is listed twice", "Leave one of them out");
        } else if (other != null) {
          element.problem(
              "must be the only gateway of its family: " + other + " is one already",
              "Give at most one IPv4 and one IPv6 address");
        }
      }
    }
    return ImmutableList.copyOf(gateways.values());
  }

  private static int vlanTags(Cursor at) {
    return (int)
        at.integer(0, Network.MAX_VLAN_TAGS, "the number of VLAN tags of a frame").orElse(0);
  }

  private static Optional<Vni> vni(Cursor at) {
    OptionalLong number = at.integer(Vni.MIN, Vni.MAX, "a VNI");
    return number.isPresent() ? Optional.of(Vni.of(number.getAsLong())) : Optional.empty();
  }
}
