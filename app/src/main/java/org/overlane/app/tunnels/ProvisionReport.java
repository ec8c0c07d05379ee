/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.tunnels;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.Optional;
import org.overlane.config.ProvisionConfig;
import org.overlane.flowrules.model.NodeId;
import org.overlane.tunnels.discovery.Warning;
import org.overlane.tunnels.provision.ProvisionPlan;

/** How far the set-up of a device in the database of its host is. */
@AutoValue
public abstract class ProvisionReport {
  ProvisionReport() {}

  /** In one word. */
  public enum State {
    /** The database has not been read, or has no such bridge yet. */
    UNKNOWN,
    /** All is set up. */
    DONE,
    /** Changes are being made. */
    PENDING,
    /** There are changes to be made, which the policy forbids. */
    DRY_RUN,
    /** Changes could not be made; they are tried again. */
    FAILED,
    /** Somebody has set it up in another way. */
    CONFLICT
  }

  public abstract NodeId device();

  /** Absent if nothing is allowed any more, and what is there is being removed. */
  public abstract Optional<ProvisionConfig.Policy> policy();

  public abstract State state();

  public abstract Optional<String> bridge();

  /** What is to be done. */
  public abstract ImmutableList<String> changes();

  public abstract ImmutableList<Warning> conflicts();

  public abstract Optional<String> lastError();

  public abstract Optional<Instant> lastErrorAt();

  static ProvisionReport of(
      NodeId device,
      Optional<ProvisionConfig.Policy> policy,
      Optional<ProvisionPlan> plan,
      Optional<HostProvisioning.Failure> failure) {
    ImmutableList<String> changes = plan.map(ProvisionPlan::changes).orElseGet(ImmutableList::of);
    ImmutableList<Warning> conflicts =
        plan.map(ProvisionPlan::conflicts).orElseGet(ImmutableList::of);
    State state = State.DONE;
    if (!plan.isPresent()) {
      state = State.UNKNOWN;
    } else if (!conflicts.isEmpty()) {
      state = State.CONFLICT;
    } else if (!changes.isEmpty()) {
      boolean dry = policy.equals(Optional.of(ProvisionConfig.Policy.DRY_RUN));
      state = dry ? State.DRY_RUN : failure.isPresent() ? State.FAILED : State.PENDING;
    }
    return new AutoValue_ProvisionReport(
        device,
        policy,
        state,
        plan.map(ProvisionPlan::bridge),
        changes,
        conflicts,
        failure.map(HostProvisioning.Failure::reason),
        failure.map(HostProvisioning.Failure::at));
  }
}
