/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.reconcile;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import com.google.common.collect.Multimaps;
import com.google.common.collect.Sets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.overlane.config.Assembly;
import org.overlane.config.ModelAssembler;
import org.overlane.config.ModelDocument;
import org.overlane.config.Pending;
import org.overlane.config.PortDirectory;
import org.overlane.flowrules.compile.ModelChange;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.monitoring.LimitedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps all switches as the model wants them.
 *
 * <p><b>Goals.</b> Whatever happens on a switch or in between (lost messages, entries changed by
 * hand, restarts on either side) ends in the desired state; while nothing changes, nothing is sent
 * and little is computed.
 *
 * <p><b>How.</b> Events carry no meaning: they only say that the model, or a switch, is worth a
 * look. A round takes the model as it is now, recompiles the nodes that a change concerns, and lets
 * each {@link SwitchReconciler} that has reason to compare desired with observed. An audit looks at
 * everything again at a fixed pace, at most a twentieth of the time being spent on it.
 *
 * <p><b>Threads.</b> One thread does all the work and owns all the state. The public methods may be
 * called from any thread and do not block.
 */
public final class ReconcileLoop {
  /** Where the loop takes its time from. */
  public interface Clock {
    /** Milliseconds that never go backwards. */
    long millis();

    /** The time of day. */
    Instant wall();

