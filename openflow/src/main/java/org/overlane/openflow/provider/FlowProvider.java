/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.CompletedBatchOperation;
import org.onosproject.net.flow.DefaultFlowEntry;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleProvider;
import org.onosproject.net.flow.FlowRuleProviderRegistry;
import org.onosproject.net.flow.FlowRuleProviderService;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchEntry;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchEntry.FlowRuleOperation;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchOperation;
import org.onosproject.net.provider.AbstractProvider;
import org.overlane.monitoring.LimitedLog;
import org.overlane.openflow.channel.ModOutcome;
import org.projectfloodlight.openflow.protocol.OFFlowMod;
import org.projectfloodlight.openflow.protocol.OFFlowRemoved;
import org.projectfloodlight.openflow.protocol.errormsg.OFMeterModFailedErrorMsg;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Installs flow rules and reports the entries of the switches to ONOS.
 *
 * <p>ONOS compares every report with its store: it removes or imports what it does not know, and
 * installs what is missing. So a report must not contain anything stale, or ONOS would undo what
 * was just done. {@link RecentChanges} keeps such entries out of it, and {@link OwnedEntries} those
 * that are not ONOS's business.
 *
 * <p>Thread-safe. ONOS's own calls return at once.
 */
@SuppressWarnings("deprecation") // FlowRuleProvider is defined in terms of ONOS's old batch classes
final class FlowProvider extends AbstractProvider implements FlowRuleProvider, SwitchEvents {

  private static final Logger LOG = LoggerFactory.getLogger(FlowProvider.class);
  private static final LimitedLog LIMITED = new LimitedLog(LOG);

  /** Time in which single corrections are collected before they are sent. */
  private static final long COLLECT_MILLIS = 20;

  /** Rounds without a check for missing entries, after which one is made whatever is under way. */
  private static final int MAX_OVERLAPS = 3;

  private final Switches switches;
  private final OwnedEntries owned;
  private final ScheduledExecutorService timer;
  private final Executor workers;
  private final PollRounds rounds;
  private final Map<DeviceId, Reassertions> reassertions = new ConcurrentHashMap<>();
  private final Map<DeviceId, Integer> overlaps = new ConcurrentHashMap<>();
  private final TableStatistics tables;
  private volatile FlowRuleProviderService service;

  FlowProvider(
      Switches switches,
      OwnedEntries owned,
      ScheduledExecutorService timer,
      Executor workers,
      SouthboundConfig config) {
    super(OpenFlowSouthbound.PROVIDER_ID);
    this.switches = switches;
    this.owned = owned;
    this.timer = timer;
    this.workers = workers;
    this.tables = new TableStatistics();
    this.rounds =
        new PollRounds("flow entries", timer, workers, config::flowStatisticsInterval, this::read);
  }

  void register(FlowRuleProviderRegistry registry) {
    service = registry.register(this);
  }

  @Override
  public void mastered(ConnectedSwitch device) {
    rounds.begin(device);
  }

  @Override
  public void unmastered(ConnectedSwitch device) {
    rounds.end(device);
  }

  @Override
  public void disconnected(ConnectedSwitch device) {
    rounds.end(device);
    reassertions.remove(device.id());
    overlaps.remove(device.id());
  }

  /** ONOS asks for refused rules again at every report. */
  @Override
  public void meterInstalled(ConnectedSwitch device) {
    if (device.tookMeters()) {
      rounds.soon(device);
    }
  }

  @Override
  public void applyFlowRule(FlowRule... rules) {
    correct(FlowRuleOperation.ADD, rules);
  }

  @Override
  public void removeFlowRule(FlowRule... rules) {
    correct(FlowRuleOperation.REMOVE, rules);
  }

  private void correct(FlowRuleOperation operation, FlowRule... rules) {
    for (FlowRule rule : rules) {
      DeviceId id = rule.deviceId();
      if (correctionsOf(id).add(operation, rule)) {
        timer.schedule(
            () -> workers.execute(() -> sendCorrections(id)),
            COLLECT_MILLIS,
            TimeUnit.MILLISECONDS);
      }
    }
  }

