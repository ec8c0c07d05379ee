/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.overlane.flowrules.testing.Scenarios;
import org.overlane.flowrules.trace.Disposition;
import org.overlane.flowrules.trace.FragmentMode;
import org.overlane.flowrules.trace.PacketTracer;

/** What is wrong is found, by the invariant that should, with a packet that shows it. */
class MutantsTest {
  private static final int AT_LEAST = 60;

  /** What the tables alone show. */
  private static final Set<Invariant> WITHOUT_PACKET =
      EnumSet.of(
          Invariant.CONTROLLER_METERED,
          Invariant.CLASSIFY_WITHOUT_LAYER4,
          Invariant.NO_OVERLAP,
          Invariant.NO_DEAD_ENTRY,
          Invariant.REFERENCES);

  static List<Mutant> mutants() {
    return Mutants.all();
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void isKilled(Mutant mutant) {
    VerificationReport report = mutant.verify();
    assertThat(report.counts().keySet()).isNotEmpty().containsAll(mutant.killers());
    for (Violation violation : report.violations()) {
      assertThat(violation.node()).isEqualTo(mutant.node());
      assertThat(violation.message()).isNotBlank();
      if (violation.packet().isPresent()) {
        assertThat(violation.trace()).isNotBlank();
      } else {
        assertThat(violation.invariant()).isIn(WITHOUT_PACKET);
      }
    }
  }

  /** The packet of a violation takes the way that the violation blames. */
  @ParameterizedTest
  @MethodSource("mutants")
  void packetsTakeTheWayThatIsBlamed(Mutant mutant) {
    for (Violation violation : mutant.verify().violations()) {
      if (violation.packet().isPresent() && !violation.trace().contains("standard does not say")) {
        boolean plain = mutant.toString().contains("openflow13");
        boolean agrees =
            Stream.of(
                    plain
                        ? new FragmentMode[] {FragmentMode.STANDARD}
                        : new FragmentMode[] {FragmentMode.NORMAL, FragmentMode.NX_MATCH})
                .anyMatch(
                    mode ->
                        PacketTracer.trace(mutant.tables(), violation.packet().get(), mode)
                            .entries()
                            .equals(violation.entries()));
        assertThat(agrees).as(violation + "\n" + violation.trace() + violation.entries()).isTrue();
      }
    }
  }

  @Test
  void mutantsAreManyAndDistinct() {
    assertThat(mutants()).hasSizeGreaterThanOrEqualTo(AT_LEAST);
    assertThat(new HashSet<>(mutants().stream().map(Mutant::toString).toList()))
        .hasSameSizeAs(mutants());
  }

  @Test
  void everyInvariantKills() {
    Set<Invariant> killers = EnumSet.noneOf(Invariant.class);
    mutants().forEach(m -> killers.addAll(m.killers()));
    assertThat(killers).containsExactlyInAnyOrder(Invariant.values());
  }

  /** Some changes change nothing that a packet could notice; to report them would be noise. */
  static List<Mutant> harmless() {
    return List.of(
        new Mutant(
                "bypass at low priority: nothing else wants its port",
                Scenarios.nativeHostScenario())
            .in("in_port=LOCAL", "priority=400", "priority=150"),
        new Mutant("VmIngress skipped: it does nothing so far", Scenarios.nativeHostScenario())
            .in("in_port=11,dl_src", "goto_table:10", "goto_table:30"),
        new Mutant(
                "unknown VNI dropped by the miss: another counter", Scenarios.nativeHostScenario())
            .without("priority=100,in_port=9"),
        new Mutant("flood back into the native port: never sent", Scenarios.nativeHostScenario())
            .in("table=20, priority=200,tun_id=0x64,dl_dst=01", "output:12", "output:12,output:9"),
        new Mutant("an exception of the slow path", Scenarios.managementOsHost())
            .with(
                "table=51,priority=280,udp,tun_id=0x64,nw_src=10.0.0.1,nw_dst=10.0.0.3,"
                    + "reg0=0x3/0x3,actions=goto_table:52"));
  }

  @ParameterizedTest
  @MethodSource("harmless")
  void harmlessChangesAreProven(Mutant mutant) {
    assertThat(mutant.verify().violations()).isEmpty();
  }

  /** What a violation says of a packet can be checked by hand. */
  @Test
  void aLimitThatIsOneTooLargeIsShownByTheFrameThatIsOneTooLong() {
    Mutant mutant =
        mutants().stream()
            .filter(m -> m.toString().startsWith("limit one too large"))
            .findFirst()
            .orElseThrow();
    Violation violation = mutant.verify().violations().get(0);
    assertThat(violation.packet().orElseThrow().length()).isEqualTo(1465);
    assertThat(
            PacketTracer.trace(
                    mutant.tables(), violation.packet().orElseThrow(), FragmentMode.NORMAL)
                .dispositions())
        .extracting(Disposition::kind)
        .containsExactly(Disposition.Kind.OUTPUT);
  }
}
