/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.pipeline;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.overlane.flowrules.openflow.Field;

/**
 * The contract of a table: which fields its entries may match and set, to which ports they may
 * output, and where they may go next. {@link FlowSink} holds every entry against it. Immutable.
 */
public final class TableSpec {
  /** What a packet has gone through when it comes to a table. */
  public enum Stage {
    /**
     * Nothing: packets of the underlay come here, fragments among them. No transport field, ever: a
     * later fragment has none, and one match on it un-wildcards it for all.
     */
    CLASSIFY,
    /** It is an overlay frame of a known VNI. */
    OVERLAY,
    /** It is on its way into the tunnel. */
    EGRESS
  }

  private final int id;
  private final String name;
  private final Stage stage;
  private final String purpose;
  private final ImmutableSet<Field> matches;
  private final ImmutableSet<Field> requires;
  private final ImmutableSet<Field> sets;
  private final ImmutableSet<PortRole> outputs;
  private final ImmutableSet<Integer> next;
  private final boolean matchesVni;
  private final boolean setsVni;
  private final boolean toController;
  private final Optional<Integer> missNext;

  private TableSpec(Builder builder) {
    id = builder.id;
    name = builder.name;
    stage = builder.stage;
    purpose = builder.purpose;
    matches = Sets.immutableEnumSet(builder.matches);
    requires = Sets.immutableEnumSet(builder.requires);
    sets = Sets.immutableEnumSet(builder.sets);
    outputs = Sets.immutableEnumSet(builder.outputs);
    next = ImmutableSet.copyOf(builder.next);
    matchesVni = builder.matchesVni;
    setsVni = builder.setsVni;
    toController = builder.toController;
    missNext = builder.missNext;
  }

  static Builder builder(int id, String name, Stage stage, String purpose) {
    return new Builder(id, name, stage, purpose);
  }

  public int id() {
    return id;
  }

  public String name() {
    return name;
  }

  public Stage stage() {
    return stage;
  }

  /** One sentence. */
  public String purpose() {
    return purpose;
  }

  public ImmutableSet<Field> matches() {
    return matches;
  }

  /** The fields that every entry but the table miss must match. */
  public ImmutableSet<Field> requires() {
    return requires;
  }

  public ImmutableSet<Field> sets() {
    return sets;
  }

  /** Whether entries may match the VNI, see {@link SwitchProfile}. */
  public boolean matchesVni() {
    return matchesVni;
  }

  /** Whether entries may set the VNI. */
  public boolean setsVni() {
    return setsVni;
  }

  public ImmutableSet<PortRole> outputs() {
    return outputs;
  }

  /**
   * Whether entries may send to the controller, through a meter; of stage {@link Stage#OVERLAY}
   * only those that match one destination address.
   */
  public boolean toController() {
    return toController;
  }

  /** Ids of the tables to which entries may go. */
  public ImmutableSet<Integer> next() {
    return next;
  }

  /** Where the table miss goes; empty if it drops. */
  public Optional<Integer> missNext() {
    return missNext;
  }

  @Override
  public String toString() {
    return "table " + id + " (" + name + ")";
  }

  /** Collects a contract. Not thread-safe. */
  static final class Builder {
    private final int id;
    private final String name;
    private final Stage stage;
    private final String purpose;
    private final Set<Field> matches = EnumSet.noneOf(Field.class);
    private final Set<Field> requires = EnumSet.noneOf(Field.class);
    private final Set<Field> sets = EnumSet.noneOf(Field.class);
    private final Set<PortRole> outputs = EnumSet.noneOf(PortRole.class);
    private final Set<Integer> next = new TreeSet<>();
    private boolean matchesVni;
    private boolean setsVni;
    private boolean toController;
    private Optional<Integer> missNext = Optional.empty();

    private Builder(int id, String name, Stage stage, String purpose) {
      this.id = id;
      this.name = name;
      this.stage = stage;
      this.purpose = purpose;
    }

    Builder requires(Field field) {
      requires.add(field);
      return matches(field);
    }

    Builder matches(Field... fields) {
      for (Field field : fields) {
        checkArgument(
            stage != Stage.CLASSIFY || !field.isLayer4(),
            "table %s (%s) sees fragments: it cannot match %s",
            id,
            name,
            field);
        matches.add(field);
      }
      return this;
    }

    Builder matchesVni() {
      matchesVni = true;
      return this;
    }

    Builder sets(Field... fields) {
      sets.addAll(ImmutableSet.copyOf(fields));
      return this;
    }

    Builder setsVni() {
      setsVni = true;
      return this;
    }

    Builder outputs(PortRole... roles) {
      outputs.addAll(ImmutableSet.copyOf(roles));
      return this;
    }

    Builder toController() {
      checkArgument(
          stage != Stage.CLASSIFY, "%s: no packet of the underlay goes to the controller", name);
      toController = true;
      return this;
    }

    Builder next(TableSpec... tables) {
      for (TableSpec table : tables) {
        checkArgument(table.id > id, "%s comes before table %s", table, id);
        next.add(table.id);
      }
      return this;
    }

    Builder missGoesTo(TableSpec table) {
      missNext = Optional.of(table.id);
      return next(table);
    }

    TableSpec build() {
      return new TableSpec(this);
    }
  }
}
