/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.reconcile;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Changes to one switch, in stages: a stage is complete before the next begins, the order within a
 * stage does not matter. The stages follow the order of {@link
 * org.overlane.flowrules.reconcile.UpdatePlan}: meters and groups first, then entries written, last
 * table first, so that whatever a packet needs is there before it is led to it; then entries
 * removed, first table first; groups and meters removed last.
 */
@AutoValue
public abstract class Plan {
  Plan() {}

  /** What to do with the items of a stage. */
  public enum Operation {
    ADD_METERS,
    MODIFY_METERS,
    ADD_GROUPS,
    MODIFY_GROUPS,
    /** Written as a whole, whether the key is new or not. */
    WRITE_ENTRIES,
    REMOVE_ENTRIES,
    REMOVE_GROUPS,
    REMOVE_METERS;

    /** Whether it takes something away from the switch. */
    public boolean isRemoval() {
      return this == REMOVE_ENTRIES || this == REMOVE_GROUPS || this == REMOVE_METERS;
    }
  }

  /** Items that may be changed in any order. */
  @AutoValue
  public abstract static class Stage {
    Stage() {}

    public abstract Operation operation();

    public abstract ImmutableList<Item> items();
  }

  public abstract ImmutableList<Stage> stages();

  public boolean isEmpty() {
    return stages().isEmpty();
  }

  /** How many items change. */
  public int size() {
    return stages().stream().mapToInt(s -> s.items().size()).sum();
  }

  static Builder builder() {
    return new Builder();
  }

  /** Sorts changes into stages. Not thread-safe. */
  static final class Builder {
    private final Map<Item.Kind, List<Item>> adds = new EnumMap<>(Item.Kind.class);
    private final Map<Item.Kind, List<Item>> modifies = new EnumMap<>(Item.Kind.class);
    private final Map<Integer, List<Item>> entryWrites = new TreeMap<>(Comparator.reverseOrder());
    private final Map<Integer, List<Item>> entryRemoves = new TreeMap<>();
    private final Map<Item.Kind, List<Item>> removes = new EnumMap<>(Item.Kind.class);

    void write(Item item, boolean keyIsThere) {
      if (item.kind() == Item.Kind.ENTRY) {
        entryWrites.computeIfAbsent(item.table(), t -> new ArrayList<>()).add(item);
      } else {
        of(item.kind(), keyIsThere ? modifies : adds).add(item);
      }
    }

    void remove(Item item) {
      if (item.kind() == Item.Kind.ENTRY) {
        entryRemoves.computeIfAbsent(item.table(), t -> new ArrayList<>()).add(item);
      } else {
        of(item.kind(), removes).add(item);
      }
    }

    private static List<Item> of(Item.Kind kind, Map<Item.Kind, List<Item>> items) {
      return items.computeIfAbsent(kind, k -> new ArrayList<>());
    }

    Plan build() {
      ImmutableList.Builder<Stage> stages = ImmutableList.builder();
      stage(stages, Operation.ADD_METERS, of(Item.Kind.METER, adds));
      stage(stages, Operation.MODIFY_METERS, of(Item.Kind.METER, modifies));
      stage(stages, Operation.ADD_GROUPS, of(Item.Kind.GROUP, adds));
      stage(stages, Operation.MODIFY_GROUPS, of(Item.Kind.GROUP, modifies));
      entryWrites.values().forEach(items -> stage(stages, Operation.WRITE_ENTRIES, items));
      entryRemoves.values().forEach(items -> stage(stages, Operation.REMOVE_ENTRIES, items));
      stage(stages, Operation.REMOVE_GROUPS, of(Item.Kind.GROUP, removes));
      stage(stages, Operation.REMOVE_METERS, of(Item.Kind.METER, removes));
      return new AutoValue_Plan(stages.build());
    }

    private static void stage(
        ImmutableList.Builder<Stage> stages, Operation operation, List<Item> items) {
      if (!items.isEmpty()) {
        stages.add(new AutoValue_Plan_Stage(operation, ImmutableList.copyOf(items)));
      }
    }
  }
}
