/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.overlane.flowrules.compile.PipelineCompiler;
import org.overlane.flowrules.feature.PacketClass;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.tracing.Explanation.Comparison;
import org.overlane.tracing.Explanation.Origin;

class ExplanationTest {
  private static final FlowTables DESIRED =
      new PipelineCompiler()
          .compile(Examples.model("large-packets.json"), NodeId.of("of:0000000000000001"))
          .tables();
  private static final String RECEIVE =
      "cookie=0x2a031268c07136, duration=12.3s, table=0, n_packets=5, n_bytes=77, send_flow_rem"
          + " priority=310,udp,in_port=1,nw_dst=192.0.2.1 actions=";

  private static Explanation explain(String text) {
    return Explanation.of(ObservedEntry.parse(text), Optional.of(DESIRED));
  }

  /** Open vSwitch 3.1 has printed this after it was given the entries, and an exception. */
  @Test
  void knowsEveryEntryOfARealDump() throws Exception {
    List<Explanation> all =
        Files.readAllLines(Path.of("src/test/resources/dump-flows-ovs-3.1.txt")).stream()
            .filter(ObservedEntry::isEntry)
            .map(ExplanationTest::explain)
            .toList();
    assertThat(all).hasSize(DESIRED.entries().size() + 1);
    assertThat(all).filteredOn(e -> e.comparison() == Comparison.SAME).hasSize(all.size() - 1);
    assertThat(all)
        .filteredOn(e -> e.comparison() == Comparison.SAME)
        .allSatisfy(
            e -> {
              assertThat(e.origin()).isEqualTo(Origin.OURS);
              assertThat(e.wanted().orElseThrow().source()).isNotEmpty();
            });
    Explanation exception =
        all.stream().filter(e -> e.comparison() == Comparison.EXCEPTION).findFirst().orElseThrow();
    assertThat(exception.observed().idleTimeout()).contains(60);
    assertThat(Explanation.missing(all, DESIRED)).isEmpty();
    assertThat(Explanation.missing(all.subList(1, 10), DESIRED)).hasSize(all.size() - 10);
    assertThat(ExplanationText.summary(all, Optional.of(DESIRED)))
        .isEqualTo("50 entries: 49 same, 1 exception\n");
  }

  @Test
  void readsStatisticsAndTheApplicationId() {
    Explanation explanation = explain(RECEIVE + "LOCAL");
    assertThat(explanation.observed().applicationId()).isEqualTo(42);
    assertThat(explanation.observed().packets()).contains(5L);
    assertThat(explanation.packetClass()).contains(PacketClass.VXLAN_RECEIVE);
    assertThat(explanation.comparison()).isEqualTo(Comparison.SAME);
    assertThat(ExplanationText.render(explanation))
        .contains("VXLAN receive (cookie 0x31268c07136, application id 42)")
        .contains("docs/pipeline.md#vxlan-receive")
        .contains("Cause    VTEP 192.0.2.1");
  }

  @Test
  void saysWhatDiffers() {
    Explanation drop = explain(RECEIVE + "drop");
    assertThat(drop.comparison()).isEqualTo(Comparison.DIFFERS);
    assertThat(drop.differences()).containsExactly("it does drop, the model wants LOCAL");
    Explanation other = explain(RECEIVE.replace("c07136", "c07137") + "LOCAL");
    assertThat(other.origin()).isEqualTo(Origin.COOKIE_DIFFERS);
    assertThat(other.differences()).hasSize(1);
    Explanation gone = explain(RECEIVE.replace("192.0.2.1", "192.0.2.77") + "LOCAL");
    assertThat(gone.comparison()).isEqualTo(Comparison.NOT_WANTED);
    assertThat(gone.origin()).isEqualTo(Origin.COOKIE_DIFFERS);
  }

  @Test
  void takesCookiesAlone() {
    for (String text : List.of("0x2a031268c07136", "31268c07136", "11825326623584566")) {
      Explanation explanation = explain(text);
      assertThat(explanation.packetClass()).as(text).contains(PacketClass.VXLAN_RECEIVE);
      assertThat(explanation.origin()).isEqualTo(Origin.BY_COOKIE);
      assertThat(explanation.comparison()).as(text).isEqualTo(Comparison.SAME);
    }
    assertThat(explain("0x31268c07137").comparison()).isEqualTo(Comparison.NOT_WANTED);
    assertThat(explain("0").origin()).isEqualTo(Origin.OTHER);
    assertThat(explain("0xffffffffffffffff").origin()).isEqualTo(Origin.OTHER);
  }

  @Test
  void explainsByCookieWhatItCannotRead() {
    Explanation named = explain(RECEIVE.replace("in_port=1", "in_port=\"eth0\"") + "LOCAL");
    assertThat(named.packetClass()).contains(PacketClass.VXLAN_RECEIVE);
    assertThat(named.observed().unreadable()).isPresent();
    assertThat(named.comparison()).isEqualTo(Comparison.UNKNOWN);
    assertThat(explain("cookie=0x0, priority=0 actions=NORMAL").origin()).isEqualTo(Origin.OTHER);
  }

  @Test
  void refusesWhatIsNoEntry() {
    for (String text : List.of("", "hello", "0x11112222333344445", "99999999999999999999")) {
      assertThatThrownBy(() -> ObservedEntry.parse(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(ObservedEntry.isEntry("OFPST_FLOW reply (OF1.3) (xid=0x2):")).isFalse();
    assertThat(ObservedEntry.isEntry("  ")).isFalse();
    assertThat(ObservedEntry.isEntry("meter=45,pktps")).isFalse();
  }
}
