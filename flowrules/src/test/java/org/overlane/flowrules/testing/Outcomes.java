/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.overlane.flowrules.trace.BucketChoice;
import org.overlane.flowrules.trace.Disposition;

/** What may become of a packet: for each way in which a switch can choose buckets, the ends. */
public final class Outcomes {
  private Outcomes() {}

  /** One where nothing is chosen. */
  public static List<List<Disposition>> of(List<Disposition> ends) {
    List<List<Disposition>> outcomes = new ArrayList<>();
    choose(ends, new HashMap<>(), outcomes);
    return outcomes;
  }

  private static void choose(
      List<Disposition> ends, Map<Integer, Integer> chosen, List<List<Disposition>> outcomes) {
    Optional<BucketChoice> open =
        ends.stream()
            .flatMap(e -> e.choices().stream())
            .filter(c -> !chosen.containsKey(c.number()))
            .findFirst();
    if (open.isEmpty()) {
      outcomes.add(ends);
      return;
    }
    for (int bucket = 0; bucket < open.get().buckets(); bucket++) {
      Map<Integer, Integer> then = new HashMap<>(chosen);
      then.put(open.get().number(), bucket);
      choose(ends.stream().filter(e -> happens(e, then)).toList(), then, outcomes);
    }
  }

  private static boolean happens(Disposition end, Map<Integer, Integer> chosen) {
    return end.choices().stream()
        .allMatch(c -> chosen.getOrDefault(c.number(), c.bucket()) == c.bucket());
  }
}
