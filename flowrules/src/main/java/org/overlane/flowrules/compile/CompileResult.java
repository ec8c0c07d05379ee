/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    return new CompileResult(TableSlice.join(slices(nodePart, parts)), nodePart, parts);
  }

  private static List<TableSlice> slices(
      TableSlice nodePart, SortedMap<NetworkId, NetworkPart> parts) {
    List<TableSlice> slices = new ArrayList<>();
    slices.add(nodePart);
    parts.values().forEach(part -> slices.add(part.slice()));
    return slices;
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

  /**
   * With other parts for some networks, {@link NetworkPart#NONE} where one is gone. All are
   * exchanged at once: an endpoint may have moved from one network to another, and its entries must
   * not meet themselves.
   */
  CompileResult with(Optional<TableSlice> otherNodePart, Map<NetworkId, NetworkPart> changed) {
    List<TableSlice> gone = new ArrayList<>();
    List<TableSlice> come = new ArrayList<>();
    otherNodePart.ifPresent(
        slice -> {
          gone.add(nodePart);
          come.add(slice);
        });
    SortedMap<NetworkId, NetworkPart> others = new TreeMap<>(parts);
    changed.forEach(
        (network, part) -> {
          gone.add(parts.getOrDefault(network, NetworkPart.NONE).slice());
          come.add(part.slice());
          if (part == NetworkPart.NONE) {
            others.remove(network);
          } else {
            others.put(network, part);
          }
        });
    TableSlice node = otherNodePart.orElse(nodePart);
    FlowTables next =
        TableSlice.exchange(tables, gone, come).withMeters(TableSlice.meters(slices(node, others)));
    return new CompileResult(next, node, others);
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
