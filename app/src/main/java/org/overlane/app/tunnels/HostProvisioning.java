/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.tunnels;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.overlane.config.DeviceConfig;
import org.overlane.config.ProvisionConfig;
import org.overlane.flowrules.model.NodeId;
import org.overlane.monitoring.LimitedLog;
import org.overlane.tunnels.ovsdb.ConnectionState;
import org.overlane.tunnels.ovsdb.Database;
import org.overlane.tunnels.ovsdb.OvsdbClient;
import org.overlane.tunnels.provision.ProvisionPlan;
import org.overlane.tunnels.provision.Provisioning;
import org.slf4j.LoggerFactory;

/**
 * Sets up in the database of one host what its devices allow. Level-triggered: whenever the wanted
 * or the database has changed, the difference is computed anew, and one transaction at a time is
 * sent, guarded by what was read. One that fails is tried again after a growing pause. What nobody
 * allows any more is removed, but not at once after a start, when declarations may still be coming
 * in.
 *
 * <p>Its methods may be called from any thread and do not block; the work is done by the event loop
 * of the client.
 */
final class HostProvisioning {
  private static final LimitedLog LOG =
      new LimitedLog(LoggerFactory.getLogger(HostProvisioning.class));

  private final String address;
  private final ProvisionTiming timing;
  private final String owner;
  private final long removeFrom;

  private volatile Optional<OvsdbClient> following = Optional.empty();
  private volatile Wanted allowed = new Wanted(ImmutableList.of(), ImmutableSet.of());
  private volatile ImmutableMap<NodeId, ProvisionPlan> plans = ImmutableMap.of();
  private volatile ImmutableMap<NodeId, Failure> failures = ImmutableMap.of();
  private volatile boolean settled;

  // Guarded by this.
  private boolean due;

  // Confined to the event loop.
  private boolean underWay;
  private long pauseUntil = Long.MIN_VALUE;
  private long wakeAt = Long.MAX_VALUE;
  private int failed;

  HostProvisioning(String address, ProvisionTiming timing, String owner) {
    this.address = address;
    this.timing = timing;
    this.owner = owner;
    this.removeFrom = now() + timing.holdRemovals();
  }

  private static long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  /**
   * From now on, what these devices allow is wanted, and nothing else.
   *
   * @param elsewhere devices whose bridges are left alone, whatever they have
   */
  void allow(ImmutableList<DeviceConfig> devices, ImmutableSet<NodeId> elsewhere) {
    if (!allowed.devices.equals(devices) || !allowed.elsewhere.equals(elsewhere)) {
      allowed = new Wanted(devices, elsewhere);
      settled = false;
      following.ifPresent(this::look);
    }
  }

  private static final class Wanted {
    private final ImmutableList<DeviceConfig> devices;
    private final ImmutableSet<NodeId> elsewhere;

    Wanted(ImmutableList<DeviceConfig> devices, ImmutableSet<NodeId> elsewhere) {
      this.devices = devices;
      this.elsewhere = elsewhere;
    }
  }

  /** The database, or the connection to it, may have changed. */
  void look(OvsdbClient client) {
    following = Optional.of(client);
    synchronized (this) {
      if (due) {
        return;
      }
      due = true;
    }
    client.later(
        0,
        () -> {
          synchronized (this) {
            due = false;
          }
          compareAndSend(client);
        });
  }

  /** Whether nothing was left to do when it was last looked at, with what is allowed now. */
  boolean isSettled() {
    return settled;
  }

  /** What is known of a device; empty if it allows nothing and has nothing of ours. */
  Optional<ProvisionReport> report(DeviceConfig device) {
    Optional<ProvisionPlan> plan = Optional.ofNullable(plans.get(device.id()));
    boolean told =
        device.provision().isPresent() || plan.filter(p -> !p.changes().isEmpty()).isPresent();
    return told
        ? Optional.of(
            ProvisionReport.of(
                device.id(),
                device.provision().map(ProvisionConfig::policy),
                plan,
                Optional.ofNullable(failures.get(device.id()))))
        : Optional.empty();
  }

