/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.overlane.tunnels.discovery.Rows.map;
import static org.overlane.tunnels.discovery.Rows.set;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.overlane.config.DeviceConfig;
import org.overlane.config.EndpointConfig;
import org.overlane.config.ModelReader;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;

class DeviceDiscoveryTest {
  private static final NodeId ID = NodeId.of("of:00000000000000aa");
  private static final DeviceConfig DEVICE =
      new ModelReader()
          .readDevice(
              ID,
              ("{'uplinks':[{'port':'ext','management':{'port':'LOCAL'}}],'vteps':['192.0.2.1'],"
                      + "'tunnel':{'mode':'native','port':'vx'}}")
                  .replace('\'', '"'));

  private final Rows rows = new Rows();
  private final List<String> ports = new ArrayList<>();

  private DeviceDiscovery discover(String... bridge) {
    List<String> columns = new ArrayList<>(List.of(bridge));
    columns.add("name='br0'");
    columns.add("datapath_id='00000000000000aa'");
    columns.add("ports=" + set(ports.toArray(String[]::new)));
    columns.add("controller=" + rows.add("Controller", "target='tcp:192.0.2.9:6653'"));
    rows.add("Bridge", columns.toArray(String[]::new));
    return DeviceDiscovery.of(DEVICE, Discovery.of(rows.database()));
  }

  private void tunnel(String... options) {
    ports.add(rows.port("vx", "ofport=10", "type='vxlan'", "options=" + map(options)));
  }

  private void goodTunnel() {
    tunnel("remote_ip", "flow", "key", "flow", "df_default", "false");
  }

  private void vm(String name, int number, String... ids) {
    ports.add(rows.port(name, "ofport=" + number, "external_ids=" + map(ids)));
  }

  private static String text(DeviceDiscovery found) {
    return found.warnings().toString();
  }

  @Test
  void aBridgeAsItShouldBeGivesNoWarning() {
    ports.add(rows.port("ext", "ofport=1", "mtu=1500"));
    ports.add(rows.port("br0", "ofport=65534", "mtu=1500"));
    goodTunnel();
    DeviceDiscovery found = discover("fail_mode='secure'", "protocols='OpenFlow13'");
    assertThat(found.warnings()).isEmpty();
    assertThat(found.endpoints()).isEmpty();
  }

  @Test
  void saysWhatDoesNotSuitThePurpose() {
    ports.add(rows.port("ext", "ofport=1", "mtu=9000"));
    ports.add(rows.port("br0", "ofport=65534", "mtu=1500"));
    ports.add(rows.port("ghost", "ofport=-1", "error='could not open'"));
    tunnel("remote_ip", "192.0.2.7", "key", "flow");
    DeviceDiscovery found = discover("datapath_type='netdev'", "protocols='OpenFlow10'");
    assertThat(found.warnings())
        .extracting(Warning::subject)
        .containsExactly(
            "bridge br0", "bridge br0", "port ghost", "port br0", "port vx", "port vx", "port vx");
    assertThat(text(found))
        .contains(
            "fail_mode is standalone",
            "OpenFlow 1.3 is not enabled",
            "could not open",
            "MTU of 1500 is smaller than that of its uplink ext, 9000",
            "no flow-based VXLAN port",
            "df_default=true",
            "userspace datapath");
  }

  /** A tag of a port changes what the action NORMAL does, and no entry of ours has it. */
  @Test
  void saysSoIfAPortOfTheUnderlayIsToldToTag() {
    String access = rows.add("Interface", "name='ext'", "ofport=1", "mtu=1500");
    ports.add(rows.add("Port", "name='ext'", "interfaces=" + access, "tag=7"));
    String trunk = rows.add("Interface", "name='br0'", "ofport=65534", "mtu=1500");
    ports.add(
        rows.add(
            "Port",
            "name='br0'",
            "interfaces=" + trunk,
            "vlan_mode='trunk'",
            "trunks=" + set("5", "6")));
    String vm = rows.add("Interface", "name='tap1'", "ofport=101");
    ports.add(rows.add("Port", "name='tap1'", "interfaces=" + vm, "tag=9"));
    goodTunnel();
    DeviceDiscovery found = discover("fail_mode='secure'");
    assertThat(found.warnings()).hasSize(2);
    assertThat(text(found))
        .contains(
            "port ext: tag=7 has no effect",
            "port br0: vlan_mode=trunk trunks=5,6 has no effect",
            "give the host a VLAN interface");
  }

  @Test
  void saysSoIfATunnelSendsFromAnAddressThatIsNoVtep() {
    tunnel("remote_ip", "flow", "key", "flow", "df_default", "false", "local_ip", "192.0.2.77");
    assertThat(text(discover("fail_mode='secure'")))
        .contains(
            "port vx: it sends from 192.0.2.77, which is none of the device's VTEP addresses");
    DeviceDiscoveryTest chosenByEntries = new DeviceDiscoveryTest();
    chosenByEntries.tunnel(
        "remote_ip", "flow", "key", "flow", "df_default", "false", "local_ip", "flow");
    assertThat(chosenByEntries.discover("fail_mode='secure'").warnings()).isEmpty();
  }

