/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;

/**
 * What the underlay carries at each device: the least of what is declared and what its uplinks
 * carry. A device that knows neither has no uplink of its own, as br-int: it takes what the bridges
 * that connect it know.
 */
final class UnderlayMtus {
  private final Map<NodeId, PortClaims> claims;

  /** The least that the bridges of a host know. */
  private final Map<NodeId, Integer> ofBridges = new HashMap<>();

  /**
   * A calculation.
   *
   * @param claims the ports of every device
   */
  UnderlayMtus(ModelDocument declared, Map<NodeId, PortClaims> claims) {
    this.claims = claims;
    for (DeviceConfig bridge : declared.devices().values()) {
      if (bridge.host().isPresent()) {
        own(bridge).ifPresent(mtu -> ofBridges.merge(bridge.host().get(), mtu, Math::min));
      }
    }
  }

  /** The underlay MTU of a device; what cannot be used is pending. */
  int of(DeviceConfig device, List<Pending> pending) {
    for (int i = 0; i < device.uplinks().size(); i++) {
      OptionalInt mtu = mtu(device, device.uplinks().get(i));
      if (mtu.isPresent() && mtu.getAsInt() < DeviceChecks.leastMtu(device)) {
        pending.add(
            Pending.ofDevice(
                device.id(),
                Paths.of(device.id()) + ".uplinks[" + i + "].port",
                "the MTU of the uplink is disregarded: an underlay carries at least "
                    + DeviceChecks.leastMtu(device)
                    + " bytes, not "
                    + mtu.getAsInt(),
                "Raise the MTU of port " + device.uplinks().get(i).port()));
      }
    }
    return own(device)
        .orElseGet(() -> ofBridges.getOrDefault(device.id(), Node.DEFAULT_UNDERLAY_MTU));
  }

  private OptionalInt own(DeviceConfig device) {
    OptionalInt least = device.underlayMtu();
    for (UplinkConfig uplink : device.uplinks()) {
      OptionalInt mtu = mtu(device, uplink);
      if (mtu.isPresent() && mtu.getAsInt() >= DeviceChecks.leastMtu(device)) {
        least = OptionalInt.of(Math.min(mtu.getAsInt(), least.orElse(Integer.MAX_VALUE)));
      }
    }
    return least;
  }

  private OptionalInt mtu(DeviceConfig device, UplinkConfig uplink) {
    return claims.get(device.id()).mtu(uplink.port());
  }
}
