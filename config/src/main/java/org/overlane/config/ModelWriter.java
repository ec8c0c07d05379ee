/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.Zone;

/**
 * Writes the JSON that {@link ModelReader} reads, in one canonical form: fields in a fixed order,
 * devices, networks and endpoints by id, defaults of single-valued fields spelled out. Reading it
 * gives an equal value.
 */
public final class ModelWriter {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final ObjectWriter PRETTY = new ObjectMapper().writerWithDefaultPrettyPrinter();

  private ModelWriter() {}

  /** Indented text with a newline at the end. */
  public static String write(ModelDocument document) {
    return text(toJson(document));
  }

  /** Any JSON of this package as indented text with a newline at the end. */
  public static String text(ObjectNode json) {
    try {
      return PRETTY.writeValueAsString(json) + "\n";
    } catch (JsonProcessingException e) {
      throw new AssertionError("a JSON tree can always be written", e);
    }
  }

  public static ObjectNode toJson(ModelDocument document) {
    ObjectNode json = JSON.objectNode();
    ObjectNode devices = json.putObject("devices");
    document
        .devices()
        .forEach((id, device) -> devices.putObject(id.toString()).set("overlane", toJson(device)));
    ArrayNode networks = json.putArray("networks");
    document.networks().values().forEach(n -> networks.add(toJson(n)));
    ArrayNode endpoints = json.putArray("endpoints");
    document.endpoints().values().forEach(e -> endpoints.add(toJson(e)));
    return json;
  }

  /** The content of {@code devices/<id>/overlane}; the id itself is not in it. */
  public static ObjectNode toJson(DeviceConfig device) {
    ObjectNode json = JSON.objectNode();
    device.name().ifPresent(name -> json.put("name", name));
    json.put("profile", device.profile().text());
    if (!device.uplinks().isEmpty()) {
      ArrayNode uplinks = json.putArray("uplinks");
      device.uplinks().forEach(u -> uplinks.add(toJson(u)));
    }
    if (!device.vteps().isEmpty()) {
      ArrayNode vteps = json.putArray("vteps");
      device.vteps().forEach(v -> vteps.add(v.toString()));
    }
    if (!device.zones().equals(Zone.DEFAULT)) {
      ArrayNode zones = json.putArray("zones");
      device.zones().forEach(z -> zones.add(z.toString()));
    }
    device.tunnel().ifPresent(tunnel -> json.set("tunnel", toJson(tunnel)));
    device.underlayMtu().ifPresent(bytes -> json.put("underlayMtu", bytes));
    device.fragmentRate().ifPresent(rate -> json.put("fragmentRate", rate));
    device.replication().ifPresent(r -> json.put("replication", r.text()));
    device.host().ifPresent(host -> json.put("host", host.toString()));
    device.ovsdb().ifPresent(address -> json.put("ovsdb", address.toString()));
    device.provision().ifPresent(provision -> json.set("provision", toJson(provision)));
    return json;
  }

  public static ObjectNode toJson(Network network) {
    ObjectNode json = JSON.objectNode();
    json.put("id", network.id().toString());
    json.put("vni", network.vni().toInt());
    network.underlay().ifPresent(family -> json.put("underlay", family.text()));
    json.put("mssClamping", network.mssClamping());
    if (network.advertiseMtu().size() > 1) {
      json.put("advertiseMtu", true);
    } else {
      network.advertiseMtu().forEach(a -> json.put("advertiseMtu", a.text()));
    }
    if (!network.gateways().isEmpty()) {
      ArrayNode gateways = json.putArray("gateways");
      network.gateways().forEach(g -> gateways.add(g.toString()));
    }
    return json.put("vlanTags", network.vlanTags());
  }

  public static ObjectNode toJson(EndpointConfig endpoint) {
    ObjectNode json = JSON.objectNode();
    json.put("id", endpoint.id());
    json.put("network", endpoint.network().toString());
    json.put("mac", endpoint.mac().toString());
    json.put("device", endpoint.device().toString());
    putPort(json, "port", endpoint.port());
    if (!endpoint.ips().isEmpty()) {
      ArrayNode ips = json.putArray("ips");
      endpoint.ips().forEach(ip -> ips.add(ip.toString()));
    }
    return json;
  }

  /** {@code {"path", "value", "message", "remedy"}}. */
  public static ObjectNode toJson(Problem problem) {
    return JSON.objectNode()
        .put("path", problem.path())
        .put("value", problem.value())
        .put("message", problem.message())
        .put("remedy", problem.remedy());
  }

  /** {@code {"device", "endpoint", "path", "reason", "remedy"}}, endpoint only where it is one. */
  public static ObjectNode toJson(Pending pending) {
    ObjectNode json = JSON.objectNode().put("device", pending.device().toString());
    pending.endpoint().ifPresent(id -> json.put("endpoint", id));
    return json.put("path", pending.path())
        .put("reason", pending.reason())
        .put("remedy", pending.remedy());
  }

  /** {@code {"problems": [...]}}: the body of a refusal. */
  public static ObjectNode toJson(ConfigException refusal) {
    ObjectNode json = JSON.objectNode();
    ArrayNode problems = json.putArray("problems");
    refusal.problems().forEach(p -> problems.add(toJson(p)));
    return json;
  }

  private static ObjectNode toJson(UplinkConfig uplink) {
    ObjectNode json = JSON.objectNode();
    putPort(json, "port", uplink.port());
    uplink
        .management()
        .ifPresent(
            management -> {
              ObjectNode inner = json.putObject("management");
              putPort(inner, "port", management.port());
              management.mac().ifPresent(mac -> inner.put("mac", mac.toString()));
            });
    return json;
  }

  private static ObjectNode toJson(ProvisionConfig provision) {
    ObjectNode json =
        JSON.objectNode()
            .put("policy", provision.policy().text())
            .put("tunnel", provision.tunnel());
    if (!provision.controllers().isEmpty()) {
      ArrayNode controllers = json.putArray("controllers");
      provision.controllers().forEach(controllers::add);
    }
    return json;
  }

  private static ObjectNode toJson(TunnelConfig tunnel) {
    ObjectNode json = JSON.objectNode().put("mode", tunnel.mode().text());
    if (tunnel instanceof TunnelConfig.Native) {
      putPort(json, "port", ((TunnelConfig.Native) tunnel).port());
    } else if (tunnel instanceof TunnelConfig.ManagementOs) {
      ObjectNode ports = json.putObject("ports");
      ((TunnelConfig.ManagementOs) tunnel)
          .ports()
          .forEach((network, port) -> putPort(ports, network.toString(), port));
    } else {
      ObjectNode ports = json.putObject("ports");
      ((TunnelConfig.PortPerRemote) tunnel)
          .ports()
          .forEach((remote, port) -> putPort(ports, remote.toString(), port));
    }
    // An empty list is no default: it says that the endpoint fragments nothing.
    tunnel
        .fragments()
        .ifPresent(
            families -> {
              ArrayNode fragments = json.putArray("fragments");
              families.forEach(family -> fragments.add(family.text()));
            });
    return json;
  }

  private static void putPort(ObjectNode json, String field, PortRef ref) {
    if (ref.port().isPresent()) {
      FlowTablesJson.putPort(json, field, ref.port().get());
    } else {
      json.put(field, ref.toString());
    }
  }
}
