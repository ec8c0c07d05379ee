/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.drift;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.verify.Invariant;
import org.overlane.flowrules.verify.VerificationReport;
import org.overlane.flowrules.verify.Verifier;
import org.overlane.flowrules.verify.Violation;

/**
 * Says of differences whether they matter: verifies the tables with all of them, and if these break
 * what holds without, with each by itself. An entry that no packet hits is no harm, whoever has put
 * it there: it changes what becomes of nothing. Pure.
 */
final class DriftJudge {
  /** Differences that are verified one by one; each costs as much as all together. */
  static final int ALONE = 16;

  /** Differences up to which a switch is verified at all. */
  static final int TOGETHER = 1_000;

  private final NetworkModel model;
  private final NodeId id;
  private final VerificationReport without;

  /** What should be there, and the groups and meters of others: nothing of ours leads to these. */
  private final Map<Object, Object> base;

  /**
   * Judges one switch.
   *
   * @param without the verdict about {@code desired}
   */
  DriftJudge(
      NetworkModel model,
      NodeId id,
      FlowTables desired,
      FlowTables observed,
      VerificationReport without) {
    this.model = model;
    this.id = id;
    this.without = without;
    this.base = Difference.parts(desired);
    FlowTables inert =
        new FlowTables(ImmutableList.of(), observed.groups().values(), observed.meters().values());
    Difference.parts(inert).forEach(base::putIfAbsent);
  }

  /** The report about these differences. */
  DriftReport judge(ImmutableList<Difference> differences, Instant at) {
    if (differences.size() > TOGETHER) {
      return DriftReport.unverified(
          id,
          at,
          differences.size()
              + " entries differ from what the model asks for, such as "
              + differences.get(0).what()
              + "; more than "
              + TOGETHER
              + " are not verified");
    }
    try {
      VerificationReport with = verify(differences);
      ImmutableList<Violation> broken = broken(with);
      List<Drift> drifts = isBroken(with) ? oneByOne(differences, broken) : harmless(differences);
      return DriftReport.of(id, at, Optional.of(with), drifts, broken, Optional.empty());
    } catch (RuntimeException e) {
      List<Drift> drifts = new ArrayList<>();
      differences.forEach(d -> drifts.add(Drift.of(d, Drift.Effect.UNKNOWN, ImmutableList.of())));
      String problem = "what is there could not be verified: " + e.getMessage();
      return DriftReport.of(
          id, at, Optional.empty(), drifts, ImmutableList.of(), Optional.of(problem));
    }
  }

  private VerificationReport verify(Iterable<Difference> differences) {
    Map<Object, Object> parts = new LinkedHashMap<>(base);
    differences.forEach(d -> d.applyTo(parts));
    return Verifier.verifyOne(model, id, Difference.tables(parts.values()));
  }

  private static boolean matters(Invariant invariant) {
    return invariant != Invariant.NO_DEAD_ENTRY;
  }

  /** Whether anything is broken more often than without. */
  private boolean isBroken(VerificationReport with) {
    return !broken(with).isEmpty()
        || with.counts().entrySet().stream()
            .anyMatch(
                c ->
                    matters(c.getKey())
                        && c.getValue() > without.counts().getOrDefault(c.getKey(), 0));
  }

  /** What is broken that is not broken without. */
  private ImmutableList<Violation> broken(VerificationReport with) {
    return with.violations().stream()
        .filter(v -> matters(v.invariant()))
        .filter(v -> without.violations().stream().noneMatch(o -> isSame(o, v)))
        .collect(ImmutableList.toImmutableList());
  }

  private static boolean isSame(Violation one, Violation other) {
    return one.invariant() == other.invariant() && one.message().equals(other.message());
  }

  private static List<Drift> harmless(List<Difference> differences) {
    List<Drift> drifts = new ArrayList<>();
    differences.forEach(d -> drifts.add(Drift.of(d, unlessUnread(d), ImmutableList.of())));
    return drifts;
  }

  private static Drift.Effect unlessUnread(Difference difference) {
    return difference.unread().isEmpty() ? Drift.Effect.HARMLESS : Drift.Effect.UNKNOWN;
  }

  private List<Drift> oneByOne(List<Difference> differences, List<Violation> broken) {
    List<Drift> drifts = new ArrayList<>();
    int verified = 0;
    for (Difference difference : differences) {
      if (difference.kind() == Difference.Kind.UNREADABLE) {
        drifts.add(Drift.of(difference, Drift.Effect.UNKNOWN, ImmutableList.of()));
      } else if (verified < ALONE) {
        verified++;
        drifts.add(alone(difference));
      } else {
        drifts.add(blamed(difference, broken));
      }
    }
    boolean explained = drifts.stream().anyMatch(d -> d.effect() == Drift.Effect.HARMFUL);
    return explained ? drifts : together(differences);
  }

  private Drift alone(Difference difference) {
    VerificationReport with = verify(ImmutableList.of(difference));
    return isBroken(with)
        ? Drift.of(difference, Drift.Effect.HARMFUL, broken(with))
        : Drift.of(difference, unlessUnread(difference), ImmutableList.of());
  }

  private static Drift blamed(Difference difference, List<Violation> broken) {
    ImmutableList<Violation> own =
        broken.stream()
            .filter(v -> difference.found().filter(f -> v.entries().contains(f)).isPresent())
            .collect(ImmutableList.toImmutableList());
    Drift.Effect effect = own.isEmpty() ? Drift.Effect.UNKNOWN : Drift.Effect.HARMFUL;
    return Drift.of(difference, effect, own);
  }

  /** None breaks anything by itself, but all together do. */
  private static List<Drift> together(List<Difference> differences) {
    List<Drift> drifts = new ArrayList<>();
    for (Difference difference : differences) {
      Drift.Effect effect =
          difference.kind() == Difference.Kind.UNREADABLE
              ? Drift.Effect.UNKNOWN
              : Drift.Effect.HARMFUL;
      drifts.add(Drift.of(difference, effect, ImmutableList.of()));
    }
    return drifts;
  }
}
