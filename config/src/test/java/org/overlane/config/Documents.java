/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.Announcement;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.Profile;
import org.overlane.flowrules.model.Replication;
import org.overlane.flowrules.model.Vni;
import org.overlane.flowrules.model.Zone;

/** Random documents from small pools of values, so that objects meet and collide often. */
final class Documents {
  private final Random random;

  private Documents(long seed) {
    random = new Random(seed);
  }

  /** Objects that are right by themselves, but may contradict each other. */
  static Arbitrary<ModelDocument> any() {
    return Arbitraries.longs().map(seed -> new Documents(seed).document());
  }

  /** Endpoints as ports announce them: named by network and MAC address. */
  static ImmutableList<EndpointConfig> announced(long seed) {
    Documents documents = new Documents(seed);
    return documents.some(6, documents::endpoint).stream()
        .map(
            e ->
                EndpointConfig.of(
                    EndpointConfig.defaultId(e.network(), e.mac()),
                    e.network(),
                    e.mac(),
                    e.device(),
                    e.port(),
                    e.ips()))
        .collect(ImmutableList.toImmutableList());
  }

  /** Documents without contradictions; references may dangle. */
  static Arbitrary<ModelDocument> consistent() {
    return any().map(Documents::withoutContradictions);
  }

  private static ModelDocument withoutContradictions(ModelDocument any) {
    ModelDocument kept = ModelDocument.EMPTY;
    for (Network network : any.networks().values()) {
      kept = better(kept, kept.with(network));
    }
    for (DeviceConfig device : any.devices().values()) {
      kept = better(kept, kept.with(device));
    }
    for (EndpointConfig endpoint : any.endpoints().values()) {
      kept = better(kept, kept.with(endpoint));
    }
    return kept;
  }

  private static ModelDocument better(ModelDocument before, ModelDocument after) {
    return ModelChecks.check(after).isEmpty() ? after : before;
  }

  private ModelDocument document() {
    ModelDocument.Builder document = ModelDocument.builder();
    some(5, this::network).forEach(document::add);
    some(5, this::device).stream()
        .filter(d -> ModelChecks.checkDevice(d).isEmpty())
        .forEach(document::add);
    some(10, this::endpoint).forEach(document::add);
    return document.build();
  }

  private <T> List<T> some(int most, Supplier<T> source) {
    List<T> list = new ArrayList<>();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      list.add(source.get());
    }
    return list;
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private <T> Optional<T> maybe(Supplier<T> source) {
    return random.nextBoolean() ? Optional.of(source.get()) : Optional.empty();
  }

  private NodeId nodeId() {
    return NodeId.of("of:000000000000000" + random.nextInt(4));
  }

  private NetworkId networkId() {
    return NetworkId.of(one(ImmutableList.of("blue", "red", "g.1", "x:y_z-0")));
  }

  private MacAddress mac() {
    return MacAddress.of(0x020000000000L + random.nextInt(5));
  }

  private IpAddress ip() {
    return IpAddress.parse(
        (random.nextBoolean() ? "192.0.2." : "2001:db8::") + (1 + random.nextInt(4)));
  }

  private PortRef port() {
    switch (random.nextInt(5)) {
      case 0:
        return PortRef.LOCAL;
      case 1:
        return PortRef.named(one(ImmutableList.of("ext", "vx 1", "\"q\"", "Local Area")));
      case 2:
        return PortRef.of(OfPort.of(OfPort.MAX - random.nextInt(2)));
      default:
        return PortRef.of(OfPort.of(1 + random.nextInt(8)));
    }
  }

  private Network network() {
    Network.Builder network =
        Network.builder(networkId(), Vni.of(1 + random.nextInt(4)))
            .underlay(maybe(this::family))
            .mssClamping(random.nextBoolean())
            .advertiseMtu(
                one(
                    ImmutableList.of(
                        ImmutableList.<Announcement>of(),
                        ImmutableList.of(Announcement.DHCP),
                        ImmutableList.of(Announcement.RA),
                        ImmutableList.copyOf(Announcement.values()))))
            .vlanTags(random.nextInt(Network.MAX_VLAN_TAGS + 1));
    Map<AddressFamily, IpAddress> gateways = new TreeMap<>();
    some(2, this::ip).forEach(ip -> gateways.put(AddressFamily.of(ip), ip));
    return network.gateways(gateways.values()).build();
  }

  private AddressFamily family() {
    return one(list(AddressFamily.values()));
  }

  private static <T> List<T> list(T[] values) {
    return ImmutableList.copyOf(values);
  }

  private DeviceConfig device() {
    DeviceConfig.Builder device =
        DeviceConfig.builder(nodeId())
            .profile(one(list(Profile.values())))
            .uplinks(some(2, this::uplink))
            .vteps(some(3, this::ip));
    maybe(() -> one(ImmutableList.of(576, 1280, 1500, 65535))).ifPresent(device::underlayMtu);
    maybe(() -> one(ImmutableList.of("tcp:192.0.2.10:6640", "ssl:[2001:db8::1]:1", "passive")))
        .map(OvsdbAddress::parse)
        .ifPresent(address -> maybe(this::provision).ifPresent(device.ovsdb(address)::provision));
    maybe(() -> one(ImmutableList.of("hv 1", "Größe \"x\"", "a\\b"))).ifPresent(device::name);
    maybe(this::tunnel).ifPresent(device::tunnel);
    maybe(() -> one(list(Replication.values()))).ifPresent(device::replication);
    maybe(() -> 1 + random.nextInt(1000))
        .filter(rate -> device.build().profile() == Profile.OVS)
        .ifPresent(device::fragmentRate);
    Optional<NodeId> host = maybe(this::nodeId).filter(id -> random.nextBoolean());
    host.ifPresent(device::host);
    if (!host.isPresent()) {
      maybe(() -> one(ImmutableList.of("default", "rack-1", "b:2_c.d")))
          .ifPresent(name -> device.zones(ImmutableList.of(Zone.of(name), Zone.of("a"))));
    }
    return device.build();
  }

  private ProvisionConfig provision() {
    return ProvisionConfig.of(
        one(list(ProvisionConfig.Policy.values())),
        random.nextBoolean(),
        maybe(() -> ImmutableList.of("tcp:192.0.2.100:6653", "unix:/run/c"))
            .orElse(ImmutableList.of()));
  }

  private UplinkConfig uplink() {
    return UplinkConfig.of(port(), maybe(() -> ManagementConfig.of(port(), maybe(this::mac))));
  }

  private TunnelConfig tunnel() {
    Optional<ImmutableSet<AddressFamily>> fragments =
        maybe(() -> ImmutableSet.copyOf(some(2, this::family)));
    switch (random.nextInt(3)) {
      case 0:
        return TunnelConfig.Native.of(port(), fragments);
      case 1:
        return TunnelConfig.ManagementOs.of(ports(this::networkId), fragments);
      default:
        return TunnelConfig.PortPerRemote.of(ports(this::ip), fragments);
    }
  }

  private <K extends Comparable<K>> Map<K, PortRef> ports(Supplier<K> key) {
    Map<K, PortRef> ports = new TreeMap<>();
    some(3, key).forEach(k -> ports.put(k, port()));
    return ports;
  }

  private EndpointConfig endpoint() {
    NetworkId network = networkId();
    MacAddress mac = mac();
    String id =
        random.nextBoolean() ? "vm" + random.nextInt(8) : EndpointConfig.defaultId(network, mac);
    Set<IpAddress> ips = new HashSet<>(some(2, this::ip));
    return EndpointConfig.of(id, network, mac, nodeId(), port(), ips);
  }
}
