/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.tunnels;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.overlane.config.DeviceConfig;
import org.overlane.config.OvsdbAddress;
import org.overlane.flowrules.model.NodeId;
import org.overlane.tunnels.discovery.BridgeFacts;
import org.overlane.tunnels.discovery.DeviceDiscovery;
import org.overlane.tunnels.discovery.Discovery;
import org.overlane.tunnels.discovery.HostFacts;
import org.overlane.tunnels.ovsdb.ConnectionState;
import org.overlane.tunnels.ovsdb.Database;
import org.overlane.tunnels.ovsdb.OvsdbClient;

/** The database of one host, and what is known from it. Thread-safe. */
final class HostDatabase {
  private final OvsdbAddress address;
  private final Runnable changed;
  private volatile Optional<OvsdbClient> client = Optional.empty();
  private final HostProvisioning provisioning;
  private final ConcurrentMap<NodeId, Known> devices = new ConcurrentHashMap<>();
  private volatile Optional<HostFacts> facts = Optional.empty();

  // Confined to the event loop of the client.
  private Optional<Database> seen = Optional.empty();

  /**
   * A database of which nothing is known yet.
   *
   * @param changed told when the facts have changed; called from an event loop
   */
  HostDatabase(OvsdbAddress address, HostProvisioning provisioning, Runnable changed) {
    this.address = address;
    this.provisioning = provisioning;
    this.changed = changed;
  }

  /** Follows it by this client, which reports to {@link #look}. */
  void use(OvsdbClient following) {
    client = Optional.of(following);
  }

  /** What is known of the host from an earlier connection counts until it is known anew. */
  void continueFrom(HostDatabase earlier) {
    facts = earlier.facts;
  }

  /** The client has something to report. Called from its event loop. */
  void look(OvsdbClient following) {
    provisioning.look(following);
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

  /** What may be set up there from now on. */
  void allow(ImmutableList<DeviceConfig> devices, ImmutableSet<NodeId> elsewhere) {
    provisioning.allow(devices, elsewhere);
  }

  /** The bridges that the host has. */
  ImmutableList<BridgeFacts> bridges() {
    return facts.map(HostFacts::bridges).orElse(ImmutableList.of());
  }

  boolean has(NodeId device) {
    return facts.flatMap(host -> host.bridge(device)).isPresent();
  }

  /** Whether there was a connection, and it has ended. */
  boolean hasBeenLost() {
    return client.filter(c -> c.state().phase() == ConnectionState.Phase.WAITING).isPresent();
  }

  boolean isConnected() {
    return client.filter(c -> c.state().phase() == ConnectionState.Phase.CONNECTED).isPresent();
  }

  /** Whether nothing is left to be set up or removed, as far as it can be known. */
  boolean isSettled() {
    return !isRead() || provisioning.isSettled();
  }

  boolean isRead() {
    return facts.isPresent();
  }

  /** Does something later, unless the connection is ended before. */
  void later(long millis, Runnable work) {
    client.ifPresent(c -> c.later(millis, work));
  }

  void close() {
    client.ifPresent(OvsdbClient::close);
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
        address,
        client.map(OvsdbClient::state).orElseGet(() -> ConnectionState.initial(Instant.now())),
        facts.flatMap(HostFacts::version),
        discovery(device),
        provisioning.report(device));
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
