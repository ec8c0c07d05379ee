/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.model;

import com.google.common.collect.HashBasedTable;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableTable;
import com.google.common.collect.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.overlane.config.EndpointConfig;
import org.overlane.config.PortDirectory;
import org.overlane.config.PortRef;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.PathMtus;

/**
 * The ports that switches have reported so far, what can be carried to them, and what the databases
 * of their hosts add. Immutable.
 */
public final class DiscoveredPorts implements PortDirectory {
  private final Set<NodeId> known;
  private final Set<NodeId> withoutSizeCheck;
  private final ImmutableTable<NodeId, OfPort, Optional<MacAddress>> ports;
  private final ImmutableTable<NodeId, String, OfPort> names;
  private final ImmutableTable<NodeId, PortRef, Integer> mtus;
  private final ImmutableTable<NodeId, OfPort, ImmutableSet<AddressFamily>> fragments;
  private final ImmutableList<EndpointConfig> endpoints;
  private final boolean takesProbes;
  private final PathMtus pathMtus;

  private DiscoveredPorts(Builder builder) {
    known = new HashSet<>(builder.known);
    withoutSizeCheck = new HashSet<>(builder.withoutSizeCheck);
    ports = ImmutableTable.copyOf(builder.ports);
    names = ImmutableTable.copyOf(builder.names);
    mtus = ImmutableTable.copyOf(builder.mtus);
    fragments = ImmutableTable.copyOf(builder.fragments);
    endpoints = ImmutableList.copyOf(builder.endpoints);
    takesProbes = builder.takesProbes;
    pathMtus = builder.pathMtus;
  }

  public static Builder builder() {
    return new Builder();
  }

  @Override
  public boolean knows(NodeId device) {
    return known.contains(device);
  }

  @Override
  public boolean hasPort(NodeId device, OfPort port) {
    return ports.contains(device, port);
  }

  @Override
  public Optional<OfPort> byName(NodeId device, String name) {
    return Optional.ofNullable(names.get(device, name));
  }

  @Override
  public Optional<MacAddress> mac(NodeId device, OfPort port) {
    Optional<MacAddress> mac = ports.get(device, port);
    return mac == null ? Optional.empty() : mac;
  }

  @Override
  public boolean carriesSizeCheck(NodeId device) {
    return !withoutSizeCheck.contains(device);
  }

  @Override
  public OptionalInt mtu(NodeId device, PortRef port) {
    Integer mtu = mtus.get(device, port);
    return mtu == null ? OptionalInt.empty() : OptionalInt.of(mtu);
  }

  @Override
  public Optional<ImmutableSet<AddressFamily>> fragmentsOver(NodeId device, OfPort tunnel) {
    return Optional.ofNullable(fragments.get(device, tunnel));
  }

  @Override
  public boolean takesProbes(NodeId device) {
    return takesProbes;
  }

  @Override
  public PathMtus pathMtus() {
    return pathMtus;
  }

  @Override
  public ImmutableList<EndpointConfig> endpoints() {
    return endpoints;
  }

  /** Collects ports in any order; the last of a number or name wins. Not thread-safe. */
  public static final class Builder {
    private final Set<NodeId> known = new HashSet<>();
    private final Set<NodeId> withoutSizeCheck = new HashSet<>();
    private final Table<NodeId, OfPort, Optional<MacAddress>> ports = HashBasedTable.create();
    private final Table<NodeId, String, OfPort> names = HashBasedTable.create();
    private final Table<NodeId, PortRef, Integer> mtus = HashBasedTable.create();
    private final Table<NodeId, OfPort, ImmutableSet<AddressFamily>> fragments =
        HashBasedTable.create();
    private final List<EndpointConfig> endpoints = new ArrayList<>();
    private boolean takesProbes;
    private PathMtus pathMtus = PathMtus.UNKNOWN;

    private Builder() {}

    /** A switch that has reported its ports, if only that it has none. */
    public Builder addSwitch(NodeId device) {
      known.add(device);
      return this;
    }

    /** A switch to which check_pkt_larger cannot be carried. */
    public Builder withoutSizeCheck(NodeId device) {
      withoutSizeCheck.add(device);
      return this;
    }

    public Builder addPort(
        NodeId device, OfPort port, Optional<String> name, Optional<MacAddress> mac) {
      ports.put(device, port, mac);
      name.ifPresent(n -> names.put(device, n, port));
      return this;
    }

    /** What an interface carries, which need not have been reported by its switch. */
    public Builder mtu(NodeId device, PortRef port, int mtu) {
      mtus.put(device, port, mtu);
      return this;
    }

    /** The families over which the tunnel of a port is fragmented. */
    public Builder fragmentsOver(
        NodeId device, OfPort tunnel, ImmutableSet<AddressFamily> families) {
      fragments.put(device, tunnel, families);
      return this;
    }

    /** Whether all nodes take probes, and what these have found. */
    public Builder probing(boolean on, PathMtus found) {
      takesProbes = on;
      pathMtus = found;
      return this;
    }

    /** An endpoint that a port announces. */
    public Builder endpoint(EndpointConfig endpoint) {
      endpoints.add(endpoint);
      return this;
    }

    public DiscoveredPorts build() {
      return new DiscoveredPorts(this);
    }
  }
}
