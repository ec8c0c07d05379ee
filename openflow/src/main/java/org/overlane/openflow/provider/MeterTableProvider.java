/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import com.google.common.collect.ImmutableList;
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
import org.onosproject.net.meter.MeterState;
import org.onosproject.net.provider.AbstractProvider;
import org.overlane.monitoring.LimitedLog;
import org.overlane.openflow.channel.ModOutcome;
import org.overlane.openflow.codec.Bytes;
import org.projectfloodlight.openflow.protocol.OFErrorMsg;
import org.projectfloodlight.openflow.protocol.OFMeterConfig;
import org.projectfloodlight.openflow.protocol.OFMeterMod;
import org.projectfloodlight.openflow.protocol.OFMeterStats;
import org.projectfloodlight.openflow.protocol.OFMeterStatsReply;
import org.projectfloodlight.openflow.protocol.errormsg.OFMeterModFailedErrorMsg;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Installs meters, and tells ONOS what meters a switch can have and what they counted. ONOS removes
 * meters that it does not know, so it is told of its own only.
 *
 * <p>ONOS knows no change of a meter: it asks for an ADD again, of meters that have another content
 * now and of those that are missing in a report. So an ADD of what the switch has becomes a MODIFY,
 * and a meter that is not on the switch as it should be is left out of the report. Thread-safe.
 */
final class MeterTableProvider extends AbstractProvider implements MeterProvider, SwitchEvents {

  private static final Logger LOG = LoggerFactory.getLogger(MeterTableProvider.class);
  private static final LimitedLog LIMITED = new LimitedLog(LOG);

  /** OFPM_ALL (OpenFlow 1.3.5 section 7.3.4.4). */
  private static final long ALL_METERS = 0xffffffffL;

