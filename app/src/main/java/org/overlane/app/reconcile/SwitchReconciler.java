/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.reconcile;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Decides what to write to one switch. Level-triggered: every decision compares all that is desired
 * with all that was just observed, and trusts nothing it did before; so lost, repeated or reordered
 * events do no harm. At most one plan is under way. What has been sent is not sent again while its
 * confirmation may still come; what failed is tried again after a growing pause of its own, which
 * holds up nothing else. Where desired and observed agree, nothing is written.
 *
 * <p>Not thread-safe; the caller brings the clock.
 */
public final class SwitchReconciler {
  private static final int MAX_REASONS = 10;

  private final Timing timing;
  private final Ledger ledger;
  private Map<Item.Name, Item> desired = new LinkedHashMap<>();
  private Optional<Plan> underWay = Optional.empty();
  private long underWaySince;
  private long holdRemovalsUntil = Long.MIN_VALUE;
  private final Map<Item.Kind, Progress> progress = new EnumMap<>(Item.Kind.class);
  private long wakeAt = Long.MAX_VALUE;

  public SwitchReconciler(Timing timing) {
    this.timing = timing;
    this.ledger = new Ledger(timing);
  }

  /**
   * From now on these, and only these, are desired.
   *
   * @throws IllegalArgumentException if two of them have one key
   */
  public void desire(Collection<Item> items) {
    Map<Item.Name, Item> next = new LinkedHashMap<>();
    for (Item item : items) {
      if (next.put(item.name(), item) != null) {
        throw new IllegalArgumentException("desired twice: " + item.key());
      }
    }
    desired = next;
  }

  /**
   * What to write now, if anything. A plan that is returned counts as under way until {@link
   * #completed} is told its outcome, or until the time for an answer is over.
   *
   * @param observed all items of ours on the switch, read after the last outcome
   * @param now milliseconds on any clock that does not go backwards
   */
  public Optional<Plan> decide(Collection<ObservedItem> observed, long now) {
    if (underWay.isPresent()) {
      long deadline = underWaySince + timing.answer();
      if (now < deadline) {
        wakeAt = deadline;
        return Optional.empty();
      }
      completed(underWay.get(), noAnswer(underWay.get()), now);
    }
    Decision decision = new Decision(desired, observed, ledger, now, holdRemovalsUntil);
    Plan plan = decision.plan();
    for (Item.Kind kind : Item.Kind.values()) {
      progress.put(kind, decision.progress(kind));
    }
    wakeAt = decision.wakeAt();
    if (plan.isEmpty()) {
      return Optional.empty();
    }
    underWay = Optional.of(plan);
    underWaySince = now;
    wakeAt = Math.min(wakeAt, now + timing.answer());
    return underWay;
  }

  /** The outcome of a plan. One that is no longer under way is ignored: its time was over. */
  public void completed(Plan plan, Outcome outcome, long now) {
    if (!underWay.isPresent() || underWay.get() != plan) {
      return;
    }
    underWay = Optional.empty();
    for (Plan.Stage stage : plan.stages()) {
      boolean removal = stage.operation().isRemoval();
      for (Item item : stage.items()) {
        String reason = outcome.failed().get(item);
        if (reason != null) {
          ledger.failed(item.name(), reason, now);
        } else {
          ledger.sent(item, removal, now);
        }
      }
    }
  }

  private Outcome noAnswer(Plan plan) {
    return Outcome.failure(plan, "no answer within " + timing.answer() / 1000 + " s");
  }

  /**
   * Forgets what was sent and what failed: the connection is a new one.
   *
   * @param holdRemovals until then nothing is removed: what a switch reports of itself, and so what
   *     is desired there, may come piece by piece
   */
  public void reset(long holdRemovals) {
    underWay = Optional.empty();
    ledger.clear();
    holdRemovalsUntil = holdRemovals;
  }

  /** When to decide again even if nothing happens; {@link Long#MAX_VALUE} for never. */
  public long wakeAt() {
    return wakeAt;
  }

  /** How far the items of one kind were at the last decision. */
  public Progress progress(Item.Kind kind) {
    return progress.getOrDefault(kind, Progress.NONE);
  }

  public boolean isUnderWay() {
    return underWay.isPresent();
  }

  /** Whether the last decision found everything as desired. */
  public boolean isInSync() {
    return !underWay.isPresent() && progress.values().stream().allMatch(Progress::isInSync);
  }

  /** Why changes are failing, without repetitions, at most ten. */
  public ImmutableList<String> reasons() {
    return new TreeSet<>(ledger.reasons())
        .stream().limit(MAX_REASONS).collect(ImmutableList.toImmutableList());
  }

  /** What is known about items that are not settled: sent and unconfirmed, or failed. */
  static final class Ledger {
    private final Timing timing;
    private final Map<Item.Name, Sent> sent = new HashMap<>();
    private final Map<Item.Name, Failure> failures = new HashMap<>();

    Ledger(Timing timing) {
      this.timing = timing;
    }

    void sent(Item item, boolean removal, long now) {
      sent.put(item.name(), new Sent(item.content(), removal, now + timing.confirm()));
    }

    void failed(Item.Name name, String reason, long now) {
      sent.remove(name);
      Failure earlier = failures.get(name);
      int count = earlier == null ? 1 : earlier.count + 1;
      failures.put(name, new Failure(count, now + timing.backOffAfter(count), reason));
    }

    /** Until when the confirmation of this very change may come; empty if it was not sent. */
    Optional<Long> awaited(Item item, boolean removal) {
      Sent last = sent.get(item.name());
      return last != null
              && last.removal == removal
              && (removal || last.content.equals(item.content()))
          ? Optional.of(last.confirmBy)
          : Optional.empty();
    }

    /** When the item may be tried again, if it has failed. */
    Optional<Long> retryAt(Item.Name name) {
      return Optional.ofNullable(failures.get(name)).map(f -> f.retryAt);
    }

    boolean hasFailed(Item.Name name) {
      return failures.containsKey(name);
    }

    String overdue() {
      return "not confirmed by the switch within " + timing.confirm() / 1000 + " s";
    }

    void settled(Item.Name name) {
      sent.remove(name);
      failures.remove(name);
    }

    void forgetAllBut(Collection<Item.Name> names) {
      sent.keySet().retainAll(names);
      failures.keySet().retainAll(names);
    }

    boolean isEmpty() {
      return sent.isEmpty() && failures.isEmpty();
    }

    void clear() {
      sent.clear();
      failures.clear();
    }

    List<String> reasons() {
      return failures.values().stream().map(f -> f.reason).collect(ImmutableList.toImmutableList());
    }
  }

  private static final class Sent {
    final Object content;
    final boolean removal;
    final long confirmBy;

    Sent(Object content, boolean removal, long confirmBy) {
      this.content = content;
      this.removal = removal;
      this.confirmBy = confirmBy;
    }
  }

  private static final class Failure {
    final int count;
    final long retryAt;
    final String reason;

    Failure(int count, long retryAt, String reason) {
      this.count = count;
      this.retryAt = retryAt;
      this.reason = reason;
    }
  }
}