  /** Looks again at a time, unless it will before; called from the event loop. */
  private void lookAt(long time, OvsdbClient client) {
    if (time < wakeAt) {
      wakeAt = time;
      client.later(
          Math.max(0, time - now()),
          () -> {
            wakeAt = Long.MAX_VALUE;
            compareAndSend(client);
          });
    }
  }

  private void compareAndSend(OvsdbClient client) {
    Optional<Database> database = client.database();
    if (!database.isPresent()) {
      return;
    }
    Wanted wanted = allowed;
    ImmutableList<ProvisionPlan> present =
        Provisioning.plans(wanted.devices, wanted.elsewhere, database.get(), owner);
    Map<NodeId, ProvisionPlan> byDevice = new HashMap<>();
    present.forEach(plan -> byDevice.putIfAbsent(plan.device(), plan));
    plans = ImmutableMap.copyOf(byDevice);
    boolean nothingToDo = present.stream().noneMatch(HostProvisioning::isAllowed);
    settled = nothingToDo && wanted == allowed;
    if (nothingToDo) {
      failures = ImmutableMap.of();
      failed = 0;
    }
    if (underWay || client.state().phase() != ConnectionState.Phase.CONNECTED) {
      return;
    }
    present.stream()
        .filter(HostProvisioning::isAllowed)
        .filter(plan -> plan.policy().isPresent() || now() >= removeFrom)
        // What has failed does not hold up what has not.
        .min(Comparator.comparing(this::failedAt))
        .ifPresent(plan -> sendOrWait(client, plan));
    if (!nothingToDo && now() < removeFrom) {
      lookAt(removeFrom, client);
    }
  }

  private static boolean isAllowed(ProvisionPlan plan) {
    return !plan.changes().isEmpty()
        && !plan.policy().equals(Optional.of(ProvisionConfig.Policy.DRY_RUN));
  }

  private Instant failedAt(ProvisionPlan plan) {
    Failure failure = failures.get(plan.device());
    return failure == null ? Instant.MIN : failure.at();
  }

  private void sendOrWait(OvsdbClient client, ProvisionPlan plan) {
    if (now() < pauseUntil) {
      lookAt(pauseUntil, client);
      return;
    }
    underWay = true;
    client
        .transact(plan.operations())
        .whenComplete(
            (results, error) -> {
              Optional<String> failure =
                  error == null
                      ? failure(results)
                      : Optional.of(String.valueOf(error.getMessage()));
              client.later(0, () -> completed(client, plan, failure));
            });
  }

  /** The first operation that has failed, if the transaction has. */
  private static Optional<String> failure(JsonNode results) {
    for (JsonNode result : results) {
      String error = result.path("error").asText("");
      if (!error.isEmpty()) {
        return Optional.of(
            error.equals("timed out")
                ? "somebody has changed the database meanwhile"
                : error + ": " + result.path("details").asText(""));
      }
    }
    return Optional.empty();
  }

  private void completed(OvsdbClient client, ProvisionPlan plan, Optional<String> failure) {
    underWay = false;
    Map<NodeId, Failure> known = new HashMap<>(failures);
    known.remove(plan.device());
    String what = "device=" + plan.device() + " database=" + address + " changes=" + plan.changes();
    if (failure.isPresent()) {
      failed++;
      LOG.warn(address, "Cannot provision: " + what + " reason=" + failure.get());
      known.put(plan.device(), new Failure(failure.get(), Instant.now()));
      pauseUntil = now() + timing.pauseAfter(failed);
    } else {
      LOG.info(address, "Provisioned: " + what);
      // The copy of the database may not have it yet, and a second attempt would fail.
      pauseUntil = now() + timing.settle();
    }
    failures = ImmutableMap.copyOf(known);
    lookAt(pauseUntil, client);
  }

  /** Why something could not be done. */
  static final class Failure {
    private final String reason;
    private final Instant at;

    private Failure(String reason, Instant at) {
      this.reason = reason;
      this.at = at;
    }

    String reason() {
      return reason;
    }

    Instant at() {
      return at;
    }
  }
}
