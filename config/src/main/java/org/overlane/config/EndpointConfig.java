/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Set;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NodeId;

/** A declared endpoint: a MAC address in a network, behind a port of a device. */
@AutoValue
public abstract class EndpointConfig {
  EndpointConfig() {}

  public abstract String id();

  public abstract NetworkId network();

  public abstract MacAddress mac();

  public abstract NodeId device();

  public abstract PortRef port();

  public abstract ImmutableSortedSet<IpAddress> ips();

  /** The id of an endpoint that gives none: {@code <network>/<mac>}. */
  public static String defaultId(NetworkId network, MacAddress mac) {
    return network + "/" + mac;
  }

  public static EndpointConfig of(
      String id,
      NetworkId network,
      MacAddress mac,
      NodeId device,
      PortRef port,
      Set<IpAddress> ips) {
    return new AutoValue_EndpointConfig(
        id, network, mac, device, port, ImmutableSortedSet.copyOf(ips));
  }
}
