/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.overlane.flowrules.testing.Models.mac;
import static org.overlane.flowrules.testing.Models.port;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.text.OfctlFormat;

/** Which rules a VXLAN packet hits, whole, as first and as later fragment: measured facts. */
class FragmentModeTest {
  private static final IpAddress FROM4 = IpAddress.parse("192.0.2.2");
  private static final IpAddress TO4 = IpAddress.parse("192.0.2.1");
  private static final IpAddress FROM6 = IpAddress.parse("2001:db8::2");
  private static final IpAddress TO6 = IpAddress.parse("2001:db8::1");

  /** 1 where the rule is hit, for whole, first and later; a column for each mode. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "dl_dst=02:00:00:00:00:01              | 111 | 111 | 100 | 111",
        "ip                                    | 111 | 111 | 100 | 111",
        "ip,nw_dst=192.0.2.1                   | 111 | 111 | 100 | 111",
        "udp,nw_dst=192.0.2.1                  | 111 | 111 | 100 | 111",
        "udp,udp_dst=4789                      | 100 | 110 | 100 | 110",
        "udp,udp_dst=0                         | 011 | 001 | 000 | 000",
        "ip,nw_frag=yes                        | 011 | 011 | 000 | 000",
        "udp,nw_frag=not_later,udp_dst=4789    | 100 | 110 | 100 | 000",
        "udp6                                  | 110 | 110 | 100 | 110",
        "ipv6,nw_proto=44                      | 001 | 001 | 000 | 000",
        "ipv6                                  | 111 | 111 | 100 | 111",
        "ipv6,ipv6_dst=2001:db8::1             | 111 | 111 | 100 | 111",
        "udp6,udp_dst=4789                     | 100 | 110 | 100 | 110",
        "udp6,udp_dst=0                        | 010 | 000 | 000 | 000",
      })
  void hits(String rule, String normal, String nxMatch, String drop, String standard) {
    boolean ipv6 = rule.contains("6");
    assertThat(hits(rule, ipv6, FragmentMode.NORMAL)).as("normal").isEqualTo(normal);
    assertThat(hits(rule, ipv6, FragmentMode.NX_MATCH)).as("nx-match").isEqualTo(nxMatch);
    assertThat(hits(rule, ipv6, FragmentMode.DROP)).as("drop").isEqualTo(drop);
    assertThat(hits(rule, ipv6, FragmentMode.STANDARD)).as("standard").isEqualTo(standard);
  }

  private static String hits(String rule, boolean ipv6, FragmentMode mode) {
    FlowEntry entry =
        OfctlFormat.parseEntry("table=0,priority=5,in_port=1," + rule + ",actions=output:2");
    FlowTables tables = new FlowTables(List.of(entry), List.of());
    StringBuilder hits = new StringBuilder();
    for (FragmentClass fragment : FragmentClass.values()) {
      Trace trace = PacketTracer.trace(tables, vxlan(ipv6, fragment), mode);
      boolean hit = trace.dispositions().get(0).kind() == Disposition.Kind.OUTPUT;
      assertThat(trace.dispositions()).hasSize(1);
      hits.append(hit ? 1 : 0);
    }
    return hits.toString();
  }

  private static TracedPacket vxlan(boolean ipv6, FragmentClass fragment) {
    return TracedPacket.builder(port(1), mac(2), mac(1))
        .udp(ipv6 ? FROM6 : FROM4, ipv6 ? TO6 : TO4, 50_000, 4789)
        .fragment(fragment)
        .length(1514)
        .build();
  }

  @Test
  void dropSaysThatItWasTheMode() {
    Trace trace =
        PacketTracer.trace(FlowTables.EMPTY, vxlan(false, FragmentClass.FIRST), FragmentMode.DROP);
    assertThat(trace.steps()).hasSize(1);
    assertThat(trace.dispositions().get(0).kind()).isEqualTo(Disposition.Kind.DROPPED_FRAGMENT);
  }
}
