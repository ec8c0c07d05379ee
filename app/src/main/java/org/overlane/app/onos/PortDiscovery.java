/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import java.util.Optional;
import java.util.function.Predicate;
import org.onosproject.net.AnnotationKeys;
import org.onosproject.net.Device;
import org.onosproject.net.DeviceId;
import org.onosproject.net.Port;
import org.onosproject.net.PortNumber;
import org.onosproject.net.device.DeviceService;
import org.overlane.app.model.DiscoveredPorts;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;

/** Reads the ports of the OpenFlow switches that ONOS knows, and what can be carried to them. */
final class PortDiscovery {
  private PortDiscovery() {}

  /**
   * The ports as they are now; others may add to them.
   *
   * @param carriesSizeCheck whether a switch that is connected can be given a size check
   */
  static DiscoveredPorts.Builder read(DeviceService devices, Predicate<DeviceId> carriesSizeCheck) {
    DiscoveredPorts.Builder ports = DiscoveredPorts.builder();
    for (Device device : devices.getDevices()) {
      if (OnosFabric.isOpenFlow(device.id())) {
        NodeId id = NodeId.of(device.id().toString());
        ports.addSwitch(id);
        // Of a switch that is away the driver may not be known; nothing is sent to it anyway.
        if (devices.isAvailable(device.id()) && !carriesSizeCheck.test(device.id())) {
          ports.withoutSizeCheck(id);
        }
        for (Port port : devices.getPorts(device.id())) {
          number(port.number()).ifPresent(n -> ports.addPort(id, n, name(port), mac(port)));
        }
      }
    }
    return ports;
  }

  private static Optional<OfPort> number(PortNumber number) {
    if (number.equals(PortNumber.LOCAL)) {
      return Optional.of(OfPort.LOCAL);
    }
    long value = number.toLong();
    return value >= 1 && value <= OfPort.MAX ? Optional.of(OfPort.of(value)) : Optional.empty();
  }

  private static Optional<String> name(Port port) {
    return Optional.ofNullable(port.annotations().value(AnnotationKeys.PORT_NAME));
  }

  private static Optional<MacAddress> mac(Port port) {
    String text = port.annotations().value(AnnotationKeys.PORT_MAC);
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(MacAddress.parse(text)).filter(MacAddress::isUnicast);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
