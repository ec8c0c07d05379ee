/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.provision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.overlane.config.DeviceConfig;
import org.overlane.config.PortRef;
import org.overlane.config.ProvisionConfig;
import org.overlane.config.TunnelConfig;
import org.overlane.flowrules.model.NodeId;
import org.overlane.tunnels.discovery.Warning;
import org.overlane.tunnels.ovsdb.Database;
import org.overlane.tunnels.ovsdb.Row;

/** Makes the plan of one bridge. Used once; not thread-safe. */
final class BridgePlanner {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String BRIDGE = "Bridge";
  private static final String PORT = "Port";
  private static final String INTERFACE = "Interface";
  private static final String CONTROLLER = "Controller";
  private static final String IDS = "external_ids";
  private static final String SECURE = "secure";
  private static final String OPENFLOW13 = "OpenFlow13";

  /** The pipeline sets remote and VNI; without DF, routers and kernels may fragment. */
  private static final ImmutableMap<String, String> TUNNEL_OPTIONS =
      ImmutableMap.of("df_default", "false", "key", "flow", "remote_ip", "flow");

  private final Database database;
  private final Row bridge;
  private final String name;
  private final String owner;
  private final List<String> changes = new ArrayList<>();
  private final List<Warning> conflicts = new ArrayList<>();
  private final Operations operations = new Operations();

  BridgePlanner(Database database, Row bridge, String owner) {
    this.database = database;
    this.bridge = bridge;
    this.name = bridge.text("name").orElse("");
    this.owner = owner;
  }

  /**
   * The plan.
   *
   * @param device the declaration, if it allows anything
   */
  ProvisionPlan plan(NodeId id, Optional<DeviceConfig> device) {
    Optional<ProvisionConfig> allowed = device.flatMap(DeviceConfig::provision);
    planFailMode(allowed.isPresent());
    planProtocols(allowed.isPresent());
    planControllers(allowed.map(ProvisionConfig::controllers).orElse(ImmutableSortedSet.of()));
    planTunnelPort(device.flatMap(BridgePlanner::tunnelPort));
    return ProvisionPlan.of(
        id, name, allowed.map(ProvisionConfig::policy), changes, conflicts, operations);
  }

  /** A port that is given by number is there already, or else it is a mistake. */
  private static Optional<String> tunnelPort(DeviceConfig device) {
    return device
        .tunnel()
        .filter(tunnel -> device.provision().get().tunnel())
        .filter(TunnelConfig.Native.class::isInstance)
        .map(tunnel -> ((TunnelConfig.Native) tunnel).port())
        .flatMap(PortRef::name);
  }

  private boolean isMarked(String mark) {
    return owner.equals(bridge.map(IDS).get(mark));
  }

  private boolean isOurs(Row row) {
    return owner.equals(row.map(IDS).get(Provisioning.OWNER));
  }

  private void planFailMode(boolean wanted) {
    Optional<String> mode = bridge.text("fail_mode");
    JsonNode asRead = mode.isPresent() ? text(mode.get()) : Operations.set();
    if (wanted && !mode.isPresent()) {
      changes.add("set fail_mode=" + SECURE + " of bridge " + name);
      operations.expect(BRIDGE, bridge.id(), "fail_mode", asRead);
      operations.set(BRIDGE, bridge.id(), "fail_mode", text(SECURE));
      operations.put(BRIDGE, bridge.id(), IDS, Provisioning.FAIL_MODE, owner);
    } else if (wanted && !mode.get().equals(SECURE)) {
      conflict(
          "bridge " + name,
          "somebody has set fail_mode=" + mode.get() + ", which stands",
          "ovs-vsctl del-fail-mode " + name);
    } else if (!wanted && isMarked(Provisioning.FAIL_MODE)) {
      changes.add("take back fail_mode of bridge " + name);
      operations.expect(BRIDGE, bridge.id(), "fail_mode", asRead);
      if (mode.equals(Optional.of(SECURE))) {
        operations.set(BRIDGE, bridge.id(), "fail_mode", Operations.set());
      }
      operations.remove(BRIDGE, bridge.id(), IDS, Provisioning.FAIL_MODE);
    }
  }

  private void planProtocols(boolean wanted) {
    Set<String> enabled = new TreeSet<>(bridge.texts("protocols"));
    JsonNode asRead =
        Operations.set(enabled.stream().map(BridgePlanner::text).toArray(JsonNode[]::new));
    // Without any, Open vSwitch enables all that are usual, OpenFlow 1.3 among them.
    if (wanted && !enabled.isEmpty() && !enabled.contains(OPENFLOW13)) {
      changes.add("enable " + OPENFLOW13 + " for bridge " + name);
      operations.expect(BRIDGE, bridge.id(), "protocols", asRead);
      operations.mutate(
          BRIDGE, bridge.id(), "protocols", "insert", Operations.set(text(OPENFLOW13)));
      operations.put(BRIDGE, bridge.id(), IDS, Provisioning.PROTOCOLS, owner);
    } else if (!wanted && isMarked(Provisioning.PROTOCOLS)) {
      changes.add("take back " + OPENFLOW13 + " of bridge " + name);
      operations.mutate(
          BRIDGE, bridge.id(), "protocols", "delete", Operations.set(text(OPENFLOW13)));
      operations.remove(BRIDGE, bridge.id(), IDS, Provisioning.PROTOCOLS);
    }
  }