  @Test
  void saysWhichBridgesAHostHasInstead() {
    Rows other = new Rows();
    other.add("Bridge", "name='br9'", "datapath_id='00000000000000bb'");
    assertThat(text(DeviceDiscovery.of(DEVICE, Discovery.of(other.database()))))
        .contains("it has br9 (of:00000000000000bb)");
  }

  @Test
  void saysSoIfTheHostHasNoSuchBridge() {
    DeviceDiscovery found = DeviceDiscovery.of(DEVICE, Discovery.of(new Rows().database()));
    assertThat(text(found)).contains("has no bridge with this datapath id");
    assertThat(found.fragmentsOver(port())).isEmpty();
  }

  @Test
  void saysSoIfTheDatapathDoesNotCompareLengths() {
    goodTunnel();
    String datapath = rows.add("Datapath", "capabilities=" + map("check_pkt_len", "false"));
    rows.add("Open_vSwitch", "datapaths=['map',[['system'," + datapath + "]]]");
    assertThat(text(discover("fail_mode='secure'"))).contains("check_pkt_len");
  }

  private static PortFacts port() {
    Rows rows = new Rows();
    rows.add("Bridge", "name='b'", "datapath_id='00000000000000aa'", "ports=" + rows.port("vx"));
    return Discovery.of(rows.database()).bridges().get(0).ports().get(0);
  }

  @Test
  void onlyTheKernelFragmentsAndOnlyOverIpv4WithoutDf() {
    goodTunnel();
    DeviceDiscovery kernel = discover();
    PortFacts without = kernel.bridge().orElseThrow().ports().get(0);
    assertThat(kernel.fragmentsOver(without)).contains(ImmutableSet.of(AddressFamily.IPV4));
    assertThat(kernel.fragmentsOver(port())).contains(ImmutableSet.of());
    assertThat(new DeviceDiscoveryTest().discover("datapath_type='netdev'").fragmentsOver(without))
        .contains(ImmutableSet.of());
    assertThat(new DeviceDiscoveryTest().discover("datapath_type='dummy'").fragmentsOver(without))
        .isEmpty();
  }

  @Test
  void externalIdsMakeEndpoints() {
    vm("tap1", 101, "attached-mac", "02:00:00:00:01:01", "overlane-network", "blue");
    vm(
        "tap2",
        102,
        "attached-mac",
        "02:00:00:00:01:02",
        "overlane-network",
        "red",
        "overlane-ips",
        "10.0.0.2, fd00::2");
    vm("tap3", 103, "attached-mac", "02:00:00:00:01:03", "iface-id", "somebody else");
    ImmutableList<EndpointConfig> endpoints = discover().endpoints();
    assertThat(endpoints)
        .extracting(EndpointConfig::id)
        .containsExactly("blue/02:00:00:00:01:01", "red/02:00:00:00:01:02");
    assertThat(endpoints).extracting(EndpointConfig::device).containsOnly(ID);
    assertThat(endpoints.get(0).port().port()).contains(OfPort.of(101));
    assertThat(endpoints.get(1).ips())
        .containsExactly(IpAddress.parse("10.0.0.2"), IpAddress.parse("fd00::2"));
  }

  @Test
  void externalIdsThatMakeNoEndpointAreReported() {
    vm("a", 101, "overlane-network", "blue");
    vm("b", 102, "overlane-network", "blue", "attached-mac", "ff:ff:ff:ff:ff:ff");
    vm("c", 103, "overlane-network", "no/such id", "attached-mac", "02:00:00:00:01:01");
    vm(
        "d",
        104,
        "overlane-network",
        "blue",
        "attached-mac",
        "02:00:00:00:01:01",
        "overlane-ips",
        "10.0.0.300");
    vm("e", -1, "overlane-network", "blue", "attached-mac", "02:00:00:00:01:01");
    DeviceDiscovery found = discover("fail_mode='secure'");
    assertThat(found.endpoints()).isEmpty();
    assertThat(found.warnings())
        .extracting(Warning::subject)
        .containsExactly("port a", "port b", "port c", "port d");
    assertThat(text(found))
        .contains(
            "no attached-mac", "attached-mac (\"ff", "overlane-network (\"no/", "overlane-ips");
  }

  @Test
  void manyMistakesAreNotReportedWithoutEnd() {
    IntStream.range(0, 500).forEach(i -> vm("p" + i, 1 + i, "overlane-network", "blue"));
    assertThat(discover().warnings()).hasSize(50);
  }
}
