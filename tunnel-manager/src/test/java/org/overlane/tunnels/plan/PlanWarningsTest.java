/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.overlane.config.ModelAssembler;
import org.overlane.config.ModelReader;
import org.overlane.config.PortDirectory;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.tunnels.discovery.Discovery;
import org.overlane.tunnels.discovery.Rows;
import org.overlane.tunnels.plan.PlanWarning.Kind;

/** What is worth a word, and what is not. */
class PlanWarningsTest {
  private static final NodeId HV1 = RandomFabrics.id(1);
  private static final NodeId HV2 = RandomFabrics.id(2);
  private static final NodeId HV3 = RandomFabrics.id(3);
  private static final String NATIVE = "'tunnel': {'mode': 'native', 'port': 10}";
  private static final String KERNEL =
      "'tunnel': {'mode': 'native', 'port': 10, 'fragments': ['ipv4']}";
  private static final String MANAGEMENT_OS =
      "'tunnel': {'mode': 'management-os', 'ports': {'blue': 10}}";

  /** Devices 1 to n, each with a VM in network blue at port 11; fields are added to each device. */
  private static NetworkModel model(String network, String... devices) {
    List<String> parts = new ArrayList<>();
    List<String> endpoints = new ArrayList<>();
    for (int i = 1; i <= devices.length; i++) {
      String vtep = devices[i - 1].contains("vteps") ? "" : "'vteps': ['192.0.2." + i + "'], ";
      parts.add("'" + RandomFabrics.id(i) + "': {'overlane': {" + vtep + devices[i - 1] + "}}");
      endpoints.add(
          "{'id': 'vm"
              + i
              + "', 'network': 'blue', 'mac': '02:00:00:00:00:0"
              + i
              + "', 'device': '"
              + RandomFabrics.id(i)
              + "', 'port': 11}");
    }
    String json =
        "{'devices': {"
            + String.join(",", parts)
            + "}, 'networks': [{'id': 'blue', 'vni': 1"
            + network
            + "}], 'endpoints': ["
            + String.join(",", endpoints)
            + "]}";
    return ModelAssembler.assemble(
            new ModelReader().readDocument(json.replace('\'', '"')), PortDirectory.offline())
        .model();
  }

  private static List<PlanWarning> warnings(NetworkModel model) {
    return MtuPlan.of(model).warnings();
  }

  private static PlanWarning only(Kind kind, List<PlanWarning> warnings) {
    List<PlanWarning> found = warnings.stream().filter(w -> w.kind() == kind).toList();
    assertThat(found).as("%s in %s", kind, warnings).hasSize(1);
    return found.get(0);
  }

  /** A host whose VM port has an MTU. */
  private static PlanFacts facts(NodeId device, String datapath, int mtu) {
    return PlanFacts.of(Map.of(device, bridge(device, datapath, mtu)));
  }

  private static org.overlane.tunnels.discovery.BridgeFacts bridge(
      NodeId device, String datapath, int mtu) {
    Rows rows = new Rows();
    rows.add(
        "Bridge",
        "name='br0'",
        "datapath_id='" + device.toString().substring(3) + "'",
        "datapath_type='" + datapath + "'",
        "ports=" + rows.port("tap", "ofport=11", "mtu=" + mtu));
    return Discovery.of(rows.database()).bridge(device).orElseThrow();
  }

  private static List<PlanWarning> warnings(NetworkModel model, PlanFacts facts) {
    return MtuPlan.of(model, facts, Optional.empty(), Optional.empty()).warnings();
  }

  @Test
  void whereAllIsWellNothingIsSaid() {
    assertThat(warnings(model("", MANAGEMENT_OS, MANAGEMENT_OS, KERNEL))).isEmpty();
    assertThat(warnings(model("", MANAGEMENT_OS))).isEmpty();
    assertThat(warnings(NetworkModel.empty())).isEmpty();
  }

  @Test
  void aNarrowUnderlayAndWhatItCosts() {
    PlanWarning warning =
        only(
            Kind.NARROW_UNDERLAY,
            warnings(
                model(
                    "",
                    MANAGEMENT_OS + ", 'underlayMtu': 9000",
                    MANAGEMENT_OS + ", 'underlayMtu': 1500",
                    MANAGEMENT_OS + ", 'underlayMtu': 1500")));

    assertThat(warning.subject()).isEqualTo(HV2 + " and 1 other");
    assertThat(warning.devices()).containsExactly(HV2, HV3);
    assertThat(warning.reason())
        .isEqualTo(
            "the underlay carries 1500 bytes here, up to 9000 at peers: paths of network blue carry"
                + " 1450 bytes instead of up to 8950");
    assertThat(warning.remedy()).endsWith("./overlane mtu --what-if " + HV2 + "=9000");
  }

