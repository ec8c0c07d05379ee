/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.trace.FragmentMode;

/**
 * Holds the tables of one switch against what the model asks of it: structure first, then all
 * packets of each port, in each fragment mode that makes a difference, then the entries that none
 * of them has hit.
 *
 * <p>A port of which an earlier result says that all is well need not be looked at again if nothing
 * has changed that this rests on: the node and its endpoints, ports, meters and MTU; the networks
 * of its endpoints; and of the tables, the slices and groups that its packets meet ({@link Trail}).
 * Packets that meet the same entries fare alike, and the same is expected of them. Ports where
 * something is wrong are always looked at again, so that what is said of them is of today.
 */
final class NodeProof {
  private final NodeFacts facts;
  private final FlowTables tables;
  private final Findings findings;
  private final Explorer explorer;
  private final long moment;
  private final Mentioned mentioned;
  private final ImmutableList<Object> grounds;
  private final Sizes sizes = new Sizes();
  private final ImmutableList.Builder<Undelivered> undelivered = ImmutableList.builder();
  private final Map<Object, PortProof> known = new HashMap<>();
  private final Map<Object, PortProof> proven = new LinkedHashMap<>();
  private final Set<FlowEntry> hit = Sets.newIdentityHashSet();

  NodeProof(UnderlayFacts underlay, Node node, FlowTables tables, long moment) {
    this.facts = new NodeFacts(underlay, node);
    this.tables = tables;
    this.findings = new Findings(node.id(), tables);
    this.explorer = new Explorer(tables);
    this.moment = moment;
    this.mentioned = new Mentioned(tables);
    this.grounds =
        ImmutableList.of(
            node,
            underlay.model().endpointsAt(node.id()),
            underlay.mtu(node.id()),
            tables.meters(),
            mentioned.ports(),
            mentioned.isVlan());
  }

  /** Takes over what an earlier result has proven of ports, where that still holds. */
  void restOn(NodeResult before, Predicate<NetworkId> asTheyWere) {
    if (!before.grounds().equals(grounds)) {
      return;
    }
    TableChanges changes = new TableChanges(before.tables(), before.starts(), tables, explorer);
    before
        .ports()
        .forEach(
            (port, proof) -> {
              if (proof.networks().stream().allMatch(asTheyWere) && changes.leave(proof)) {
                known.put(port, proof);
              }
            });
  }

  NodeResult result() {
    StructureChecks.check(tables, findings);
    for (FragmentMode mode : Arrivals.modes(facts, mentioned)) {
      walk(new SwitchView(mode));
    }
    addProvenHits();
    DeadEntries.check(tables, hit, findings);
    return NodeResult.builder()
        .tables(tables)
        .violations(findings.violations())
        .counts(ImmutableMap.copyOf(findings.counts()))
        .undelivered(undelivered.build())
        .moment(moment)
        .grounds(grounds)
        .starts(ImmutableMap.copyOf(explorer.starts()))
        .ports(ImmutableMap.copyOf(proven))
        .build();
  }

  private void walk(SwitchView view) {
    Arrivals arrivals = new Arrivals(view, facts, mentioned);
    for (OfPort port : arrivals.ports()) {
      prove(
          ImmutableList.of(view.mode(), port),
          networks(port),
          trail -> walk(port, arrivals, trail));
    }
    prove(
        ImmutableList.of(view.mode()),
        ImmutableSet.of(),
        trail -> follow(arrivals.fromOthers(), trail, new ClosedWalk(findings)));
  }

  /** Of whose networks it depends how packets of a port should fare. */
  private ImmutableSet<NetworkId> networks(OfPort port) {
    ImmutableSet.Builder<NetworkId> networks = ImmutableSet.builder();
    switch (facts.role(port)) {
      case TUNNEL:
        facts.networks().forEach(n -> networks.add(n.network().id()));
        break;
      case VM:
        facts.endpoints(port).values().forEach(e -> networks.add(e.network()));
        break;
      default:
        break;
    }
    return networks.build();
  }

  private void prove(Object port, ImmutableSet<NetworkId> networks, Consumer<Trail> walk) {
    if (known.containsKey(port)) {
      proven.put(port, known.get(port));
      return;
    }
    int before = findings.total();
    Trail trail = new Trail();
    walk.accept(trail);
    trail.cut().ifPresent(c -> findings.add(Invariant.REFERENCES, c, trail.cutReason()));
    if (findings.total() == before) {
      proven.put(port, new PortProof(networks, trail));
    } else {
      hit.addAll(trail.hit());
    }
  }

  private void walk(OfPort port, Arrivals arrivals, Trail trail) {
    switch (facts.role(port)) {
      case UPLINK:
      case MANAGEMENT:
        HostWalk host = new HostWalk(facts, findings, port);
        follow(arrivals.from(port), trail, host);
        host.finish();
        break;
      case TUNNEL:
        TunnelWalk tunnel = new TunnelWalk(facts, tables, findings, port);
        follow(arrivals.from(port), trail, tunnel);
        undelivered.addAll(tunnel.undelivered());
        break;
      case VM:
        VmWalk vm = new VmWalk(facts, tables, explorer, findings, sizes, port);
        follow(arrivals.from(port), trail, vm);
        break;
      default:
        ClosedWalk closed = new ClosedWalk(findings);
        follow(arrivals.from(port), trail, closed);
        break;
    }
  }

  private void follow(List<PacketSet> arriving, Trail trail, Explorer.Visitor visitor) {
    arriving.forEach(p -> explorer.explore(0, Flight.start(p), trail, visitor));
  }

  /** Of ports where all is well, looked at now or before. */
  private void addProvenHits() {
    Map<Slice.Key, BitSet> all = new HashMap<>();
    for (PortProof proof : proven.values()) {
      proof
          .places()
          .forEach((key, places) -> all.computeIfAbsent(key, k -> new BitSet()).or(places));
    }
    all.forEach(
        (key, places) -> {
          List<FlowEntry> entries = explorer.slice(key).entries();
          places.stream().forEach(i -> hit.add(entries.get(i)));
        });
  }
}
