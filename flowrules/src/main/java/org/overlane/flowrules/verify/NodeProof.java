/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Sets;
import java.util.List;
import java.util.Set;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.trace.FragmentMode;

/**
 * Holds the tables of one switch against what the model asks of it: structure first, then all
 * packets of each port, in each fragment mode that makes a difference, then the entries that none
 * of them has hit.
 */
final class NodeProof {
  private final NodeFacts facts;
  private final FlowTables tables;
  private final Findings findings;
  private final Sizes sizes = new Sizes();
  private final ImmutableList.Builder<Undelivered> undelivered = ImmutableList.builder();
  private final Set<FlowEntry> hit = Sets.newIdentityHashSet();

  private NodeProof(UnderlayFacts underlay, Node node, FlowTables tables) {
    this.facts = new NodeFacts(underlay, node);
    this.tables = tables;
    this.findings = new Findings(node.id(), tables);
  }

  static NodeResult of(UnderlayFacts underlay, Node node, FlowTables tables) {
    NodeProof proof = new NodeProof(underlay, node, tables);
    StructureChecks.check(tables, proof.findings);
    for (FragmentMode mode : Arrivals.modes(proof.facts, tables)) {
      proof.walk(new SwitchView(mode));
    }
    DeadEntries.check(tables, proof.hit, proof.findings);
    return NodeResult.of(
        tables,
        proof.findings.violations(),
        ImmutableMap.copyOf(proof.findings.counts()),
        proof.undelivered.build());
  }

  private void walk(SwitchView view) {
    Explorer explorer = new Explorer(tables);
    Arrivals arrivals = new Arrivals(view, facts, tables);
    for (OfPort port : arrivals.ports()) {
      walk(port, arrivals, explorer);
    }
    ClosedWalk others = new ClosedWalk(findings);
    follow(arrivals.fromOthers(), explorer, others);
    tables.entries().stream().filter(explorer::wasHit).forEach(hit::add);
  }

  private void walk(OfPort port, Arrivals arrivals, Explorer explorer) {
    switch (facts.role(port)) {
      case UPLINK:
      case MANAGEMENT:
        HostWalk host = new HostWalk(facts, findings, port);
        follow(arrivals.from(port), explorer, host);
        host.finish();
        break;
      case TUNNEL:
        TunnelWalk tunnel = new TunnelWalk(facts, tables, findings, port);
        follow(arrivals.from(port), explorer, tunnel);
        undelivered.addAll(tunnel.undelivered());
        break;
      case VM:
        VmWalk vm = new VmWalk(facts, tables, explorer, findings, sizes, port);
        follow(arrivals.from(port), explorer, vm);
        break;
      default:
        ClosedWalk closed = new ClosedWalk(findings);
        follow(arrivals.from(port), explorer, closed);
        break;
    }
  }

  private static void follow(
      List<PacketSet> arriving, Explorer explorer, Explorer.Visitor visitor) {
    arriving.forEach(p -> explorer.explore(0, Flight.start(p), visitor));
  }
}
