/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.overlane.config.DeviceConfig;
import org.overlane.config.PortRef;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.tunnels.ovsdb.Await;
import org.overlane.tunnels.ovsdb.ClientSettings;
import org.overlane.tunnels.ovsdb.ConnectionState;
import org.overlane.tunnels.ovsdb.OvsHost;
import org.overlane.tunnels.ovsdb.OvsdbClient;
import org.overlane.tunnels.ovsdb.OvsdbClients;

/** Against a real Open vSwitch. */
class OvsDiscoveryTest {
  private static final NodeId DEVICE = NodeId.of("of:0000000000000042");

  private OvsHost host;
  private OvsdbClients clients;
  private OvsdbClient client;
  private final List<HostFacts> history = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    host = OvsHost.start();
    host.vsctl(
        "add-br",
        "br0",
        "--",
        "set",
        "bridge",
        "br0",
        "datapath_type=dummy",
        "fail_mode=secure",
        "protocols=OpenFlow13,OpenFlow14",
        "other-config:datapath-id=0000000000000042",
        "--",
        "set-controller",
        "br0",
        "tcp:127.0.0.1:9");
    clients = new OvsdbClients(ClientSettings.DEFAULT);
    client =
        clients.open(
            host.address(),
            Discovery.DATABASE,
            Discovery.COLUMNS,
            following -> following.database().map(Discovery::of).ifPresent(this::completed));
  }

  private synchronized void completed(HostFacts read) {
    HostFacts last = history.isEmpty() ? read : history.get(history.size() - 1);
    history.add(read.after(last));
  }

  private synchronized List<HostFacts> history() {
    return List.copyOf(history);
  }

  @AfterEach
  void stop() throws Exception {
    if (clients != null) {
      clients.close();
    }
    if (host != null) {
      host.close();
    }
  }

  private HostFacts await(Predicate<BridgeFacts> condition) {
    Await.until(
        () -> facts().flatMap(f -> f.bridge(DEVICE)).filter(condition).isPresent(),
        () -> client.state() + " " + facts());
    return facts().orElseThrow();
  }

  private Optional<HostFacts> facts() {
    return client.database().map(Discovery::of);
  }

  private static Predicate<BridgeFacts> hasPort(String name, int number) {
    return bridge ->
        bridge
            .port(PortRef.named(name))
            .filter(p -> p.number().equals(Optional.of(OfPort.of(number))))
            .isPresent();
  }

  private void addPort(String name, int number, String... settings) throws Exception {
    String[] words = {
      "add-port", "br0", name, "--", "set", "interface", name, "ofport_request=" + number
    };
    String[] all = new String[words.length + settings.length];
    System.arraycopy(words, 0, all, 0, words.length);
    System.arraycopy(settings, 0, all, words.length, settings.length);
    host.vsctl(all);
  }

  @Test
  void readsAndFollowsARealSwitch() throws Exception {
    addPort("p1", 7, "type=dummy", "mtu_request=1400");
    addPort("vx", 10, "type=vxlan", "options:remote_ip=flow", "options:key=flow");
    HostFacts found = await(hasPort("p1", 7).and(hasPort("vx", 10)));
    BridgeFacts bridge = found.bridge(DEVICE).orElseThrow();
    assertThat(bridge.name()).isEqualTo("br0");
    assertThat(bridge.datapathType()).isEqualTo("dummy");
    assertThat(bridge.failMode()).contains("secure");
    assertThat(bridge.protocols()).containsExactly("OpenFlow13", "OpenFlow14");
    assertThat(bridge.controllers())
        .containsExactly(BridgeFacts.Controller.of("tcp:127.0.0.1:9", false));
    assertThat(found.datapathTypes()).contains("netdev");
    PortFacts p1 = bridge.port(PortRef.named("p1")).orElseThrow();
    assertThat(p1.mac()).isPresent();
    assertThat(p1.mtu()).isEqualTo(OptionalInt.of(1400));
    assertThat(bridge.port(PortRef.LOCAL).orElseThrow().name()).isEqualTo("br0");
    assertThat(bridge.port(PortRef.named("vx")).orElseThrow().isFlowBased()).isTrue();

    host.vsctl("set", "interface", "p1", "mtu_request=1300");
    await(b -> b.port(PortRef.named("p1")).orElseThrow().mtu().equals(OptionalInt.of(1300)));
    host.vsctl("del-port", "br0", "p1");
    await(b -> !b.port(PortRef.named("p1")).isPresent());
    host.vsctl("set", "bridge", "br0", "protocols=[]");
    await(b -> b.protocols().isEmpty());
  }

  @Test
  void endpointsComeAndGoWithTheirPorts() throws Exception {
    DeviceConfig device = DeviceConfig.builder(DEVICE).build();
    String[] attached = {
      "type=dummy",
      "external_ids:attached-mac=\"02:00:00:00:01:01\"",
      "external_ids:overlane-network=blue",
      "external_ids:overlane-ips=\"10.0.0.1\""
    };
    addPort("tap1", 5, attached);
    HostFacts found = await(hasPort("tap1", 5));
    assertThat(DeviceDiscovery.of(device, found).endpoints().toString())
        .contains("blue/02:00:00:00:01:01", "10.0.0.1");
    host.vsctl("remove", "interface", "tap1", "external_ids", "overlane-network");
    found = await(b -> b.port(PortRef.named("tap1")).orElseThrow().externalIds().size() == 2);
    assertThat(DeviceDiscovery.of(device, found).endpoints()).isEmpty();
  }

  @Test
  void tellsWhatTheDatapathCanDo() throws Exception {
    host.vsctl(
        "--",
        "--id=@d",
        "create",
        "datapath",
        "datapath_version=x",
        "--",
        "set",
        "open_vswitch",
        ".",
        "datapaths:dummy=@d");
    await(b -> b.comparesLengths().equals(Optional.of(true)));
  }

  @Test
  void survivesARestartOfTheDatabaseAndChangesNothingInIt() throws Exception {
    addPort("p1", 7, "type=dummy");
    await(hasPort("p1", 7));
    await(b -> b.port(PortRef.named("p1")).orElseThrow().mtu().isPresent());
    String before = host.configuration();
    int known = history().size();
    host.stopDatabase();
    Await.until(
        () -> client.state().phase() == ConnectionState.Phase.WAITING, () -> client.state());
    assertThat(hasPort("p1", 7).test(facts().orElseThrow().bridge(DEVICE).orElseThrow())).isTrue();
    host.startDatabase();
    Await.until(
        () -> client.state().phase() == ConnectionState.Phase.CONNECTED, () -> client.state());
    await(hasPort("p1", 7).and(b -> b.port(PortRef.named("p1")).orElseThrow().mtu().isPresent()));
    assertThat(host.configuration()).isEqualTo(before);
    assertThat(history().subList(known, history().size()))
        .allSatisfy(
            h -> {
              PortFacts port =
                  h.bridge(DEVICE).flatMap(b -> b.port(PortRef.named("p1"))).orElseThrow();
              assertThat(port.mtu()).isEqualTo(OptionalInt.of(1500));
            });
    addPort("p2", 8, "type=dummy");
    await(hasPort("p2", 8));
  }

  @Test
  void transacts() throws Exception {
    await(b -> true);
    ArrayNode operations =
        (ArrayNode)
            new ObjectMapper()
                .readTree(
                    "[{\"op\":\"select\",\"table\":\"Bridge\",\"where\":[],\"columns\":[\"name\"]}]");
    JsonNode result = client.transact(operations).get(20, TimeUnit.SECONDS);
    assertThat(result.toString()).isEqualTo("[{\"rows\":[{\"name\":\"br0\"}]}]");
  }
}