  /** Where a bridge is narrower than the device that it connects, the bridge is to blame. */
  @Test
  void aNarrowBridge() {
    NetworkModel model = model("", MANAGEMENT_OS, MANAGEMENT_OS);
    NodeId bridge = RandomFabrics.id(101);
    NetworkModel narrow =
        model.toBuilder().add(Node.builder(bridge).host(HV1).underlayMtu(1400).build()).build();
    NetworkModel wide =
        model.toBuilder().add(Node.builder(bridge).host(HV1).underlayMtu(9000).build()).build();

    PlanWarning warning = only(Kind.NARROW_UNDERLAY, warnings(narrow));
    assertThat(warning.subject()).isEqualTo(bridge.toString());
    assertThat(warning.devices()).containsExactly(HV1, bridge);
    assertThat(warning.reason()).startsWith("the underlay carries 1400 bytes here, up to 1500");
    assertThat(warning.remedy()).endsWith(bridge + "=1500");
    assertThat(warnings(wide)).isEmpty();
  }

  @Test
  void pathsThatDifferMuch() {
    List<PlanWarning> warnings =
        warnings(
            model(
                "",
                MANAGEMENT_OS + ", 'underlayMtu': 9000",
                MANAGEMENT_OS + ", 'underlayMtu': 9000",
                MANAGEMENT_OS));

    assertThat(only(Kind.UNEQUAL_PATHS, warnings).reason()).contains("from 1450 to 8950 bytes");
    assertThat(
            warnings(
                model(
                    "",
                    MANAGEMENT_OS + ", 'underlayMtu': 1500",
                    MANAGEMENT_OS + ", 'underlayMtu': 1500",
                    MANAGEMENT_OS + ", 'underlayMtu': 1400")))
        .extracting(PlanWarning::kind)
        .containsExactly(Kind.NARROW_UNDERLAY);
  }

  @Test
  void tooNarrowForIpv6() {
    PlanWarning warning =
        only(
            Kind.BELOW_IPV6_MINIMUM,
            warnings(model("", MANAGEMENT_OS + ", 'underlayMtu': 1329", MANAGEMENT_OS)));

    assertThat(warning.subject()).isEqualTo("network blue");
    assertThat(warning.reason()).startsWith("its MTU of 1279 is less than the 1280");
    assertThat(warning.remedy()).contains(HV1.toString()).endsWith("to 1330 or more");
    assertThat(warnings(model("", MANAGEMENT_OS + ", 'underlayMtu': 1330", MANAGEMENT_OS)))
        .extracting(PlanWarning::kind)
        .doesNotContain(Kind.BELOW_IPV6_MINIMUM);
  }

  @Test
  void endpointsThatDoNotFragment() {
    PlanWarning warning =
        only(Kind.ENDPOINT_DOES_NOT_FRAGMENT, warnings(model("", NATIVE, NATIVE, KERNEL)));

    assertThat(warning.devices()).containsExactly(HV1, HV2);
    assertThat(warning.reason()).contains(HV1 + " and 1 other").contains("over 1450 bytes");
  }

  @Test
  void switchesThatCannotTellSizes() {
    String plain =
        "'profile': 'openflow13', 'tunnel': {'mode': 'port-per-remote', 'ports': {'192.0.2.2':"
            + " 10}}";
    List<PlanWarning> warnings = warnings(model(", 'mssClamping': true", plain, MANAGEMENT_OS));

    assertThat(only(Kind.NO_SIZE_CHECK, warnings).devices()).containsExactly(HV1);
    assertThat(only(Kind.NO_MSS_CLAMPING, warnings).devices()).containsExactly(HV1);
    assertThat(only(Kind.NO_MSS_CLAMPING, warnings).remedy())
        .isEqualTo("Give the VMs an MTU of 1450");
  }

