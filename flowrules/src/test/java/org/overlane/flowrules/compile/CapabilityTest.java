/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.compile;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.overlane.flowrules.testing.Models.endpoint;
import static org.overlane.flowrules.testing.Models.id;
import static org.overlane.flowrules.testing.Models.managementOs;
import static org.overlane.flowrules.testing.Models.nativeTunnel;
import static org.overlane.flowrules.testing.Models.network;
import static org.overlane.flowrules.testing.Models.node;
import static org.overlane.flowrules.testing.Models.portPerRemote;

import com.google.common.collect.ImmutableSet;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.Profile;
import org.overlane.flowrules.testing.RandomModels;

/** What a node tells its operator about large packets. */
class CapabilityTest {
  private static final String MTU = "give the VMs the MTU of their network\n";
  private static final String NO_LENGTHS =
      "the switch or its southbound cannot compare lengths; " + MTU;

  private static String report(Node node, boolean clamps) {
    NetworkModel model =
        NetworkModel.builder()
            .add(node)
            .add(network("blue", 100).toBuilder().mssClamping(clamps).build())
            .add(network("red", 200))
            .add(endpoint("vm1", "blue", 1, 1, 11))
            .add(endpoint("vm2", "red", 2, 1, 12))
            .build();
    return Capability.of(model, id(1)).stream()
        .map(c -> c.about().id() + (c.holds() ? " " : " not ") + c.means() + "\n")
        .collect(joining());
  }

  @Test
  void aNativeEndpointDoesNotFragment() {
    assertThat(report(node(1, "192.0.2.1").tunnel(nativeTunnel(9)).build(), true))
        .isEqualTo(
            """
            TX-4 the controller fragments the inner packet, at most 100 a second for each VM port; \
            for more, raise the underlay MTU or use a management-os endpoint over IPv4
            TX-5 ICMP type 3 code 4 from the controller, at most 100 a second for each VM port
            TX-6 ICMPv6 type 2 from the controller, at most 100 a second for each VM port
            TX-7 SYN and SYN-ACK of blue go by the controller, at most 200 a second for each VM port
            TX-8 dropped, and counted by a meter of the VM's port
            """);
  }

  @Test
  void aManagementOsEndpointFragmentsOverIpv4() {
    Node.Builder host = node(1, "192.0.2.1").tunnel(managementOs(Map.of("blue", 21, "red", 22)));
    assertThat(report(host.build(), false))
        .isEqualTo(
            """
            TX-4 the endpoint fragments the outer packet; the first packet of a pair goes by the \
            controller, the rest by an exception entry
            TX-5 ICMP type 3 code 4 from the controller, at most 100 a second for each VM port
            TX-6 ICMPv6 type 2 from the controller, at most 100 a second for each VM port
            TX-7 no network of this node clamps (mssClamping); TX-5 and TX-6 do the work
            TX-8 the endpoint fragments the outer packet
            """);
    Node both =
        node(1, "192.0.2.1", "2001:db8::1").tunnel(managementOs(Map.of("blue", 21))).build();
    assertThat(report(both, false))
        .contains("TX-8 over IPv4: the endpoint fragments the outer packet; else: dropped, and");
    assertThat(report(host.declaredFragments(Optional.of(ImmutableSet.of())).build(), false))
        .contains("TX-4 the controller fragments the inner packet")
        .contains("TX-8 dropped, and counted");
  }

  @Test
  void aPortPerRemoteIsLikeANativeOne() {
    Node node = node(1, "192.0.2.1").tunnel(portPerRemote(Map.of("192.0.2.2", 31))).build();
    assertThat(report(node, true))
        .isEqualTo(report(node(1, "192.0.2.1").tunnel(nativeTunnel(9)).build(), true));
  }

  @Test
  void aPlainSwitchLeavesItToTheVms() {
    Node node =
        node(1, "192.0.2.1")
            .profile(Profile.OPENFLOW13)
            .tunnel(portPerRemote(Map.of("192.0.2.2", 31)))
            .build();
    assertThat(report(node, true))
        .isEqualTo(
            "TX-4 not "
                + NO_LENGTHS
                + "TX-5 not "
                + NO_LENGTHS
                + "TX-6 not "
                + NO_LENGTHS
                + "TX-7 not the switch or its southbound cannot match TCP flags; "
                + MTU
                + "TX-8 not "
                + NO_LENGTHS);
  }

  @Test
  void aPlainSwitchWithAnEndpointThatFragmentsLosesNothing() {
    Node node =
        node(1, "192.0.2.1")
            .profile(Profile.OPENFLOW13)
            .tunnel(managementOs(Map.of("blue", 21, "red", 22)))
            .build();
    assertThat(report(node, false))
        .isEqualTo(
            "TX-4 the endpoint fragments the outer packet\n"
                + "TX-5 the endpoint fragments the outer packet whatever DF says of the inner one\n"
                + "TX-6 the endpoint fragments the outer packet\n"
                + "TX-7 not the switch or its southbound cannot match TCP flags; "
                + MTU
                + "TX-8 the endpoint fragments the outer packet\n");
  }

  @Test
  void aSouthboundThatCannotCarryTheCheckIsLikeAPlainSwitch() {
    Node.Builder node = node(1, "192.0.2.1").tunnel(nativeTunnel(9));
    assertThat(report(node.sizeCheck(false).build(), false)).startsWith("TX-4 not " + NO_LENGTHS);
  }

  /** The management OS selects the address, which the model then does not know. */
  @Test
  void withoutAnAddressEitherFamilyMayBe() {
    Node.Builder node = node(1).tunnel(managementOs(Map.of("blue", 21)));
    assertThat(report(node.build(), false))
        .contains("TX-8 over IPv4: the endpoint fragments the outer packet; else: dropped, and");
    assertThat(report(node.sizeCheck(false).build(), false)).startsWith("TX-4 not over IPv4: ");
  }

  @Test
  void aNodeWithoutATunnelHasNothingToSay() {
    assertThat(report(node(1, "192.0.2.1").build(), false)).isEmpty();
  }

  @Property(tries = 200)
  void neverSilent(@ForAll long seed) {
    NetworkModel model = RandomModels.any(seed);
    for (Node node : model.nodes().values()) {
      var capabilities = Capability.of(model, node.id());
      assertThat(capabilities).hasSize(node.tunnel().isPresent() ? 5 : 0);
      for (Capability capability : capabilities) {
        assertThat(capability.means()).isNotBlank().doesNotEndWith(".");
        if (node.checksSize()) {
          assertThat(capability.holds()).isTrue();
        } else if (capability.about() != Capability.Case.TCP) {
          boolean always =
              node.fragmentsOver(AddressFamily.IPV4) && node.fragmentsOver(AddressFamily.IPV6);
          assertThat(capability.holds() || !always).as("%s of %s", capability, node).isTrue();
        }
      }
    }
  }
}
