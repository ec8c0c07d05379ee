/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;

/**
 * Resolves the port references of one device, and gives each port to the first that claims it. Not
 * thread-safe.
 */
final class PortClaims {
  private final NodeId device;
  private final PortDirectory directory;
  private final Map<OfPort, String> purposes = new HashMap<>();
  private final Map<List<Object>, EndpointConfig> attached = new HashMap<>();

  PortClaims(NodeId device, PortDirectory directory) {
    this.device = device;
    this.directory = directory;
  }

  /** A port, or why there is none. */
  static final class Outcome {
    private final Optional<OfPort> port;
    private final String reason;
    private final String remedy;

    private Outcome(Optional<OfPort> port, String reason, String remedy) {
      this.port = port;
      this.reason = reason;
      this.remedy = remedy;
    }

    static Outcome of(OfPort port) {
      return new Outcome(Optional.of(port), "", "");
    }

    static Outcome missing(String reason, String remedy) {
      return new Outcome(Optional.empty(), reason, remedy);
    }

    Optional<OfPort> port() {
      return port;
    }

    String reason() {
      return reason;
    }

    String remedy() {
      return remedy;
    }
  }

  /** Whether the switch has ever reported its ports; if not, nothing can be claimed. */
  boolean isKnown() {
    return directory.knows(device);
  }

  /** See {@link PortDirectory#carriesSizeCheck}. */
  boolean carriesSizeCheck() {
    return directory.carriesSizeCheck(device);
  }

  /** The port for a role of the device itself. */
  Outcome claim(PortRoles.Role role) {
    Outcome found = resolve(role.port());
    if (!found.port().isPresent()) {
      return found;
    }
    String other =
        purposes.putIfAbsent(found.port().get(), role.purpose() + " (" + role.path() + ")");
    return other == null ? found : taken(role.port(), found.port().get(), other);
  }

  /** The port for an endpoint; endpoints share a port if they differ in their MAC addresses. */
  Outcome attach(EndpointConfig endpoint) {
    Outcome found = resolve(endpoint.port());
    if (!found.port().isPresent()) {
      return found;
    }
    OfPort port = found.port().get();
    String purpose = purposes.get(port);
    if (purpose != null) {
      return taken(endpoint.port(), port, purpose);
    }
    EndpointConfig other = attached.putIfAbsent(ImmutableList.of(port, endpoint.mac()), endpoint);
    return other == null
        ? found
        : Outcome.missing(
            "endpoint " + other.id() + " has MAC address " + endpoint.mac() + " on port " + port,
            "Give one of the endpoints another port or MAC address");
  }

  /** The port that a reference leads to, whatever it is used for. */
  Optional<OfPort> find(PortRef ref) {
    return resolve(ref).port();
  }

  /** See {@link PortDirectory#takesProbes}. */
  boolean takesProbes() {
    return directory.takesProbes(device);
  }

  /** See {@link PortDirectory#fragmentsOver}. */
  Optional<ImmutableSet<AddressFamily>> fragmentsOver(OfPort tunnel) {
    return directory.fragmentsOver(device, tunnel);
  }

  /** See {@link PortDirectory#mtu}. */
  OptionalInt mtu(PortRef port) {
    return directory.mtu(device, port);
  }

  /** The unicast MAC address that the switch reports for a port. */
  Optional<MacAddress> mac(OfPort port) {
    return directory.mac(device, port).filter(MacAddress::isUnicast);
  }

  private static Outcome taken(PortRef ref, OfPort port, String purpose) {
    String what =
        ref.name().isPresent() ? "port " + ref + ", number " + port + "," : "port " + port;
    return Outcome.missing(what + " is already " + purpose, "Give every purpose a port of its own");
  }

  private Outcome resolve(PortRef ref) {
    if (!isKnown()) {
      return Outcome.missing(
          "switch " + device + " has not connected yet", "Connect it to the controller");
    }
    Optional<OfPort> port =
        ref.name().isPresent()
            ? directory.byName(device, ref.name().get())
            : ref.port().filter(number -> directory.hasPort(device, number));
    return port.filter(OfPort::isAttachable)
        .map(Outcome::of)
        .orElseGet(
            () ->
                ref.name().isPresent()
                    ? Outcome.missing(
                        "no port of switch " + device + " is known by the name " + ref,
                        "Add the port to the switch, or give its OpenFlow number")
                    : Outcome.missing(
                        "switch " + device + " has no port " + ref,
                        "Add the port to the switch, or correct the number"));
  }
}
