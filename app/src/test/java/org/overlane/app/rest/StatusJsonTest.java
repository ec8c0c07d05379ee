/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.overlane.app.api.OverlaneService;
import org.overlane.app.drift.DriftState;
import org.overlane.app.reconcile.Fabric;
import org.overlane.app.reconcile.Progress;
import org.overlane.app.reconcile.SwitchStatus;
import org.overlane.app.reconcile.SwitchStatus.State;
import org.overlane.config.ModelDocument;
import org.overlane.config.ModelReader;
import org.overlane.flowrules.model.NodeId;

/** What counts as in sync. */
class StatusJsonTest {
  private static final NodeId SWITCH = NodeId.of("of:0000000000000001");

  private static boolean inSync(String document, State state) {
    SwitchStatus status = mock(SwitchStatus.class);
    when(status.id()).thenReturn(SWITCH);
    when(status.state()).thenReturn(state);
    when(status.link()).thenReturn(Fabric.Link.HERE);
    Progress none = mock(Progress.class);
    when(status.entries()).thenReturn(none);
    when(status.groups()).thenReturn(none);
    when(status.meters()).thenReturn(none);
    when(status.lastChange()).thenReturn(Optional.empty());
    when(status.lastError()).thenReturn(Optional.empty());
    when(status.lastErrorAt()).thenReturn(Optional.empty());
    when(status.reasons()).thenReturn(ImmutableList.of());
    when(status.pending()).thenReturn(ImmutableList.of());
    when(status.diagnostics()).thenReturn(ImmutableList.of());
    when(status.notices()).thenReturn(ImmutableList.of());
    OverlaneService overlane = mock(OverlaneService.class, RETURNS_DEEP_STUBS);
    ModelDocument declared = new ModelReader().readDocument(document);
    when(overlane.model().document()).thenReturn(declared);
    when(overlane.problem()).thenReturn(Optional.empty());
    when(overlane.statuses()).thenReturn(ImmutableSortedMap.of(SWITCH, status));
    when(overlane.drift()).thenReturn(DriftState.of(0, ImmutableSortedMap.of()));
    return StatusJson.all(overlane).get("inSync").asBoolean();
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void aDeclaredSwitchCountsOnceItIsInSync(State state) {
    String declared = "{\"devices\": {\"" + SWITCH + "\": {\"overlane\": {}}}}";
    boolean settled = state == State.IN_SYNC || state == State.UNCONFIGURED;
    assertThat(inSync(declared, state)).isEqualTo(settled);
  }

  @Test
  void aStrangerThatWentAwayIsNotWaitedFor() {
    assertThat(inSync("{}", State.OFFLINE)).isTrue();
    assertThat(inSync("{}", State.PENDING)).isFalse();
  }
}
