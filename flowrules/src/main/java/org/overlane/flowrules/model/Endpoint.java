/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.model;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Optional;
import java.util.Set;

/** A VM's (or container's) interface: a MAC address in a network, behind a port of a node. */
@AutoValue
public abstract class Endpoint {
  Endpoint() {}

  /** Identifies the endpoint in the whole model. */
  public abstract String id();

  public abstract NetworkId network();

  public abstract MacAddress mac();

  public abstract NodeId node();

  /**
   * Absent while the port has not appeared on the switch: other nodes know the endpoint all the
   * same.
   */
  public abstract Optional<OfPort> port();

  /** Addresses that the endpoint owns, as far as declared. */
  public abstract ImmutableSortedSet<IpAddress> ips();

  /**
   * An endpoint.
   *
   * @throws IllegalArgumentException if the MAC is not unicast or kept for probes, or the port is
   *     reserved
   */
  public static Endpoint of(
      String id,
      NetworkId network,
      MacAddress mac,
      NodeId node,
      Optional<OfPort> port,
      Set<IpAddress> ips) {
    if (!mac.isUnicast()) {
      throw new IllegalArgumentException(
          "the MAC of endpoint " + id + " must be unicast, not " + mac);
    }
    if (ProbeAddress.isReserved(mac)) {
      throw new IllegalArgumentException(
          "the MAC of endpoint " + id + " must not be one of those kept for probes, " + mac);
    }
    if (port.isPresent() && !port.get().isAttachable()) {
      throw new IllegalArgumentException(
          "endpoint " + id + " cannot be attached to port " + port.get());
    }
    return new AutoValue_Endpoint(id, network, mac, node, port, ImmutableSortedSet.copyOf(ips));
  }
}
