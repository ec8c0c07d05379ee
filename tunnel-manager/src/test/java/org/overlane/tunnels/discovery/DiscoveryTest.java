/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.overlane.tunnels.discovery.Rows.map;
import static org.overlane.tunnels.discovery.Rows.set;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.overlane.config.PortRef;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;

class DiscoveryTest {
  private static final NodeId DEVICE = NodeId.of("of:00000000000000aa");

  @Test
  void readsWhatAHostSays() {
    Rows rows = new Rows();
    String external =
        rows.port(
            "ext", "ofport=1", "mac_in_use='02:00:00:00:00:01'", "mtu=1500", "link_state='up'");
    String tunnel =
        rows.port(
            "vx",
            "ofport=10",
            "type='vxlan'",
            "link_state='down'",
            "options=" + map("remote_ip", "flow", "key", "flow", "df_default", "false"));
    String local = rows.port("br-int", "ofport=65534", "type='internal'", "mtu=1400");
    String controller = rows.add("Controller", "target='tcp:192.0.2.9:6653'", "is_connected=true");
    rows.add(
        "Bridge",
        "name='br-int'",
        "datapath_id='00000000000000aa'",
        "datapath_type='netdev'",
        "fail_mode='secure'",
        "protocols=" + set("'OpenFlow13'", "'OpenFlow15'"),
        "controller=" + controller,
        "ports=" + set(external, tunnel, local));
    String datapath =
        rows.add("Datapath", "capabilities=" + map("check_pkt_len", "true", "recirc", "true"));
    rows.add(
        "Open_vSwitch",
        "ovs_version='3.1.0'",
        "datapath_types=" + set("'netdev'", "'system'"),
        "datapaths=['map',[['netdev'," + datapath + "]]]");

    HostFacts host = Discovery.of(rows.database());

    assertThat(host.version()).contains("3.1.0");
    assertThat(host.datapathTypes()).containsExactly("netdev", "system");
    BridgeFacts bridge = host.bridge(DEVICE).orElseThrow();
    assertThat(bridge.datapath()).isEqualTo(BridgeFacts.Datapath.USERSPACE);
    assertThat(bridge.comparesLengths()).contains(true);
    assertThat(bridge.failMode()).contains("secure");
    assertThat(bridge.protocols()).containsExactly("OpenFlow13", "OpenFlow15");
    assertThat(bridge.controllers())
        .containsExactly(BridgeFacts.Controller.of("tcp:192.0.2.9:6653", true));
    PortFacts ext = bridge.port(PortRef.of(OfPort.of(1))).orElseThrow();
    assertThat(ext.name()).isEqualTo("ext");
    assertThat(ext.mac()).contains(MacAddress.parse("02:00:00:00:00:01"));
    assertThat(ext.mtu()).isEqualTo(OptionalInt.of(1500));
    assertThat(ext.linkUp()).contains(true);
    assertThat(ext.type()).isEqualTo("system");
    PortFacts vx = bridge.port(PortRef.named("vx")).orElseThrow();
    assertThat(vx.isFlowBased()).isTrue();
    assertThat(vx.setsDf()).isFalse();
    assertThat(vx.linkUp()).contains(false);
    assertThat(vx.mtu()).isEmpty();
    assertThat(bridge.port(PortRef.LOCAL).orElseThrow().mtu()).isEqualTo(OptionalInt.of(1400));
  }

  @Test
  void readsWhatAnOldVersionHas() {
    Rows rows = new Rows();
    String port = rows.port("eth0", "ofport=2", "type=''");
    rows.add("Bridge", "name='br0'", "datapath_id='00000000000000aa'", "ports=" + port);

    BridgeFacts bridge = Discovery.of(rows.database()).bridge(DEVICE).orElseThrow();

    assertThat(bridge.datapath()).isEqualTo(BridgeFacts.Datapath.KERNEL);
    assertThat(bridge.comparesLengths()).isEmpty();
    assertThat(bridge.failMode()).isEmpty();
    assertThat(bridge.port(PortRef.named("eth0")).orElseThrow().setsDf()).isTrue();
    assertThat(Discovery.of(new Rows().database()).bridges()).isEmpty();
  }

