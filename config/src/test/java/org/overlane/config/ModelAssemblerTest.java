/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.overlane.config.Samples.json;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.TunnelEndpoint;

class ModelAssemblerTest {
  private static final NodeId HV1 = NodeId.of(Samples.HV1);
  private static final NodeId HV2 = NodeId.of(Samples.HV2);
  private static final MacAddress MGMT_MAC = MacAddress.parse("02:0a:00:00:00:02");

  /** Both switches, with the named ports of the second. */
  private static class NamedPorts implements PortDirectory {
    private final Map<String, Integer> names;

    NamedPorts(Map<String, Integer> names) {
      this.names = names;
    }

    @Override
    public boolean knows(NodeId device) {
      return true;
    }

    @Override
    public boolean hasPort(NodeId device, OfPort port) {
      return device.equals(HV1);
    }

    @Override
    public Optional<OfPort> byName(NodeId device, String name) {
      return Optional.ofNullable(device.equals(HV2) ? names.get(name) : null).map(OfPort::of);
    }

    @Override
    public Optional<MacAddress> mac(NodeId device, OfPort port) {
      return names.get("mgmt") != null && port.toLong() == names.get("mgmt")
          ? Optional.of(MGMT_MAC)
          : Optional.empty();
    }
  }

  private static final ImmutableMap<String, Integer> ALL =
      ImmutableMap.of("ext", 1, "mgmt", 2, "vx100", 3, "vm2", 4);

  private static Map<String, Integer> without(String name) {
    return Maps.filterKeys(ALL, n -> !n.equals(name));
  }

  private static Map<String, Integer> with(String name, int number) {
    return ImmutableMap.<String, Integer>builder().putAll(without(name)).put(name, number).build();
  }

  private static Assembly assembled(Map<String, Integer> names) {
    return ModelAssembler.assemble(Samples.twoHostsDocument(), new NamedPorts(names));
  }

  private static Node hv2(Assembly assembly) {
    return assembly.model().nodes().get(HV2);
  }

  @Test
  void resolvesNamesAndDiscoversTheManagementMac() {
    Assembly assembly = assembled(ALL);

    assertThat(assembly.pending()).isEmpty();
    Node node = hv2(assembly);
    assertThat(node.uplinks().get(0).port()).isEqualTo(OfPort.of(1));
    assertThat(node.uplinks().get(0).management().get().port()).isEqualTo(OfPort.of(2));
    assertThat(node.uplinks().get(0).management().get().mac()).isEqualTo(MGMT_MAC);
    assertThat(node.tunnel().get().ports()).containsExactly(OfPort.of(3));
    assertThat(assembly.model().endpoints().get("blue/02:00:00:00:01:02").port())
        .contains(OfPort.of(4));
    assertThat(assembly.model().nodes().get(HV1).vteps()).hasSize(2);
  }

  @Test
  void aMissingUplinkLeavesTheRest() {
    Assembly assembly = assembled(without("ext"));

    assertThat(hv2(assembly).uplinks()).isEmpty();
    assertThat(hv2(assembly).tunnel()).isPresent();
    assertThat(assembly.pending()).hasSize(1);
    Pending pending = assembly.pending().get(0);
    assertThat(pending.device()).isEqualTo(HV2);
    assertThat(pending.endpoint()).isEmpty();
    assertThat(pending.path())
        .isEqualTo("devices[\"of:0000000000000002\"].overlane.uplinks[0].port");
    assertThat(pending.reason()).contains("the uplink is left out").contains("ext");
  }

  @Test
  void aMissingManagementPortLeavesTheUplink() {
    Assembly assembly = assembled(without("mgmt"));

    assertThat(hv2(assembly).uplinks()).hasSize(1);
    assertThat(hv2(assembly).uplinks().get(0).management()).isEmpty();
    assertThat(assembly.pending())
        .extracting(Pending::path)
        .containsExactly("devices[\"of:0000000000000002\"].overlane.uplinks[0].management.port");
  }

  @Test
  void anUnknownManagementMacLeavesTheUplink() {
    ModelDocument document =
        new ModelReader()
            .readDocument(
                json(
                    "{'devices':{'of:0000000000000001':{'overlane':",
                    "{'uplinks':[{'port':1,'management':{'port':2}}]}}}}"));

    Assembly assembly = ModelAssembler.assemble(document, PortDirectory.offline());

    assertThat(assembly.model().nodes().get(HV1).uplinks().get(0).management()).isEmpty();
    assertThat(assembly.pending())
        .extracting(Pending::path)
        .containsExactly("devices[\"of:0000000000000001\"].overlane.uplinks[0].management.mac");
  }

  @Test
  void aMissingTunnelPortLeavesTheNode() {
    Assembly assembly = assembled(without("vx100"));

    assertThat(hv2(assembly).tunnel().get().ports()).isEmpty();
    assertThat(hv2(assembly).tunnel().get().mode()).isEqualTo(TunnelEndpoint.Mode.MANAGEMENT_OS);
    assertThat(assembly.pending()).hasSize(1);
  }

