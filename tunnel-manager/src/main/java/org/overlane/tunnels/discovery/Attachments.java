/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.discovery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.overlane.config.ConfigException;
import org.overlane.config.EndpointConfig;
import org.overlane.config.FlowTablesJson;
import org.overlane.config.ModelReader;
import org.overlane.config.Problem;
import org.overlane.flowrules.model.NodeId;

/** Endpoints that the external ids of ports announce. */
final class Attachments {
  /** Set by whoever plugs a VM in (Open vSwitch's IntegrationGuide): the VM's own MAC address. */
  static final String MAC = "attached-mac";

  /** The id of its network. */
  static final String NETWORK = "overlane-network";

  /** Its addresses, separated by commas or blanks. */
  static final String IPS = "overlane-ips";

  private static final Splitter ADDRESSES = Splitter.on(CharMatcher.anyOf(", ")).omitEmptyStrings();
  private static final ModelReader READER = new ModelReader();

  private final List<EndpointConfig> endpoints = new ArrayList<>();
  private final List<Warning> warnings = new ArrayList<>();

  private Attachments() {}

  static Attachments of(NodeId device, BridgeFacts bridge) {
    Attachments attachments = new Attachments();
    for (PortFacts port : bridge.ports()) {
      // A port whose network nobody gives is somebody else's business.
      if (port.externalIds().containsKey(NETWORK)) {
        attachments.add(device, port);
      }
    }
    return attachments;
  }

  /** By port name. */
  ImmutableList<EndpointConfig> endpoints() {
    return ImmutableList.copyOf(endpoints);
  }

  ImmutableList<Warning> warnings() {
    return ImmutableList.copyOf(warnings);
  }

  private void add(NodeId device, PortFacts port) {
    if (!port.externalIds().containsKey(MAC)) {
      warn(port, "it has " + NETWORK + ", but no " + MAC, "Set external_ids:" + MAC);
    } else if (port.number().isPresent()) {
      // Without a number it is being added, or has an error that is reported anyway.
      try {
        endpoints.add(READER.readEndpoint(json(device, port).toString()));
      } catch (ConfigException e) {
        Problem first = e.problems().get(0);
        warn(
            port,
            "its external ids make no endpoint: "
                + field(first.path())
                + " ("
                + first.value()
                + ") "
                + first.message(),
            first.remedy());
      }
    }
  }

  private static ObjectNode json(NodeId device, PortFacts port) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("network", port.externalIds().get(NETWORK));
    json.put("mac", port.externalIds().get(MAC));
    json.put("device", device.toString());
    FlowTablesJson.putPort(json, "port", port.number().get());
    ArrayNode ips = json.putArray("ips");
    ADDRESSES.split(port.externalIds().getOrDefault(IPS, "")).forEach(ips::add);
    return json;
  }

  /** The external id that a field of an endpoint is made of. */
  private static String field(String path) {
    switch (path) {
      case "network":
        return NETWORK;
      case "mac":
        return MAC;
      default:
        return path.startsWith("ips") ? IPS : path;
    }
  }

  private void warn(PortFacts port, String message, String remedy) {
    warnings.add(Warning.of("port " + port.name(), message, remedy));
  }
}
