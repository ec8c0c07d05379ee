/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.tunnels;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Paths;
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
import org.overlane.config.ProvisionConfig;
import org.overlane.config.UplinkConfig;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.tunnels.ovsdb.ClientSettings;
import org.overlane.tunnels.ovsdb.ConnectionState;
import org.overlane.tunnels.ovsdb.PassiveAddress;
import org.overlane.tunnels.ovsdb.TlsFiles;

class HostDatabasesTest {
  private static final NodeId ONE = NodeId.of("of:0000000000000001");
  private static final NodeId TWO = NodeId.of("of:0000000000000002");

  private static final PortRef UPLINK = PortRef.named("ext");

  private final Semaphore changes = new Semaphore(0);
  private final HostDatabases hosts =
      new HostDatabases(
          ClientSettings.builder().firstRetry(20).lastRetry(20).build(),
          new TlsFiles(Paths.get("nowhere")),
          "overlane",
          ProvisionTiming.of(0, 5, 5, 20),
          changes::release);

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

  private static DeviceConfig provisioned(OvsdbAddress address, ProvisionConfig.Policy policy) {
    return device(ONE, address).toBuilder()
        .provision(ProvisionConfig.of(policy, true, ImmutableList.of("tcp:192.0.2.100:6653")))
        .build();
  }

  private ProvisionReport provisioning(DeviceConfig device) {
    return hosts.report(device).orElseThrow().provisioning().orElseThrow();
  }

  @Test
  void showsWhatItWouldDoAndDoesItOnlyIfItMay() throws Exception {
    try (FakeDatabase database = FakeDatabase.start()) {
      DeviceConfig dry = provisioned(database.address(), ProvisionConfig.Policy.DRY_RUN);
      hosts.follow(ImmutableList.of(dry));
      await(() -> !provisioning(dry).changes().isEmpty());
      assertThat(provisioning(dry).changes())
          .containsExactly("add controller tcp:192.0.2.100:6653 to bridge br-int");
      assertThat(provisioning(dry).conflicts().toString()).contains("fail_mode=standalone");
      assertThat(hosts.notices(dry).toString()).contains("del-fail-mode br-int");
      assertThat(database.transactions()).isEmpty();

      DeviceConfig wet = provisioned(database.address(), ProvisionConfig.Policy.APPLY);
      hosts.follow(ImmutableList.of(wet));
      await(() -> database.transactions().size() >= 3);
      assertThat(database.transactions().get(0).get(0).asText()).isEqualTo("Open_vSwitch");
      assertThat(database.transactions().toString()).contains("overlane-owner");
      await(() -> provisioning(wet).lastError().isPresent());
      assertThat(provisioning(wet).lastError().get()).contains("somebody has changed");

      hosts.follow(ImmutableList.of(dry));
      await(() -> provisioning(dry).policy().equals(Optional.of(ProvisionConfig.Policy.DRY_RUN)));
      await(() -> provisioning(dry).lastError().isEmpty());
    }
  }

  @Test
  void endsTheConnectionOnceNothingOfItsOwnIsLeft() throws Exception {
    try (FakeDatabase database = FakeDatabase.start()) {
      DeviceConfig one = provisioned(database.address(), ProvisionConfig.Policy.APPLY);
      hosts.follow(ImmutableList.of(one));
      await(() -> !database.transactions().isEmpty());
      hosts.follow(ImmutableList.of());
      await(() -> database.open() == 0);
      hosts.follow(ImmutableList.of(one));
      await(() -> database.open() == 1);
    }
  }

  @Test
  void hostsThatConnectAreKnownByTheirBridges() throws Exception {
    DeviceConfig one = device(ONE, OvsdbAddress.PASSIVE);
    DeviceConfig two = device(TWO, OvsdbAddress.PASSIVE);
    hosts.follow(ImmutableList.of(two));
    assertThat(hosts.notices(two).toString()).contains("Set ovsdbListen");
    hosts.listen(PassiveAddress.parse("ptcp:0"));
    assertThat(hosts.unread()).containsExactly(OvsdbAddress.PASSIVE);
    assertThat(hosts.notices(two).toString()).contains("set-manager tcp:CONTROLLER:PORT");
    try (FakeDatabase database = FakeDatabase.start()) {
      Socket first = database.connectTo(hosts.listeningAt().orElseThrow());
      await(() -> !hosts.unknownHosts().isEmpty());
      assertThat(hosts.unknownHosts().toString()).contains("bridges br-int (" + ONE + ")");
      assertThat(ports(two).endpoints()).isEmpty();

      hosts.follow(ImmutableList.of(one));
      assertThat(hosts.unknownHosts()).isEmpty();
      assertThat(hosts.unread()).isEmpty();
      assertThat(ports(one).endpoints()).hasSize(1);
      assertThat(hosts.notices(one).toString()).contains("fail_mode is standalone");

      first.close();
      await(() -> hosts.notices(one).toString().contains("it is away"));
      assertThat(ports(one).endpoints()).as("what was last read").hasSize(1);
      database.connectTo(hosts.listeningAt().orElseThrow());
      await(() -> !hosts.notices(one).toString().contains("it is away"));
      assertThat(ports(one).endpoints()).hasSize(1);
    }
  }

  /** Two hosts with one datapath id: a copied virtual machine, say, or an impostor. */
  @Test
  void hostsThatClaimOneBridgeAreReported() throws Exception {
    DeviceConfig one = device(ONE, OvsdbAddress.PASSIVE);
    hosts.follow(ImmutableList.of(one));
    hosts.listen(PassiveAddress.parse("ptcp:0"));
    try (FakeDatabase database = FakeDatabase.start()) {
      Socket first = database.connectTo(hosts.listeningAt().orElseThrow());
      await(() -> hosts.report(one).isPresent());
      assertThat(hosts.notices(one).toString()).doesNotContain("datapath id");

      Socket second = database.connectTo(hosts.listeningAt().orElseThrow());
      await(() -> hosts.notices(one).toString().contains("hosts are connected"));
      assertThat(hosts.notices(one))
          .anySatisfy(
              notice -> {
                assertThat(notice.subject()).isEqualTo("device " + ONE);
                assertThat(notice.message())
                    .startsWith("2 hosts")
                    .containsSubsequence(
                        ":" + first.getLocalPort(), ":" + second.getLocalPort(), "The first");
                assertThat(notice.remedy()).contains("other-config:datapath-id");
              });
      assertThat(ports(one).endpoints()).hasSize(1);

      second.close();
      await(() -> !hosts.notices(one).toString().contains("hosts are connected"));
    }
  }

  @Test
  void saysWhichFileTlsLacks() throws Exception {
    DeviceConfig one = device(ONE, OvsdbAddress.parse("ssl:127.0.0.1:1"));
    hosts.follow(ImmutableList.of(one));
    await(() -> hosts.notices(one).toString().contains("key.pem"));
    assertThat(hosts.notices(one).toString()).contains("pssl:1:ADDRESS");
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