  private void sendCorrections(DeviceId id) {
    Optional<ConnectedSwitch> device = switches.get(id);
    Reassertions waiting = reassertions.get(id);
    if (!device.isPresent() || waiting == null) {
      return;
    }
    List<FlowRuleBatchEntry> entries = waiting.take();
    if (!entries.isEmpty()) {
      send(device.get(), entries, failures -> {});
    }
  }

  @Override
  public void executeBatch(FlowRuleBatchOperation batch) {
    List<FlowRuleBatchEntry> entries = batch.getOperations();
    Optional<ConnectedSwitch> device = switches.get(batch.deviceId());
    if (!device.isPresent()) {
      complete(batch, unanswered(entries));
      return;
    }
    Reassertions waiting = reassertions.get(batch.deviceId());
    if (waiting != null) {
      entries.forEach(entry -> waiting.discard(ImmutableList.of(entry.target())));
    }
    send(
        device.get(),
        entries,
        failures -> {
          complete(batch, failures);
          // ONOS calls rules added when it sees them in a report, even if nothing had to be sent.
          rounds.soon(device.get());
        });
  }

  private void complete(FlowRuleBatchOperation batch, List<Failure> failures) {
    ImmutableSet.Builder<FlowRule> rules = ImmutableSet.builder();
    ImmutableSet.Builder<Long> ids = ImmutableSet.builder();
    for (Failure failure : failures) {
      rules.add(failure.rule());
      failure.operationId().ifPresent(ids::add);
    }
    service.batchOperationCompleted(
        batch.id(),
        new CompletedBatchOperation(
            failures.isEmpty(), rules.build(), ids.build(), batch.deviceId()));
  }

  /** Sends what can be sent, in order; then tells which entries failed. */
  private void send(
      ConnectedSwitch device, List<FlowRuleBatchEntry> entries, Consumer<List<Failure>> whenDone) {
    List<Failure> failures = new ArrayList<>();
    List<FlowRuleBatchEntry> sent = new ArrayList<>();
    List<OFFlowMod> mods = new ArrayList<>();
    List<FlowRule> rules = new ArrayList<>();
    for (FlowRuleBatchEntry entry : entries) {
      try {
        mods.add(flowMod(entry));
        sent.add(entry);
        rules.add(entry.target());
      } catch (UnsupportedRuleException e) {
        failures.add(new Failure(entry, Optional.empty()));
        refused(device, entry.target(), e.getMessage());
      }
    }
    if (mods.isEmpty()) {
      whenDone.accept(failures);
      return;
    }
    RecentChanges.Change change = device.flowChanges().begin(rules);
    device
        .connection()
        .sendFlowMods(mods)
        .whenCompleteAsync(
            (outcomes, failure) -> {
              device.flowChanges().settled(change);
              failures.addAll(failed(device, sent, outcomes, failure));
              whenDone.accept(failures);
              if (PollRounds.isWorthARead(outcomes)) {
                rounds.soon(device);
              }
            },
            workers);
  }

  private static OFFlowMod flowMod(FlowRuleBatchEntry entry) throws UnsupportedRuleException {
    return entry.operator() == FlowRuleOperation.REMOVE
        ? FlowRuleTranslator.delete(entry.target())
        : FlowRuleTranslator.add(entry.target());
  }

  private static List<Failure> unanswered(List<FlowRuleBatchEntry> entries) {
    return entries.stream()
        .map(entry -> new Failure(entry, Optional.empty()))
        .collect(ImmutableList.toImmutableList());
  }

