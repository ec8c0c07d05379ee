/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import java.util.OptionalInt;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.PathMtus;

/**
 * What the switches and their hosts report, at one moment. Implementations must not change while
 * used.
 */
public interface PortDirectory {
  /** Whether the switch has ever reported its ports. */
  boolean knows(NodeId device);

  /** Whether the switch has this port; LOCAL included. */
  boolean hasPort(NodeId device, OfPort port);

  /** The port that the switch reports by this name. */
  Optional<OfPort> byName(NodeId device, String name);

  /** The MAC address that the switch reports for this port. */
  Optional<MacAddress> mac(NodeId device, OfPort port);

  /**
   * Whether the switch, and what connects it to the controller, can carry what the size check
   * takes: check_pkt_larger, nw_frag and tcp_flags. Only matters for profile ovs.
   */
  default boolean carriesSizeCheck(NodeId device) {
    return true;
  }

  /**
   * The MTU of a port, as the database of its host has it, which knows ports of switches that have
   * not connected.
   */
  default OptionalInt mtu(NodeId device, PortRef port) {
    return OptionalInt.empty();
  }

  /**
   * The underlay families over which the switch fragments the outer packets of its own tunnel, as
   * far as the database of its host tells.
   */
  default Optional<ImmutableSet<AddressFamily>> fragmentsOver(NodeId device, OfPort tunnel) {
    return Optional.empty();
  }

  /** Whether probes of other nodes are to go to the controller, see {@link Node#takesProbes}. */
  default boolean takesProbes(NodeId device) {
    return false;
  }

  /** What probes have found to get through the underlay. */
  default PathMtus pathMtus() {
    return PathMtus.UNKNOWN;
  }

  /** The endpoints that ports announce in the databases of their hosts. */
  default ImmutableList<EndpointConfig> endpoints() {
    return ImmutableList.of();
  }

  /**
   * Without any switch: every port number exists, no name and no MAC address is known, and every
   * Open vSwitch is taken for a current one.
   */
  static PortDirectory offline() {
    return OfflinePorts.INSTANCE;
  }
}
