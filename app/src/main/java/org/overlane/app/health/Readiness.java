/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.health;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.Map;
import java.util.Optional;
import org.overlane.app.reconcile.SwitchStatus;
import org.overlane.config.DeviceConfig;
import org.overlane.config.ModelDocument;
import org.overlane.flowrules.model.NodeId;

/**
 * Whether the network is as declared, as far as this controller has to see to it.
 *
 * <p>Ready means: the configuration could be read at the last attempt; and every declared switch is
 * connected and in sync, or in the hands of another controller of the cluster. A switch that nobody
 * has declared keeps this controller from being ready only while entries of ours are to be removed
 * from it. What waits for a port that does not exist yet does not count: no switch can do anything
 * about it. A pure function of its input.
 */
@AutoValue
public abstract class Readiness {
  Readiness() {}

  /** A switch, or all of it, that is not ready. */
  @AutoValue
  public abstract static class Reason {
    Reason() {}

    /** Empty if it concerns the configuration. */
    public abstract Optional<NodeId> device();

    /** What people call the device. */
    public abstract Optional<String> name();

    /** The state of the switch. */
    public abstract Optional<SwitchStatus.State> state();

    /** In a sentence without a full stop. */
    public abstract String message();
  }

  public abstract ImmutableList<Reason> reasons();

  public boolean isReady() {
    return reasons().isEmpty();
  }

  /**
   * How ready it is.
   *
   * @param problem why the model could not be read, if it could not
   * @param statuses of all switches that are declared or connected
   * @param withoutOffline whether switches that are not connected are left out
   */
  public static Readiness of(
      ModelDocument document,
      Optional<String> problem,
      ImmutableSortedMap<NodeId, SwitchStatus> statuses,
      boolean withoutOffline) {
    ImmutableList.Builder<Reason> reasons = ImmutableList.builder();
    problem.ifPresent(
        p ->
            reasons.add(
                new AutoValue_Readiness_Reason(
                    Optional.empty(), Optional.empty(), Optional.empty(), p)));
    Map<NodeId, DeviceConfig> devices = document.devices();
    statuses.forEach(
        (id, status) -> {
          if (counts(status, devices.containsKey(id), withoutOffline)) {
            reasons.add(reason(status, Optional.ofNullable(devices.get(id))));
          }
        });
    devices.forEach(
        (id, device) -> {
          if (!statuses.containsKey(id) && !problem.isPresent()) {
            reasons.add(
                new AutoValue_Readiness_Reason(
                    Optional.of(id),
                    device.name(),
                    Optional.empty(),
                    "has not been looked at yet"));
          }
        });
    return new AutoValue_Readiness(reasons.build());
  }

  private static boolean counts(SwitchStatus status, boolean declared, boolean withoutOffline) {
    switch (status.state()) {
      case IN_SYNC:
      case ELSEWHERE:
      case UNCONFIGURED:
        return false;
      case OFFLINE:
        return declared && !withoutOffline;
      default:
        return true;
    }
  }

  private static Reason reason(SwitchStatus status, Optional<DeviceConfig> device) {
    return new AutoValue_Readiness_Reason(
        Optional.of(status.id()),
        device.flatMap(DeviceConfig::name),
        Optional.of(status.state()),
        message(status));
  }

  private static String message(SwitchStatus status) {
    switch (status.state()) {
      case OFFLINE:
        return "is not connected";
      case FAILED:
        return status.reasons().stream().findFirst().orElse("changes have failed");
      default:
        return "has not confirmed all changes yet";
    }
  }
}
