/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tracing;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Optional;
import org.overlane.flowrules.feature.PacketClass;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.text.OfctlFormat;

/** Explanations for people: a paragraph for each entry. */
public final class ExplanationText {
  private static final int LISTED = 20;

  /** Their counters count both branches of the size check. */
  private static final ImmutableSet<PacketClass> BEHIND_SIZE_CHECK =
      ImmutableSet.of(
          PacketClass.OVERSIZE,
          PacketClass.OVERSIZE_FRAGMENT,
          PacketClass.OVERSIZE_OTHER,
          PacketClass.OVERSIZE_DROP,
          PacketClass.FITS,
          PacketClass.VXLAN_TRANSMIT);

  private final StringBuilder text = new StringBuilder();

  private ExplanationText() {}

  /** Lines, each with its end. */
  public static String render(Explanation explanation) {
    ExplanationText text = new ExplanationText();
    text.entry(explanation);
    return text.text.toString();
  }

  /**
   * How many there are of which kind, and what is missing.
   *
   * @param desired what the model wants on the switch whose entries these are all of
   */
  public static String summary(List<Explanation> all, Optional<FlowTables> desired) {
    ExplanationText text = new ExplanationText();
    Optional<List<FlowEntry>> missing = desired.map(d -> Explanation.missing(all, d));
    text.line(Explanation.summary(all, missing));
    missing.ifPresent(text::missing);
    return text.text.toString();
  }

  private void missing(List<FlowEntry> entries) {
    entries.stream()
        .limit(LISTED)
        .forEach(e -> line("missing: " + OfctlFormat.entry(e) + " # " + e.source()));
    if (entries.size() > LISTED) {
      line("missing: " + (entries.size() - LISTED) + " more");
    }
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private void line(String heading, String content) {
    line("  " + Strings.padEnd(heading, 9, ' ') + content);
  }

  private void entry(Explanation explanation) {
    ObservedEntry observed = explanation.observed();
    line(heading(explanation));
    explanation.packetClass().ifPresent(c -> line("For", c.purpose()));
    explanation.packetClass().ifPresent(c -> line("Read", c.documentation()));
    observed.entry().ifPresent(e -> line("Entry", entry(e)));
    observed.unreadable().ifPresent(why -> line("Unread", why));
    if (!observed.entry().isPresent()) {
      explanation.wanted().ifPresent(e -> line("Entry", entry(e)));
    }
    observed.packets().ifPresent(n -> line("Packets", n + counted(explanation.packetClass())));
    observed.idleTimeout().ifPresent(s -> line("Goes", "after " + s + " s without packets"));
    explanation.wanted().ifPresent(e -> line("Cause", e.source()));
    model(explanation);
  }

  private static String heading(Explanation explanation) {
    ObservedEntry observed = explanation.observed();
    String id = "cookie " + observed.cookie();
    if (observed.applicationId() != 0) {
      id += ", application id " + observed.applicationId();
    }
    String title = explanation.packetClass().map(PacketClass::title).orElse("");
    switch (explanation.origin()) {
      case OTHER:
        return "Not an entry of Overlane (" + id + ")";
      case COOKIE_DIFFERS:
        return "Perhaps "
            + title
            + ", but not as Overlane writes it: table, priority and match do not give this cookie ("
            + id
            + ")";
      default:
        return title + " (" + id + ")";
    }
  }

  private static String entry(FlowEntry entry) {
    String match = OfctlFormat.match(entry.match());
    return Words.table(entry.table())
        + ", priority "
        + entry.priority()
        + ": "
        + (match.isEmpty() ? "any packet" : match)
        + " -> "
        + OfctlFormat.instructions(entry.instructions());
  }

  private static String counted(Optional<PacketClass> packetClass) {
    return packetClass.filter(BEHIND_SIZE_CHECK::contains).isPresent()
        ? "; behind a size check, where this counts packets of either size"
        : "";
  }

  private void model(Explanation explanation) {
    switch (explanation.comparison()) {
      case SAME:
        line("Model", explanation.observed().entry().isPresent() ? "wants it so" : "wants it");
        break;
      case DIFFERS:
        explanation.differences().forEach(d -> line("Differs", d));
        break;
      case NOT_WANTED:
        line("Model", "wants no such entry on this device");
        break;
      case EXCEPTION:
        line("Model", "never asks for it: the slow path has put it there for a while");
        break;
      default:
        break;
    }
  }
}