  private List<Failure> failed(
      ConnectedSwitch device,
      List<FlowRuleBatchEntry> sent,
      List<ModOutcome> outcomes,
      Throwable failure) {
    if (failure != null) {
      LIMITED.warn(
          device.toString(), "Sending flow-mods failed: device=" + device + " reason=" + failure);
      return unanswered(sent);
    }
    List<Failure> failures = new ArrayList<>();
    for (int i = 0; i < sent.size(); i++) {
      if (!outcomes.get(i).isSuccess()) {
        failures.add(new Failure(sent.get(i), Optional.of(outcomes.get(i))));
        refused(device, sent.get(i).target(), outcomes.get(i));
      }
    }
    return failures;
  }

  private void refused(ConnectedSwitch device, FlowRule rule, ModOutcome outcome) {
    boolean isForMeter =
        outcome.error().filter(OFMeterModFailedErrorMsg.class::isInstance).isPresent();
    if (isForMeter) {
      device.lacksMeter();
      refused(
          device,
          rule,
          outcome.reason() + ": the switch has not (or not yet) " + rule.treatment().meters());
    } else {
      refused(device, rule, outcome.reason());
    }
  }

  private void refused(ConnectedSwitch device, FlowRule rule, String reason) {
    String what = "flow rule " + Long.toHexString(rule.id().value()) + ": " + reason;
    device.refused(what);
    LIMITED.warn(
        device.toString(), "Not taken: device=" + device + " what=" + what + " rule=" + rule);
  }

  private CompletableFuture<?> read(ConnectedSwitch device) {
    long started = device.flowChanges().startRead();
    return device
        .connection()
        .readFlows()
        .thenAcceptAsync(
            flows -> {
              if (device.isMastered()) {
                report(device, owned.entriesOf(flows, device.id()), started);
              }
            },
            workers)
        .thenCompose(done -> tables.read(device))
        .thenAccept(entries -> service.pushTableStatistics(device.id(), entries));
  }

  private void report(ConnectedSwitch device, List<FlowEntry> entries, long readStart) {
    RecentChanges<FlowRule> changes = device.flowChanges();
    // Filtered while ONOS goes through it: a rule may change while ONOS works on the ones before.
    Iterable<FlowEntry> current =
        Iterables.filter(entries, entry -> !changes.isChangedSince(readStart, entry));
    boolean overlapped = changes.isAnyChangedSince(readStart);
    int inARow = overlapped ? overlaps.merge(device.id(), 1, Integer::sum) : 0;
    Reassertions corrections = correctionsOf(device.id());
    corrections.hold(true);
    try {
      if (overlapped && inARow < MAX_OVERLAPS) {
        service.pushFlowMetricsWithoutFlowMissing(device.id(), current);
        rounds.soon(device);
      } else {
        overlaps.remove(device.id());
        service.pushFlowMetrics(device.id(), current);
      }
    } finally {
      corrections.hold(false);
    }
    changes.endRead(readStart);
    sendCorrections(device.id());
  }

  private Reassertions correctionsOf(DeviceId id) {
    return reassertions.computeIfAbsent(id, key -> new Reassertions());
  }

  @Override
  public void flowRemoved(ConnectedSwitch device, OFFlowRemoved removed) {
    if (owned.isOwned(removed.getCookie().getValue())) {
      service.flowRemoved(FlowRuleTranslator.entry(removed, device.id()));
    }
  }

  /** An operation that failed, with the numbers of the switch's error message if there is one. */
  private static final class Failure {
    private final FlowRuleBatchEntry entry;
    private final Optional<ModOutcome> outcome;

    Failure(FlowRuleBatchEntry entry, Optional<ModOutcome> outcome) {
      this.entry = entry;
      this.outcome = outcome;
    }

    /** The rule, as an entry that carries OpenFlow's error type and code; -1 if there are none. */
    FlowRule rule() {
      return new DefaultFlowEntry(
          entry.target(),
          outcome.map(ModOutcome::errorType).orElse(OptionalInt.empty()).orElse(-1),
          outcome.map(ModOutcome::errorCode).orElse(OptionalInt.empty()).orElse(-1));
    }

    Optional<Long> operationId() {
      return Optional.ofNullable(entry.id());
    }
  }
}
