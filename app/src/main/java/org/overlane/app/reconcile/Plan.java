/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.reconcile;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Changes to one switch, in stages: a stage is complete before the next begins, the order within a
 * stage does not matter. The stages follow the order of {@link
 * org.overlane.flowrules.reconcile.UpdatePlan}: groups first, then entries written, last table
 * first, so that whatever a packet needs is there before it is led to it; then entries removed,
 * first table first; groups removed last.
 */
@AutoValue
public abstract class Plan {
  Plan() {}

  /** What to do with the items of a stage. */
  public enum Operation {
    ADD_GROUPS,
    MODIFY_GROUPS,
    /** Written as a whole, whether the key is new or not. */
    WRITE_ENTRIES,
    REMOVE_ENTRIES,
    REMOVE_GROUPS
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
    private final List<Item> groupAdds = new ArrayList<>();
    private final List<Item> groupModifies = new ArrayList<>();
    private final Map<Integer, List<Item>> writes = new TreeMap<>(Comparator.reverseOrder());
    private final Map<Integer, List<Item>> removes = new TreeMap<>();
    private final List<Item> groupRemoves = new ArrayList<>();

    void write(Item item, boolean keyIsThere) {
      if (item.kind() == Item.Kind.ENTRY) {
        writes.computeIfAbsent(item.table(), t -> new ArrayList<>()).add(item);
      } else {
        (keyIsThere ? groupModifies : groupAdds).add(item);
      }
    }

    void remove(Item item) {
      if (item.kind() == Item.Kind.ENTRY) {
        removes.computeIfAbsent(item.table(), t -> new ArrayList<>()).add(item);
      } else {
        groupRemoves.add(item);
      }
    }

    Plan build() {
      ImmutableList.Builder<Stage> stages = ImmutableList.builder();
      stage(stages, Operation.ADD_GROUPS, groupAdds);
      stage(stages, Operation.MODIFY_GROUPS, groupModifies);
      writes.values().forEach(items -> stage(stages, Operation.WRITE_ENTRIES, items));
      removes.values().forEach(items -> stage(stages, Operation.REMOVE_ENTRIES, items));
      stage(stages, Operation.REMOVE_GROUPS, groupRemoves);
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
