/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.metrics;

import com.google.common.collect.ImmutableMap;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.overlane.app.api.OverlaneService;
import org.overlane.app.reconcile.Progress;
import org.overlane.app.reconcile.SwitchStatus;
import org.overlane.config.DeviceConfig;
import org.overlane.flowrules.model.NodeId;
import org.overlane.monitoring.Exposition;
import org.overlane.monitoring.Exposition.Samples;

/** How each switch is doing. */
final class SwitchMetrics {
  private static final ImmutableMap<String, Function<SwitchStatus, Progress>> KINDS =
      ImmutableMap.of(
          "entry", SwitchStatus::entries,
          "group", SwitchStatus::groups,
          "meter", SwitchStatus::meters);

  private SwitchMetrics() {}

  static void addTo(Exposition to, OverlaneService overlane) {
    Map<NodeId, SwitchStatus> statuses = overlane.statuses();
    addStates(to, overlane, statuses.values());
    to.gauge(
        "overlane_switch_desired",
        "Entries, groups and meters that the model asks for.",
        s -> progress(s, statuses.values(), Progress::desired));
    to.gauge(
        "overlane_switch_observed",
        "Of the desired entries, groups and meters, those that the switch reports as they should be.",
        s -> progress(s, statuses.values(), Progress::observed));
    to.gauge(
        "overlane_switch_pending",
        "Entries, groups and meters that are sent, or to be sent, and not reported yet.",
        s -> progress(s, statuses.values(), Progress::pending));
    to.gauge(
        "overlane_switch_failed",
        "Entries, groups and meters whose last change has failed; it is tried again.",
        s -> progress(s, statuses.values(), Progress::failed));
    to.gauge(
        "overlane_switch_waiting",
        "Declared things that wait for a port or a device.",
        s -> each(s, statuses.values(), status -> status.pending().size()));
    to.gauge(
        "overlane_switch_warnings",
        "What the switch, its driver, its host or the controller cannot do.",
        s -> each(s, statuses.values(), status -> status.notices().size()));
    to.gauge(
        "overlane_switch_last_change_timestamp_seconds",
        "When the switch last took a change from this controller.",
        s ->
            statuses
                .values()
                .forEach(
                    status ->
                        status
                            .lastChange()
                            .ifPresent(
                                at ->
                                    s.add(at.getEpochSecond(), "device", status.id().toString()))));
  }

  private static void addStates(
      Exposition to, OverlaneService overlane, Collection<SwitchStatus> statuses) {
    Map<NodeId, DeviceConfig> devices = overlane.model().document().devices();
    to.info(
        "overlane_switch_info",
        "Always 1; tells the name of a device.",
        s ->
            statuses.forEach(
                status ->
                    s.add(
                        1,
                        "device",
                        status.id().toString(),
                        "name",
                        Optional.ofNullable(devices.get(status.id()))
                            .flatMap(DeviceConfig::name)
                            .orElse(status.id().toString()))));
    to.gauge(
        "overlane_switch_state",
        "1 for the state that the switch is in, 0 for the others.",
        s -> {
          for (SwitchStatus status : statuses) {
            for (SwitchStatus.State state : SwitchStatus.State.values()) {
              s.add(
                  status.state() == state ? 1 : 0,
                  "device",
                  status.id().toString(),
                  "state",
                  state.name().toLowerCase(Locale.ROOT));
            }
          }
        });
  }

  private static void progress(
      Samples to, Collection<SwitchStatus> statuses, ToDoubleFunction<Progress> value) {
    for (SwitchStatus status : statuses) {
      KINDS.forEach(
          (kind, of) ->
              to.add(
                  value.applyAsDouble(of.apply(status)),
                  "device",
                  status.id().toString(),
                  "kind",
                  kind));
    }
  }

  private static void each(
      Samples to, Collection<SwitchStatus> statuses, ToDoubleFunction<SwitchStatus> value) {
    statuses.forEach(s -> to.add(value.applyAsDouble(s), "device", s.id().toString()));
  }
}
