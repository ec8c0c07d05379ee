/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.probing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.overlane.app.probing.Sites.id;
import static org.overlane.app.probing.Sites.path;
import static org.overlane.app.probing.Sites.plain;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.tunnels.probing.ProbePath;

class HeldLimitsTest {
  private static final NetworkModel MODEL = plain().build();
  private static final Set<ProbePath> BOTH = ImmutableSet.of(path(1, 2), path(2, 1));

  private final MemoryRows rows = new MemoryRows();
  private HeldLimits held = anew();

  private HeldLimits anew() {
    return new HeldLimits(new PathMtuStore(rows));
  }

  private boolean found(Set<ProbePath> own, Map<ProbePath, Integer> limits) {
    return held.follow(own, limits, MODEL, false);
  }

  @Test
  void aLimitSurvivesARestartAndHoldsUntilAProbeSaysOtherwise() {
    assertThat(found(BOTH, ImmutableMap.of(path(1, 2), 1400))).isTrue();
    held = anew();
    assertThat(held.of(path(1, 2))).hasValue(1400);
    assertThat(held.of(path(2, 1))).isEmpty();
    // Nobody probes yet.
    assertThat(found(ImmutableSet.of(), ImmutableMap.of())).isFalse();
    assertThat(held.mtus().of(id(1), id(2), path(1, 2).family())).hasValue(1400);
    assertThat(found(BOTH, ImmutableMap.of())).isTrue();
    assertThat(held.all()).isEmpty();
    assertThat(rows.rows).isEmpty();
  }

  @Test
  void writesOnlyWhatDiffers() {
    found(BOTH, ImmutableMap.of(path(1, 2), 1400, path(2, 1), 1300));
    assertThat(rows.writes).isEqualTo(2);
    assertThat(found(BOTH, ImmutableMap.of(path(1, 2), 1400, path(2, 1), 1300))).isFalse();
    assertThat(rows.writes).isEqualTo(2);
    assertThat(found(BOTH, ImmutableMap.of(path(1, 2), 1401, path(2, 1), 1300))).isTrue();
    assertThat(rows.writes).isEqualTo(3);
    assertThat(rows.rows.get(id(1).toString()))
        .containsExactly(Map.entry("ipv4/of:0000000000000002", "1401"));
  }

  @Test
  void whatOthersHaveFoundHoldsHereUnlessItIsProbedHere() {
    found(ImmutableSet.of(path(1, 2)), ImmutableMap.of(path(1, 2), 1400));
    HeldLimits other = anew();
    other.follow(ImmutableSet.of(path(2, 1)), ImmutableMap.of(path(2, 1), 1300), MODEL, false);
    assertThat(held.of(path(2, 1))).isEmpty();
    assertThat(
            held.follow(
                ImmutableSet.of(path(1, 2)), ImmutableMap.of(path(1, 2), 1400), MODEL, true))
        .isTrue();
    assertThat(held.of(path(2, 1))).hasValue(1300);
    assertThat(held.of(path(1, 2))).hasValue(1400);
  }

  @Test
  void limitsOfNodesThatAreGoneAreDropped() {
    found(BOTH, ImmutableMap.of(path(1, 2), 1400));
    NetworkModel without =
        plain().removeEndpoint("blue2").removeEndpoint("blue3").removeNode(id(2)).build();
    assertThat(held.follow(ImmutableSet.of(), ImmutableMap.of(), without, false)).isTrue();
    assertThat(rows.rows).isEmpty();
  }

  /** Nothing is taken for unlimited because it could not be read. */
  @Test
  void asLongAsTheStoreCannotBeReadNothingIsSaid() {
    found(BOTH, ImmutableMap.of(path(1, 2), 1400));
    held = anew();
    rows.away = true;
    assertThatIllegalStateException().isThrownBy(() -> held.mtus());
    rows.away = false;
    assertThat(held.of(path(1, 2))).hasValue(1400);
  }

  @Test
  void whatCouldNotBeWrittenIsInForceAndWrittenLater() {
    held.all();
    rows.away = true;
    assertThat(found(BOTH, ImmutableMap.of(path(1, 2), 1400))).isTrue();
    assertThat(held.of(path(1, 2))).hasValue(1400);
    rows.away = false;
    assertThat(found(BOTH, ImmutableMap.of(path(1, 2), 1400))).isFalse();
    assertThat(anew().of(path(1, 2))).hasValue(1400);
  }

  @Test
  void rowsThatCannotBeReadAreDisregarded() {
    rows.rows.put(
        id(1).toString(),
        ImmutableMap.<String, String>builder()
            .put("ipv4/of:0000000000000002", "1400")
            .put("ipv4/of:0000000000000003", "575")
            .put("ipv6/of:0000000000000003", "65536")
            .put("ipv4/of:0000000000000004", "many")
            .put("ipv4/of:0000000000000005", "-1")
            .put("ipv4/", "1400")
            .put("ipx/of:0000000000000002", "1400")
            .put("", "")
            .build());
    assertThat(held.all()).containsOnlyKeys(HeldLimits.key(path(1, 2)));
  }
}
