/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.reconcile;

import com.google.common.collect.ImmutableSortedMap;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.verify.SwitchVerifier;
import org.overlane.flowrules.verify.VerificationReport;
import org.overlane.flowrules.verify.Violation;
import org.overlane.monitoring.LimitedLog;
import org.slf4j.LoggerFactory;

/**
 * Holds the tables that a change makes of a switch against the model before they are taken over.
 * Each switch is verified by itself: what switches send to each other follows from it, but for
 * tunnel ports of the two ends that do not fit each other, which {@code overlane verify} looks at.
 * Of a switch that was verified before, only what the change can affect is.
 *
 * <p>While only a warning is at stake, one round of changes may spend {@link #BUDGET} on it; what
 * is left over is taken over unverified, and its verdict says so. Where tables may be refused, all
 * are verified, however long it takes.
 *
 * <p>The loop's thread verifies; policy and verdicts may be read and set by any.
 */
public final class Verification {
  private static final LimitedLog LOG = new LimitedLog(LoggerFactory.getLogger(Verification.class));

  /** Milliseconds of one round. */
  private static final long BUDGET = 1_000;

  /** What to do about tables that are not proven. */
  public enum Policy {
    /** Refuse them: the old tables stay in force. */
    ENFORCE("enforce"),
    /** Take them over, and say what is wrong. */
    WARN("warn"),
    /** Do not look. */
    OFF("off");

    private final String text;

    Policy(String text) {
      this.text = text;
    }

    /** The name used in settings. */
    public String text() {
      return text;
    }

    /** The policy of this name. */
    public static Optional<Policy> named(String text) {
      return Arrays.stream(values()).filter(p -> p.text.equals(text)).findFirst();
    }
  }

  private final ReconcileLoop.Clock clock;
  private final SwitchVerifier verifier = new SwitchVerifier();
  private final ConcurrentSkipListMap<NodeId, Verdict> verdicts = new ConcurrentSkipListMap<>();
  private volatile Policy policy = Policy.WARN;
  private long spent;

  Verification(ReconcileLoop.Clock clock) {
    this.clock = clock;
  }

  void setPolicy(Policy next) {
    policy = next;
  }

  VerificationState state() {
    return VerificationState.of(policy, ImmutableSortedMap.copyOf(verdicts));
  }

  /** A round of changes begins. */
  void nextRound() {
    spent = 0;
  }

  void forget(NodeId id) {
    verifier.forget(id);
    verdicts.remove(id);
  }

  /** Why tables must not be taken over, if they must not. */
  Optional<String> refuse(NetworkModel model, NodeId id, FlowTables tables) {
    Policy now = policy;
    if (now == Policy.OFF) {
      forget(id);
      return Optional.empty();
    }
    if (now == Policy.WARN && spent >= BUDGET) {
      skip(id);
      return Optional.empty();
    }
    long start = clock.millis();
    Optional<VerificationReport> report = Optional.empty();
    Optional<String> reason;
    try {
      report = Optional.of(verifier.verify(model, id, tables));
      reason = report.get().violations().stream().findFirst().map(Violation::toString);
    } catch (RuntimeException e) {
      LOG.error(id, "The tables could not be verified: device=" + id, e);
      reason = Optional.of("the tables could not be verified: " + e);
    }
    boolean refused = now == Policy.ENFORCE && reason.isPresent();
    long millis = clock.millis() - start;
    spent += millis;
    verdicts.put(id, Verdict.of(id, clock.wall(), millis, report, refused, reason));
    if (reason.isPresent() && !refused) {
      LOG.warn(
          id,
          "The tables are taken over, but are not proven: device="
              + id
              + " reason="
              + reason.get());
    }
    return refused ? reason : Optional.empty();
  }

  private void skip(NodeId id) {
    String reason = "not verified: the change concerns more switches than one round has time for";
    verdicts.put(id, Verdict.of(id, clock.wall(), 0, Optional.empty(), false, Optional.of(reason)));
  }
}