  private final Switches switches;
  private final MeterService meters;
  private final Executor workers;
  private final PollRounds rounds;
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
      send(device.get(), operation, MeterTranslator.meterMod(operation), true);
    } catch (UnsupportedRuleException e) {
      refused(device.get(), operation, e.getMessage(), MeterFailReason.BAD_BAND);
    }
  }

  private void send(
      ConnectedSwitch device, MeterOperation operation, OFMeterMod mod, boolean mayRetry) {
    RecentChanges.Change change =
        device.meterChanges().begin(ImmutableList.of(operation.meter().meterCellId()));
    device
        .connection()
        .sendMeterMods(ImmutableList.of(mod))
        .whenCompleteAsync(
            (outcomes, failure) -> {
              device.meterChanges().settled(change);
              answered(device, operation, outcomes, failure, mayRetry);
              if (PollRounds.isWorthARead(outcomes)) {
                rounds.soon(device);
                if (operation.type() != MeterOperation.Type.REMOVE) {
                  switches.meterInstalled(device);
                }
              }
            },
            workers);
  }

  private void answered(
      ConnectedSwitch device,
      MeterOperation operation,
      List<ModOutcome> outcomes,
      Throwable failure,
      boolean mayRetry) {
    if (failure != null) {
      refused(device, operation, failure.toString(), MeterFailReason.TIMEOUT);
      return;
    }
    ModOutcome outcome = outcomes.get(0);
    if (outcome.isSuccess()) {
      return;
    }
    MeterFailReason reason = reason(outcome);
    boolean isThere =
        operation.type() == MeterOperation.Type.ADD && reason == MeterFailReason.EXISTING_METER;
    if (isThere && mayRetry) {
      change(device, operation);
    } else {
      refused(device, operation, outcome.reason(), reason);
    }
  }

  /** An ADD of a meter that is there is meant as a change. */
  private void change(ConnectedSwitch device, MeterOperation addition) {
    MeterOperation change = new MeterOperation(addition.meter(), MeterOperation.Type.MODIFY);
    try {
      send(device, addition, MeterTranslator.meterMod(change), false);
    } catch (UnsupportedRuleException e) {
      refused(device, addition, e.getMessage(), MeterFailReason.BAD_BAND);
    }
  }

  /** TIMEOUT stands for all ends after which the switch may have the meter or not. */
  private static MeterFailReason reason(ModOutcome outcome) {
    switch (outcome.kind()) {
      case REFUSED:
        return outcome.error().map(MeterTableProvider::reason).orElse(MeterFailReason.UNKNOWN);
      case INVALID:
        return MeterFailReason.UNKNOWN;
      default:
        return MeterFailReason.TIMEOUT;
    }
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
    LIMITED.warn(device.toString(), "Not taken: device=" + device + " what=" + what);
    service.meterOperationFailed(operation, reason);
  }

  private CompletableFuture<?> read(ConnectedSwitch device) {
    long started = device.meterChanges().startRead();
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
                            .build())
                    .thenAcceptAsync(
                        parts -> report(device, configurations, parts, started), workers));
  }

  private void report(
      ConnectedSwitch device,
      List<OFMeterConfig> configurations,
      List<OFMeterStatsReply> statistics,
      long readStart) {
    RecentChanges<MeterCellId> changes = device.meterChanges();
    if (changes.isAnyChangedSince(readStart)) {
      // ONOS would install again what it misses in a stale report.
      rounds.soon(device);
      return;
    }
    if (!device.isMastered()) {
      return;
    }
    changes.endRead(readStart);
    Map<Long, OFMeterConfig> shown = new HashMap<>();
    configurations.forEach(entry -> shown.put(entry.getMeterId(), entry));
    Map<Long, OFMeterStats> counted = new HashMap<>();
    statistics.forEach(
        part -> part.getEntries().forEach(entry -> counted.put(entry.getMeterId(), entry)));
    ImmutableList.Builder<Meter> own = ImmutableList.builder();
    ImmutableList.Builder<Meter> lingering = ImmutableList.builder();
    for (Meter known : meters.getMeters(device.id())) {
      if (known.meterCellId() instanceof MeterId) {
        long number = ((MeterId) known.meterCellId()).id();
        OFMeterStats stats = counted.get(number);
        if (stats == null) {
          device.meterMends().isFine(known.meterCellId());
        } else if (known.state() == MeterState.PENDING_REMOVE) {
          lingering.add(known);
        } else if (isAsItShouldBe(device, known, shown.get(number))) {
          own.add(MeterTranslator.observed(known, stats));
        }
      }
    }
    if (!isRemovedAgain(device, lingering.build())) {
      service.pushMeterMetrics(device.id(), own.build());
    }
  }

  /** False, once for each difference, for a meter that ONOS is to install again. */
  private boolean isAsItShouldBe(ConnectedSwitch device, Meter known, OFMeterConfig onSwitch) {
    Optional<ImmutableList<Bytes>> difference =
        Optional.ofNullable(onSwitch).flatMap(shown -> MeterTranslator.difference(known, shown));
    if (!difference.isPresent()) {
      device.meterMends().isFine(known.meterCellId());
      return true;
    }
    if (device.meterMends().isNew(known.meterCellId(), difference.get())) {
      LIMITED.info(
          device.toString(),
          "Restoring a meter: device=" + device + " meter=" + known.meterCellId());
      return false;
    }
    LIMITED.warn(
        device.toString(),
        "The switch has its own idea of a meter: device="
            + device
            + " wanted="
            + known
            + " has="
            + onSwitch);
    return true;
  }

  /**
   * Removes again, once, what should be gone: ONOS does not look whether a removal has arrived, and
   * forgets the meter with the next report.
   */
  private boolean isRemovedAgain(ConnectedSwitch device, List<Meter> lingering) {
    boolean any = false;
    for (Meter meter : lingering) {
      if (device.meterMends().isNew(meter.meterCellId(), MeterOperation.Type.REMOVE)) {
        any = true;
        performMeterOperation(device.id(), new MeterOperation(meter, MeterOperation.Type.REMOVE));
      }
    }
    return any;
  }
}
