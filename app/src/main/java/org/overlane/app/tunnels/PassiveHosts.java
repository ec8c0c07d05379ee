/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.tunnels;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.overlane.config.DeviceConfig;
import org.overlane.flowrules.model.NodeId;
import org.overlane.tunnels.discovery.BridgeFacts;
import org.overlane.tunnels.discovery.Discovery;
import org.overlane.tunnels.ovsdb.ConnectionState;
import org.overlane.tunnels.ovsdb.OvsdbClient;

/**
 * Hosts whose databases connect by themselves. Which one it is, the datapath ids of its bridges
 * tell. If two claim a bridge, the one that has been connected for longer has it. A host that has
 * gone is remembered until it, or another one with a bridge of it, is there. Hosts that nobody has
 * declared are named and otherwise ignored. Thread-safe.
 */
final class PassiveHosts {
  private final Function<OvsdbClient, HostDatabase> hosts;

  // Guarded by this.
  private final Map<OvsdbClient, HostDatabase> present = new LinkedHashMap<>();
  private ImmutableList<DeviceConfig> devices = ImmutableList.of();
  private ImmutableSet<NodeId> elsewhere = ImmutableSet.of();

  /**
   * No host is there yet.
   *
   * @param hosts makes what follows a connection
   */
  PassiveHosts(Function<OvsdbClient, HostDatabase> hosts) {
    this.hosts = hosts;
  }

  /** What may be set up from now on, and what others see to. */
  synchronized void allow(ImmutableList<DeviceConfig> declared, ImmutableSet<NodeId> others) {
    devices = declared;
    elsewhere = others;
    present.values().forEach(host -> host.allow(devices, elsewhere));
    forget();
  }

  /** A connection has something to report. Called from its event loop. */
  void look(OvsdbClient client) {
    HostDatabase host;
    synchronized (this) {
      host = present.computeIfAbsent(client, this::arrived);
      if (!host.isRead() && client.database().isPresent()) {
        succeed(host, client);
      }
    }
    host.look(client);
    if (client.state().phase() == ConnectionState.Phase.WAITING) {
      synchronized (this) {
        forget();
      }
    }
  }

  private HostDatabase arrived(OvsdbClient client) {
    HostDatabase host = hosts.apply(client);
    host.allow(devices, elsewhere);
    return host;
  }

  /** Takes the place of an earlier connection of the same host. */
  private void succeed(HostDatabase host, OvsdbClient client) {
    ImmutableSet<NodeId> bridges =
        Discovery.of(client.database().get()).bridges().stream()
            .map(BridgeFacts::device)
            .filter(Optional::isPresent)
            .map(Optional::get)
            .collect(ImmutableSet.toImmutableSet());
    present
        .values()
        .removeIf(
            other -> {
              boolean same =
                  other != host && !other.isConnected() && bridges.stream().anyMatch(other::has);
              if (same) {
                host.continueFrom(other);
              }
              return same;
            });
  }

  /** Whoever has gone is remembered only for what it tells of a declared device. */
  private void forget() {
    present
        .values()
        .removeIf(
            host ->
                !host.isConnected()
                    && host.hasBeenLost()
                    && devices.stream().noneMatch(device -> host.has(device.id())));
  }

  /** The host that has this device: one that is connected, if there is any. */
  synchronized Optional<HostDatabase> of(NodeId device) {
    Optional<HostDatabase> connected =
        present.values().stream().filter(h -> h.isConnected() && h.has(device)).findFirst();
    return connected.isPresent()
        ? connected
        : present.values().stream().filter(h -> h.has(device)).findFirst();
  }

  /**
   * Where hosts are connected that have this device: more than one if they have the same datapath
   * id, the first of them is the one that is believed.
   */
  synchronized ImmutableList<String> claims(NodeId device) {
    return present.entrySet().stream()
        .filter(entry -> entry.getValue().isConnected() && entry.getValue().has(device))
        .map(entry -> entry.getKey().address().toString())
        .collect(ImmutableList.toImmutableList());
  }

  /** Whether a declared device has not been heard of. */
  synchronized boolean isAnyMissing() {
    return devices.stream().anyMatch(device -> !of(device.id()).isPresent());
  }

  /** Hosts that are connected and have no declared device: address and bridges of each. */
  synchronized ImmutableList<String> unknown() {
    return present.entrySet().stream()
        .filter(entry -> entry.getValue().isConnected() && entry.getValue().isRead())
        .filter(entry -> devices.stream().noneMatch(device -> entry.getValue().has(device.id())))
        .map(entry -> entry.getKey().address() + ": " + bridges(entry.getValue()))
        .collect(ImmutableList.toImmutableList());
  }

  private static String bridges(HostDatabase host) {
    return host.bridges().stream()
        .map(PassiveHosts::text)
        .collect(Collectors.joining(", ", "bridges ", ""));
  }

  private static String text(BridgeFacts bridge) {
    return bridge.name() + bridge.device().map(id -> " (" + id + ")").orElse("");
  }

  synchronized void clear() {
    present.clear();
  }
}
