/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.drift;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.overlane.app.api.ObservedTables;
import org.overlane.app.api.OtherEntry;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.openflow.Group;
import org.overlane.flowrules.openflow.Meter;
import org.overlane.flowrules.text.OfctlFormat;

/**
 * An entry, a group or a meter of a switch that is not as it should be, or should not be there.
 * Groups and meters that no model asks for are none: by themselves they do nothing. Neither are
 * exceptions of the slow path. Immutable.
 */
@AutoValue
public abstract class Difference {
  Difference() {}

  /** In what way. */
  public enum Kind {
    /** It should be there, and is not. */
    MISSING,
    /** It is there, with other content. */
    CHANGED,
    /** It is there, and the model does not ask for it. */
    EXTRA,
    /** It is there and the model does not ask for it, but its match could not be read. */
    UNREADABLE
  }

  public abstract Kind kind();

  /** Who has put it there: an application, {@code Overlane}; or what in the model asks for it. */
  public abstract String owner();

  /** What is there, or is missing, in the words of ovs-ofctl; of what is unreadable, of ONOS. */
  public abstract String what();

  /** What should be there, where something else is. */
  public abstract Optional<String> wanted();

  /** What of it could not be read, and so was not looked at. */
  public abstract ImmutableList<String> unread();

  /** What names it on a switch. */
  abstract Object key();

  /** The entry, group or meter that is there, as far as it could be read. */
  abstract Optional<Object> found();

  /** By key: what names an entry, a group or a meter on a switch. */
  static Map<Object, Object> parts(FlowTables tables) {
    Map<Object, Object> parts = new LinkedHashMap<>();
    tables.entries().forEach(e -> parts.put(e.key(), e));
    tables.groups().forEach((id, group) -> parts.put("group " + id, group));
    tables.meters().forEach((id, meter) -> parts.put("meter " + id, meter));
    return parts;
  }

  /** The tables of these parts. */
  static FlowTables tables(Collection<Object> parts) {
    List<FlowEntry> entries = new ArrayList<>();
    List<Group> groups = new ArrayList<>();
    List<Meter> meters = new ArrayList<>();
    for (Object part : parts) {
      if (part instanceof FlowEntry) {
        entries.add((FlowEntry) part);
      } else if (part instanceof Group) {
        groups.add((Group) part);
      } else {
        meters.add((Meter) part);
      }
    }
    return new FlowTables(entries, groups, meters);
  }

  /** Puts what was found, or nothing, in the place of what should be there. */
  void applyTo(Map<Object, Object> parts) {
    parts.remove(key());
    found().ifPresent(f -> parts.put(key(), f));
  }

  /** All that separates a switch from what is wanted: entries first, in the order of tables. */
  static ImmutableList<Difference> between(FlowTables desired, ObservedTables observed) {
    Map<FlowEntry, OtherEntry> others = new HashMap<>();
    observed.others().forEach(o -> o.entry().ifPresent(e -> others.put(e, o)));
    Map<Object, Object> wanted = parts(desired);
    Map<Object, Object> there = parts(observed.tables());
    ImmutableList.Builder<Difference> differences = ImmutableList.builder();
    wanted.forEach(
        (key, part) -> {
          Object found = there.get(key);
          if (found == null) {
            differences.add(of(Kind.MISSING, key, part, Optional.empty(), ImmutableList.of()));
          } else if (!same(part, found)) {
            differences.add(changed(key, part, found, others.get(found)));
          }
        });
    there.forEach(
        (key, part) -> {
          OtherEntry other = others.get(part);
          if (other != null
              && other.kind() != OtherEntry.Kind.EXCEPTION
              && !wanted.containsKey(key)) {
            differences.add(of(Kind.EXTRA, key, part, Optional.of(part), other.unread()));
          }
        });
    observed.others().stream()
        .filter(o -> !o.entry().isPresent())
        .forEach(o -> differences.add(unreadable(o)));
    return differences.build();
  }

  private static boolean same(Object one, Object other) {
    if (one instanceof FlowEntry) {
      return ((FlowEntry) one).sameOnSwitch((FlowEntry) other);
    }
    return one instanceof Group
        ? ((Group) one).sameOnSwitch((Group) other)
        : ((Meter) one).sameOnSwitch((Meter) other);
  }

  private static Difference changed(Object key, Object wanted, Object found, OtherEntry other) {
    return new AutoValue_Difference(
        Kind.CHANGED,
        source(found),
        text(found),
        Optional.of(text(wanted)),
        other == null ? ImmutableList.of() : other.unread(),
        key,
        Optional.of(found));
  }

  private static Difference of(
      Kind kind, Object key, Object part, Optional<Object> found, ImmutableList<String> unread) {
    return new AutoValue_Difference(
        kind, source(part), text(part), Optional.empty(), unread, key, found);
  }

  private static Difference unreadable(OtherEntry other) {
    return new AutoValue_Difference(
        Kind.UNREADABLE,
        other.owner(),
        other.text(),
        Optional.empty(),
        other.unread(),
        other.text(),
        Optional.empty());
  }

  private static String source(Object part) {
    if (part instanceof FlowEntry) {
      return ((FlowEntry) part).source();
    }
    return part instanceof Group ? ((Group) part).source() : ((Meter) part).source();
  }

  private static String text(Object part) {
    if (part instanceof FlowEntry) {
      return OfctlFormat.entry((FlowEntry) part);
    }
    return part instanceof Group
        ? OfctlFormat.group((Group) part)
        : OfctlFormat.meter((Meter) part);
  }
}