  @Test
  void leavesOutWhatIsNotThereOrMakesNoSense() {
    Rows rows = new Rows();
    String port =
        rows.port(
            "odd",
            "ofport=-1",
            "mac_in_use='ff:ff:ff:ff:ff:ff'",
            "mtu=-5",
            "link_state=7",
            "options=" + set("1", "true"),
            "error='no such device'");
    String reserved = rows.port("in", "ofport=65528", "mtu=65536", "mac_in_use='garbage'");
    String nowhere = "['uuid','00000000-0000-0007-0000-00000000ffff']";
    rows.add(
        "Bridge",
        "name='b'",
        "datapath_id='00000000000000aa'",
        "ports=" + set(port, nowhere, reserved));
    rows.add("Bridge", "name='a'", "datapath_id='none'", "ports=3", "fail_mode=" + map("x", "y"));
    rows.add("Open_vSwitch", "datapaths=" + map("netdev", "no reference"), "ovs_version=3");

    HostFacts host = Discovery.of(rows.database());

    assertThat(host.version()).isEmpty();
    assertThat(host.bridges()).extracting(BridgeFacts::name).containsExactly("a", "b");
    assertThat(host.bridges().get(0).device()).isEmpty();
    BridgeFacts bridge = host.bridge(DEVICE).orElseThrow();
    assertThat(bridge.ports()).extracting(PortFacts::name).containsExactly("in", "odd");
    assertThat(bridge.ports()).allMatch(p -> p.number().isEmpty() && p.mac().isEmpty());
    assertThat(bridge.ports().get(0).mtu()).isEqualTo(OptionalInt.of(65_535));
    assertThat(bridge.ports().get(1).mtu()).isEmpty();
    assertThat(bridge.ports().get(1).error()).contains("no such device");
  }

  private static HostFacts host(String bridgeId, String... port) {
    Rows rows = new Rows();
    String reference = rows.port("ext", port);
    rows.add(
        "Bridge",
        "name='br0'",
        "fail_mode='" + (port.length > 1 ? "secure" : "standalone") + "'",
        "ports=" + reference,
        "datapath_id=" + bridgeId);
    return Discovery.of(rows.database());
  }

  @Test
  void aDatabaseThatHasForgottenWhatTheSwitchReportsIsCompleted() {
    HostFacts before =
        host(
            "'00000000000000aa'",
            "ofport=1",
            "mtu=1400",
            "link_state='up'",
            "mac_in_use='02:00:00:00:00:01'");
    assertThat(host("['set',[]]", "ofport=1").after(before)).isEqualTo(before);

    PortFacts port =
        host("'00000000000000aa'", "ofport=1").after(before).bridges().get(0).ports().get(0);
    assertThat(port).isEqualTo(before.bridges().get(0).ports().get(0));
    HostFacts reported = host("'00000000000000aa'", "ofport=1", "link_state='down'");
    assertThat(reported.after(before)).isEqualTo(reported);
    HostFacts another = host("'00000000000000aa'", "ofport=2");
    assertThat(another.after(before)).isEqualTo(another);
    HostFacts broken = host("'00000000000000aa'", "ofport=-1");
    assertThat(broken.after(before)).isEqualTo(broken);
    HostFacts none = Discovery.of(new Rows().database());
    assertThat(none.after(before)).isEqualTo(none);
    assertThat(before.after(none)).isEqualTo(before);
  }

  @Test
  void theInterfacesOfABondArePortsOfTheSwitch() {
    Rows rows = new Rows();
    String one = rows.add("Interface", "name='eth0'", "ofport=1");
    String two =
        rows.add("Interface", "name='eth1'", "ofport=2", "external_ids=" + map("a", "face"));
    String bond =
        rows.add(
            "Port",
            "name='bond0'",
            "interfaces=" + set(one, two),
            "external_ids=" + map("a", "port", "b", "port"));
    rows.add("Bridge", "name='br0'", "datapath_id='00000000000000aa'", "ports=" + bond);

    BridgeFacts bridge = Discovery.of(rows.database()).bridge(DEVICE).orElseThrow();

    assertThat(bridge.ports()).extracting(PortFacts::name).containsExactly("eth0", "eth1");
    assertThat(bridge.ports().get(1).externalIds()).hasToString("{a=face, b=port}");
  }
}
