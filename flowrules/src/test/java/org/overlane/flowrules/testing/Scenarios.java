/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.testing;

import static org.overlane.flowrules.testing.Models.addresses;
import static org.overlane.flowrules.testing.Models.endpoint;
import static org.overlane.flowrules.testing.Models.id;
import static org.overlane.flowrules.testing.Models.managementOs;
import static org.overlane.flowrules.testing.Models.nativeHost;
import static org.overlane.flowrules.testing.Models.nativeTunnel;
import static org.overlane.flowrules.testing.Models.network;
import static org.overlane.flowrules.testing.Models.node;
import static org.overlane.flowrules.testing.Models.pending;
import static org.overlane.flowrules.testing.Models.port;
import static org.overlane.flowrules.testing.Models.portPerRemote;
import static org.overlane.flowrules.testing.Models.uplink;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.overlane.flowrules.feature.NodeContext;
import org.overlane.flowrules.feature.OversizeException;
import org.overlane.flowrules.feature.PacketClass;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.Announcement;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.PathMtus;
import org.overlane.flowrules.model.Profile;
import org.overlane.flowrules.model.Replication;
import org.overlane.flowrules.model.Uplink;
import org.overlane.flowrules.model.Vni;
import org.overlane.flowrules.model.Zone;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;

/** Every case of its own: small models, one difference each. */
public final class Scenarios {
  private Scenarios() {}

  public static List<Scenario> all() {
    return List.of(
        nativeHostScenario(),
        managementOsHost(),
        openflow13Host(),
        openflow13ManagementOs(),
        underlayBridge(),
        overlayBridge(),
        severalUplinks(),
        macInTwoNetworks(),
        onePortTwoNetworks(),
        ipv6Underlay(),
        mixedFamilies(),
        replicationByGroup(),
        unreachable(),
        zones(),
        managementOsZones(),
        openflow13WithoutRemotePort(),
        noTunnel(),
        mssClamping(),
        advertiseMtu(),
        advertiseMtuOnOpenflow13(),
        fragmentRate(),
        portPerRemoteOnOvs(),
        withoutSizeCheck(),
        smallUnderlay(),
        probing(),
        openflow13Probing(),
        probedPath());
  }

  /**
   * The entries of one class, in those of the plain scenarios that have any, native before
   * management-os; of what is off by default, where it is on; for a class that no model asks for, a
   * sample.
   */
  public static Map<String, FlowTables> entriesOf(PacketClass packetClass) {
    Map<String, FlowTables> found = new LinkedHashMap<>();
    if (packetClass == PacketClass.OVERSIZE_EXCEPTION) {
      found.put("installed by the slow path", new FlowTables(List.of(exception()), List.of()));
      return found;
    }
    for (Scenario scenario : showing(packetClass)) {
      List<FlowEntry> own =
          scenario.compile().tables().entries().stream()
              .filter(e -> e.cookie().packetClass() == packetClass.id())
              .toList();
      if (!own.isEmpty()) {
        found.put(scenario.toString(), new FlowTables(own, List.of()));
      }
    }
    return found;
  }

  private static List<Scenario> showing(PacketClass packetClass) {
    switch (packetClass) {
      case MSS_CLAMP:
        return List.of(mssClamping());
      case ADVERTISE_DHCP:
      case ADVERTISE_RA:
        return List.of(advertiseMtu());
      case PROBE:
        return List.of(probing());
      case VXLAN_FRAGMENT:
        return List.of(fragmentRate());
      default:
        return List.of(nativeHostScenario(), managementOsHost());
    }
  }

  private static FlowEntry exception() {
    NetworkModel model = managementOsHost().model();
    return OversizeException.entry(
        new NodeContext(model, model.node(id(1)).orElseThrow()),
        model.networks().get(NetworkId.of("blue")),
        IpAddress.parse("10.0.0.1"),
        IpAddress.parse("10.0.0.3"),
        17);
  }

  /** TCP connections of blue get their MSS lowered, those of red do not. */
  public static Scenario mssClamping() {
    return scenario(
        "mss-clamping",
        plain()
            .add(
                network("blue", 100).toBuilder()
                    .mssClamping(true)
                    .gateways(addresses("10.0.0.254", "fd00::254"))
                    .build())
            .add(network("red", 200))
            .add(endpoint("vm5", "red", 0x15, 1, 13))
            .add(endpoint("vm6", "red", 0x16, 2, 13)));
  }

  /** VMs of blue are told the MTU by DHCP and RA, those of red by RA only. */
  public static Scenario advertiseMtu() {
    return scenario(
        "advertise-mtu",
        advertising()
            .add(network("red", 200).toBuilder().advertiseMtu(List.of(Announcement.RA)).build())
            .add(endpoint("vm5", "red", 0x15, 1, 13))
            .add(endpoint("vm6", "red", 0x16, 2, 13)));
  }

  private static NetworkModel.Builder advertising() {
    return plain()
        .add(network("blue", 100).toBuilder().advertiseMtu(List.of(Announcement.values())).build());
  }

