/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.reconcile;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Iterators;
import com.google.common.collect.PeekingIterator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.openflow.Group;
import org.overlane.flowrules.openflow.Meter;

/**
 * What separates the observed tables of a switch from the desired ones. Entries are paired by
 * {@link FlowEntry#key} and compared in everything that the switch holds, instructions and cookie
 * included; only {@link FlowEntry#source} does not count.
 */
@AutoValue
public abstract class FlowDiff {
  FlowDiff() {}

  /** Desired entries whose key is not on the switch, in canonical order. */
  public abstract ImmutableList<FlowEntry> adds();

  /**
   * Desired entries whose key is on the switch with other instructions or another cookie. An
   * OFPFC_ADD replaces such an entry as a whole; OFPFC_MODIFY would keep the old cookie.
   */
  public abstract ImmutableList<FlowEntry> modifies();

  /** Observed entries whose key is not desired. */
  public abstract ImmutableList<FlowEntry> removes();

  /** By ascending id, like the other lists of groups. */
  public abstract ImmutableList<Group> groupAdds();

  /** Desired groups that are on the switch with other buckets. */
  public abstract ImmutableList<Group> groupModifies();

  public abstract ImmutableList<Group> groupRemoves();

  /** By ascending id, like the other lists of meters. */
  public abstract ImmutableList<Meter> meterAdds();

  /** Desired meters that are on the switch with another rate or burst. */
  public abstract ImmutableList<Meter> meterModifies();

  public abstract ImmutableList<Meter> meterRemoves();

  /** How many changes it takes. */
  public int size() {
    return adds().size()
        + modifies().size()
        + removes().size()
        + groupAdds().size()
        + groupModifies().size()
        + groupRemoves().size()
        + meterAdds().size()
        + meterModifies().size()
        + meterRemoves().size();
  }

  /** Whether the switch is as desired. */
  public boolean isEmpty() {
    return size() == 0;
  }

  /** The changes that turn {@code observed} into {@code desired}. */
  public static FlowDiff diff(FlowTables desired, FlowTables observed) {
    Builder diff = new AutoValue_FlowDiff.Builder();
    diffEntries(desired, observed, diff);
    diffById(
        desired.groups(),
        observed.groups(),
        Group::sameOnSwitch,
        diff.groupAddsBuilder(),
        diff.groupModifiesBuilder(),
        diff.groupRemovesBuilder());
    diffById(
        desired.meters(),
        observed.meters(),
        Meter::sameOnSwitch,
        diff.meterAddsBuilder(),
        diff.meterModifiesBuilder(),
        diff.meterRemovesBuilder());
    return diff.build();
  }

  /** Both sides are in canonical order, in which entries of one key stand side by side. */
  private static void diffEntries(FlowTables desired, FlowTables observed, Builder diff) {
    PeekingIterator<FlowEntry> wanted = Iterators.peekingIterator(desired.entries().iterator());
    PeekingIterator<FlowEntry> present = Iterators.peekingIterator(observed.entries().iterator());
    while (wanted.hasNext() && present.hasNext()) {
      FlowEntry want = wanted.peek();
      FlowEntry have = present.peek();
      int order = want == have ? 0 : FlowTables.CANONICAL.compare(want, have);
      if (order < 0) {
        diff.addsBuilder().add(want);
      } else if (order > 0) {
        diff.removesBuilder().add(have);
      } else if (want != have && !have.sameOnSwitch(want)) {
        diff.modifiesBuilder().add(want);
      }
      advance(order <= 0, wanted);
      advance(order >= 0, present);
    }
    diff.addsBuilder().addAll(wanted);
    diff.removesBuilder().addAll(present);
  }

  private static void advance(boolean past, PeekingIterator<FlowEntry> iterator) {
    if (past) {
      iterator.next();
    }
  }

  private static <T> void diffById(
      ImmutableSortedMap<Long, T> desired,
      ImmutableSortedMap<Long, T> observed,
      BiPredicate<T, T> same,
      ImmutableList.Builder<T> adds,
      ImmutableList.Builder<T> modifies,
      ImmutableList.Builder<T> removes) {
    Map<Long, T> left = new TreeMap<>(observed);
    desired.forEach(
        (id, wanted) -> {
          T present = left.remove(id);
          if (present == null) {
            adds.add(wanted);
          } else if (!same.test(present, wanted)) {
            modifies.add(wanted);
          }
        });
    removes.addAll(left.values());
  }

  /** The tables after all changes have been made to {@code observed}. */
  public FlowTables applyTo(FlowTables observed) {
    Map<FlowEntry.Key, FlowEntry> entries = new HashMap<>();
    observed.entries().forEach(e -> entries.put(e.key(), e));
    removes().forEach(e -> entries.remove(e.key()));
    modifies().forEach(e -> entries.put(e.key(), e));
    adds().forEach(e -> entries.put(e.key(), e));
    Map<Long, Group> groups = new TreeMap<>(observed.groups());
    groupRemoves().forEach(g -> groups.remove(g.id()));
    groupModifies().forEach(g -> groups.put(g.id(), g));
    groupAdds().forEach(g -> groups.put(g.id(), g));
    Map<Long, Meter> meters = new TreeMap<>(observed.meters());
    meterRemoves().forEach(m -> meters.remove(m.id()));
    meterModifies().forEach(m -> meters.put(m.id(), m));
    meterAdds().forEach(m -> meters.put(m.id(), m));
    return new FlowTables(entries.values(), groups.values(), meters.values());
  }

  @AutoValue.Builder
  abstract static class Builder {
    abstract ImmutableList.Builder<FlowEntry> addsBuilder();

    abstract ImmutableList.Builder<FlowEntry> modifiesBuilder();

    abstract ImmutableList.Builder<FlowEntry> removesBuilder();

    abstract ImmutableList.Builder<Group> groupAddsBuilder();

    abstract ImmutableList.Builder<Group> groupModifiesBuilder();

    abstract ImmutableList.Builder<Group> groupRemovesBuilder();

    abstract ImmutableList.Builder<Meter> meterAddsBuilder();

    abstract ImmutableList.Builder<Meter> meterModifiesBuilder();

    abstract ImmutableList.Builder<Meter> meterRemovesBuilder();

    abstract FlowDiff build();
  }
}
