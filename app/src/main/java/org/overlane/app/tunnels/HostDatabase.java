/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.tunnels;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.overlane.config.DeviceConfig;
import org.overlane.config.OvsdbAddress;
import org.overlane.flowrules.model.NodeId;
import org.overlane.tunnels.discovery.DeviceDiscovery;
import org.overlane.tunnels.discovery.Discovery;
import org.overlane.tunnels.discovery.HostFacts;
import org.overlane.tunnels.ovsdb.Database;
import org.overlane.tunnels.ovsdb.OvsdbClient;
import org.overlane.tunnels.ovsdb.OvsdbClients;

/** The database of one host, and what is known from it. Thread-safe. */
final class HostDatabase {
  private final OvsdbAddress address;
  private final OvsdbClient client;
  private final ConcurrentMap<NodeId, Known> devices = new ConcurrentHashMap<>();
  private volatile Optional<HostFacts> facts = Optional.empty();

  // Confined to the event loop of the client.
  private Optional<Database> seen = Optional.empty();

  /**
   * Begins to follow a database.
   *
   * @param changed told when the facts have changed; called from an event loop
   */
  HostDatabase(OvsdbClients clients, OvsdbAddress address, Runnable changed) {
    this.address = address;
    this.client =
        clients.open(
            address.toSocketAddress(),
            Discovery.DATABASE,
            Discovery.COLUMNS,
            following -> look(following, changed));
  }

  private void look(OvsdbClient following, Runnable changed) {
    Optional<Database> now = following.database();
    if (now.isPresent() && !(seen.isPresent() && seen.get() == now.get())) {
      seen = now;
      HostFacts read = Discovery.of(now.get());
      Optional<HostFacts> next = Optional.of(facts.map(read::after).orElse(read));
      if (!next.equals(facts)) {
        facts = next;
        changed.run();
      }
    }
  }

  boolean isRead() {
    return facts.isPresent();
  }

  void close() {
    client.close();
  }

  /** What is known of a device; not computed again while neither it nor the host has changed. */
  Optional<DeviceDiscovery> discovery(DeviceConfig device) {
    return facts.map(
        host ->
            devices.compute(
                    device.id(),
                    (id, known) ->
                        known != null && known.host == host && known.device.equals(device)
                            ? known
                            : new Known(device, host))
                .discovery);
  }

  OvsdbReport report(DeviceConfig device) {
    return OvsdbReport.of(
        address, client.state(), facts.flatMap(HostFacts::version), discovery(device));
  }

  private static final class Known {
    private final DeviceConfig device;
    private final HostFacts host;
    private final DeviceDiscovery discovery;

    Known(DeviceConfig device, HostFacts host) {
      this.device = device;
      this.host = host;
      this.discovery = DeviceDiscovery.of(device, host);
    }
  }
}
