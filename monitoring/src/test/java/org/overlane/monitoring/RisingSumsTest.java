/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RisingSumsTest {
  private final RisingSums<String> sums = new RisingSums<>();

  @Test
  void followsASumThatRises() {
    assertThat(sums.rise("a", 1_000)).isEqualTo(1_000);
    assertThat(sums.rise("a", 1_010)).isEqualTo(1_010);
    assertThat(sums.rise("b", 5)).isEqualTo(5);
  }

  @Test
  void countsAFallAsNothingAndWhatFollowsAsItIs() {
    sums.rise("a", 1_000);
    assertThat(sums.rise("a", 400)).isEqualTo(1_000);
    assertThat(sums.rise("a", 450)).isEqualTo(1_050);
  }

  @Test
  void beginsAnewWithWhatWasForgotten() {
    sums.rise("a", 7);
    sums.rise("b", 8);
    sums.retain(Set.of("b"));
    assertThat(sums.rise("a", 3)).isEqualTo(3);
    assertThat(sums.rise("b", 9)).isEqualTo(9);
  }

  @Property(tries = 200)
  void neverFalls(@ForAll List<@IntRange(min = 0, max = 1_000) Integer> observed) {
    RisingSums<String> rising = new RisingSums<>();
    long before = 0;
    for (int sum : observed) {
      long total = rising.rise("a", sum);
      assertThat(total).isGreaterThanOrEqualTo(Math.max(before, sum));
      before = total;
    }
  }
}
