/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.pipeline.TableSlice;

/**
 * The tables of one node, and what could not be put into them. Keeps the parts that it is made of,
 * so that {@link PipelineCompiler#recompile} can exchange some of them. Immutable.
 */
public final class CompileResult {
  private final FlowTables tables;
  private final TableSlice nodePart;
  private final ImmutableSortedMap<NetworkId, NetworkPart> parts;

  private CompileResult(
      FlowTables tables, TableSlice nodePart, SortedMap<NetworkId, NetworkPart> parts) {
    this.tables = tables;
    this.nodePart = nodePart;
    this.parts = ImmutableSortedMap.copyOfSorted(parts);
  }

  static CompileResult joined(TableSlice nodePart, SortedMap<NetworkId, NetworkPart> parts) {
    List<TableSlice> slices = new ArrayList<>();
    slices.add(nodePart);
    parts.values().forEach(part -> slices.add(part.slice()));
    return new CompileResult(TableSlice.join(slices), nodePart, parts);
  }

  public FlowTables tables() {
    return tables;
  }

  /** By network; the order depends on nothing but the model. */
  public ImmutableList<Diagnostic> diagnostics() {
    return parts.values().stream()
        .flatMap(part -> part.diagnostics().stream())
        .collect(ImmutableList.toImmutableList());
  }

  CompileResult withNodePart(TableSlice other) {
    return new CompileResult(other.replace(nodePart, tables), other, parts);
  }

  /** With another part for a network, or {@link NetworkPart#NONE}. */
  CompileResult withPart(NetworkId network, NetworkPart part) {
    NetworkPart old = parts.getOrDefault(network, NetworkPart.NONE);
    SortedMap<NetworkId, NetworkPart> others = new TreeMap<>(parts);
    if (part == NetworkPart.NONE) {
      others.remove(network);
    } else {
      others.put(network, part);
    }
    return new CompileResult(part.slice().replace(old.slice(), tables), nodePart, others);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CompileResult
        && ((CompileResult) other).tables.equals(tables)
        && ((CompileResult) other).diagnostics().equals(diagnostics());
  }

  @Override
  public int hashCode() {
    return tables.hashCode();
  }

  @Override
  public String toString() {
    return tables + ", " + diagnostics().size() + " diagnostics";
  }
}
