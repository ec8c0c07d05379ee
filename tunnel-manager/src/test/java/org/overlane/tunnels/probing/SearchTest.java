/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.probing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.overlane.flowrules.model.AddressFamily;

/** The largest size that arrives is found, with few probes. */
class SearchTest {
  private static final ProbePath PATH = Underlay.path(1, 2);

  private final Underlay net = new Underlay(ProbingSettings.DEFAULT, 1);

  @Test
  void pathThatIsWhatItShouldBeTakesTwoProbes() {
    net.add(PathPlan.of(PATH, 9000, 1));
    net.run(100);
    assertThat(net.state(PATH).status()).isEqualTo(PathStatus.CONFIRMED);
    assertThat(net.state(PATH).confirmed()).hasValue(9000);
    assertThat(net.state(PATH).lastConfirmed()).hasValue(4);
    assertThat(net.state(PATH).since()).isEqualTo(4);
    assertThat(net.sent).extracting(s -> s.probe().size()).containsExactly(1200, 9000);
    assertThat(net.prober.limits()).isEmpty();
    assertThat(net.state(PATH).why())
        .isEqualTo("packets of 9000 bytes, as large as they may be, arrive");
  }

  @Test
  void boundThatIsTheBaseTakesOneProbe() {
    net.add(PathPlan.of(PATH, 1100, 1));
    net.run(100);
    assertThat(net.state(PATH).status()).isEqualTo(PathStatus.CONFIRMED);
    assertThat(net.sent).extracting(s -> s.probe().size()).containsExactly(1100);
  }

  @Property(tries = 300)
  void anyMtuIsFoundExactly(@ForAll @IntRange(min = 1280, max = 9000) int mtu) {
    Underlay any = new Underlay(ProbingSettings.DEFAULT, mtu);
    any.add(PathPlan.of(PATH, 9000, 1)).mtu = mtu;
    any.run(40_000);
    PathState state = any.state(PATH);
    assertThat(state.confirmed()).hasValue(mtu);
    assertThat(state.status())
        .isEqualTo(mtu == 9000 ? PathStatus.CONFIRMED : PathStatus.BLACK_HOLE);
    assertThat(state.limit()).isEqualTo(mtu == 9000 ? OptionalInt.empty() : OptionalInt.of(mtu));
    if (mtu < 9000) {
      assertThat(state.smallestLost()).hasValue(mtu + 1);
    }
    assertThat(any.events).hasSize(1);
    assertThat(any.sent.size()).isLessThan(45);
  }

  @Property(tries = 100)
  void resultIsTooSmallByLessThanTheResolution(
      @ForAll @IntRange(min = 1280, max = 65000) int mtu,
      @ForAll @IntRange(min = 1, max = 512) int resolution) {
    Underlay any = new Underlay(ProbingSettings.builder().resolution(resolution).build(), mtu);
    any.add(PathPlan.of(PATH, 65535, 1)).mtu = mtu;
    any.until(PATH, PathStatus.BLACK_HOLE, 120_000);
    assertThat(any.state(PATH).confirmed().getAsInt()).isBetween(mtu - resolution + 1, mtu);
  }

  @Property(tries = 50)
  void baseOfIpv6IsEnough(@ForAll @IntRange(min = 1280, max = 1500) int mtu) {
    ProbePath six = ProbePath.of(Underlay.node(1), Underlay.node(2), AddressFamily.IPV6);
    Underlay any = new Underlay(ProbingSettings.DEFAULT, mtu);
    any.add(PathPlan.of(six, 1500, 1)).mtu = mtu;
    any.run(75_000);
    assertThat(any.state(six).confirmed()).hasValue(mtu);
    assertThat(any.sent.get(0).probe().size()).isEqualTo(1280);
  }

  @Test
  void commonSizesAreFoundFast() {
    for (int mtu : List.of(1280, 1400, 1420, 1450, 1480, 1492, 1500, 8950, 8980)) {
      Underlay common = new Underlay(ProbingSettings.DEFAULT, mtu);
      common.add(PathPlan.of(PATH, 9000, 1)).mtu = mtu;
      long took = common.until(PATH, PathStatus.BLACK_HOLE, 60_000);
      assertThat(common.state(PATH).confirmed()).hasValue(mtu);
      assertThat(took).as("milliseconds for %s", mtu).isLessThan(25_000);
    }
  }

  @Test
  void rememberedLimitHoldsUntilMeasuredAndIsTheFirstGuess() {
    net.add(PathPlan.of(PATH, 9000, 1).remembering(7321)).mtu = 7321;
    net.run(10);
    assertThat(net.prober.limits()).containsEntry(PATH, 7321);
    net.run(20_000);
    assertThat(net.state(PATH).confirmed()).hasValue(7321);
    assertThat(net.sent.size()).isLessThan(15);
    assertThat(net.events).allMatch(e -> e.limitAfter().equals(OptionalInt.of(7321)));
  }

  @Test
  void rememberedLimitThatMakesNoSenseIsIgnored() {
    net.add(PathPlan.of(PATH, 1500, 1).remembering(1500));
    net.add(PathPlan.of(Underlay.path(2, 1), 1500, 1).remembering(100));
    assertThat(net.prober.limits()).isEmpty();
  }

  @Test
  void sizeThatArrivesEveryOtherTimeIsReportedSeldom() {
    Underlay.Link link = net.add(PathPlan.of(PATH, 9000, 1));
    link.mtu = 1400;
    for (long t = 0; t < 4_000_000; t += 7_000) {
      net.at(t, () -> link.mtu = link.mtu == 1400 ? 9000 : 1400);
    }
    net.run(3_600_000);
    assertThat(net.events.size()).isLessThan(40);
    net.assertWithinBudget();
  }
}
