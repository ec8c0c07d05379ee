/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.reconcile;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.overlane.config.Pending;
import org.overlane.flowrules.compile.CompileResult;
import org.overlane.flowrules.compile.ModelChange;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.monitoring.LimitedLog;
import org.slf4j.LoggerFactory;

/** One switch in the loop: what is desired there, and how far it is. Confined to its thread. */
final class ManagedSwitch {
  private static final LimitedLog LOG =
      new LimitedLog(LoggerFactory.getLogger(ManagedSwitch.class));

  /** Milliseconds after a switch has come in which nothing is removed from it. */
  static final long HOLD_REMOVALS = 2_000;

  private final NodeId id;
  private final Fabric fabric;
  private final LoopActivity activity;
  private final SwitchReconciler reconciler;
  private Optional<CompileResult> compiled = Optional.empty();
  private Translation translation = Translation.EMPTY;
  private ImmutableList<Pending> pending = ImmutableList.of();
  private Fabric.Link link = Fabric.Link.OFFLINE;
  private Optional<String> uncompilable = Optional.empty();
  private Optional<String> unreadable = Optional.empty();
  private Optional<String> lastError = Optional.empty();
  private Optional<Instant> lastErrorAt = Optional.empty();
  private Optional<Instant> lastChange = Optional.empty();
  private boolean clean = true;

  ManagedSwitch(NodeId id, Fabric fabric, Timing timing, LoopActivity activity) {
    this.id = id;
    this.fabric = fabric;
    this.activity = activity;
    this.reconciler = new SwitchReconciler(timing);
  }

  /**
   * Compiles what a change of the model makes of this switch. Returns whether that is anything new.
   * If it cannot be compiled, or what comes out is refused, the last tables stay in force.
   */
  boolean compile(Compilation compiler, Verification verification, ModelChange change) {
    CompileResult result;
    try {
      result = compiler.compile(compiled.filter(c -> !uncompilable.isPresent()), change, id);
    } catch (RuntimeException e) {
      LOG.error(id, "The model cannot be compiled; the last tables stay in force: device=" + id, e);
      uncompilable = Optional.of("the model cannot be compiled: " + describe(e));
      return true;
    }
    Optional<String> refused = verification.refuse(change.after(), id, result.tables());
    if (refused.isPresent()) {
      LOG.error(
          id,
          "The new tables are refused, the last ones stay in force: device="
              + id
              + " reason="
              + refused.get());
      uncompilable = Optional.of("the new tables are refused: " + refused.get());
      return true;
    }
    boolean news = uncompilable.isPresent() || !compiled.isPresent() || result != compiled.get();
    uncompilable = Optional.empty();
    compiled = Optional.of(result);
    retranslate();
    return news;
  }

  /** The model does not know the switch any more: nothing is desired. */
  void release() {
    compiled = Optional.empty();
    uncompilable = Optional.empty();
    retranslate();
  }

  /** What is declared here and waits for something. Returns whether that is anything new. */
  boolean waitFor(ImmutableList<Pending> waiting) {
    boolean news = !waiting.equals(pending);
    pending = waiting;
    return news;
  }

  /** Whether the switch has come into our hands since the last step. */
  boolean hasArrived() {
    return link != Fabric.Link.HERE && fabric.link(id) == Fabric.Link.HERE;
  }

  private void retranslate() {
    // What can be expressed is known while the switch is connected, and wanted only then.
    if (link == Fabric.Link.HERE) {
      translate();
    }
  }

  /** Tables that the model asks for. */
  FlowTables tables() {
    return compiled.map(CompileResult::tables).orElse(FlowTables.EMPTY);
  }

  /** Whether the tables are put to work here, and by us. */
  boolean isInForce() {
    return link == Fabric.Link.HERE && compiled.isPresent();
  }

  /** Whether nothing is being sent or waited for; what has failed is tried again later. */
  boolean isSettled() {
    return !unreadable.isPresent()
        && !reconciler.isUnderWay()
        && Arrays.stream(Item.Kind.values()).allMatch(k -> reconciler.progress(k).pending() == 0);
  }

  private void translate() {
    translation = fabric.translate(id, tables());
    reconciler.desire(translation.items());
  }

