/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.tunnels;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
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
import org.overlane.tunnels.discovery.Discovery;
import org.overlane.tunnels.discovery.PortFacts;
import org.overlane.tunnels.ovsdb.ClientSettings;
import org.overlane.tunnels.ovsdb.ConnectionState;
import org.overlane.tunnels.ovsdb.OvsdbClient;
import org.overlane.tunnels.ovsdb.OvsdbClients;
import org.overlane.tunnels.ovsdb.OvsdbException;
import org.overlane.tunnels.ovsdb.OvsdbListener;
import org.overlane.tunnels.ovsdb.PassiveAddress;
import org.overlane.tunnels.ovsdb.TlsFiles;

/** The databases of all hosts, one connection for each. Thread-safe. */
public final class HostDatabases implements AutoCloseable {
  private static final long LEAVE_SECONDS = 30;
  private static final long LEAVE_POLL_MILLIS = 200;

  private static final int MOST_CLAIMS = 4;

  private final Runnable changed;
  private final OvsdbClients clients;
  private final TlsFiles tls;
  private final String owner;
  private final ProvisionTiming timing;
  private final Map<OvsdbAddress, HostDatabase> hosts = new ConcurrentHashMap<>();

  /** Hosts that are not followed any more, but from which what was set up is still removed. */
  private final Map<OvsdbAddress, HostDatabase> leaving = new ConcurrentHashMap<>();

  private final PassiveHosts passive = new PassiveHosts(this::arrived);
  private volatile Optional<OvsdbListener> listener = Optional.empty();
  private boolean closed;

  /**
   * Follows nothing yet.
   *
   * @param tls for databases that are reached over TLS
   * @param owner in whose name things are set up in databases
   * @param changed told when something that was discovered has changed; called from any thread,
   *     must not block
   */
  public HostDatabases(ClientSettings settings, TlsFiles tls, String owner, Runnable changed) {
    this(settings, tls, owner, ProvisionTiming.DEFAULT, changed);
  }

  HostDatabases(
      ClientSettings settings,
      TlsFiles tls,
      String owner,
      ProvisionTiming timing,
      Runnable changed) {
    this.changed = changed;
    this.tls = tls;
    this.owner = owner;
    this.timing = timing;
    this.clients = new OvsdbClients(settings);
  }

  /**
   * From now on follows the databases of these devices, and no others, and sets up there what they
   * allow. Does not wait.
   */
  public synchronized void follow(Iterable<DeviceConfig> devices) {
    if (closed) {
      return;
    }
    ImmutableListMultimap.Builder<OvsdbAddress, DeviceConfig> declared =
        ImmutableListMultimap.builder();
    devices.forEach(device -> device.ovsdb().ifPresent(a -> declared.put(a, device)));
    ImmutableListMultimap<OvsdbAddress, DeviceConfig> wanted = declared.build();
    for (OvsdbAddress gone : Sets.difference(hosts.keySet(), wanted.keySet()).immutableCopy()) {
      leave(gone, hosts.remove(gone), all(wanted));
    }
    for (OvsdbAddress address : wanted.keySet()) {
      if (!address.isPassive()) {
        hosts
            .computeIfAbsent(address, this::open)
            .allow(wanted.get(address), others(wanted, address));
      }
    }
    passive.allow(wanted.get(OvsdbAddress.PASSIVE), others(wanted, OvsdbAddress.PASSIVE));
  }

  private static ImmutableSet<NodeId> all(
      ImmutableListMultimap<OvsdbAddress, DeviceConfig> wanted) {
    return wanted.values().stream().map(DeviceConfig::id).collect(ImmutableSet.toImmutableSet());
  }

  /** Devices that are declared to be at other addresses, which may be those of the same host. */
  private static ImmutableSet<NodeId> others(
      ImmutableListMultimap<OvsdbAddress, DeviceConfig> wanted, OvsdbAddress address) {
    return wanted.entries().stream()
        .filter(entry -> !entry.getKey().equals(address))
        .map(entry -> entry.getValue().id())
        .collect(ImmutableSet.toImmutableSet());
  }

  private HostDatabase open(OvsdbAddress address) {
    HostDatabase known = leaving.remove(address);
    if (known != null) {
      return known;
    }
    HostDatabase host =
        new HostDatabase(address, new HostProvisioning(address.toString(), timing, owner), changed);
    host.use(
        clients.open(
            address.toSocketAddress(),
            address.isSecure() ? Optional.of(tls) : Optional.empty(),
            Discovery.DATABASE,
            Discovery.COLUMNS,
            host::look));
    return host;
  }

  private HostDatabase arrived(OvsdbClient client) {
    HostDatabase host =
        new HostDatabase(
            OvsdbAddress.PASSIVE,
            new HostProvisioning(client.address().toString(), timing, owner),
            changed);
    host.use(client);
    return host;
  }

  /**
   * Also takes connections that hosts make.
   *
   * @throws OvsdbException if that is not possible, and why
   */
  public synchronized void listen(PassiveAddress address) throws OvsdbException {
    listener =
        Optional.of(
            clients.listen(
                address.socketAddress(),
                address.isSecure() ? Optional.of(tls) : Optional.empty(),
                Discovery.DATABASE,
                Discovery.COLUMNS,
                passive::look));
  }

  /** Where it takes connections. */
  Optional<InetSocketAddress> listeningAt() {
    return listener.map(OvsdbListener::address);
  }

  /** Hosts that have connected by themselves, but have no device that is declared to do so. */
  public ImmutableList<String> unknownHosts() {
    return passive.unknown();
  }