  /** The userspace datapath does not take outer fragments; a kernel does, whatever it sends. */
  @Test
  void fragmentsThatNobodyPutsTogether() {
    NetworkModel model = model("", NATIVE, MANAGEMENT_OS);

    PlanWarning offline = only(Kind.FRAGMENTS_NOT_RECEIVED, warnings(model));
    assertThat(offline.subject()).isEqualTo(HV1.toString());
    assertThat(offline.devices()).containsExactly(HV1, HV2);
    assertThat(offline.reason())
        .contains("as far as the model tells")
        .contains("packets over 1450 bytes of network blue are lost");
    assertThat(
            only(Kind.FRAGMENTS_NOT_RECEIVED, warnings(model, facts(HV1, "netdev", 1450))).reason())
        .contains("its userspace datapath");
    assertThat(warnings(model, facts(HV1, "system", 1450)))
        .extracting(PlanWarning::kind)
        .doesNotContain(Kind.FRAGMENTS_NOT_RECEIVED);
    assertThat(warnings(model("", NATIVE, NATIVE)))
        .extracting(PlanWarning::kind)
        .doesNotContain(Kind.FRAGMENTS_NOT_RECEIVED);
  }

  @Test
  void portsOfVmsWithAnotherMtu() {
    NetworkModel model = model("", MANAGEMENT_OS, MANAGEMENT_OS);

    assertThat(warnings(model, facts(HV1, "system", 1450))).isEmpty();
    PlanWarning large = only(Kind.VM_MTU_TOO_LARGE, warnings(model, facts(HV1, "system", 1500)));
    assertThat(large.reason()).startsWith("the port of vm1 has an MTU of 1500, the network 1450");
    assertThat(large.devices()).containsExactly(HV1);
    PlanWarning small = only(Kind.VM_MTU_TOO_SMALL, warnings(model, facts(HV2, "system", 1400)));
    assertThat(small.reason()).startsWith("the port of vm2 has an MTU of 1400, the network 1450");
    assertThat(small.remedy())
        .isEqualTo("Raise the MTU of the ports to 1450, or give all VMs of the network 1400");
  }

  @Test
  void endpointsWithoutAPath() {
    String zoneA = MANAGEMENT_OS + ", 'zones': ['a']";
    PlanWarning zones =
        only(
            Kind.NO_PATH,
            warnings(
                model("", zoneA, MANAGEMENT_OS, MANAGEMENT_OS + ", 'zones': ['a', 'default']")));
    assertThat(zones.reason())
        .isEqualTo(
            "frames of "
                + HV1
                + " cannot reach "
                + HV2
                + ": the two devices are in no common zone; so it is with 1 other pair");
    assertThat(zones.remedy()).startsWith("Give the two devices a common zone");
    assertThat(zones.devices()).containsExactly(HV1, HV2);

    assertThat(only(Kind.NO_PATH, warnings(model("", "'name': 'x'", MANAGEMENT_OS))).remedy())
        .startsWith("Declare the tunnel");
    assertThat(
            only(Kind.NO_PATH, warnings(model("", NATIVE, KERNEL + ", 'vteps': ['2001:db8::2']")))
                .reason())
        .contains("no VTEP address of a family");
    assertThat(
            only(
                    Kind.NO_PATH,
                    warnings(
                        model(
                            "", "'tunnel': {'mode': 'management-os', 'ports': {}}", MANAGEMENT_OS)))
                .remedy())
        .isEqualTo("Create the port of VNI 1 and add it to the tunnel's ports");
    assertThat(
            only(
                    Kind.NO_PATH,
                    warnings(
                        model(
                            "",
                            "'tunnel': {'mode': 'port-per-remote', 'ports': {}}",
                            MANAGEMENT_OS)))
                .remedy())
        .startsWith("Create the tunnel port");
  }

  @Test
  void filtersSelectWarnings() {
    NetworkModel model =
        model(
            "",
            MANAGEMENT_OS + ", 'underlayMtu': 9000",
            MANAGEMENT_OS + ", 'underlayMtu': 9000",
            MANAGEMENT_OS);
    Optional<NetworkId> none = Optional.empty();

    assertThat(MtuPlan.of(model, PlanFacts.NONE, none, Optional.of(HV3)).warnings())
        .isEqualTo(MtuPlan.of(model).warnings())
        .isNotEmpty();
    assertThat(MtuPlan.of(model, PlanFacts.NONE, none, Optional.of(HV2)).warnings())
        .allMatch(w -> w.devices().contains(HV2));
    assertThat(
            MtuPlan.of(model, PlanFacts.NONE, Optional.of(NetworkId.of("red")), Optional.empty())
                .warnings())
        .isEmpty();
  }

  @Test
  void kindsAreStable() {
    assertThat(Arrays.stream(Kind.values()).map(Kind::text))
        .containsExactly(
            "no-path",
            "fragments-not-received",
            "no-size-check",
            "below-ipv6-minimum",
            "endpoint-does-not-fragment",
            "no-mss-clamping",
            "narrow-underlay",
            "unequal-paths",
            "vm-mtu-too-large",
            "vm-mtu-too-small");
  }
}
