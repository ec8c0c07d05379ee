/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterCellId;
import org.onosproject.net.meter.MeterFailReason;
import org.onosproject.net.meter.MeterId;
import org.onosproject.net.meter.MeterOperation;
import org.onosproject.net.meter.MeterOperations;
import org.onosproject.net.meter.MeterProvider;
import org.onosproject.net.meter.MeterProviderRegistry;
import org.onosproject.net.meter.MeterProviderService;
import org.onosproject.net.meter.MeterService;
import org.onosproject.net.provider.AbstractProvider;
import org.overlane.openflow.channel.ModOutcome;
import org.projectfloodlight.openflow.protocol.OFErrorMsg;
import org.projectfloodlight.openflow.protocol.OFMeterMod;
import org.projectfloodlight.openflow.protocol.OFMeterStats;
import org.projectfloodlight.openflow.protocol.OFMeterStatsReply;
import org.projectfloodlight.openflow.protocol.errormsg.OFMeterModFailedErrorMsg;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Installs meters, and tells ONOS what meters a switch can have and what they counted. ONOS removes
 * meters that it does not know, so it is told of its own only. Thread-safe.
 */
final class MeterTableProvider extends AbstractProvider implements MeterProvider, SwitchEvents {

  private static final Logger LOG = LoggerFactory.getLogger(MeterTableProvider.class);

  /** OFPM_ALL (OpenFlow 1.3.5 section 7.3.4.4). */
  private static final long ALL_METERS = 0xffffffffL;

  private final Switches switches;
  private final MeterService meters;
  private final Executor workers;
  private final PollRounds rounds;
  private final LogBudget budget = new LogBudget();
  private volatile MeterProviderService service;

  MeterTableProvider(
      Switches switches,
      MeterService meters,
      ScheduledExecutorService timer,
      Executor workers,
      SouthboundConfig config) {
    super(OpenFlowSouthbound.PROVIDER_ID);
    this.switches = switches;
    this.meters = meters;
    this.workers = workers;
    this.rounds =
        new PollRounds("meters", timer, workers, config::flowStatisticsInterval, this::read);
  }

  void register(MeterProviderRegistry registry) {
    service = registry.register(this);
  }

  @Override
  public void connected(ConnectedSwitch device) {
    if (hasMeters(device)) {
      service.pushMeterFeatures(
          device.id(),
          MeterTranslator.features(device.connection().info().meterFeatures().get(), device.id()));
    }
  }

  private static boolean hasMeters(ConnectedSwitch device) {
    return device
        .connection()
        .info()
        .meterFeatures()
        .filter(features -> features.getMaxMeter() > 0)
        .isPresent();
  }

  @Override
  public void mastered(ConnectedSwitch device) {
    if (hasMeters(device)) {
      rounds.begin(device);
    }
  }

  @Override
  public void unmastered(ConnectedSwitch device) {
    rounds.end(device);
  }

  @Override
  public void disconnected(ConnectedSwitch device) {
    rounds.end(device);
  }

  @Override
  public void performMeterOperation(DeviceId id, MeterOperations operations) {
    operations.operations().forEach(operation -> performMeterOperation(id, operation));
  }

  @Override
  public void performMeterOperation(DeviceId id, MeterOperation operation) {
    Optional<ConnectedSwitch> device = switches.get(id);
    if (!device.isPresent()) {
      service.meterOperationFailed(operation, MeterFailReason.UNKNOWN_DEVICE);
      return;
    }
    try {
      send(device.get(), operation, MeterTranslator.meterMod(operation));
    } catch (UnsupportedRuleException e) {
      refused(device.get(), operation, e.getMessage(), MeterFailReason.BAD_BAND);
    }
  }

  private void send(ConnectedSwitch device, MeterOperation operation, OFMeterMod mod) {
    RecentChanges.Change change =
        device.meterChanges().begin(ImmutableList.of(operation.meter().meterCellId()));
    device
        .connection()
        .sendMeterMods(ImmutableList.of(mod))
        .whenCompleteAsync(
            (outcomes, failure) -> {
              device.meterChanges().settled(change);
              answered(device, operation, outcomes, failure);
              if (PollRounds.isWorthARead(outcomes)) {
                rounds.soon(device);
              }
            },
            workers);
  }

  private void answered(
      ConnectedSwitch device,
      MeterOperation operation,
      List<ModOutcome> outcomes,
      Throwable failure) {
    if (failure != null) {
      refused(device, operation, failure.toString(), MeterFailReason.UNKNOWN);
      return;
    }
    ModOutcome outcome = outcomes.get(0);
    if (outcome.isSuccess()) {
      return;
    }
    MeterFailReason reason =
        outcome.kind() == ModOutcome.Kind.REFUSED
            ? outcome.error().map(MeterTableProvider::reason).orElse(MeterFailReason.UNKNOWN)
            : MeterFailReason.TIMEOUT;
    refused(device, operation, outcome.reason(), reason);
  }

  private static MeterFailReason reason(OFErrorMsg error) {
    return error instanceof OFMeterModFailedErrorMsg
        ? MeterTranslator.reason(((OFMeterModFailedErrorMsg) error).getCode())
        : MeterFailReason.UNKNOWN;
  }

  private void refused(
      ConnectedSwitch device, MeterOperation operation, String message, MeterFailReason reason) {
    String what =
        operation.type() + " of meter " + operation.meter().meterCellId() + ": " + message;
    device.refused(what);
    budget.warn(LOG, device + " did not take " + what);
    service.meterOperationFailed(operation, reason);
  }

  private CompletableFuture<?> read(ConnectedSwitch device) {
    RecentChanges<MeterCellId> changes = device.meterChanges();
    long started = changes.startRead();
    // The channel decides by the configurations, which ONOS does not ask for, what need not be
    // sent.
    return device
        .connection()
        .readMeters()
        .thenCompose(
            configurations ->
                device
                    .connection()
                    .<OFMeterStatsReply>requestStats(
                        device
                            .connection()
                            .factory()
                            .buildMeterStatsRequest()
                            .setMeterId(ALL_METERS)
                            .build()))
        .thenAcceptAsync(
            parts -> {
              if (changes.isAnyChangedSince(started)) {
                // ONOS would install again what it misses in a stale report.
                rounds.soon(device);
              } else if (device.isMastered()) {
                changes.endRead(started);
                service.pushMeterMetrics(device.id(), own(device, parts));
              }
            },
            workers);
  }

  private Collection<Meter> own(ConnectedSwitch device, List<OFMeterStatsReply> parts) {
    Map<Long, OFMeterStats> byNumber = new HashMap<>();
    parts.forEach(
        part -> part.getEntries().forEach(entry -> byNumber.put(entry.getMeterId(), entry)));
    ImmutableList.Builder<Meter> own = ImmutableList.builder();
    for (Meter known : meters.getMeters(device.id())) {
      if (known.meterCellId() instanceof MeterId) {
        OFMeterStats stats = byNumber.get(((MeterId) known.meterCellId()).id());
        if (stats != null) {
          own.add(MeterTranslator.observed(known, stats));
        }
      }
    }
    return own.build();
  }
}
