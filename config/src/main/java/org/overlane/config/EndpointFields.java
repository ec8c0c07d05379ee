/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.google.common.collect.ImmutableSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.ProbeAddress;

/** The fields of an endpoint. */
final class EndpointFields {
  private EndpointFields() {}

  static Optional<EndpointConfig> read(Cursor at) {
    if (!at.isObject(ModelObject.ENDPOINT.names())) {
      return Optional.empty();
    }
    Optional<Cursor> idField = at.optional("id");
    Optional<String> id = idField.flatMap(Scalars::endpointId);
    Optional<NetworkId> network =
        at.required("network", "Give the id of a network").flatMap(Scalars::networkId);
    Optional<MacAddress> mac =
        at.required("mac", "Give the MAC address of the interface").flatMap(EndpointFields::mac);
    Optional<NodeId> device =
        at.required("device", "Give the id of the switch, as in \"of:0000000000000001\"")
            .flatMap(Scalars::deviceId);
    Optional<PortRef> port =
        at.required("port", "Give the port's number or name").flatMap(Scalars::port);
    Set<IpAddress> ips = at.optional("ips").map(EndpointFields::ips).orElse(ImmutableSet.of());
    boolean complete =
        network.isPresent()
            && mac.isPresent()
            && device.isPresent()
            && port.isPresent()
            && id.isPresent() == idField.isPresent();
    if (!complete) {
      return Optional.empty();
    }
    return Optional.of(
        EndpointConfig.of(
            id.orElseGet(() -> EndpointConfig.defaultId(network.get(), mac.get())),
            network.get(),
            mac.get(),
            device.get(),
            port.get(),
            ips));
  }

  private static Optional<MacAddress> mac(Cursor at) {
    Optional<MacAddress> mac = Scalars.unicastMac(at);
    if (mac.isPresent() && ProbeAddress.isReserved(mac.get())) {
      at.problem(
          "addresses that begin with f2:4f are kept for the probes of the underlay",
          "Give the interface another MAC address");
      return Optional.empty();
    }
    return mac;
  }

  private static Set<IpAddress> ips(Cursor at) {
    Set<IpAddress> ips = new HashSet<>();
    for (Cursor element : at.elements(ModelObject.Limits.IPS)) {
      Optional<IpAddress> ip = Scalars.unicastIp(element);
      if (ip.isPresent() && !ips.add(ip.get())) {
        element.problem("is listed twice", "Leave one of them out");
      }
    }
    return ips;
  }
}
