/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.discovery;

import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.tunnels.ovsdb.Database;
import org.overlane.tunnels.ovsdb.Row;

/**
 * Reads the database of Open vSwitch. What a version does not have, what is being made, and what
 * makes no sense is left out.
 */
public final class Discovery {
  /** The database. */
  public static final String DATABASE = "Open_vSwitch";

  private static final String HOST = "Open_vSwitch";
  private static final String BRIDGE = "Bridge";
  private static final String PORT = "Port";
  private static final String INTERFACE = "Interface";
  private static final String CONTROLLER = "Controller";
  private static final String DATAPATH = "Datapath";

  /** The columns that are read, by table. */
  public static final ImmutableSetMultimap<String, String> COLUMNS =
      ImmutableSetMultimap.<String, String>builder()
          .putAll(HOST, "ovs_version", "datapath_types", "datapaths", "bridges")
          .putAll(BRIDGE, "name", "datapath_id", "datapath_type", "fail_mode", "protocols")
          .putAll(BRIDGE, "controller", "ports", "external_ids")
          .putAll(PORT, "name", "interfaces", "external_ids", "tag", "trunks", "vlan_mode")
          .putAll(INTERFACE, "name", "ofport", "mac_in_use", "mtu", "link_state", "type")
          .putAll(INTERFACE, "options", "external_ids", "error")
          .putAll(CONTROLLER, "target", "is_connected", "external_ids")
          .putAll(DATAPATH, "capabilities")
          .build();

  /** OFPP_LOCAL of OpenFlow 1.0, whose port numbers the database uses. */
  private static final long LOCAL = 0xfffe;

  /** OFPP_MAX of OpenFlow 1.0, before the reserved numbers. */
  private static final long LAST_PORT = 0xfeff;

  private static final int LARGEST_MTU = 65_535;
  private static final Pattern DATAPATH_ID = Pattern.compile("[0-9a-f]{16}");

  private final Database database;
  private final Map<String, UUID> datapaths = new HashMap<>();

  private Discovery(Database database) {
    this.database = database;
  }

  /** What the database says. */
  public static HostFacts of(Database database) {
    return new Discovery(database).host();
  }

  private HostFacts host() {
    Optional<Row> host = database.rows(HOST).stream().findFirst();
    host.ifPresent(row -> datapaths.putAll(row.referenceMap("datapaths")));
    return HostFacts.of(
        host.flatMap(row -> row.text("ovs_version")),
        host.map(row -> row.texts("datapath_types")).orElse(ImmutableList.of()),
        database.rows(BRIDGE).stream()
            .map(this::bridge)
            .sorted(Comparator.comparing(BridgeFacts::name))
            .collect(ImmutableList.toImmutableList()));
  }

  /** The device that a row of the table of bridges is; absent while the bridge is being made. */
  public static Optional<NodeId> device(Row bridge) {
    return bridge
        .text("datapath_id")
        .filter(id -> DATAPATH_ID.matcher(id).matches())
        .map(id -> NodeId.of("of:" + id));
  }

  private BridgeFacts bridge(Row row) {
    String type = row.text("datapath_type").orElse("system");
    return BridgeFacts.builder()
        .name(row.text("name").orElse(""))
        .device(device(row))
        .datapathType(type)
        .capabilities(
            Optional.ofNullable(datapaths.get(type))
                .flatMap(id -> database.row(DATAPATH, id))
                .map(datapath -> datapath.map("capabilities"))
                .orElse(ImmutableSortedMap.of()))
        .failMode(row.text("fail_mode"))
        .protocols(ImmutableSortedSet.copyOf(row.texts("protocols")))
        .controllers(
            referred(row, "controller", CONTROLLER)
                .map(
                    c ->
                        BridgeFacts.Controller.of(
                            c.text("target").orElse(""), c.flag("is_connected").orElse(false)))
                .sorted(Comparator.comparing(BridgeFacts.Controller::target))
                .collect(ImmutableList.toImmutableList()))
        .ports(
            referred(row, "ports", PORT)
                .flatMap(
                    port -> referred(port, "interfaces", INTERFACE).map(face -> port(port, face)))
                .sorted(Comparator.comparing(PortFacts::name))
                .collect(ImmutableList.toImmutableList()))
        .build();
  }

  private Stream<Row> referred(Row row, String column, String table) {
    return row.references(column).stream()
        .map(id -> database.row(table, id))
        .filter(Optional::isPresent)
        .map(Optional::get);
  }

  private static PortFacts port(Row port, Row face) {
    Map<String, String> ids = new TreeMap<>(port.map("external_ids"));
    ids.putAll(face.map("external_ids"));
    return PortFacts.builder()
        .name(face.text("name").orElse(""))
        .number(number(face.number("ofport")))
        .mac(face.text("mac_in_use").flatMap(Discovery::mac))
        .mtu(mtu(face.number("mtu")))
        .linkUp(face.text("link_state").map("up"::equals))
        .type(face.text("type").orElse("system"))
        .options(face.map("options"))
        .externalIds(ImmutableSortedMap.copyOf(ids))
        .vlanSettings(vlanSettings(port))
        .error(face.text("error"))
        .build();
  }

  private static ImmutableList<String> vlanSettings(Row port) {
    ImmutableList.Builder<String> settings = ImmutableList.builder();
    port.text("vlan_mode").ifPresent(mode -> settings.add("vlan_mode=" + mode));
    port.number("tag").ifPresent(tag -> settings.add("tag=" + tag));
    if (!port.numbers("trunks").isEmpty()) {
      settings.add("trunks=" + Joiner.on(',').join(port.numbers("trunks")));
    }
    return settings.build();
  }

  private static Optional<OfPort> number(OptionalLong number) {
    long value = number.orElse(-1);
    if (value == LOCAL) {
      return Optional.of(OfPort.LOCAL);
    }
    return value >= 1 && value <= LAST_PORT ? Optional.of(OfPort.of(value)) : Optional.empty();
  }

  private static Optional<MacAddress> mac(String text) {
    return parsed(text, MacAddress::parse).filter(MacAddress::isUnicast);
  }

  /** An interface may carry more than an IP packet can be long; lo does. */
  private static OptionalInt mtu(OptionalLong mtu) {
    return mtu.orElse(0) >= 1
        ? OptionalInt.of((int) Math.min(mtu.getAsLong(), LARGEST_MTU))
        : OptionalInt.empty();
  }

  private static <T> Optional<T> parsed(String text, Function<String, T> parser) {
    try {
      return Optional.of(parser.apply(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