  /** The messages are matched by fields that every OpenFlow 1.3 switch has. */
  public static Scenario advertiseMtuOnOpenflow13() {
    return scenario(
        "advertise-mtu-openflow13",
        advertising()
            .add(
                node(1, "192.0.2.1")
                    .profile(Profile.OPENFLOW13)
                    .tunnel(managementOs(Map.of("blue", 21)))
                    .build()));
  }

  /** A host with two uplinks that takes 500 fragments a second. */
  public static Scenario fragmentRate() {
    return scenario(
        "fragment-rate",
        plain()
            .add(
                node(1, "192.0.2.1", "2001:db8::1")
                    .uplinks(ImmutableList.of(uplink(1, port(2)), uplink(3, port(4))))
                    .tunnel(managementOs(Map.of("blue", 21)))
                    .fragmentRate(Optional.of(500))
                    .build()));
  }

  /** Probes of other nodes come to the controller. */
  public static Scenario probing() {
    return scenario("probing", plain().add(nativeHost(1).takesProbes(true).build()));
  }

  /** As {@link #probing}, with nothing but standard OpenFlow. */
  public static Scenario openflow13Probing() {
    NetworkModel model = openflow13().build();
    return scenario(
        "openflow13-probing",
        model.toBuilder().add(model.requireNode(id(1)).toBuilder().takesProbes(true).build()));
  }

  /** Probes have found that the way to node 2 carries less, in one direction and one family. */
  public static Scenario probedPath() {
    return scenario(
        "probed-path",
        plain()
            .add(nativeHost(1).declaredFragments(everyFamily()).build())
            .pathMtus(
                PathMtus.of(
                    Map.of(
                        PathMtus.Path.of(id(1), id(2), AddressFamily.IPV4), 1400,
                        PathMtus.Path.of(id(1), id(2), AddressFamily.IPV6), 1300,
                        PathMtus.Path.of(id(2), id(1), AddressFamily.IPV4), 1200))));
  }

  private static Optional<ImmutableSet<AddressFamily>> everyFamily() {
    return Optional.of(ImmutableSet.copyOf(AddressFamily.values()));
  }

  /** The remote is a choice of the port, the size of the frame is checked all the same. */
  public static Scenario portPerRemoteOnOvs() {
    return scenario(
        "port-per-remote",
        plain()
            .add(
                node(1, "192.0.2.1")
                    .tunnel(portPerRemote(Map.of("192.0.2.2", 31, "192.0.2.3", 32)))
                    .build()));
  }

  /** Open vSwitch behind a southbound that cannot carry check_pkt_larger. */
  public static Scenario withoutSizeCheck() {
    return scenario(
        "without-size-check",
        plain()
            .add(node(1, "192.0.2.1").tunnel(nativeTunnel(9)).sizeCheck(false).build())
            .add(network("blue", 100).toBuilder().mssClamping(true).build()));
  }

  /** The bridge of node 2 has a smaller MTU than both hosts: too small for IPv6 inside. */
  public static Scenario smallUnderlay() {
    return scenario(
        "small-underlay",
        plain()
            .add(node(2, "192.0.2.2").tunnel(nativeTunnel(9)).build())
            .add(
                node(7, "192.0.2.2")
                    .uplinks(ImmutableList.of(uplink(1, OfPort.LOCAL)))
                    .host(id(2))
                    .underlayMtu(1300)
                    .build())
            .add(nativeHost(3).build())
            .add(endpoint("vm5", "blue", 0x15, 3, 11)));
  }

  /** Two hosts with two VMs each: the plain case, of which the documentation shows entries. */
  public static NetworkModel.Builder plain() {
    return NetworkModel.builder()
        .add(nativeHost(1).build())
        .add(nativeHost(2).build())
        .add(network("blue", 100))
        .add(endpoint("vm1", "blue", 0x11, 1, 11))
        .add(endpoint("vm2", "blue", 0x12, 1, 12))
        .add(endpoint("vm3", "blue", 0x13, 2, 11))
        .add(endpoint("vm4", "blue", 0x14, 2, 12));
  }

  public static Scenario nativeHostScenario() {
    return scenario("native-host", plain());
  }

  public static Scenario managementOsHost() {
    return scenario(
        "management-os-host",
        plain()
            .add(network("red", 200))
            .add(endpoint("vm5", "red", 0x15, 1, 13))
            .add(endpoint("vm6", "red", 0x16, 2, 13))
            .add(
                node(1, "192.0.2.1", "2001:db8::1")
                    .uplinks(ImmutableList.of(uplink(1, port(2))))
                    .tunnel(managementOs(Map.of("blue", 21, "red", 22, "green", 23)))
                    .build())
            .add(network("green", 300)));
  }

  public static Scenario openflow13Host() {
    return scenario("openflow13-host", openflow13());
  }

  private static NetworkModel.Builder openflow13() {
    return plain()
        .add(
            node(1, "192.0.2.1")
                .profile(Profile.OPENFLOW13)
                .uplinks(ImmutableList.of(uplink(1, OfPort.LOCAL)))
                .tunnel(portPerRemote(Map.of("192.0.2.2", 31, "192.0.2.3", 32, "2001:db8::2", 33)))
                .replication(Replication.GROUP)
                .build())
        .add(nativeHost(3).build())
        .add(endpoint("vm5", "blue", 0x15, 3, 11));
  }