  private void planControllers(Set<String> wanted) {
    Set<String> foreign = new TreeSet<>();
    Map<String, UUID> ours = new TreeMap<>();
    for (Row row : referred(bridge, "controller", CONTROLLER)) {
      String target = row.text("target").orElse("");
      if (isOurs(row)) {
        ours.put(target, row.id());
      } else {
        foreign.add(target);
      }
    }
    Set<String> missing = Sets.difference(Sets.difference(wanted, foreign), ours.keySet());
    if (!missing.isEmpty() && !foreign.isEmpty()) {
      conflict(
          "bridge " + name,
          "somebody has given it the controller "
              + String.join(", ", foreign)
              + ", which stands: "
              + String.join(", ", missing)
              + " is not added",
          "Remove it (ovs-vsctl del-controller " + name + "), or correct provision.controllers");
    } else if (!missing.isEmpty()) {
      // All of them are in the guard, so that nobody's controller is joined unawares.
      operations.expect(BRIDGE, bridge.id(), "controller", references(bridge, "controller"));
      missing.forEach(this::addController);
    }
    Sets.difference(ours.keySet(), wanted)
        .forEach(target -> drop("controller", ours.get(target), "remove controller " + target));
  }

  private void addController(String target) {
    changes.add("add controller " + target + " to bridge " + name);
    ObjectNode row = marked();
    row.put("target", target);
    JsonNode made = operations.insert(CONTROLLER, row);
    operations.mutate(BRIDGE, bridge.id(), "controller", "insert", Operations.set(made));
  }

  private void planTunnelPort(Optional<String> wanted) {
    for (Row port : referred(bridge, "ports", PORT)) {
      String portName = port.text("name").orElse("");
      if (isOurs(port) && !wanted.equals(Optional.of(portName))) {
        drop("ports", port.id(), "remove port " + portName);
      }
    }
    wanted.ifPresent(this::planTunnelPort);
  }

  private void planTunnelPort(String wanted) {
    Optional<Row> port = named(PORT, wanted);
    Optional<Row> face = named(INTERFACE, wanted);
    if (!port.isPresent() && !face.isPresent()) {
      addTunnelPort(wanted);
    } else if (!port.isPresent()
        || !face.isPresent()
        || !port.get().references("interfaces").contains(face.get().id())
        || !bridge.references("ports").contains(port.get().id())) {
      conflict(
          "port " + wanted,
          "a port of this name is elsewhere on the host, and stands",
          "Give the tunnel of the device another port name, or remove that port");
    } else {
      fitTunnelPort(wanted, face.get(), isOurs(port.get()) && isOurs(face.get()));
    }
  }

  private void addTunnelPort(String port) {
    changes.add("add port " + port + " (vxlan, " + TUNNEL_OPTIONS + ") to bridge " + name);
    operations.expectNone(PORT, port);
    operations.expectNone(INTERFACE, port);
    ObjectNode face = marked();
    face.put("name", port).put("type", "vxlan").set("options", Operations.map(TUNNEL_OPTIONS));
    JsonNode madeFace = operations.insert(INTERFACE, face);
    ObjectNode row = marked();
    row.put("name", port).set("interfaces", madeFace);
    JsonNode made = operations.insert(PORT, row);
    operations.mutate(BRIDGE, bridge.id(), "ports", "insert", Operations.set(made));
  }

  private void fitTunnelPort(String port, Row face, boolean ours) {
    Map<String, String> options = face.map("options");
    boolean vxlan = face.text("type").equals(Optional.of("vxlan"));
    boolean flowBased =
        "flow".equals(options.get("remote_ip")) && "flow".equals(options.get("key"));
    if (!ours && !(vxlan && flowBased)) {
      conflict(
          "port " + port,
          "somebody has made it, and it is no flow-based VXLAN port; it stands",
          "Give the tunnel of the device another port name, or remove the port (ovs-vsctl del-port "
              + port
              + ")");
    } else if (ours && !(vxlan && options.entrySet().containsAll(TUNNEL_OPTIONS.entrySet()))) {
      changes.add("correct type and options of port " + port + " of bridge " + name);
      operations.expect(INTERFACE, face.id(), "options", Operations.map(options));
      operations.set(INTERFACE, face.id(), "type", text("vxlan"));
      TUNNEL_OPTIONS.forEach(
          (key, value) -> operations.put(INTERFACE, face.id(), "options", key, value));
    }
  }

  /** Takes a row of ours out of the bridge; the server then forgets it. */
  private void drop(String column, UUID row, String what) {
    changes.add(what + " from bridge " + name);
    String table = column.equals("ports") ? PORT : CONTROLLER;
    operations.expect(table, row, IDS, Operations.map(database.row(table, row).get().map(IDS)));
    operations.mutate(
        BRIDGE, bridge.id(), column, "delete", Operations.set(Operations.reference(row)));
  }

  private Optional<Row> named(String table, String wanted) {
    return database.rows(table).stream()
        .filter(row -> row.text("name").equals(Optional.of(wanted)))
        .findFirst();
  }

  private List<Row> referred(Row row, String column, String table) {
    return row.references(column).stream()
        .map(id -> database.row(table, id).orElse(null))
        .filter(Objects::nonNull)
        .collect(Collectors.toList());
  }

  private static JsonNode references(Row row, String column) {
    return Operations.set(
        row.references(column).stream().map(Operations::reference).toArray(JsonNode[]::new));
  }

  private ObjectNode marked() {
    ObjectNode row = JSON.objectNode();
    row.set(IDS, Operations.map(ImmutableMap.of(Provisioning.OWNER, owner)));
    return row;
  }

  private static JsonNode text(String text) {
    return JSON.textNode(text);
  }

  private void conflict(String subject, String message, String remedy) {
    conflicts.add(Warning.of(subject, message, remedy));
  }
}
