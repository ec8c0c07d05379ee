/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.base.Splitter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.overlane.config.ConfigException;
import org.overlane.config.Problem;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.trace.FragmentClass;
import org.overlane.flowrules.trace.FragmentMode;
import org.overlane.flowrules.trace.TracedPacket;

class TraceQueryTest {
  private static final NetworkModel MODEL = Examples.model("large-packets.json");
  private static final NetworkModel SPLIT = Examples.model("native-split.json");

  /** {@code from=vm1 df size=1500}. */
  private static TraceQuery query(String options) {
    Map<String, String> named = new LinkedHashMap<>();
    for (String option : Splitter.on(' ').omitEmptyStrings().split(options)) {
      List<String> parts = Splitter.on('=').limit(2).splitToList(option);
      named.put(parts.get(0), parts.size() > 1 ? parts.get(1) : "");
    }
    return TraceQuery.parse(named);
  }

  private static TraceStart start(String options) {
    return query(options).resolve(MODEL);
  }

  private static TracedPacket packet(String options) {
    return start(options).packet();
  }

  @Test
  void fillsInWhatTheModelKnows() {
    TraceStart start = start("from=vm1 to=vm3 tcp size=1501 df");
    assertThat(start.node()).isEqualTo(MODEL.endpoints().get("vm1").node());
    assertThat(start.from().orElseThrow().id()).isEqualTo("vm1");
    assertThat(start.to().orElseThrow().id()).isEqualTo("vm3");
    TracedPacket packet = start.packet();
    assertThat(packet.inPort()).isEqualTo(OfPort.of(11));
    assertThat(packet.length()).isEqualTo(1515);
    assertThat(packet.dontFragment()).isTrue();
    assertThat(packet.ipSrc()).contains(IpAddress.parse("10.0.0.11"));
    assertThat(packet.ipDst()).contains(IpAddress.parse("10.0.0.13"));
    assertThat(start.mode()).isEqualTo(FragmentMode.NORMAL);
  }

  @Test
  void takesEachOption() {
    assertThat(packet("from=vm1 to=vm3 ipv6").etherType()).isEqualTo(TracedPacket.IPV6);
    assertThat(packet("from=vm1 to=vm3").icmpType()).contains(8);
    assertThat(packet("from=vm1 to=vm3 ipv6 icmp").icmpType()).contains(128);
    assertThat(packet("from=vm1 to=vm3 syn").mss()).contains(1460);
    assertThat(packet("from=vm1 to=vm3 syn ipv6").mss()).contains(1440);
    assertThat(packet("from=vm1 to=vm3 syn mss=500").mss()).contains(500);
    assertThat(packet("from=vm1 to=vm3 vlan=7 size=100").length()).isEqualTo(118);
    assertThat(packet("from=vm1 to=vm3 fragment=later").fragment()).isEqualTo(FragmentClass.LATER);
    assertThat(packet("from=vm1 to=vm3 src-port=7 dst-port=9").l4Dst()).contains(9);
    assertThat(packet("from=vm1 to=vm3 src-ip=fd00::5").ipSrc())
        .contains(IpAddress.parse("fd00::5"));
    assertThat(packet("from=vm1 multicast").ethDst().isMulticast()).isTrue();
    assertThat(packet("from=vm1 arp to=vm3").arpTpa()).contains(IpAddress.parse("10.0.0.13"));
    assertThat(packet("from=vm1 arp to=vm3").ethDst().isMulticast()).isTrue();
    assertThat(packet("from=vm1 to=vm3 ethertype=0x88cc size=46").length()).isEqualTo(60);
    assertThat(packet("from=vm1 to=vm3 tcp=true df=false").dontFragment()).isFalse();
    assertThat(start("from=vm1 to=vm3 frag-mode=nx-match").mode()).isEqualTo(FragmentMode.NX_MATCH);
    assertThat(start("from=vm1 to=10.0.0.13").to().orElseThrow().id()).isEqualTo("vm3");
    assertThat(start("from=vm1 to=02:00:00:00:01:03").to().orElseThrow().id()).isEqualTo("vm3");
    assertThat(start("from=vm1 to=02:99:00:00:01:03").to()).isEmpty();
  }