    static Clock system() {
      return new Clock() {
        @Override
        public long millis() {
          return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
        }

        @Override
        public Instant wall() {
          return Instant.now();
        }
      };
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(ReconcileLoop.class);
  private static final LimitedLog LIMITED = new LimitedLog(LOG);
  private static final long DEBOUNCE = 5;
  private static final int AUDIT_SHARE = 20;

  private final Supplier<Assembly> source;
  private final Fabric fabric;
  private final Timing timing;
  private final Clock clock;
  private final Compilation compiler;
  private final Verification verification;
  private final Alarm alarm;
  private final LoopActivity activity;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "overlane-reconcile");
            thread.setDaemon(true);
            return thread;
          });

  // Written by any thread.
  private final Set<NodeId> worthALook = ConcurrentHashMap.newKeySet();
  private volatile boolean modelChanged = true;
  private volatile long debounce = DEBOUNCE;
  private volatile boolean purging;
  private volatile long auditInterval;
  private final CompletableFuture<Void> purged = new CompletableFuture<>();
  private volatile ImmutableSortedMap<NodeId, SwitchStatus> statuses = ImmutableSortedMap.of();
  private volatile InForce inForce = InForce.NOTHING;
  private volatile Optional<String> modelProblem = Optional.of("no model has been read yet");

  // Confined to the loop's thread.
  private final SortedMap<NodeId, ManagedSwitch> switches = new TreeMap<>();
  private Assembly assembly = nothing();
  private boolean modelKnown;
  private long nextAudit;

  /**
   * A loop that has not been started.
   *
   * @param source the model as it is now
   * @param auditInterval milliseconds from one look at everything to the next
   */
  public ReconcileLoop(
      Supplier<Assembly> source, Fabric fabric, Timing timing, Clock clock, long auditInterval) {
    this(source, fabric, timing, clock, auditInterval, Compilation.pipeline());
  }

  ReconcileLoop(
      Supplier<Assembly> source,
      Fabric fabric,
      Timing timing,
      Clock clock,
      long auditInterval,
      Compilation compiler) {
    this.source = source;
    this.fabric = fabric;
    this.timing = timing;
    this.clock = clock;
    this.alarm = new Alarm(executor, clock, this::run);
    this.activity = new LoopActivity(clock);
    this.auditInterval = auditInterval;
    this.compiler = compiler;
    this.verification = new Verification(clock);
  }

  /** Begins with the first round. */
  public void start() {
    nextAudit = clock.millis();
    alarm.within(0);
  }

  /** Stops at once and leaves the switches as they are. */
  public void stop() {
    executor.shutdownNow();
  }

  /** The model, or what the switches report about their ports, may have changed. */
  public void modelChanged() {
    modelChanged = true;
    alarm.within(debounce);
  }

  /**
   * Something about a switch may have changed.
   *
   * @param delay milliseconds to wait for more of the kind
   */
  public void switchChanged(NodeId id, long delay) {
    worthALook.add(id);
    alarm.within(delay);
  }

  /** Milliseconds from one look at everything to the next. */
  public void setAuditInterval(long millis) {
    auditInterval = millis;
  }

  /** What to do about tables that are not proven, from the next change on. */
  public void setVerification(Verification.Policy policy) {
    verification.setPolicy(policy);
  }

  /** What the verifier has said about each switch. */
  public VerificationState verification() {
    return verification.state();
  }

  /**
   * From now on nothing is desired anywhere: removes everything of ours from all switches that are
   * connected here. Completes when the removals have been carried out.
   */
  public CompletableFuture<Void> purge() {
    purging = true;
    modelChanged();
    return purged;
  }

  /** All switches that are configured or connected. */
  public ImmutableSortedMap<NodeId, SwitchStatus> statuses() {
    return statuses;
  }

  /** What switches are kept at. */
  public InForce inForce() {
    return inForce;
  }

  /** What it has done, and whether it is alive. */
  public LoopActivity activity() {
    return activity;
  }

  /** Why the model could not be read, if it could not; the last good one stays in force. */
  public Optional<String> modelProblem() {
    return modelProblem;
  }

  private void run() {
    long next = auditInterval;
    activity.roundBegins();
    try {
      next = round();
    } catch (RuntimeException e) {
      // A defect must not end the loop: look again at the pace of the audit.
      activity.roundFailed();
      LIMITED.error("round", "A reconcile round failed", e);
    }
    activity.roundEnds(next);
    alarm.within(next);
  }

  /** One round. Returns the milliseconds to the next one. */
  long round() {
    long now = clock.millis();
    boolean audit = now >= nextAudit;
    Set<NodeId> looked = new HashSet<>();
    for (NodeId id : fabric.switches()) {
      managed(id);
    }
    // The ports of a switch that has come are not in a model that was made before.
    if (modelChanged || audit || switches.values().stream().anyMatch(ManagedSwitch::hasArrived)) {
      modelChanged = false;
      looked.addAll(refreshModel());
      // A burst of changes to a large model is taken together.
      debounce = Math.max(DEBOUNCE, clock.millis() - now);
    }
    if (!modelKnown) {
      // Before the first model is read, an empty one would be taken for the operator's wish.
      return auditInterval;
    }
    Set<NodeId> hinted = new HashSet<>(worthALook);
    worthALook.removeAll(hinted);
    looked.addAll(hinted);
    List<NodeId> due = new ArrayList<>();
    switches.forEach(
        (id, managed) -> {
          if (audit || looked.contains(id) || managed.wakeAt() <= now) {
            due.add(id);
          }
        });
    for (NodeId id : due) {
      switches.get(id).step(now, task -> later(id, task), clock);
    }
    forget();
    publish(due);
    long end = clock.millis();
    if (audit) {
      activity.audited();
      nextAudit = end + Math.max(auditInterval, AUDIT_SHARE * (end - now));
    }
    return untilNext(end);
  }

  private long untilNext(long now) {
    long next = nextAudit;
    for (ManagedSwitch managed : switches.values()) {
      next = Math.min(next, managed.wakeAt());
    }
    return Math.max(1, next - now);
  }

  private void later(NodeId id, Runnable task) {
    try {
      executor.execute(task);
      switchChanged(id, DEBOUNCE);
    } catch (RejectedExecutionException e) {
      LOG.debug("Stopped; an outcome is not wanted any more");
    }
  }

  /** Takes the model as it is now. Returns the switches for which anything has changed. */
  private Set<NodeId> refreshModel() {
    Assembly next;
    try {
      next = purging ? nothing() : source.get();
      modelProblem = Optional.empty();
    } catch (ModelNotReadyException e) {
      Optional<String> problem = Optional.of(String.valueOf(e.getMessage()));
      if (!problem.equals(modelProblem)) {
        LIMITED.info("not ready", "Not ready: " + e.getMessage());
      }
      modelProblem = problem;
      return ImmutableSet.of();
    } catch (RuntimeException e) {
      Optional<String> problem = Optional.of(String.valueOf(e.getMessage()));
      if (!problem.equals(modelProblem)) {
        LIMITED.error(
            "model", "The model cannot be read; the last one stays in force until it can", e);
      }
      modelProblem = problem;
      return ImmutableSet.of();
    }
    Set<NodeId> touched = new HashSet<>();
    verification.nextRound();
    ModelChange change = ModelChange.between(assembly.model(), next.model());
    for (NodeId id : change.affectedNodes()) {
      if (managed(id).compile(compiler, verification, change)) {
        touched.add(id);
      }
    }
    for (NodeId id :
        Sets.difference(assembly.model().nodes().keySet(), next.model().nodes().keySet())) {
      managed(id).release();
      verification.forget(id);
      touched.add(id);
    }
    ImmutableListMultimap<NodeId, Pending> waiting =
        Multimaps.index(next.pending(), Pending::device);
    for (NodeId id :
        Sets.union(
            Multimaps.index(assembly.pending(), Pending::device).keySet(), waiting.keySet())) {
      if (managed(id).waitFor(waiting.get(id))) {
        touched.add(id);
      }
    }
    assembly = next;
    modelKnown = true;
    return touched;
  }

  private ManagedSwitch managed(NodeId id) {
    return switches.computeIfAbsent(id, i -> new ManagedSwitch(i, fabric, timing, activity));
  }

  private void forget() {
    Set<NodeId> known = fabric.switches();
    switches.entrySet().removeIf(e -> e.getValue().isForgettable() && !known.contains(e.getKey()));
  }

  private void publish(List<NodeId> due) {
    ImmutableSortedMap.Builder<NodeId, SwitchStatus> next = ImmutableSortedMap.naturalOrder();
    switches.forEach(
        (id, managed) -> {
          SwitchStatus old = statuses.get(id);
          next.put(id, old == null || due.contains(id) ? managed.status() : old);
        });
    statuses = next.build();
    Map<NodeId, FlowTables> tables = Maps.transformValues(ours(), ManagedSwitch::tables);
    inForce =
        InForce.of(assembly, tables, Maps.filterValues(ours(), ManagedSwitch::isSettled).keySet());
    if (purging && switches.values().stream().allMatch(ManagedSwitch::isClean)) {
      purged.complete(null);
    }
  }

  private Map<NodeId, ManagedSwitch> ours() {
    return Maps.filterValues(switches, ManagedSwitch::isInForce);
  }

  private static Assembly nothing() {
    return ModelAssembler.assemble(ModelDocument.EMPTY, PortDirectory.offline());
  }
}
