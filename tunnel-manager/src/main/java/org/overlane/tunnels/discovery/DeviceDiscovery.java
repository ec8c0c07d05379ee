/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.discovery;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.overlane.config.DeviceConfig;
import org.overlane.config.EndpointConfig;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.NodeId;

/** What is known of a declared device from the database of its host. Immutable. */
@AutoValue
public abstract class DeviceDiscovery {
  /** A host with many ports can have as many mistakes; so many are enough to begin with. */
  private static final int MOST_WARNINGS = 50;

  private static final int MOST_BRIDGES = 5;

  DeviceDiscovery() {}

  /** Absent if the host has no such bridge. */
  public abstract Optional<BridgeFacts> bridge();

  /** Those that external ids of ports announce, by port name. */
  public abstract ImmutableList<EndpointConfig> endpoints();

  /** The first of them. */
  public abstract ImmutableList<Warning> warnings();

  /**
   * The families over which the switch fragments outer packets, of tunnels that are its own: Linux
   * does over IPv4, not over IPv6, and only if the packets do not bear DF; the userspace datapath
   * never does. Absent if that is not known.
   */
  public Optional<ImmutableSet<AddressFamily>> fragmentsOver(PortFacts tunnel) {
    if (!bridge().isPresent()) {
      return Optional.empty();
    }
    switch (bridge().get().datapath()) {
      case KERNEL:
        return Optional.of(
            tunnel.setsDf() ? ImmutableSet.of() : ImmutableSet.of(AddressFamily.IPV4));
      case USERSPACE:
        return Optional.of(ImmutableSet.of());
      default:
        return Optional.empty();
    }
  }

  /** What the host has instead; the first few of it. */
  private static String present(HostFacts host) {
    String bridges =
        host.bridges().stream()
            .limit(MOST_BRIDGES)
            .map(b -> b.name() + " (" + b.device().map(NodeId::toString).orElse("none yet") + ")")
            .collect(Collectors.joining(", "));
    return bridges.isEmpty() ? "; it has no bridges" : "; it has " + bridges;
  }

  /** Looks for the device in the database of its host. */
  public static DeviceDiscovery of(DeviceConfig device, HostFacts host) {
    Optional<BridgeFacts> bridge = host.bridge(device.id());
    if (!bridge.isPresent()) {
      return new AutoValue_DeviceDiscovery(
          bridge,
          ImmutableList.of(),
          ImmutableList.of(
              Warning.of(
                  "device " + device.id(),
                  "the database has no bridge with this datapath id" + present(host),
                  "Correct the address of the database, or set other-config:datapath-id of the"
                      + " bridge")));
    }
    Attachments attachments = Attachments.of(device.id(), bridge.get());
    return new AutoValue_DeviceDiscovery(
        bridge,
        attachments.endpoints(),
        Stream.concat(
                BridgeChecks.of(device, bridge.get()).stream(), attachments.warnings().stream())
            .limit(MOST_WARNINGS)
            .collect(ImmutableList.toImmutableList()));
  }
}
