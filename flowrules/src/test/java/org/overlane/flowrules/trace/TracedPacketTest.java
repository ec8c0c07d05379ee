/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.overlane.flowrules.testing.Models.mac;
import static org.overlane.flowrules.testing.Models.port;

import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.OfPort;

class TracedPacketTest {
  private static final IpAddress V4 = IpAddress.parse("10.0.0.1");
  private static final IpAddress V6 = IpAddress.parse("2001:db8::1");

  private static TracedPacket.Builder frame() {
    return TracedPacket.builder(port(1), mac(1), mac(2));
  }

  static Stream<Map.Entry<String, UnaryOperator<TracedPacket.Builder>>> nonsense() {
    Map<String, UnaryOperator<TracedPacket.Builder>> all =
        Map.ofEntries(
            Map.entry("in_port", b -> b.inPort(OfPort.IN_PORT)),
            Map.entry("eth_src", b -> b.ethSrc(MacAddress.parse("ff:ff:ff:ff:ff:ff"))),
            Map.entry("eth_type cannot be 1500", b -> b.etherType(1500)),
            Map.entry("eth_type cannot be 0x0800", b -> b.etherType(0x0800)),
            Map.entry("vlan", b -> b.vlan(4096)),
            Map.entry("arp_op is missing", b -> b.etherType(0x0806)),
            Map.entry("arp_tpa", b -> b.arp(1, V6)),
            Map.entry("ip_src", b -> b.udp(V4, V6, 1, 2)),
            Map.entry("ip_proto", b -> b.ip(V4, V4, 256)),
            Map.entry("L4 ports is missing", b -> b.ip(V4, V4, 17)),
            Map.entry("L4 destination", b -> b.udp(V4, V4, 1, 65_536)),
            Map.entry("L4 source", b -> b.udp(V4, V4, -1, 65_535)),
            Map.entry("tcp_flags cannot be 2", b -> b.udp(V4, V4, 1, 2).tcpFlags(2)),
            Map.entry("tcp_flags cannot be 4096", b -> b.tcp(V4, V4, 1, 2, 4096)),
            Map.entry("icmp_type", b -> b.icmp(V4, V4, 256)),
            Map.entry("fragment", b -> b.fragment(FragmentClass.FIRST)),
            Map.entry("df", b -> b.udp(V6, V6, 1, 2).dontFragment(true)),
            Map.entry("length (its headers need 42)", b -> b.udp(V4, V4, 1, 2).length(41)),
            Map.entry("tunnel", b -> b.tunnelId(Optional.of(5L))));
    return all.entrySet().stream();
  }

  @ParameterizedTest
  @MethodSource("nonsense")
  void refuses(Map.Entry<String, UnaryOperator<TracedPacket.Builder>> entry) {
    assertThatThrownBy(() -> entry.getValue().apply(frame()).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(entry.getKey());
  }

  @Test
  void isAsLongAsEthernetOrItsHeadersNeed() {
    assertThat(frame().build().length()).isEqualTo(60);
    assertThat(frame().vlan(5).tcp(V6, V6, 1, 2, 2).build().length()).isEqualTo(14 + 4 + 40 + 20);
    assertThat(frame().tcp(V6, V6, 1, 2, 2).fragment(FragmentClass.FIRST).build().length())
        .isEqualTo(14 + 48 + 20);
  }

  @Test
  void countsTheVlanTagInTheLengthThatIsChecked() {
    assertThat(frame().length(1464).build().checkedLength()).isEqualTo(1464);
    assertThat(frame().vlan(5).length(1464).build().checkedLength()).isEqualTo(1464);
  }
}
