/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.PathMtus;

/** What the databases of the hosts add to what is declared. */
class DiscoveredAssemblyTest {
  private static final NodeId ONE = NodeId.of("of:0000000000000001");
  private static final NodeId TWO = NodeId.of("of:0000000000000002");
  private static final String BLUE = "'networks':[{'id':'blue','vni':100}]";
  private static final OfPort UPLINK = OfPort.of(1);
  private static final OfPort TUNNEL = OfPort.of(10);

  private final Facts facts = new Facts();

  /** Every port is there by number, and "ext" is port 1. */
  private static final class Facts implements PortDirectory {
    private final Map<List<Object>, Integer> mtus = new HashMap<>();
    private final List<EndpointConfig> endpoints = new ArrayList<>();
    private final Set<NodeId> away = new HashSet<>();
    private Optional<ImmutableSet<AddressFamily>> fragments = Optional.empty();
    private boolean takesProbes;
    private PathMtus pathMtus = PathMtus.UNKNOWN;

    @Override
    public boolean takesProbes(NodeId device) {
      return takesProbes && device.equals(ONE);
    }

    @Override
    public PathMtus pathMtus() {
      return pathMtus;
    }

    @Override
    public boolean knows(NodeId device) {
      return !away.contains(device);
    }

    @Override
    public boolean hasPort(NodeId device, OfPort port) {
      return true;
    }

    @Override
    public Optional<OfPort> byName(NodeId device, String name) {
      return name.equals("ext") ? Optional.of(UPLINK) : Optional.empty();
    }

    @Override
    public Optional<MacAddress> mac(NodeId device, OfPort port) {
      return Optional.empty();
    }

    @Override
    public OptionalInt mtu(NodeId device, PortRef port) {
      Integer mtu = mtus.get(ImmutableList.of(device, port.port().orElse(UPLINK)));
      return mtu == null ? OptionalInt.empty() : OptionalInt.of(mtu);
    }

    @Override
    public Optional<ImmutableSet<AddressFamily>> fragmentsOver(NodeId device, OfPort tunnel) {
      return tunnel.equals(TUNNEL) ? fragments : Optional.empty();
    }

    @Override
    public ImmutableList<EndpointConfig> endpoints() {
      return ImmutableList.copyOf(endpoints);
    }
  }

  private Assembly assembled(String document) {
    return ModelAssembler.assemble(
        new ModelReader().readDocument(document.replace('\'', '"')), facts);
  }

  private static String device(NodeId id, String fields) {
    return "'" + id + "':{'overlane':{" + fields + "}}";
  }

  private static String devices(String... devices) {
    return "{'devices':{" + String.join(",", devices) + "}}";
  }

  private int mtu(String fields) {
    return assembled(devices(device(ONE, fields))).model().nodes().get(ONE).underlayMtu();
  }

  private void uplinkMtu(NodeId device, int port, int mtu) {
    facts.mtus.put(ImmutableList.of(device, OfPort.of(port)), mtu);
  }

  @Test
  void probesAndWhatTheyHaveFoundGoIntoTheModel() {
    String document = devices(device(ONE, ""), device(TWO, ""));
    assertThat(assembled(document).model().requireNode(ONE).takesProbes()).isFalse();
    facts.takesProbes = true;
    facts.pathMtus =
        PathMtus.of(ImmutableMap.of(PathMtus.Path.of(ONE, TWO, AddressFamily.IPV6), 1400));
    assertThat(assembled(document).model().requireNode(ONE).takesProbes()).isTrue();
    assertThat(assembled(document).model().requireNode(TWO).takesProbes()).isFalse();
    assertThat(assembled(document).model().pathMtus()).isEqualTo(facts.pathMtus);
  }

  @Test
  void theUnderlayMtuIsWhatTheUplinksCarryAndNoMoreThanConfigured() {
    assertThat(mtu("'uplinks':[{'port':'ext'}]")).isEqualTo(1500);
    uplinkMtu(ONE, 1, 9000);
    assertThat(mtu("'uplinks':[{'port':'ext'}]")).isEqualTo(9000);
    assertThat(mtu("'uplinks':[{'port':'ext'}],'underlayMtu':1600")).isEqualTo(1600);
    uplinkMtu(ONE, 1, 1400);
    assertThat(mtu("'uplinks':[{'port':'ext'}],'underlayMtu':1600")).isEqualTo(1400);
    uplinkMtu(ONE, 3, 1350);
    assertThat(mtu("'uplinks':[{'port':1},{'port':3}]")).isEqualTo(1350);
    assertThat(mtu("'uplinks':[{'port':3},{'port':4}]")).isEqualTo(1350);
  }

  @Test
  void anUplinkThatIsTooNarrowForAnUnderlayIsPending() {
    uplinkMtu(ONE, 1, 1200);
    assertThat(mtu("'uplinks':[{'port':1}],'vteps':['192.0.2.1']")).isEqualTo(1200);
    String ipv6 = "'uplinks':[{'port':1}],'vteps':['2001:db8::1']";
    assertThat(mtu(ipv6)).isEqualTo(1500);
    assertThat(assembled(devices(device(ONE, ipv6))).pending())
        .extracting(Pending::path)
        .containsExactly("devices[\"of:0000000000000001\"].overlane.uplinks[0].port");
    uplinkMtu(ONE, 1, 100);
    assertThat(mtu("'uplinks':[{'port':1}],'underlayMtu':900")).isEqualTo(900);
  }