  @Test
  void aMissingEndpointPortLeavesTheEndpointKnownToOthers() {
    Assembly assembly = assembled(without("vm2"));

    Endpoint endpoint = assembly.model().endpoints().get("blue/02:00:00:00:01:02");
    assertThat(endpoint.port()).isEmpty();
    assertThat(assembly.pending()).hasSize(1);
    assertThat(assembly.pending().get(0).endpoint()).contains("blue/02:00:00:00:01:02");
    assertThat(assembly.pendingAt(HV2)).hasSize(1);
    assertThat(assembly.pendingAt(HV1)).isEmpty();
  }

  @Test
  void twoNamesOfOnePortAreNoTwoPurposes() {
    Assembly tunnelOnUplink = assembled(with("vx100", 1));
    assertThat(hv2(tunnelOnUplink).uplinks()).hasSize(1);
    assertThat(hv2(tunnelOnUplink).tunnel().get().ports()).isEmpty();
    assertThat(tunnelOnUplink.pending().get(0).reason())
        .contains("the tunnel of network blue is left out: port vx100, number 1,")
        .contains("already an uplink");

    Assembly vmOnManagement = assembled(with("vm2", 2));
    assertThat(vmOnManagement.model().endpoints().get("blue/02:00:00:00:01:02").port()).isEmpty();
    assertThat(vmOnManagement.pending().get(0).reason()).contains("already a management port");
  }

  @Test
  void aSwitchThatNeverConnectedIsSaidOnce() {
    PortDirectory nothing =
        new PortDirectory() {
          @Override
          public boolean knows(NodeId device) {
            return false;
          }

          @Override
          public boolean hasPort(NodeId device, OfPort port) {
            return false;
          }

          @Override
          public Optional<OfPort> byName(NodeId device, String name) {
            return Optional.empty();
          }

          @Override
          public Optional<MacAddress> mac(NodeId device, OfPort port) {
            return Optional.empty();
          }
        };

    Assembly assembly = ModelAssembler.assemble(Samples.twoHostsDocument(), nothing);

    assertThat(assembly.pending()).hasSize(4);
    assertThat(assembly.pending()).allMatch(p -> p.reason().contains("has not connected yet"));
    assertThat(assembly.model().nodes()).hasSize(2);
    assertThat(assembly.model().nodes().get(HV1).vteps()).hasSize(2);
    assertThat(assembly.model().endpoints()).hasSize(2);
  }

  @Test
  void offlineNamesArePendingAndNumbersAreNot() {
    Assembly assembly =
        ModelAssembler.assemble(Samples.twoHostsDocument(), PortDirectory.offline());

    assertThat(assembly.pendingAt(HV1)).isEmpty();
    assertThat(assembly.pendingAt(HV2)).hasSize(3);
    assertThat(assembly.pendingAt(HV2)).allMatch(p -> p.remedy().contains("OpenFlow number"));
  }

  @Test
  void anEndpointOnAnUnconfiguredDeviceWaits() {
    ModelDocument document = Samples.twoHostsDocument().withoutDevice(HV2);

    Assembly assembly = ModelAssembler.assemble(document, PortDirectory.offline());

    assertThat(assembly.model().endpoints()).containsOnlyKeys("vm1");
    assertThat(assembly.pending())
        .extracting(Pending::path)
        .containsExactly("endpoints[\"blue/02:00:00:00:01:02\"].device");
  }

  @Test
  void aBridgeThatComesBeforeItsHostStandsAlone() {
    DeviceConfig bridge =
        DeviceConfig.builder(HV2)
            .vteps(ImmutableList.of(IpAddress.parse("192.0.2.1")))
            .host(HV1)
            .build();
    ModelDocument alone = ModelDocument.EMPTY.with(bridge);

    Assembly before = ModelAssembler.assemble(alone, PortDirectory.offline());
    assertThat(hv2(before).host()).isEmpty();
    assertThat(hv2(before).vteps()).hasSize(1);
    assertThat(before.pending())
        .extracting(Pending::path)
        .containsExactly("devices[\"of:0000000000000002\"].overlane.host");

    ModelDocument both = alone.with(Samples.twoHostsDocument().devices().get(HV1));
    Assembly after = ModelAssembler.assemble(both, PortDirectory.offline());
    assertThat(hv2(after).host()).contains(HV1);
    assertThat(hv2(after).vteps()).hasSize(1);
    assertThat(after.pending()).isEmpty();
  }