  private Optional<HostDatabase> host(DeviceConfig device) {
    return device
        .ovsdb()
        .flatMap(
            address ->
                address.isPassive()
                    ? passive.of(device.id())
                    : Optional.ofNullable(hosts.get(address)));
  }

  /** Gives what was set up there the time to be removed, then ends the connection. */
  private void leave(OvsdbAddress address, HostDatabase host, ImmutableSet<NodeId> others) {
    host.allow(ImmutableList.of(), others);
    leaving.put(address, host);
    leaveWhenSettled(address, host, System.nanoTime());
  }

  private void leaveWhenSettled(OvsdbAddress address, HostDatabase host, long since) {
    boolean late = System.nanoTime() - since > TimeUnit.SECONDS.toNanos(LEAVE_SECONDS);
    if (late || host.isSettled()) {
      if (leaving.remove(address, host)) {
        host.close();
      }
    } else if (leaving.get(address) == host) {
      host.later(LEAVE_POLL_MILLIS, () -> leaveWhenSettled(address, host, since));
    }
  }

  /** The databases that are followed, but have not been read yet. */
  public ImmutableSet<OvsdbAddress> unread() {
    ImmutableSet.Builder<OvsdbAddress> unread = ImmutableSet.builder();
    hosts.forEach(
        (address, host) -> {
          if (!host.isRead()) {
            unread.add(address);
          }
        });
    if (passive.isAnyMissing()) {
      unread.add(OvsdbAddress.PASSIVE);
    }
    return unread.build();
  }

  /** How the database of a device is doing; empty if it has none that is followed. */
  public Optional<OvsdbReport> report(DeviceConfig device) {
    return host(device).map(host -> host.report(device));
  }

  /** What people should know about the host of a device. */
  public ImmutableList<Notice> notices(DeviceConfig device) {
    Optional<OvsdbReport> report = report(device);
    if (!report.isPresent()) {
      return device.ovsdb().filter(OvsdbAddress::isPassive).isPresent()
          ? ImmutableList.of(notHeardOf(device))
          : ImmutableList.of();
    }
    ImmutableList.Builder<Notice> notices = ImmutableList.builder();
    if (report.get().address().isPassive()) {
      claimedTwice(device.id()).ifPresent(notices::add);
    }
    ConnectionState connection = report.get().connection();
    if (connection.phase() == ConnectionState.Phase.WAITING) {
      notices.add(
          Notice.of(
              "database " + report.get().address(),
              "it is away, and what was last read of it stays in force: "
                  + connection.lastError().orElse(""),
              remedy(report.get().address())));
    }
    report
        .get()
        .discovery()
        .ifPresent(
            discovery ->
                discovery
                    .warnings()
                    .forEach(w -> notices.add(Notice.of(w.subject(), w.message(), w.remedy()))));
    report.get().provisioning().ifPresent(p -> notices.addAll(notices(p)));
    return notices.build();
  }

  private Optional<Notice> claimedTwice(NodeId device) {
    ImmutableList<String> claims = passive.claims(device);
    return claims.size() < 2
        ? Optional.empty()
        : Optional.of(
            Notice.of(
                "device " + device,
                claims.size()
                    + " hosts are connected that have a bridge of this datapath id: "
                    + claims.stream().limit(MOST_CLAIMS).collect(Collectors.joining(", "))
                    + (claims.size() > MOST_CLAIMS ? ", ..." : "")
                    + ". The first is believed, which has been connected for longest",
                "Give one of the bridges another: ovs-vsctl set bridge BRIDGE"
                    + " other-config:datapath-id=ID"));
  }

  private Notice notHeardOf(DeviceConfig device) {
    return Notice.of(
        "device " + device.id(),
        "no host has connected that has it"
            + (listener.isPresent() ? "" : ", and none can: no connections are taken"),
        listener.isPresent()
            ? remedy(OvsdbAddress.PASSIVE)
            : "Set ovsdbListen, as in ptcp:6640:ADDRESS or pssl:6640:ADDRESS");
  }

  private static String remedy(OvsdbAddress address) {
    return address.isPassive()
        ? "Let the host connect: ovs-vsctl set-manager tcp:CONTROLLER:PORT"
        : "Let the host listen: ovs-vsctl set-manager "
            + (address.isSecure() ? "pssl:" : "ptcp:")
            + address.port()
            + ":ADDRESS";
  }

  private static ImmutableList<Notice> notices(ProvisionReport report) {
    ImmutableList.Builder<Notice> notices = ImmutableList.builder();
    report.conflicts().forEach(w -> notices.add(Notice.of(w.subject(), w.message(), w.remedy())));
    if (report.state() == ProvisionReport.State.FAILED) {
      notices.add(
          Notice.of(
              "device " + report.device(),
              "it cannot be set up: "
                  + report.lastError().orElse("")
                  + ". What is missing: "
                  + String.join("; ", report.changes()),
              "It is tried again; look at the log of the host's ovsdb-server"));
    }
    return notices.build();
  }

  /** Adds what is known of these devices to what their switches report. */
  public void addTo(DiscoveredPorts.Builder ports, Iterable<DeviceConfig> devices) {
    for (DeviceConfig device : devices) {
      host(device)
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
    bridge.port(uplink).ifPresent(port -> port.mtu().ifPresent(mtu -> ports.mtu(id, uplink, mtu)));
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
      leaving.clear();
      passive.clear();
    }
    clients.close();
  }
}
