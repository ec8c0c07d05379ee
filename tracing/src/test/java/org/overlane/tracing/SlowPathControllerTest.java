/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.pipeline.PortMeters.Purpose;
import org.overlane.flowrules.trace.FragmentClass;
import org.overlane.flowrules.trace.TracedPacket;
import org.overlane.flowrules.trace.path.ControllerDecision;
import org.overlane.flowrules.trace.path.ControllerDecision.Kind;

/** What the slow path decides about packets of which only the headers are known. */
class SlowPathControllerTest {
  /** vm1 cannot be fragmented for, vm2 can; both have 1,450 bytes to vm3, over IPv4. */
  private static final NetworkModel MODEL = Examples.model("large-packets.json");

  private static final Endpoint VM1 = MODEL.endpoints().get("vm1");
  private static final Endpoint VM2 = MODEL.endpoints().get("vm2");
  private static final Endpoint VM3 = MODEL.endpoints().get("vm3");
  private static final int MTU = 1450;
  private static final SlowPathController CONTROLLER = new SlowPathController(MODEL);

  private static IpAddress ip(Endpoint endpoint, boolean ipv4) {
    return endpoint.ips().stream().filter(a -> a.isIpv4() == ipv4).findFirst().orElseThrow();
  }

  private static TracedPacket.Builder frame(Endpoint from, int length) {
    return TracedPacket.builder(from.port().orElseThrow(), from.mac(), VM3.mac()).length(length);
  }

  private static ControllerDecision decide(Endpoint from, TracedPacket packet, Purpose purpose) {
    return CONTROLLER.decide(from.node(), packet, purpose);
  }

  @Test
  void whatIsForTheAddressOfProbesEndsThere() {
    ControllerDecision decision = decide(VM1, frame(VM1, 600).build(), Purpose.PROBE);
    assertThat(decision.kind()).isEqualTo(Kind.DROPPED);
    assertThat(decision.reason()).isEqualTo("probe");
    assertThat(decision.explanation()).contains("the controller takes what other nodes have sent");
  }

  /** Each kind of packet ends as RFC 791, 1122, 4443 and 8200 let it, and none as malformed. */
  @Property(tries = 1000)
  void decidesAsTheStandardsSay(
      @ForAll boolean ipv4,
      @ForAll boolean df,
      @ForAll boolean tagged,
      @ForAll boolean fragmenting,
      @ForAll FragmentClass fragment,
      @ForAll @IntRange(min = 0, max = 3) int protocol,
      @ForAll @IntRange(min = 1, max = 3000) int eighths) {
    Endpoint from = fragmenting ? VM2 : VM1;
    int headers = ipv4 ? 20 : fragment == FragmentClass.WHOLE ? 40 : 48;
    int packetLength = headers + 1408 + 8 * eighths;
    TracedPacket.Builder frame = frame(from, 14 + (tagged ? 4 : 0) + packetLength);
    if (tagged) {
      frame.vlan(7);
    }
    switch (protocol) {
      case 0 -> frame.tcp(ip(from, ipv4), ip(VM3, ipv4), 1, 2, 0x10);
      case 1 -> frame.udp(ip(from, ipv4), ip(VM3, ipv4), 1, 2);
      case 2 -> frame.icmp(ip(from, ipv4), ip(VM3, ipv4), ipv4 ? 8 : 128);
      default -> frame.icmp(ip(from, ipv4), ip(VM3, ipv4), ipv4 ? 3 : 1);
    }
    TracedPacket packet = frame.fragment(fragment).dontFragment(ipv4 && df).build();
    ControllerDecision decision = decide(from, packet, Purpose.OVERSIZE);

    boolean error = protocol == 3;
    boolean told = ipv4 ? df : true;
    int mtu = tagged ? MTU - 4 : MTU;
    if (packetLength <= mtu) {
      assertThat(decision.reason()).isEqualTo("fits");
    } else if (told && fragment == FragmentClass.LATER) {
      assertThat(decision.reason()).isEqualTo("dropped-fragment");
    } else if (told && error) {
      assertThat(decision.reason()).isEqualTo("dropped-icmp-error");
    } else if (told) {
      assertThat(decision.kind()).isEqualTo(Kind.ANSWERED);
      assertThat(decision.answer().orElseThrow().mtu()).isEqualTo(mtu);
      String gateway = ipv4 ? "10.0.0.1" : "fd00:a::1";
      assertThat(decision.answer().get().source()).isEqualTo(IpAddress.parse(gateway));
    } else if (fragmenting) {
      assertThat(decision.packets()).containsExactly(packet);
      assertThat(decision.exception().isPresent()).isEqualTo(fragment == FragmentClass.WHOLE);
    } else {
      assertFragments(packet, decision.packets(), mtu);
    }
  }

