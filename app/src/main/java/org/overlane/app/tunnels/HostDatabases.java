/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.tunnels;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.overlane.app.model.DiscoveredPorts;
import org.overlane.app.reconcile.Notice;
import org.overlane.config.DeviceConfig;
import org.overlane.config.EndpointConfig;
import org.overlane.config.OvsdbAddress;
import org.overlane.config.PortRef;
import org.overlane.flowrules.model.NodeId;
import org.overlane.tunnels.discovery.BridgeFacts;
import org.overlane.tunnels.discovery.DeviceDiscovery;
import org.overlane.tunnels.discovery.PortFacts;
import org.overlane.tunnels.ovsdb.ClientSettings;
import org.overlane.tunnels.ovsdb.ConnectionState;
import org.overlane.tunnels.ovsdb.OvsdbClients;

/** The databases of all hosts, one connection for each. Thread-safe. */
public final class HostDatabases implements AutoCloseable {
  private final Runnable changed;
  private final OvsdbClients clients;
  private final Map<OvsdbAddress, HostDatabase> hosts = new ConcurrentHashMap<>();
  private boolean closed;

  /**
   * Follows nothing yet.
   *
   * @param changed told when something that was discovered has changed; called from any thread,
   *     must not block
   */
  public HostDatabases(ClientSettings settings, Runnable changed) {
    this.changed = changed;
    this.clients = new OvsdbClients(settings);
  }

  /** From now on follows the databases of these devices, and no others. Does not wait. */
  public synchronized void follow(Iterable<DeviceConfig> devices) {
    ImmutableSet.Builder<OvsdbAddress> declared = ImmutableSet.builder();
    devices.forEach(device -> device.ovsdb().ifPresent(declared::add));
    Set<OvsdbAddress> wanted = closed ? ImmutableSet.of() : declared.build();
    for (OvsdbAddress gone : Sets.difference(hosts.keySet(), wanted).immutableCopy()) {
      hosts.remove(gone).close();
    }
    for (OvsdbAddress address : wanted) {
      hosts.computeIfAbsent(address, a -> new HostDatabase(clients, a, changed));
    }
  }

  /** The databases that are followed, but have not been read yet. */
  public ImmutableSet<OvsdbAddress> unread() {
    return hosts.entrySet().stream()
        .filter(host -> !host.getValue().isRead())
        .map(Map.Entry::getKey)
        .collect(Collectors.collectingAndThen(Collectors.toSet(), ImmutableSet::copyOf));
  }

  /** How the database of a device is doing; empty if it has none that is followed. */
  public Optional<OvsdbReport> report(DeviceConfig device) {
    return device.ovsdb().map(hosts::get).map(host -> host.report(device));
  }

  /** What people should know about the host of a device. */
  public ImmutableList<Notice> notices(DeviceConfig device) {
    Optional<OvsdbReport> report = report(device);
    if (!report.isPresent()) {
      return ImmutableList.of();
    }
    ImmutableList.Builder<Notice> notices = ImmutableList.builder();
    ConnectionState connection = report.get().connection();
    if (connection.phase() == ConnectionState.Phase.WAITING) {
      notices.add(
          Notice.of(
              "database " + report.get().address(),
              "it is away, and what was last read of it stays in force: "
                  + connection.lastError().orElse(""),
              "Let the host listen: ovs-vsctl set-manager ptcp:"
                  + report.get().address().port()
                  + ":ADDRESS"));
    }
    report
        .get()
        .discovery()
        .ifPresent(
            discovery ->
                discovery
                    .warnings()
                    .forEach(w -> notices.add(Notice.of(w.subject(), w.message(), w.remedy()))));
    return notices.build();
  }

  /** Adds what is known of these devices to what their switches report. */
  public void addTo(DiscoveredPorts.Builder ports, Iterable<DeviceConfig> devices) {
    for (DeviceConfig device : devices) {
      device
          .ovsdb()
          .map(hosts::get)
          .flatMap(host -> host.discovery(device))
          .ifPresent(discovery -> add(ports, device, discovery));
    }
  }

  private static void add(
      DiscoveredPorts.Builder ports, DeviceConfig device, DeviceDiscovery discovery) {
    discovery
        .bridge()
        .ifPresent(
            bridge -> {
              device.uplinks().forEach(uplink -> addMtu(ports, device.id(), bridge, uplink.port()));
              bridge.ports().forEach(port -> addTunnel(ports, device.id(), discovery, port));
            });
    for (EndpointConfig endpoint : discovery.endpoints()) {
      ports.endpoint(endpoint);
    }
  }

  private static void addMtu(
      DiscoveredPorts.Builder ports, NodeId id, BridgeFacts bridge, PortRef uplink) {
    bridge
        .port(uplink)
        .ifPresent(port -> port.mtu().ifPresent(mtu -> ports.mtu(id, uplink, mtu)));
  }

  private static void addTunnel(
      DiscoveredPorts.Builder ports, NodeId id, DeviceDiscovery discovery, PortFacts port) {
    if (port.isVxlan() && port.number().isPresent()) {
      discovery
          .fragmentsOver(port)
          .ifPresent(families -> ports.fragmentsOver(id, port.number().get(), families));
    }
  }

  /** Ends all connections. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      hosts.clear();
    }
    clients.close();
  }
}
