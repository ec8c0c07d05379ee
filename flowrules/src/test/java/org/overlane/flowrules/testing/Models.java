/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.testing;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.ManagementPort;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.Profile;
import org.overlane.flowrules.model.TunnelEndpoint;
import org.overlane.flowrules.model.Uplink;
import org.overlane.flowrules.model.Vni;

/** Short words for parts of models. */
public final class Models {
  private Models() {}

  public static NodeId id(int node) {
    return NodeId.of(String.format("of:%016x", node));
  }

  public static OfPort port(long number) {
    return OfPort.of(number);
  }

  public static MacAddress mac(long number) {
    return MacAddress.of(0x020000000000L | number);
  }

  public static Node.Builder node(int node, String... vteps) {
    return Node.builder(id(node)).vteps(addresses(vteps));
  }

  public static ImmutableList<IpAddress> addresses(String... texts) {
    return Arrays.stream(texts).map(IpAddress::parse).collect(ImmutableList.toImmutableList());
  }

  /** An uplink with a management port whose MAC ends in the port's number. */
  public static Uplink uplink(long port, OfPort management) {
    return Uplink.of(
        port(port), ManagementPort.of(management, mac(0xee0000 | management.toLong() & 0xffff)));
  }

  public static TunnelEndpoint nativeTunnel(long port) {
    return TunnelEndpoint.Native.of(port(port));
  }

  public static TunnelEndpoint managementOs(Map<String, Integer> portByNetwork) {
    return TunnelEndpoint.ManagementOs.of(
        portByNetwork.entrySet().stream()
            .collect(Collectors.toMap(e -> NetworkId.of(e.getKey()), e -> port(e.getValue()))));
  }

  public static TunnelEndpoint portPerRemote(Map<String, Integer> portByRemote) {
    return TunnelEndpoint.PortPerRemote.of(
        portByRemote.entrySet().stream()
            .collect(Collectors.toMap(e -> IpAddress.parse(e.getKey()), e -> port(e.getValue()))));
  }

  public static Network network(String id, int vni) {
    return Network.of(NetworkId.of(id), Vni.of(vni));
  }

  public static Endpoint endpoint(String id, String network, long mac, int node, long port) {
    return endpoint(id, network, mac, node, Optional.of(port(port)));
  }

  public static Endpoint pending(String id, String network, long mac, int node) {
    return endpoint(id, network, mac, node, Optional.empty());
  }

  private static Endpoint endpoint(
      String id, String network, long mac, int node, Optional<OfPort> port) {
    return Endpoint.of(id, NetworkId.of(network), mac(mac), id(node), port, Set.of());
  }

  /** Node 1: everything on one bridge, native tunnel, both families. */
  public static Node.Builder nativeHost(int node) {
    return node(node, "192.0.2." + node, "2001:db8::" + Integer.toHexString(node))
        .uplinks(ImmutableList.of(uplink(1, OfPort.LOCAL)))
        .tunnel(nativeTunnel(9));
  }

  public static Profile openflow13() {
    return Profile.OPENFLOW13;
  }
}
