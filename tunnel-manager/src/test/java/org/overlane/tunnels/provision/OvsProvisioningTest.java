/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.provision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.overlane.config.DeviceConfig;
import org.overlane.config.ModelReader;
import org.overlane.flowrules.model.NodeId;
import org.overlane.tunnels.discovery.Discovery;
import org.overlane.tunnels.ovsdb.Await;
import org.overlane.tunnels.ovsdb.ClientSettings;
import org.overlane.tunnels.ovsdb.OvsHost;
import org.overlane.tunnels.ovsdb.OvsdbClient;
import org.overlane.tunnels.ovsdb.OvsdbClients;

/** Against a real Open vSwitch: what a plan asks for is what the database then has. */
class OvsProvisioningTest {
  private static final String OWNER = "overlane";
  private static final DeviceConfig DEVICE =
      device("{\"controllers\":[\"tcp:127.0.0.1:16653\",\"unix:/nowhere/controller\"]}");

  private final OvsdbClients clients = new OvsdbClients(ClientSettings.DEFAULT);
  private OvsHost host;
  private OvsdbClient client;

  private static DeviceConfig device(String provision) {
    return new ModelReader()
        .readDevice(
            NodeId.of("of:0000000000000001"),
            "{\"ovsdb\":\"tcp:127.0.0.1:6640\",\"tunnel\":{\"mode\":\"native\"},\"provision\":"
                + provision
                + "}");
  }

  @BeforeEach
  void start() throws Exception {
    host = OvsHost.start();
    host.vsctl(
        "add-br",
        "br-int",
        "--",
        "set",
        "bridge",
        "br-int",
        "datapath_type=dummy",
        "other-config:datapath-id=0000000000000001",
        "protocols=OpenFlow10,OpenFlow14",
        "external_ids:theirs=1");
    // Names that are odd, but allowed.
    for (String name : List.of("tap 1", "ä\"b", "'--'", "a:b,c=d")) {
      host.vsctl("add-port", "br-int", name, "--", "set", "interface", name, "type=dummy");
    }
    client = clients.open(host.address(), Discovery.DATABASE, Discovery.COLUMNS, changed -> {});
    Await.until(() -> client.database().isPresent(), client::state);
  }

  @AfterEach
  void stop() throws Exception {
    clients.close();
    if (host != null) {
      host.close();
    }
  }

  private ProvisionPlan plan(DeviceConfig... devices) {
    List<ProvisionPlan> plans =
        Provisioning.plans(
            ImmutableList.copyOf(devices),
            ImmutableSet.of(),
            client.database().orElseThrow(),
            OWNER);
    assertThat(plans).hasSize(1);
    return plans.get(0);
  }

  private JsonNode transact(ProvisionPlan plan) throws Exception {
    return client.transact(plan.operations()).get(10, TimeUnit.SECONDS);
  }

  private void carryOut(DeviceConfig... devices) throws Exception {
    ProvisionPlan plan = plan(devices);
    assertThat(plan.conflicts()).isEmpty();
    assertThat(transact(plan).toString()).doesNotContain("\"error\":\"");
    Await.until(() -> plan(devices).changes().isEmpty(), () -> plan(devices));
  }

  @Test
  void whatIsSetUpIsThereAndWhatIsTakenBackIsGoneWithoutATrace() throws Exception {
    String before = host.configuration();
    carryOut(DEVICE);
    assertThat(host.vsctl("get-fail-mode", "br-int")).isEqualTo("secure\n");
    assertThat(host.vsctl("get", "bridge", "br-int", "protocols"))
        .isEqualTo("[OpenFlow10, OpenFlow13, OpenFlow14]\n");
    assertThat(host.vsctl("get-controller", "br-int"))
        .isEqualTo("tcp:127.0.0.1:16653\nunix:/nowhere/controller\n");
    assertThat(host.vsctl("get", "interface", "vx-overlane", "type", "options"))
        .isEqualTo("vxlan\n{df_default=\"false\", key=flow, remote_ip=flow}\n");
    assertThat(host.vsctl("list-ports", "br-int")).contains("tap 1", "'--'", "a:b,c=d");
    assertThat(host.vsctl("get", "bridge", "br-int", "external_ids:theirs")).contains("1");

    carryOut();
    assertThat(host.configuration()).isEqualTo(before);
  }

  @Test
  void aChangeOfWhatIsWantedTouchesOnlyTheDifference() throws Exception {
    carryOut(DEVICE);
    String port = host.vsctl("get", "port", "vx-overlane", "_uuid");
    carryOut(device("{\"controllers\":[\"tcp:127.0.0.1:16653\"]}"));
    assertThat(host.vsctl("get-controller", "br-int")).isEqualTo("tcp:127.0.0.1:16653\n");
    assertThat(host.vsctl("get", "port", "vx-overlane", "_uuid")).isEqualTo(port);
  }

  @Test
  void aPlanThatWasOvertakenChangesNothing() throws Exception {
    ProvisionPlan plan = plan(DEVICE);
    host.vsctl("set-controller", "br-int", "tcp:127.0.0.1:16699");
    String before = host.configuration();
    assertThat(transact(plan).toString()).contains("\"error\":\"timed out\"");
    assertThat(host.configuration()).isEqualTo(before);
    Await.until(() -> !plan(DEVICE).conflicts().isEmpty(), () -> plan(DEVICE));
    assertThat(plan(DEVICE).conflicts().toString()).contains("tcp:127.0.0.1:16699");
  }

  @Test
  void theSamePlanTwiceIsCarriedOutOnce() throws Exception {
    ProvisionPlan plan = plan(DEVICE);
    transact(plan);
    String once = host.configuration();
    assertThat(transact(plan).toString()).contains("\"error\":\"timed out\"");
    assertThat(host.configuration()).isEqualTo(once);
  }

  @Test
  void aPortThatComesInBetweenIsNotTouched() throws Exception {
    ProvisionPlan plan = plan(DEVICE);
    host.vsctl(
        "add-port", "br-int", "vx-overlane", "--", "set", "interface", "vx-overlane", "type=dummy");
    assertThat(transact(plan).toString()).contains("\"error\":\"timed out\"");
    Await.until(() -> !plan(DEVICE).conflicts().isEmpty(), () -> plan(DEVICE));
    assertThat(plan().changes()).isEmpty();
  }
}
