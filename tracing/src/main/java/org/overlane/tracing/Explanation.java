/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tracing;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.overlane.flowrules.feature.PacketClass;
import org.overlane.flowrules.openflow.Cookie;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.text.OfctlFormat;

/** What an entry of a switch is for, and, with a model, what caused it and whether it is wanted. */
@AutoValue
public abstract class Explanation {
  /** Whose it is, as far as it can be told. */
  public enum Origin {
    /** Table, priority and match give the very cookie that it has. */
    OURS("overlane"),
    /** The cookie names one of our packet classes; there is nothing else to compare it with. */
    BY_COOKIE("overlane-by-cookie"),
    /** The cookie names one of our packet classes, but table, priority and match do not give it. */
    COOKIE_DIFFERS("cookie-differs"),
    /** The cookie names none of our packet classes. */
    OTHER("other");

    private final String text;

    Origin(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  /** How it compares with what a model wants on the switch. */
  public enum Comparison {
    /** No model was given, or the line was not understood. */
    UNKNOWN("unknown"),
    /** The model wants it exactly so. */
    SAME("same"),
    /** The model wants one with this table, priority and match, but with other content. */
    DIFFERS("differs"),
    /** The model wants none like it. */
    NOT_WANTED("not-wanted"),
    /** No model wants it: the slow path has put it there, and it goes by itself. */
    EXCEPTION("exception");

    private final String text;

    Comparison(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  Explanation() {}

  public abstract ObservedEntry observed();

  public abstract Origin origin();

  /** Unless it is of others. */
  public abstract Optional<PacketClass> packetClass();

  public abstract Comparison comparison();

  /** What the model wants in its place; with a cookie alone, the entry that has this cookie. */
  public abstract Optional<FlowEntry> wanted();

  /** Of DIFFERS: what differs, a sentence each without full stop. */
  public abstract ImmutableList<String> differences();

  public static Explanation of(ObservedEntry observed, Optional<FlowTables> desired) {
    Origin origin = origin(observed);
    Optional<PacketClass> packetClass = PacketClass.of(observed.cookie());
    Optional<FlowEntry> wanted = desired.flatMap(t -> wanted(observed, t));
    List<String> differences =
        observed.entry().isPresent() && wanted.isPresent()
            ? differences(observed.entry().get(), wanted.get())
            : ImmutableList.of();
    return new AutoValue_Explanation(
        observed,
        origin,
        packetClass,
        comparison(observed, packetClass, desired.isPresent(), wanted, differences),
        wanted,
        ImmutableList.copyOf(differences));
  }

  private static Origin origin(ObservedEntry observed) {
    Cookie cookie = observed.cookie();
    if (!PacketClass.of(cookie).isPresent()) {
      return Origin.OTHER;
    }
    if (!observed.entry().isPresent()) {
      return Origin.BY_COOKIE;
    }
    FlowEntry entry = observed.entry().get();
    Cookie right = Cookie.of(cookie.packetClass(), entry.table(), entry.priority(), entry.match());
    return right.equals(cookie) ? Origin.OURS : Origin.COOKIE_DIFFERS;
  }

  private static Optional<FlowEntry> wanted(ObservedEntry observed, FlowTables desired) {
    if (observed.entry().isPresent()) {
      int at =
          Collections.binarySearch(desired.entries(), observed.entry().get(), FlowTables.CANONICAL);
      return at < 0 ? Optional.empty() : Optional.of(desired.entries().get(at));
    }
    return desired.entries().stream().filter(e -> e.cookie().equals(observed.cookie())).findFirst();
  }

  private static List<String> differences(FlowEntry observed, FlowEntry wanted) {
    List<String> differences = new ArrayList<>();
    if (!observed.instructions().equals(wanted.instructions())) {
      differences.add(
          "it does "
              + OfctlFormat.instructions(observed.instructions())
              + ", the model wants "
              + OfctlFormat.instructions(wanted.instructions()));
    }
    if (!observed.cookie().equals(wanted.cookie())) {
      differences.add(
          "its cookie is " + observed.cookie() + ", the model wants " + wanted.cookie());
    }
    return differences;
  }

  private static Comparison comparison(
      ObservedEntry observed,
      Optional<PacketClass> packetClass,
      boolean model,
      Optional<FlowEntry> wanted,
      List<String> differences) {
    if (!model || observed.unreadable().isPresent()) {
      return Comparison.UNKNOWN;
    }
    if (wanted.isPresent()) {
      return differences.isEmpty() ? Comparison.SAME : Comparison.DIFFERS;
    }
    return packetClass.filter(c -> c == PacketClass.OVERSIZE_EXCEPTION).isPresent()
        ? Comparison.EXCEPTION
        : Comparison.NOT_WANTED;
  }

  /** What the model wants and none of these entries is. */
  public static ImmutableList<FlowEntry> missing(
      Iterable<Explanation> explanations, FlowTables desired) {
    Set<FlowEntry.Key> keys = new HashSet<>();
    explanations.forEach(e -> e.wanted().map(FlowEntry::key).ifPresent(keys::add));
    return desired.entries().stream()
        .filter(e -> !keys.contains(e.key()))
        .collect(ImmutableList.toImmutableList());
  }

  /** In words, without full stops: for the summary of many. */
  static String summary(List<Explanation> all, Optional<List<FlowEntry>> missing) {
    List<String> parts = new ArrayList<>();
    for (Comparison comparison : Comparison.values()) {
      long count = all.stream().filter(e -> e.comparison() == comparison).count();
      if (count > 0 && comparison != Comparison.UNKNOWN) {
        parts.add(count + " " + comparison.text().replace('-', ' '));
      }
    }
    missing.filter(m -> !m.isEmpty()).ifPresent(m -> parts.add(m.size() + " wanted but missing"));
    String entries = all.size() == 1 ? "1 entry" : all.size() + " entries";
    return parts.isEmpty() ? entries : entries + ": " + String.join(", ", parts);
  }
}
