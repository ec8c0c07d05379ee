/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.reconcile;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Map;
import java.util.Set;
import org.overlane.config.Assembly;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.FlowTables;

/** What the loop keeps switches at. Immutable. */
@AutoValue
public abstract class InForce {
  static final InForce NOTHING =
      new AutoValue_InForce(NetworkModel.builder().build(), ImmutableMap.of(), ImmutableSet.of());

  InForce() {}

  /** The model that the tables were made of. */
  public abstract NetworkModel model();

  /** The tables of each switch of the model that this controller writes to. */
  public abstract ImmutableMap<NodeId, FlowTables> tables();

  /**
   * Those of them of which nothing is being sent or waited for: each change was confirmed, or has
   * failed.
   */
  public abstract ImmutableSet<NodeId> settled();

  /** What a loop would say that keeps some switches of a model at these tables. */
  public static InForce of(Assembly assembly, Map<NodeId, FlowTables> tables, Set<NodeId> settled) {
    return new AutoValue_InForce(
        assembly.model(), ImmutableMap.copyOf(tables), ImmutableSet.copyOf(settled));
  }
}