  @Test
  void aBridgeWithoutUplinksTakesTheMtuOfThoseThatConnectIt() {
    uplinkMtu(TWO, 1, 9000);
    String phy = device(TWO, "'uplinks':[{'port':1}],'host':'" + ONE + "'");
    Assembly free = assembled(devices(device(ONE, "'vteps':['192.0.2.1']"), phy));
    assertThat(free.model().nodes().get(ONE).underlayMtu()).isEqualTo(9000);
    assertThat(free.model().underlayMtu(free.model().nodes().get(ONE))).isEqualTo(9000);
    Assembly bounded = assembled(devices(device(ONE, "'underlayMtu':2000"), phy));
    assertThat(bounded.model().underlayMtu(bounded.model().nodes().get(ONE))).isEqualTo(2000);
  }

  /** After a restart of the controller bridges come one by one; nothing may change meanwhile. */
  @Test
  void theMtuOfABridgeThatHasNotConnectedIsKnownFromItsDatabase() {
    uplinkMtu(TWO, 1, 1400);
    facts.away.add(TWO);
    for (String port : ImmutableList.of("1", "'ext'")) {
      String phy = device(TWO, "'uplinks':[{'port':" + port + "}],'host':'" + ONE + "'");
      Assembly early = assembled(devices(device(ONE, "'vteps':['192.0.2.1']"), phy));
      assertThat(early.model().nodes().get(ONE).underlayMtu()).as(port).isEqualTo(1400);
    }
  }

  @Test
  void whatIsDiscoveredOfFragmentsIsADefault() {
    String tunnel = "'tunnel':{'mode':'native','port':10}";
    assertThat(fragmentsOverIpv4(tunnel)).isFalse();
    facts.fragments = Optional.of(ImmutableSet.of(AddressFamily.IPV4));
    assertThat(fragmentsOverIpv4(tunnel)).isTrue();
    assertThat(fragmentsOverIpv4(tunnel.replace("}", ",'fragments':[]}"))).isFalse();
    facts.fragments = Optional.of(ImmutableSet.of());
    assertThat(fragmentsOverIpv4("'tunnel':{'mode':'management-os','ports':{'blue':10}}")).isTrue();
  }

  private boolean fragmentsOverIpv4(String tunnel) {
    Node node =
        assembled("{'devices':{" + device(ONE, tunnel) + "}," + BLUE + "}")
            .model()
            .nodes()
            .get(ONE);
    return node.fragmentsOver(AddressFamily.IPV4);
  }

  private void announce(NodeId device, int port, String mac) {
    facts.endpoints.add(
        new ModelReader()
            .readEndpoint(
                String.format(
                        "{'network':'blue','mac':'%s','device':'%s','port':%d}", mac, device, port)
                    .replace('\'', '"')));
  }

  private Assembly withEndpoints(String... endpoints) {
    return assembled(
        "{'devices':{"
            + device(ONE, "")
            + ","
            + device(TWO, "'tunnel':{'mode':'native','port':10}")
            + "},"
            + BLUE
            + ",'endpoints':["
            + String.join(",", endpoints)
            + "]}");
  }

  private static String endpoint(String id, String mac, NodeId device, String port) {
    return String.format(
        "{'id':'%s','network':'blue','mac':'%s','device':'%s','port':%s}", id, mac, device, port);
  }

  @Test
  void anAnnouncedEndpointNeedsNoDeclaration() {
    announce(TWO, 101, "02:00:00:00:01:01");
    Assembly assembly = withEndpoints();
    assertThat(assembly.pending()).isEmpty();
    Endpoint endpoint = assembly.model().endpoints().get("blue/02:00:00:00:01:01");
    assertThat(endpoint.node()).isEqualTo(TWO);
    assertThat(endpoint.port()).contains(OfPort.of(101));
  }

  @Test
  void aDeclaredEndpointComesFirstWhateverItIsCalled() {
    announce(TWO, 101, "02:00:00:00:01:01");
    announce(TWO, 102, "02:00:00:00:01:02");
    Assembly assembly =
        withEndpoints(
            endpoint("z", "02:00:00:00:01:01", ONE, "7"),
            endpoint("blue/02:00:00:00:01:02", "02:00:00:00:01:09", ONE, "8"));
    assertThat(assembly.model().endpoints().keySet())
        .containsExactlyInAnyOrder("z", "blue/02:00:00:00:01:02");
    assertThat(assembly.model().endpoints().get("z").node()).isEqualTo(ONE);
    assertThat(assembly.pending()).hasSize(2).allMatch(p -> p.device().equals(TWO));
    assertThat(assembly.pending().get(0).toString())
        .contains("port 101 of of:0000000000000002, but endpoint z is at port 7");
  }

  @Test
  void anAnnouncementThatAgreesIsNoConflict() {
    announce(ONE, 1, "02:00:00:00:01:01");
    Assembly assembly = withEndpoints(endpoint("vm", "02:00:00:00:01:01", ONE, "'ext'"));
    assertThat(assembly.pending()).isEmpty();
    assertThat(assembly.model().endpoints().keySet()).containsExactly("vm");
  }

  @Test
  void whatCannotBeUsedOfAnAnnouncementIsPending() {
    announce(TWO, 101, "02:00:00:00:01:01");
    announce(ONE, 101, "02:00:00:00:01:01");
    announce(TWO, 10, "02:00:00:00:01:02");
    Assembly assembly = withEndpoints();
    assertThat(assembly.model().endpoints().get("blue/02:00:00:00:01:01").node()).isEqualTo(ONE);
    assertThat(assembly.pending())
        .extracting(Pending::reason)
        .satisfiesExactly(
            reason -> assertThat(reason).contains("is announced by port 101 of " + TWO),
            reason -> assertThat(reason).contains("already a tunnel port"));
    assertThat(assembled(devices(device(ONE, ""), device(TWO, ""))).pending())
        .hasSize(3)
        .allMatch(p -> p.reason().contains("there is no network blue"));
  }
}