  public static Scenario openflow13ManagementOs() {
    return scenario(
        "openflow13-management-os",
        plain()
            .add(
                node(1, "192.0.2.1")
                    .profile(Profile.OPENFLOW13)
                    .tunnel(managementOs(Map.of("blue", 21)))
                    .replication(Replication.GROUP)
                    .build()));
  }

  /** br-phy: the receive and bypass part alone. */
  public static Scenario underlayBridge() {
    return new Scenario("underlay-bridge", split().build(), id(7));
  }

  /** br-int: the overlay part alone. */
  public static Scenario overlayBridge() {
    return scenario("overlay-bridge", split());
  }

  private static NetworkModel.Builder split() {
    return plain()
        .add(node(1, "192.0.2.1", "2001:db8::1").tunnel(nativeTunnel(9)).build())
        .add(
            node(7, "192.0.2.1", "2001:db8::1")
                .uplinks(ImmutableList.of(uplink(1, OfPort.LOCAL)))
                .host(id(1))
                .build());
  }

  public static Scenario severalUplinks() {
    return scenario(
        "several-uplinks",
        NetworkModel.builder()
            .add(
                node(1, "192.0.2.1", "198.51.100.1")
                    .uplinks(
                        ImmutableList.of(
                            uplink(1, port(2)),
                            uplink(3, port(4)),
                            Uplink.of(port(5), Optional.empty())))
                    .build()));
  }

  public static Scenario macInTwoNetworks() {
    return scenario(
        "mac-in-two-networks",
        plain()
            .removeEndpoint("vm2")
            .removeEndpoint("vm4")
            .add(network("red", 200))
            .add(endpoint("red-vm1", "red", 0x11, 2, 13))
            .add(endpoint("red-vm3", "red", 0x13, 1, 13)));
  }

  public static Scenario onePortTwoNetworks() {
    return scenario(
        "one-port-two-networks",
        plain()
            .removeEndpoint("vm4")
            .add(network("red", 200))
            .add(endpoint("vm2", "blue", 0x12, 1, 11))
            .add(endpoint("vm1-red", "red", 0x21, 1, 11)));
  }

  public static Scenario ipv6Underlay() {
    return scenario(
        "ipv6-underlay",
        plain()
            .add(Network.of(NetworkId.of("blue"), Vni.of(100), Optional.of(AddressFamily.IPV6))));
  }

  /** Nodes 2 and 4 by IPv4, node 3 by IPv6: a list must not leave the IPv4 address behind. */
  public static Scenario mixedFamilies() {
    return scenario(
        "mixed-families",
        plain()
            .add(node(3, "2001:db8::3").tunnel(nativeTunnel(9)).build())
            .add(node(4, "192.0.2.4").tunnel(nativeTunnel(9)).build())
            .add(endpoint("vm5", "blue", 0x15, 3, 11))
            .add(endpoint("vm6", "blue", 0x16, 4, 11)));
  }

  public static Scenario replicationByGroup() {
    return scenario(
        "replication-by-group", plain().add(nativeHost(1).replication(Replication.GROUP).build()));
  }

  /** One endpoint without port, one node without a common family. */
  public static Scenario unreachable() {
    return scenario(
        "unreachable",
        plain()
            .add(node(1, "192.0.2.1").tunnel(nativeTunnel(9)).build())
            .add(node(3, "2001:db8::3").tunnel(nativeTunnel(9)).build())
            .add(pending("vm2", "blue", 0x12, 1))
            .add(endpoint("vm5", "blue", 0x15, 3, 11)));
  }

  /** Node 1 meets node 2 in one zone, and node 3 in none. */
  public static Scenario zones() {
    return scenario("zones", inZones(nativeHost(1)));
  }

  /** The same with a management OS, which selects the remote by itself. */
  public static Scenario managementOsZones() {
    return scenario(
        "management-os-zones",
        inZones(
            node(1, "192.0.2.1")
                .uplinks(ImmutableList.of(uplink(1, OfPort.LOCAL)))
                .tunnel(managementOs(Map.of("blue", 21)))));
  }

  private static NetworkModel.Builder inZones(Node.Builder first) {
    return plain()
        .add(first.zones(zoneNames("a", "b")).build())
        .add(nativeHost(2).zones(zoneNames("b", "c")).build())
        .add(nativeHost(3).zones(zoneNames("c")).build())
        .add(endpoint("vm5", "blue", 0x15, 3, 11));
  }

  private static List<Zone> zoneNames(String... names) {
    return Arrays.stream(names).map(Zone::of).toList();
  }

  public static Scenario openflow13WithoutRemotePort() {
    return scenario(
        "openflow13-without-remote-port",
        openflow13().add(nativeHost(4).build()).add(endpoint("vm6", "blue", 0x16, 4, 11)));
  }

  public static Scenario noTunnel() {
    return scenario("no-tunnel", plain().add(node(1).build()));
  }

  private static Scenario scenario(String name, NetworkModel.Builder model) {
    return new Scenario(name, model.build(), id(1));
  }
}
