/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.bench;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BooleanSupplier;
import org.overlane.config.DeviceConfig;
import org.overlane.tunnels.discovery.DeviceDiscovery;
import org.overlane.tunnels.discovery.Discovery;
import org.overlane.tunnels.discovery.HostFacts;
import org.overlane.tunnels.ovsdb.ClientSettings;
import org.overlane.tunnels.ovsdb.OvsdbClient;
import org.overlane.tunnels.ovsdb.OvsdbClients;

/**
 * Follows the databases of many hosts at once, as the controller does: how long until all is known,
 * what it takes in memory and messages, and how soon a change is seen. A whole process: {@code java
 * -cp target/benchmarks.jar org.overlane.bench.HostsAtScale HOSTS PORTS}.
 */
final class HostsAtScale implements AutoCloseable {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

  private final OvsdbClients clients = new OvsdbClients(ClientSettings.DEFAULT);
  private final List<DeviceConfig> devices = new ArrayList<>();
  private final AtomicReferenceArray<HostFacts> facts;
  private final AtomicInteger reports = new AtomicInteger();

  HostsAtScale(List<InetSocketAddress> addresses) {
    facts = new AtomicReferenceArray<>(addresses.size());
    for (int i = 0; i < addresses.size(); i++) {
      int host = i;
      devices.add(DeviceConfig.builder(SimulatedHosts.device(i + 1)).build());
      clients.open(
          addresses.get(i), Discovery.DATABASE, Discovery.COLUMNS, client -> report(host, client));
    }
  }

  private void report(int host, OvsdbClient client) {
    reports.incrementAndGet();
    client.database().ifPresent(database -> facts.set(host, Discovery.of(database)));
  }

  /** Reports of the clients so far. */
  int reports() {
    return reports.get();
  }

  /** Endpoints that are known so far. */
  int endpoints() {
    int count = 0;
    for (int i = 0; i < devices.size(); i++) {
      HostFacts known = facts.get(i);
      count += known == null ? 0 : DeviceDiscovery.of(devices.get(i), known).endpoints().size();
    }
    return count;
  }

  /** The MTU of a host's uplink, counted from one; 0 if it is not known. */
  int uplinkMtu(int host) {
    HostFacts known = facts.get(host - 1);
    return known == null
        ? 0
        : known.bridges().get(0).ports().stream()
            .filter(port -> port.name().equals("p0"))
            .mapToInt(port -> port.mtu().orElse(0))
            .findFirst()
            .orElse(0);
  }

  int known() {
    int count = 0;
    for (int i = 0; i < facts.length(); i++) {
      count += facts.get(i) == null ? 0 : 1;
    }
    return count;
  }

  @Override
  public void close() {
    clients.close();
  }

  static void await(BooleanSupplier condition) throws InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + PATIENCE;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException("not within a minute");
      }
      Thread.sleep(1);
    }
  }

  private static long usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static double millisSince(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  public static void main(String[] arguments) throws InterruptedException, TimeoutException {
    int hosts = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
    int ports = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 50;
    try (SimulatedHosts simulated = SimulatedHosts.start(hosts, ports)) {
      List<InetSocketAddress> addresses = simulated.addresses();
      for (int run = 1; run <= 3; run++) {
        long messages = simulated.sent() + simulated.received();
        long bytes = simulated.sentBytes();
        long before = usedHeap();
        long start = System.nanoTime();
        try (HostsAtScale followed = new HostsAtScale(addresses)) {
          await(() -> followed.known() == hosts);
          double settled = millisSince(start);
          int endpoints = followed.endpoints();
          double discovered = millisSince(start);
          messages = simulated.sent() + simulated.received() - messages;
          bytes = simulated.sentBytes() - bytes;
          long heap = usedHeap() - before;
          int mtu = 1400 + run;
          long changed = System.nanoTime();
          simulated.uplinkMtu(hosts, mtu);
          await(() -> followed.uplinkMtu(hosts) == mtu);
          System.out.printf(
              "%d hosts x %d ports: %d endpoints; all read %.0f ms, discovered %.0f ms;"
                  + " %d messages, %d KiB received; %d KiB of heap; a change seen after %.0f ms%n",
              hosts,
              ports,
              endpoints,
              settled,
              discovered,
              messages,
              bytes >> 10,
              heap >> 10,
              millisSince(changed));
        }
      }
    }
  }
}
