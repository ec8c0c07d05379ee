/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.overlane.flowrules.testing.Models.addresses;
import static org.overlane.flowrules.testing.Models.id;
import static org.overlane.flowrules.testing.Models.managementOs;
import static org.overlane.flowrules.testing.Models.nativeTunnel;
import static org.overlane.flowrules.testing.Models.network;
import static org.overlane.flowrules.testing.Models.node;

import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.overlane.flowrules.testing.Models;

class PathLimitTest {
  private static final Network BLUE = network("blue", 100);

  private static PathLimit between(Network network, Node from, Node to, Node... others) {
    NetworkModel.Builder model = NetworkModel.builder().add(from).add(to).add(network);
    List.of(others).forEach(model::add);
    return PathLimit.between(model.build(), network, from, to);
  }

  private static Node ipv4(int number, int mtu) {
    return node(number, "192.0.2." + number).tunnel(nativeTunnel(9)).underlayMtu(mtu).build();
  }

  private static Node ipv6(int number, int mtu) {
    return node(number, "2001:db8::" + number).tunnel(nativeTunnel(9)).underlayMtu(mtu).build();
  }

  /** RFC 7348 section 5: what VXLAN adds. Tags take away from IP packets, not from frames. */
  @ParameterizedTest
  @CsvSource({
    "4, 0, 50, 1450, 1464",
    "4, 1, 54, 1446, 1464",
    "4, 2, 58, 1442, 1464",
    "6, 0, 70, 1430, 1444",
    "6, 1, 74, 1426, 1444",
    "6, 2, 78, 1422, 1444",
  })
  void countsHeadersAndTags(int version, int tags, int overhead, int ipMtu, int frameLimit) {
    Network network = BLUE.toBuilder().vlanTags(tags).build();
    boolean v4 = version == 4;
    PathLimit limit =
        between(network, v4 ? ipv4(1, 1500) : ipv6(1, 1500), v4 ? ipv4(2, 1500) : ipv6(2, 1500));
    assertThat(limit.family()).isEqualTo(v4 ? AddressFamily.IPV4 : AddressFamily.IPV6);
    assertThat(limit.overhead()).isEqualTo(overhead);
    assertThat(limit.ipMtu()).isEqualTo(ipMtu);
    assertThat(limit.frameLimit()).isEqualTo(frameLimit);
  }

  @ParameterizedTest
  @CsvSource({"1500, 1400, 1400, 2", "1400, 1500, 1400, 1", "1500, 1500, 1500, 1"})
  void theSmallerEndDecidesInBothDirections(int one, int other, int mtu, int narrowest) {
    PathLimit there = between(BLUE, ipv4(1, one), ipv4(2, other));
    PathLimit back = between(BLUE, ipv4(2, other), ipv4(1, one));
    assertThat(there.underlayMtu()).isEqualTo(mtu);
    assertThat(there.narrowest()).isEqualTo(id(narrowest));
    assertThat(back.ipMtu()).isEqualTo(there.ipMtu());
    assertThat(back.narrowest()).isEqualTo(one == other ? id(2) : id(narrowest));
  }

  @Test
  void saysHowItIsMadeUp() {
    assertThat(between(BLUE, ipv4(1, 1500), ipv4(2, 1500)).derivation())
        .isEqualTo("1450 = 1500 - 50, VXLAN over IPv4, towards 192.0.2.2");
    assertThat(between(BLUE, ipv6(1, 9000), ipv6(2, 1500)).derivation())
        .isEqualTo(
            "1430 = 1500 - 70, VXLAN over IPv6, towards 2001:db8::2,"
                + " whose underlay MTU is the smaller one");
    Network tagged = BLUE.toBuilder().vlanTags(1).build();
    assertThat(between(tagged, ipv4(1, 1500), ipv4(2, 9000)).derivation())
        .isEqualTo("1446 = 1500 - 54, VXLAN over IPv4 with 1 VLAN tag, towards 192.0.2.2");
    assertThat(between(tagged.toBuilder().vlanTags(2).build(), ipv4(1, 1500), ipv4(2, 1500)))
        .extracting(PathLimit::derivation)
        .isEqualTo("1442 = 1500 - 58, VXLAN over IPv4 with 2 VLAN tags, towards 192.0.2.2");
  }

