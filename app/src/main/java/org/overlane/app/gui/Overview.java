/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.gui;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import com.google.common.collect.Multimaps;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.overlane.app.api.OverlaneService;
import org.overlane.app.drift.Drift;
import org.overlane.app.drift.DriftReport;
import org.overlane.app.probing.TunnelState;
import org.overlane.app.probing.TunnelStatus;
import org.overlane.app.reconcile.SwitchStatus;
import org.overlane.config.ModelDocument;
import org.overlane.flowrules.compile.Diagnostic;
import org.overlane.flowrules.model.NodeId;

/** All that the GUI shows, at one moment. Immutable. */
@AutoValue
abstract class Overview {
  private static final ImmutableList<Diagnostic.Code> MTU =
      ImmutableList.of(Diagnostic.Code.NO_SIZE_CHECK, Diagnostic.Code.BELOW_IPV6_MINIMUM);

  Overview() {}

  /** What is declared. */
  abstract ModelDocument document();

  abstract ImmutableSortedMap<NodeId, SwitchStatus> switches();

  /** By the switch that they begin at. */
  abstract ImmutableListMultimap<NodeId, TunnelStatus> tunnels();

  abstract ImmutableSortedMap<NodeId, DriftReport> drift();

  /** Why the model cannot be put to work at all, if it cannot. */
  abstract Optional<String> problem();

  static Overview of(OverlaneService overlane) {
    return new AutoValue_Overview(
        overlane.model().document(),
        overlane.statuses(),
        Multimaps.index(overlane.tunnels().tunnels(), t -> t.tunnel().path().from()),
        overlane.drift().reports(),
        overlane.problem());
  }

  /** Those that are configured. */
  Map<NodeId, SwitchStatus> managed() {
    return Maps.filterKeys(switches(), document().devices()::containsKey);
  }

  long switchesInState(SwitchStatus.State state) {
    return managed().values().stream().filter(s -> s.state() == state).count();
  }

  /** Tunnels that begin at a switch. */
  ImmutableList<TunnelStatus> from(NodeId node) {
    return tunnels().get(node);
  }

  /** Tunnels between two switches, both ways. */
  ImmutableList<TunnelStatus> between(NodeId one, NodeId two) {
    return Stream.concat(to(two, from(one)), to(one, from(two)))
        .collect(ImmutableList.toImmutableList());
  }

  private static Stream<TunnelStatus> to(NodeId node, ImmutableList<TunnelStatus> tunnels) {
    return tunnels.stream().filter(t -> t.tunnel().path().to().equals(node));
  }

  static long inState(Iterable<TunnelStatus> tunnels, TunnelState state) {
    long count = 0;
    for (TunnelStatus tunnel : tunnels) {
      count += tunnel.state() == state ? 1 : 0;
    }
    return count;
  }

  /** How many entries of a switch do harm. */
  int harmful(NodeId node) {
    DriftReport report = drift().get(node);
    return report == null ? 0 : report.count(Drift.Effect.HARMFUL);
  }

  /** Why packets of a switch may be too large for their way, in a sentence, if they may. */
  Optional<String> mtuTrouble(SwitchStatus status) {
    for (TunnelStatus tunnel : from(status.id())) {
      if (tunnel.limit().isPresent()) {
        return Optional.of(
            "the underlay to "
                + tunnel.tunnel().path().to()
                + " carries "
                + tunnel.limit().getAsInt()
                + " bytes, less than the "
                + tunnel.tunnel().bound()
                + " declared");
      }
    }
    return status.diagnostics().stream()
        .filter(d -> MTU.contains(d.code()))
        .map(Diagnostic::message)
        .findFirst();
  }
}