  @Test
  void theSecondClaimOfAVtepIsLeftOut() {
    DeviceConfig hv2 =
        DeviceConfig.builder(HV2).vteps(ImmutableList.of(IpAddress.parse("192.0.2.1"))).build();
    Assembly assembly =
        ModelAssembler.assemble(Samples.twoHostsDocument().with(hv2), PortDirectory.offline());

    assertThat(assembly.model().nodes().get(HV1).vteps()).hasSize(2);
    assertThat(hv2(assembly).vteps()).isEmpty();
    Pending claim = assembly.pendingAt(HV2).get(0);
    assertThat(claim.path()).isEqualTo("devices[\"of:0000000000000002\"].overlane.vteps[0]");
    assertThat(claim.reason()).contains("192.0.2.1 is left out: " + HV1 + " has it");
    assertThat(claim.remedy()).contains("at one device only");
  }

  @Test
  void theDirectoryKnowsWhichSwitchesCheckSizes() {
    PortDirectory onlyHv1 =
        new NamedPorts(ALL) {
          @Override
          public boolean carriesSizeCheck(NodeId device) {
            return device.equals(HV1);
          }
        };

    Assembly assembly = ModelAssembler.assemble(Samples.twoHostsDocument(), onlyHv1);

    assertThat(assembly.model().nodes().get(HV1).sizeCheck()).isTrue();
    assertThat(hv2(assembly).sizeCheck()).isFalse();
    assertThat(assembly.pending()).isEmpty();
    Assembly offline = ModelAssembler.assemble(Samples.twoHostsDocument(), PortDirectory.offline());
    assertThat(offline.model().nodes().values()).allMatch(Node::sizeCheck);
  }

  @Test
  void whereAnEndpointFragmentsIsDeclaredOrFollowsFromItsMode() {
    Assembly assembly = assembled(ALL);

    Node hv1 = assembly.model().nodes().get(HV1);
    assertThat(hv1.declaredFragments()).contains(ImmutableSet.of(AddressFamily.IPV4));
    assertThat(hv2(assembly).declaredFragments()).isEmpty();
    assertThat(hv2(assembly).fragmentsOver(AddressFamily.IPV4)).isTrue();
    assertThat(hv2(assembly).fragmentsOver(AddressFamily.IPV6)).isFalse();
    ModelDocument never =
        new ModelReader()
            .readDocument(
                Samples.twoHosts().replace("\"ports\":", "\"fragments\": [], \"ports\":"));
    assertThat(
            hv2(ModelAssembler.assemble(never, new NamedPorts(ALL)))
                .fragmentsOver(AddressFamily.IPV4))
        .isFalse();
  }

  @Test
  void aNetworkIsTakenAsItIsDeclared() {
    assertThat(assembled(ALL).model().networks()).isEqualTo(Samples.twoHostsDocument().networks());
  }

  @Provide
  Arbitrary<ModelDocument> anyDocuments() {
    return Documents.any();
  }

  @Provide
  Arbitrary<ModelDocument> consistentDocuments() {
    return Documents.consistent();
  }

  @Provide
  Arbitrary<PortDirectory> ports() {
    return RandomPorts.any();
  }

  /** The model's own checks throw if the assembler lets a contradiction through. */
  @Property(tries = 3000)
  void neverThrows(
      @ForAll("anyDocuments") ModelDocument document, @ForAll("ports") PortDirectory ports) {
    Assembly assembly = ModelAssembler.assemble(document, ports);

    assertThat(assembly.model().nodes().keySet()).isEqualTo(document.devices().keySet());
    assertThat(assembly.model().nodes().values())
        .allMatch(node -> node.sizeCheck() == ports.carriesSizeCheck(node.id()));
    NetworkModel model = assembly.model();
    for (EndpointConfig endpoint : document.endpoints().values()) {
      boolean attached =
          Optional.ofNullable(model.endpoints().get(endpoint.id()))
              .flatMap(Endpoint::port)
              .isPresent();
      boolean waits =
          assembly.pending().stream()
              .filter(p -> !p.reason().contains("it is announced by"))
              .anyMatch(p -> p.endpoint().filter(endpoint.id()::equals).isPresent());
      assertThat(waits).as("%s attached or pending", endpoint).isNotEqualTo(attached);
    }
  }

  @Property(tries = 500)
  void offlineOnlyNamesMacsAndReferencesArePending(
      @ForAll("consistentDocuments") ModelDocument document) {
    Assembly assembly = ModelAssembler.assemble(document, PortDirectory.offline());

    assertThat(assembly.pending())
        .allMatch(
            p ->
                p.reason().contains("by the name")
                    || p.reason().contains("no MAC address")
                    || p.reason().contains("is not configured")
                    || p.reason().contains("is not declared")
                    || p.reason().contains("is left out")
                    || p.reason().contains("there is no such network"));
  }

  @Property(tries = 200)
  void everyDanglingReferenceIsPending(@ForAll("consistentDocuments") ModelDocument document) {
    Assembly assembly = ModelAssembler.assemble(document, PortDirectory.offline());

    assertThat(assembly.pending())
        .extracting(Pending::path)
        .containsAll(
            ModelChecks.danglingReferences(document).stream()
                .map(Problem::path)
                .collect(Collectors.toList()));
  }
}