  /**
   * Looks at the switch and sends what it takes.
   *
   * @param now milliseconds on the loop's clock
   * @param done receives the outcome of a plan, from any thread
   */
  void step(long now, Consumer<Runnable> loop, ReconcileLoop.Clock clock) {
    Fabric.Link before = link;
    link = fabric.link(id);
    if (link != Fabric.Link.HERE) {
      clean = true;
      return;
    }
    if (before != Fabric.Link.HERE) {
      reconciler.reset(now + HOLD_REMOVALS);
    }
    if (before != Fabric.Link.HERE || !translation.refused().isEmpty()) {
      // What can be expressed depends on the driver, which is known only now, or may have changed.
      translate();
    }
    if (!compiled.isPresent() && uncompilable.isPresent()) {
      // What is there may be of an earlier life: better than nothing, which is all that is known.
      return;
    }
    Optional<Plan> plan;
    try {
      ImmutableList<ObservedItem> observed = fabric.observe(id);
      clean = observed.stream().allMatch(o -> o.state() == ObservedItem.State.REMOVING);
      plan = reconciler.decide(observed, now);
      unreadable = Optional.empty();
    } catch (RuntimeException e) {
      unreadable = Optional.of("cannot read what is on the switch: " + describe(e));
      note(unreadable.get(), clock);
      return;
    }
    plan.ifPresent(p -> send(p, now, loop, clock));
  }

  private void send(Plan plan, long now, Consumer<Runnable> loop, ReconcileLoop.Clock clock) {
    try {
      fabric.apply(id, plan, outcome -> loop.accept(() -> completed(plan, outcome, now, clock)));
    } catch (RuntimeException e) {
      completed(plan, Outcome.failure(plan, describe(e)), now, clock);
    }
  }

  private void completed(Plan plan, Outcome outcome, long sent, ReconcileLoop.Clock clock) {
    reconciler.completed(plan, outcome, clock.millis());
    activity.planEnds(plan.size(), outcome.failed().size(), clock.millis() - sent);
    if (outcome.failed().size() < plan.size()) {
      lastChange = Optional.of(clock.wall());
    }
    outcome.failed().values().stream().findFirst().ifPresent(reason -> note(reason, clock));
  }

  private void note(String error, ReconcileLoop.Clock clock) {
    lastError = Optional.of(error);
    lastErrorAt = Optional.of(clock.wall());
  }

  private static String describe(RuntimeException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  long wakeAt() {
    return link == Fabric.Link.HERE ? reconciler.wakeAt() : Long.MAX_VALUE;
  }

  /** Whether the model says nothing about it, and nothing of ours is on it. */
  boolean isForgettable() {
    return !compiled.isPresent() && pending.isEmpty() && isClean();
  }

  /** Whether nothing of ours is on it that is not already being removed, as far as this reaches. */
  boolean isClean() {
    return clean && !reconciler.isUnderWay();
  }

  SwitchStatus status() {
    ImmutableList.Builder<String> reasons = ImmutableList.builder();
    uncompilable.ifPresent(reasons::add);
    if (link == Fabric.Link.HERE) {
      unreadable.ifPresent(reasons::add);
      reasons.addAll(reconciler.reasons());
      translation.refused().forEach(n -> reasons.add(n.toString()));
    }
    return SwitchStatus.builder(id)
        .state(state())
        .link(link)
        .entries(progress(Item.Kind.ENTRY, tables().entries().size()))
        .groups(progress(Item.Kind.GROUP, tables().groups().size()))
        .meters(progress(Item.Kind.METER, tables().meters().size()))
        .lastChange(lastChange)
        .lastError(lastError)
        .lastErrorAt(lastErrorAt)
        .reasons(reasons.build())
        .pending(pending)
        .diagnostics(compiled.map(CompileResult::diagnostics).orElse(ImmutableList.of()))
        .notices(fabric.notices(id))
        .build();
  }

  /** Of a switch that is not in our hands, only what is desired is known. */
  private Progress progress(Item.Kind kind, int desired) {
    return link == Fabric.Link.HERE ? reconciler.progress(kind) : Progress.of(desired, 0, 0, 0);
  }

  private SwitchStatus.State state() {
    if (link != Fabric.Link.HERE) {
      return link == Fabric.Link.OFFLINE
          ? SwitchStatus.State.OFFLINE
          : SwitchStatus.State.ELSEWHERE;
    }
    boolean failing =
        Arrays.stream(Item.Kind.values()).anyMatch(k -> reconciler.progress(k).failed() > 0);
    if (failing
        || uncompilable.isPresent()
        || unreadable.isPresent()
        || !translation.refused().isEmpty()) {
      return SwitchStatus.State.FAILED;
    }
    if (!reconciler.isInSync()) {
      return SwitchStatus.State.PENDING;
    }
    return compiled.isPresent() ? SwitchStatus.State.IN_SYNC : SwitchStatus.State.UNCONFIGURED;
  }
}