  @Test
  void beginsAtPorts() {
    String node = MODEL.nodes().firstKey().toString();
    TracedPacket fromOutside = packet("from=" + node + "/1 udp fragment=later");
    assertThat(fromOutside.ipDst()).contains(IpAddress.parse("192.0.2.1"));
    assertThat(fromOutside.l4Dst()).contains(4789);
    TracedPacket fromHost = packet("from=" + node + "/local to=192.0.2.2 udp");
    assertThat(fromHost.inPort()).isEqualTo(OfPort.LOCAL);
    assertThat(fromHost.ipSrc()).contains(IpAddress.parse("192.0.2.1"));
    assertThat(fromHost.ethDst().toString()).isEqualTo("02:0a:00:00:00:02");
    assertThat(start("from=" + node + "/11 to=vm3").from().orElseThrow().id()).isEqualTo("vm1");
    TracedPacket fromTunnel = packet("from=" + node + "/10 to=vm1");
    assertThat(fromTunnel.tunnelId()).contains(100L);
    assertThat(fromTunnel.tunnelDst()).contains(IpAddress.parse("192.0.2.1"));
    TraceStart bridge = query("from=of:0000000000000101/LOCAL to=192.0.2.2").resolve(SPLIT);
    assertThat(bridge.packet().ethDst().toString()).isEqualTo("02:0a:00:00:00:02");
  }

  @ParameterizedTest
  @CsvSource({
    "to=vm3,from",
    "from=vm9 to=vm3,from",
    "from=of:0000000000000009/1 to=vm3,from",
    "from=of:0000000000000001/x to=vm3,from",
    "from=of:0000000000000001/10,from",
    "from=vm1,to",
    "from=vm1 to=vm9,to",
    "from=vm1 to=vm3 tcp udp,udp",
    "from=vm1 to=vm3 size=zero,size",
    "from=vm1 to=vm3 size=27,size",
    "from=vm1 to=vm3 size=65536,size",
    "from=vm1 to=vm3 size=1499 fragment=first,size",
    "from=vm1 to=vm3 fragment=middle,fragment",
    "from=vm1 to=vm3 vlan=4096,vlan",
    "from=vm1 to=vm3 ipv6 df,df",
    "from=vm1 to=vm3 arp df,df",
    "from=vm1 to=vm3 arp fragment=first,fragment",
    "from=vm1 to=vm3 udp syn,syn",
    "from=vm1 to=vm3 tcp mss=1400,mss",
    "from=vm1 to=vm3 icmp dst-port=5,dst-port",
    "from=vm1 to=vm3 src-ip=nowhere,src-ip",
    "from=vm1 to=vm3 src-ip=10.0.0.1 dst-ip=fd00::1,dst-ip",
    "from=vm1 to=vm3 ipv6 dst-ip=10.0.0.1,ipv6",
    "from=vm1 to=vm3 src-mac=01:00:00:00:00:01,src-mac",
    "from=vm1 to=vm3 dst-mac=here,dst-mac",
    "from=vm1 to=vm3 ethertype=5,ethertype",
    "from=vm1 to=vm3 frag-mode=all,frag-mode",
    "from=vm1 to=vm3 tcp=yes,tcp",
    "from=vm1 to=vm3 colour=red,colour"
  })
  void refusesWithTheOptionAndARemedy(String options, String path) {
    ConfigException refusal =
        catchThrowableOfType(() -> query(options).resolve(MODEL), ConfigException.class);
    assertThat(refusal).as(options).isNotNull();
    assertThat(refusal.problems()).extracting(Problem::path).contains(path);
    assertThat(refusal.problems()).allSatisfy(p -> assertThat(p.remedy()).isNotEmpty());
  }

  @Test
  void suggestsWhatMayBeMeant() {
    ConfigException refusal =
        catchThrowableOfType(() -> start("from=vm1 to=ruter2"), ConfigException.class);
    assertThat(refusal.problems().get(0).remedy()).startsWith("Endpoints are router2, router1");
  }

  /** Whatever is given for an option: a packet, or problems. */
  @Property(tries = 2000)
  void hostileValuesAreRefusedOrTaken(
      @ForAll @Size(max = 5) Map<TraceOption, @StringLength(max = 12) String> options) {
    Map<TraceOption, String> all = new LinkedHashMap<>(options);
    all.putIfAbsent(TraceOption.FROM, "vm1");
    all.putIfAbsent(TraceOption.TO, "vm3");
    try {
      TraceAnswer answer = TraceAnswer.desired(MODEL, TraceQuery.of(all));
      assertThat(PathText.render(answer, true)).isNotEmpty();
      assertThat(PathJson.of(answer).path("verdict").asText()).endsWith(".");
    } catch (ConfigException e) {
      assertThat(e.problems()).isNotEmpty();
    }
  }
}
