/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.tunnels;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.overlane.app.model.DiscoveredPorts;
import org.overlane.config.DeviceConfig;
import org.overlane.config.EndpointConfig;
import org.overlane.config.OvsdbAddress;
import org.overlane.config.PortDirectory;
import org.overlane.config.PortRef;
import org.overlane.config.UplinkConfig;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.tunnels.ovsdb.ClientSettings;
import org.overlane.tunnels.ovsdb.ConnectionState;

class HostDatabasesTest {
  private static final NodeId ONE = NodeId.of("of:0000000000000001");
  private static final NodeId TWO = NodeId.of("of:0000000000000002");

  private static final PortRef UPLINK = PortRef.named("ext");

  private final Semaphore changes = new Semaphore(0);
  private final HostDatabases hosts =
      new HostDatabases(
          ClientSettings.builder().firstRetry(20).lastRetry(20).build(), changes::release);

  @AfterEach
  void close() {
    hosts.close();
  }

  private static DeviceConfig device(NodeId id, OvsdbAddress address) {
    return DeviceConfig.builder(id)
        .uplinks(ImmutableList.of(UplinkConfig.of(UPLINK, Optional.empty())))
        .ovsdb(address)
        .build();
  }

  private void awaitChange() throws InterruptedException {
    assertThat(changes.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(5);
    }
  }

  private PortDirectory ports(DeviceConfig... devices) {
    DiscoveredPorts.Builder ports = DiscoveredPorts.builder();
    hosts.addTo(ports, ImmutableList.copyOf(devices));
    return ports.build();
  }

  @Test
  void addsWhatADatabaseTells() throws Exception {
    try (FakeDatabase database = FakeDatabase.start()) {
      DeviceConfig one = device(ONE, database.address());
      DeviceConfig two = device(TWO, database.address());
      assertThat(hosts.report(one)).isEmpty();
      hosts.follow(ImmutableList.of(one, two));
      awaitChange();

      assertThat(hosts.unread()).isEmpty();
      PortDirectory ports = ports(one, two, DeviceConfig.builder(TWO).build());
      assertThat(ports.mtu(ONE, UPLINK)).isEqualTo(OptionalInt.of(9000));
      assertThat(ports.mtu(TWO, UPLINK)).isEmpty();
      assertThat(ports.fragmentsOver(ONE, OfPort.of(10)))
          .contains(ImmutableSet.of(AddressFamily.IPV4));
      assertThat(ports.fragmentsOver(ONE, OfPort.of(1))).isEmpty();
      assertThat(ports.endpoints())
          .extracting(EndpointConfig::id)
          .containsExactly("blue/02:00:00:00:01:01");
      assertThat(hosts.report(one).orElseThrow().connection().phase())
          .isEqualTo(ConnectionState.Phase.CONNECTED);
      assertThat(hosts.notices(one).toString()).contains("fail_mode is standalone");
      assertThat(hosts.notices(two).toString()).contains("no bridge with this datapath id");
      assertThat(database.connections()).isEqualTo(1);
    }
  }

  @Test
  void keepsWhatItKnowsWhileADatabaseIsAwayAndSaysSo() throws Exception {
    DeviceConfig one;
    try (FakeDatabase database = FakeDatabase.start()) {
      one = device(ONE, database.address());
      hosts.follow(ImmutableList.of(one));
      awaitChange();
    }
    await(() -> hosts.notices(one).toString().contains("it is away"));
    assertThat(ports(one).endpoints()).hasSize(1);
    assertThat(hosts.unread()).isEmpty();
  }

  @Test
  void forgetsWhatIsNotWantedAnyMore() throws Exception {
    try (FakeDatabase database = FakeDatabase.start()) {
      DeviceConfig one = device(ONE, database.address());
      hosts.follow(ImmutableList.of(one));
      awaitChange();
      hosts.follow(ImmutableList.of());
      assertThat(hosts.report(one)).isEmpty();
      assertThat(ports(one).endpoints()).isEmpty();
      hosts.close();
      hosts.follow(ImmutableList.of(one));
      assertThat(hosts.report(one)).isEmpty();
    }
  }

  @Test
  void knowsWhichDatabasesHaveNotBeenRead() throws IOException {
    OvsdbAddress nowhere;
    try (FakeDatabase database = FakeDatabase.start()) {
      nowhere = database.address();
    }
    DeviceConfig one = device(ONE, nowhere);
    hosts.follow(ImmutableList.of(one));
    assertThat(hosts.unread()).containsExactly(nowhere);
    assertThat(hosts.report(one).orElseThrow().discovery()).isEmpty();
    assertThat(ports(one).endpoints()).isEmpty();
  }
}