  /** Bytes that probes have found, what ends say, and the limit of each direction. */
  @Test
  void whatProbesHaveFoundOnlyLowersTheLimit() {
    Node host = ipv4(1, 1500).toBuilder().declaredFragments(fragmentsOverIpv4()).build();
    PathLimit lower = probed(host, 1400);
    assertThat(lower.ipMtu()).isEqualTo(1350);
    assertThat(lower.probed()).isTrue();
    assertThat(lower.derivation())
        .isEqualTo("1350 = 1400 - 50, VXLAN over IPv4, towards 192.0.2.2, as probed");
    assertThat(probed(host, 9000)).isEqualTo(between(BLUE, host, ipv4(2, 1500)));
    assertThat(probed(host, 1500)).isEqualTo(between(BLUE, host, ipv4(2, 1500)));
  }

  /** It makes pieces for its own link, and those get lost. */
  @Test
  void anEndpointDoesNotFragmentForANarrowPlaceThatItCannotSee() {
    Node host = ipv4(1, 1500).toBuilder().declaredFragments(fragmentsOverIpv4()).build();
    assertThat(between(BLUE, host, ipv4(2, 1500)).endpointFragments()).isTrue();
    assertThat(probed(host, 1400).endpointFragments()).isFalse();
    assertThat(probed(host, 9000).endpointFragments()).isTrue();
  }

  private static Optional<ImmutableSet<AddressFamily>> fragmentsOverIpv4() {
    return Optional.of(ImmutableSet.of(AddressFamily.IPV4));
  }

  /** From a node to node 2, with other findings beside it that are none of its business. */
  private static PathLimit probed(Node from, int bytes) {
    PathMtus found =
        PathMtus.of(
            Map.of(
                PathMtus.Path.of(from.id(), id(2), AddressFamily.IPV4), bytes,
                PathMtus.Path.of(from.id(), id(2), AddressFamily.IPV6), 600,
                PathMtus.Path.of(id(2), from.id(), AddressFamily.IPV4), 601));
    Node to = ipv4(2, 1500);
    NetworkModel model = NetworkModel.builder().add(from).add(to).add(BLUE).pathMtus(found).build();
    return PathLimit.between(model, BLUE, from, to);
  }

