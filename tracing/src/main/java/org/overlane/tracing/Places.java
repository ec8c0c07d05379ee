/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tracing;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.ManagementPort;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.Uplink;

/** Who sends, from where, and who is meant to get it: what the options from and to name. */
final class Places {
  /** Of a host about which the model says nothing. */
  static final MacAddress STRANGER = MacAddress.of(0x0200000000feL);

  private final Arguments arguments;
  private final NetworkModel model;

  private Optional<Node> node = Optional.empty();
  private Optional<OfPort> port = Optional.empty();
  private Optional<Endpoint> from = Optional.empty();
  private Optional<Endpoint> to = Optional.empty();
  private Optional<MacAddress> fromMac = Optional.empty();
  private Optional<MacAddress> toMac = Optional.empty();
  private List<IpAddress> fromIps = ImmutableList.of();
  private List<IpAddress> toIps = ImmutableList.of();

  private Places(Arguments arguments, NetworkModel model) {
    this.arguments = arguments;
    this.model = model;
  }

  static Places find(Arguments arguments, NetworkModel model) {
    Places places = new Places(arguments, model);
    places.findFrom();
    places.findTo();
    return places;
  }

  NetworkModel model() {
    return model;
  }

  Node node() {
    return node.get();
  }

  OfPort port() {
    return port.get();
  }

  Optional<Endpoint> from() {
    return from;
  }

  Optional<Endpoint> to() {
    return to;
  }

  Optional<MacAddress> fromMac() {
    return fromMac;
  }

  Optional<MacAddress> toMac() {
    return toMac;
  }

  List<IpAddress> fromIps() {
    return fromIps;
  }

  List<IpAddress> toIps() {
    return toIps;
  }

  private void findFrom() {
    String text = arguments.text(TraceOption.FROM).orElse("");
    Endpoint endpoint = model.endpoints().get(text);
    if (endpoint != null) {
      fromEndpoint(endpoint);
      return;
    }
    int slash = text.lastIndexOf('/');
    Optional<OfPort> number = slash < 0 ? Optional.empty() : port(text.substring(slash + 1));
    if (slash > 0 && number.isPresent()) {
      fromPort(NodeId.of(text.substring(0, slash)), number.get());
      return;
    }
    arguments.problem(
        TraceOption.FROM,
        text.isEmpty() ? "is needed" : "is no endpoint, nor a port as in DEVICE/PORT",
        "Give an endpoint ("
            + Names.like(text, model.endpoints().keySet())
            + ") or a port such as "
            + model.nodes().keySet().stream().findFirst().map(n -> n + "/1").orElse("DEVICE/1"));
  }

  private static Optional<OfPort> port(String text) {
    if (text.equalsIgnoreCase("LOCAL")) {
      return Optional.of(OfPort.LOCAL);
    }
    try {
      return Optional.of(OfPort.of(Long.parseLong(text))).filter(OfPort::isAttachable);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private void fromEndpoint(Endpoint endpoint) {
    if (!endpoint.port().isPresent()) {
      arguments.problem(
          TraceOption.FROM,
          "has no port on " + endpoint.node() + " yet",
          "Attach it, or ask about another endpoint");
      return;
    }
    if (!model.node(endpoint.node()).isPresent()) {
      arguments.problem(
          TraceOption.FROM,
          "is on " + endpoint.node() + ", which is not configured",
          "Configure the device");
      return;
    }
    from = Optional.of(endpoint);
    node = model.node(endpoint.node());
    port = endpoint.port();
    fromMac = Optional.of(endpoint.mac());
    fromIps = endpoint.ips().asList();
  }

  private void fromPort(NodeId id, OfPort number) {
    if (!model.node(id).isPresent()) {
      List<String> known =
          model.nodes().keySet().stream().map(NodeId::toString).collect(Collectors.toList());
      arguments.problem(
          TraceOption.FROM,
          "names device " + id + ", which is not configured",
          "Configured are " + Names.like(id.toString(), known));
      return;
    }
    node = model.node(id);
    port = Optional.of(number);
    Optional<MacAddress> mac = arguments.mac(TraceOption.SRC_MAC);
    List<Endpoint> behind =
        model.endpointsAt(id).stream()
            .filter(e -> e.port().filter(number::equals).isPresent())
            .filter(e -> !mac.isPresent() || e.mac().equals(mac.get()))
            .collect(Collectors.toList());
    if (!behind.isEmpty()) {
      fromEndpoint(behind.get(0));
    } else if (managementAt(number).isPresent()) {
      fromMac = managementAt(number).map(ManagementPort::mac);
      fromIps = node().vteps();
    } else {
      fromMac = Optional.of(STRANGER);
      toManagement(uplinkAt(number).flatMap(Uplink::management), node().vteps());
    }
  }

  private Optional<Uplink> uplinkAt(OfPort number) {
    return node().uplinks().stream().filter(u -> u.port().equals(number)).findFirst();
  }

  private Optional<ManagementPort> managementAt(OfPort number) {
    return node().uplinks().stream()
        .flatMap(u -> u.management().map(ImmutableList::of).orElse(ImmutableList.of()).stream())
        .filter(m -> m.port().equals(number))
        .findFirst();
  }

  private void findTo() {
    if (!arguments.has(TraceOption.TO)) {
      boolean needed =
          from.isPresent()
              && !arguments.has(TraceOption.MULTICAST)
              && !arguments.has(TraceOption.ARP)
              && !arguments.has(TraceOption.DST_MAC);
      if (needed) {
        arguments.problem(
            TraceOption.TO,
            "is needed",
            "Give an endpoint ("
                + Names.like("", model.endpoints().keySet())
                + "), a MAC or VTEP address, or multicast instead");
      }
      return;
    }
    String text = arguments.text(TraceOption.TO).get();
    Optional<Endpoint> endpoint = endpoint(text);
    if (endpoint.isPresent()) {
      to = endpoint;
      toMac = Optional.of(endpoint.get().mac());
      toIps = endpoint.get().ips().asList();
    } else if (!toVtep(text) && !toMac(text)) {
      arguments.problem(
          TraceOption.TO,
          "is no endpoint, MAC or VTEP address",
          "Endpoints are "
              + Names.like(text, model.endpoints().keySet())
              + "; for an address of a VM that the model does not know, give its MAC");
    }
  }

  /** By id, or by an address of the sender's network. */
  private Optional<Endpoint> endpoint(String text) {
    Endpoint byId = model.endpoints().get(text);
    if (byId != null || !from.isPresent()) {
      return Optional.ofNullable(byId);
    }
    return model.endpointsOf(from.get().network()).stream()
        .filter(
            e ->
                e.mac().toString().equalsIgnoreCase(text)
                    || e.ips().stream().anyMatch(ip -> ip.toString().equalsIgnoreCase(text)))
        .findFirst();
  }

  private boolean toVtep(String text) {
    for (Node owner : model.nodes().values()) {
      for (IpAddress vtep : owner.vteps()) {
        Optional<Uplink> uplink = Optional.ofNullable(Iterables.getFirst(owner.uplinks(), null));
        if (vtep.toString().equalsIgnoreCase(text) && uplink.isPresent()) {
          toManagement(uplink.get().management(), ImmutableList.of(vtep));
          return true;
        }
      }
    }
    return false;
  }

  private void toManagement(Optional<ManagementPort> management, List<IpAddress> addresses) {
    toMac = Optional.of(management.map(ManagementPort::mac).orElse(STRANGER));
    toIps = ImmutableList.copyOf(addresses);
  }

  private boolean toMac(String text) {
    try {
      toMac = Optional.of(MacAddress.parse(text));
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