  private static void assertFragments(TracedPacket packet, List<TracedPacket> parts, int mtu) {
    assertThat(parts).hasSizeGreaterThan(1);
    int payload = 0;
    for (TracedPacket part : parts) {
      assertThat(Words.packetLength(part)).isLessThanOrEqualTo(mtu);
      payload += Words.packetLength(part) - 20;
    }
    assertThat(payload).isEqualTo(Words.packetLength(packet) - 20);
    boolean later = packet.fragment() == FragmentClass.LATER;
    assertThat(parts.get(0).fragment())
        .isEqualTo(later ? FragmentClass.LATER : FragmentClass.FIRST);
    assertThat(parts.subList(1, parts.size())).allMatch(p -> p.fragment() == FragmentClass.LATER);
  }

  @Property(tries = 300)
  void lowersTheMssToWhatFits(
      @ForAll boolean ipv4, @ForAll @IntRange(min = 0, max = 0xffff) int mss) {
    TracedPacket syn =
        frame(VM1, 14 + 100).tcp(ip(VM1, ipv4), ip(VM3, ipv4), 1, 2, 0x02).mss(mss).build();
    ControllerDecision decision = decide(VM1, syn, Purpose.SYN);
    int limit = ipv4 ? 1410 : 1390;
    assertThat(decision.packets()).hasSize(1);
    assertThat(decision.packets().get(0).mss()).contains(Math.min(mss, limit));
    assertThat(decision.packets().get(0).length()).isEqualTo(syn.length());
    assertThat(decision.reason()).isEqualTo(mss > limit ? "clamped" : "clamp-not-needed");
  }

  @Test
  void dropsWhatIsOfNoEndpoint() {
    TracedPacket stranger =
        TracedPacket.builder(
                VM1.port().orElseThrow(), MacAddress.parse("02:99:00:00:00:01"), VM3.mac())
            .build();
    ControllerDecision decision = decide(VM1, stranger, Purpose.OVERSIZE);
    assertThat(decision.kind()).isEqualTo(Kind.DROPPED);
    assertThat(decision.reason()).isEqualTo("dropped-unknown-endpoint");
    assertThat(decision.answer()).isEqualTo(Optional.empty());
  }

  /** A DHCP reply is sent on from here, a router advertisement has been by the switch. */
  @Test
  void whatTellsVmsTheirMtuGoesWhereItWasSent() {
    TracedPacket reply = frame(VM1, 342).udp(ip(VM1, true), ip(VM3, true), 67, 68).build();
    ControllerDecision dhcp = decide(VM1, reply, Purpose.ADVERTISE);
    assertThat(dhcp.kind()).isEqualTo(Kind.SENT_ON);
    assertThat(dhcp.packets()).containsExactly(reply);
    assertThat(dhcp.actions()).isNotEmpty();
    TracedPacket advertisement = frame(VM1, 100).icmp(ip(VM1, false), ip(VM3, false), 134).build();
    ControllerDecision ra = decide(VM1, advertisement, Purpose.ADVERTISE);
    assertThat(ra.kind()).isEqualTo(Kind.DROPPED);
    assertThat(ra.explanation()).contains("sent once more");
  }
}