  @Test
  void aProbedMtuIsInRange() {
    PathMtus.Path path = PathMtus.Path.of(id(1), id(2), AddressFamily.IPV4);
    assertThat(PathMtus.of(Map.of(path, 576)).of(id(1), id(2), AddressFamily.IPV4)).hasValue(576);
    for (int bytes : new int[] {-1, 0, 575, 65_536}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> PathMtus.of(Map.of(path, bytes)))
          .withMessageContaining("not " + bytes);
    }
  }

  /** Where no address tells, the larger header is the safe one. */
  @Test
  void withoutACommonFamilyTheHeaderIsThatOfTheNetworkElseOfIpv6() {
    PathLimit unknown = between(BLUE, ipv4(1, 1500), ipv6(2, 1500));
    assertThat(unknown.remote()).isEmpty();
    assertThat(unknown.derivation())
        .isEqualTo("1430 = 1500 - 70, VXLAN over IPv6, towards of:0000000000000002");
    Network over4 = BLUE.toBuilder().underlay(Optional.of(AddressFamily.IPV4)).build();
    assertThat(between(over4, ipv4(1, 1500), ipv6(2, 1500)).overhead()).isEqualTo(50);
  }

  @Test
  void theNetworkChoosesTheFamily() {
    Node one = Models.nativeHost(1).build();
    Node other = Models.nativeHost(2).build();
    assertThat(between(BLUE, one, other).overhead()).isEqualTo(50);
    Network over6 = BLUE.toBuilder().underlay(Optional.of(AddressFamily.IPV6)).build();
    assertThat(between(over6, one, other).overhead()).isEqualTo(70);
  }

  @Test
  void aBridgeWithASmallerMtuCounts() {
    Node bridge = node(7, "192.0.2.2").host(id(2)).underlayMtu(1400).build();
    assertThat(between(BLUE, ipv4(1, 1500), ipv4(2, 1500), bridge).ipMtu()).isEqualTo(1350);
    assertThat(between(BLUE, ipv4(2, 1500), ipv4(1, 1500), bridge).ipMtu()).isEqualTo(1350);
    Node wide = node(7, "192.0.2.2").host(id(2)).underlayMtu(9000).build();
    assertThat(between(BLUE, ipv4(1, 1500), ipv4(2, 1500), wide).ipMtu()).isEqualTo(1450);
  }

  /** A bridge may be asked for, although it has no tunnel: by a model that puts a VM on it. */
  @Test
  void aBridgeHasItsOwnMtu() {
    Node bridge = node(7, "192.0.2.2").host(id(2)).underlayMtu(1400).build();
    assertThat(between(BLUE, ipv4(1, 1500), bridge, ipv4(2, 1300)).underlayMtu()).isEqualTo(1400);
  }

  @Test
  void theManagementOsFragmentsOverIpv4UnlessDeclaredOtherwise() {
    Node.Builder host = node(1, "192.0.2.1").tunnel(managementOs(Map.of("blue", 21)));
    assertThat(between(BLUE, host.build(), ipv4(2, 1500)).endpointFragments()).isTrue();
    assertThat(between(BLUE, ipv4(2, 1500), host.build()).endpointFragments()).isFalse();
    Node.Builder host6 = node(1, "2001:db8::1").tunnel(managementOs(Map.of("blue", 21)));
    assertThat(between(BLUE, host6.build(), ipv6(2, 1500)).endpointFragments()).isFalse();
    host.declaredFragments(Optional.of(ImmutableSet.of()));
    assertThat(between(BLUE, host.build(), ipv4(2, 1500)).endpointFragments()).isFalse();
    Node declared =
        ipv6(1, 1500).toBuilder()
            .declaredFragments(Optional.of(ImmutableSet.of(AddressFamily.IPV6)))
            .build();
    assertThat(between(BLUE, declared, ipv6(2, 1500)).endpointFragments()).isTrue();
  }

  @Test
  void smallerLimitsComeFirst() {
    PathLimit small = between(BLUE, ipv4(1, 1500), ipv4(2, 1400));
    PathLimit large = between(BLUE, ipv4(1, 1500), ipv4(3, 1500));
    PathLimit same = between(BLUE, ipv4(1, 1500), ipv4(4, 1500));
    assertThat(List.of(same, large, small).stream().sorted()).containsExactly(small, large, same);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 3})
  void aFrameHasUpToTwoTags(int tags) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BLUE.toBuilder().vlanTags(tags).build())
        .withMessageContaining("0 to 2 VLAN tags");
  }

  @Test
  void aNetworkHasOneGatewayOfEachFamily() {
    Network both = BLUE.toBuilder().gateways(addresses("fd00::1", "10.0.0.1")).build();
    assertThat(both.gateways()).hasSize(2);
    for (List<IpAddress> gateways :
        List.of(addresses("10.0.0.1", "10.0.0.2"), addresses("fd00::1", "fd00::2"))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> BLUE.toBuilder().gateways(gateways).build())
          .withMessageContaining("one gateway a family");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BLUE.toBuilder().gateways(addresses("224.0.0.1")).build())
        .withMessageContaining("unicast gateways");
  }
}
