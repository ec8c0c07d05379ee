/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.overlane.app.reconcile.SwitchStatus;
import org.overlane.app.reconcile.SwitchStatus.State;
import org.overlane.config.ModelDocument;
import org.overlane.config.ModelReader;
import org.overlane.flowrules.model.NodeId;

/** What makes a controller not ready, and nothing else does. */
class ReadinessTest {
  private static final NodeId SWITCH = NodeId.of("of:0000000000000001");
  private static final String DECLARED =
      "{\"devices\": {\"" + SWITCH + "\": {\"overlane\": {\"name\": \"hv1\"}}}}";

  private static ModelDocument document(String json) {
    return new ModelReader().readDocument(json);
  }

  private static SwitchStatus status(State state) {
    SwitchStatus status = mock(SwitchStatus.class);
    when(status.id()).thenReturn(SWITCH);
    when(status.state()).thenReturn(state);
    when(status.reasons()).thenReturn(ImmutableList.of("table full", "another"));
    return status;
  }

  private static Readiness readiness(String document, State state, boolean withoutOffline) {
    return Readiness.of(
        document(document),
        Optional.empty(),
        ImmutableSortedMap.of(SWITCH, status(state)),
        withoutOffline);
  }

  @Test
  void anEmptyNetworkIsReady() {
    Readiness readiness =
        Readiness.of(document("{}"), Optional.empty(), ImmutableSortedMap.of(), false);
    assertThat(readiness.isReady()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void aDeclaredSwitchIsReadyInSyncOrElsewhere(State state) {
    ImmutableSet<State> ready = ImmutableSet.of(State.IN_SYNC, State.ELSEWHERE, State.UNCONFIGURED);
    assertThat(readiness(DECLARED, state, false).isReady()).isEqualTo(ready.contains(state));
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void aSwitchThatIsNotConnectedMayBeLeftOut(State state) {
    ImmutableSet<State> not = ImmutableSet.of(State.PENDING, State.FAILED);
    assertThat(readiness(DECLARED, state, true).isReady()).isEqualTo(!not.contains(state));
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void aSwitchOfNobodyCountsWhileSomethingOfOursIsOnIt(State state) {
    ImmutableSet<State> not = ImmutableSet.of(State.PENDING, State.FAILED);
    assertThat(readiness("{}", state, false).isReady()).isEqualTo(!not.contains(state));
  }

  @Test
  void namesTheSwitchAndWhatIsWrongWithIt() {
    Readiness.Reason reason = readiness(DECLARED, State.FAILED, false).reasons().get(0);
    assertThat(reason.device()).contains(SWITCH);
    assertThat(reason.name()).contains("hv1");
    assertThat(reason.state()).contains(State.FAILED);
    assertThat(reason.message()).isEqualTo("table full");
    assertThat(readiness(DECLARED, State.OFFLINE, false).reasons().get(0).message())
        .isEqualTo("is not connected");
  }

  @Test
  void aModelThatCannotBeReadIsTheReasonWhateverSwitchesSay() {
    Readiness readiness =
        Readiness.of(
            document(DECLARED),
            Optional.of("the store is away"),
            ImmutableSortedMap.of(SWITCH, status(State.IN_SYNC)),
            true);
    assertThat(readiness.reasons())
        .extracting(Readiness.Reason::message)
        .containsExactly("the store is away");
  }

  @Test
  void aDeclaredSwitchThatNobodyHasLookedAtIsNotReady() {
    Readiness readiness =
        Readiness.of(document(DECLARED), Optional.empty(), ImmutableSortedMap.of(), true);
    assertThat(readiness.reasons())
        .extracting(Readiness.Reason::message)
        .containsExactly("has not been looked at yet");
  }
}
