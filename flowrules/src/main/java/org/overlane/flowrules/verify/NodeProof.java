/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * has changed that this rests on: the node and its MTU; the networks of the endpoints behind it,
 * and which ones these are; of the tables, the slices and groups that its packets meet ({@link
 * Trail}), and the meters that entries use. Packets that meet the same entries fare alike, and the
 * same is expected of them. Ports where something is wrong are always looked at again, so that what
 * is said of them is of today.
 */
final class NodeProof {
  private final NodeFacts facts;
  private final FlowTables tables;
  private final Findings findings;
  private final Explorer explorer;
  private final long moment;
  private final Mentioned mentioned;
  private final ImmutableList<Object> grounds;
  private final ImmutableSet<OfPort> named;
  private final Sizes sizes = new Sizes();
  private final ImmutableList.Builder<Undelivered> undelivered = ImmutableList.builder();
  private final Map<Part, PortProof> known = new HashMap<>();
  private final Map<Part, PortProof> proven = new LinkedHashMap<>();
  private final Set<FlowEntry> hit = Sets.newIdentityHashSet();

  NodeProof(UnderlayFacts underlay, Node node, FlowTables tables, long moment) {
    this.facts = new NodeFacts(underlay, node);
    this.tables = tables;
    this.findings = new Findings(node.id(), tables);
    this.explorer = new Explorer(tables);
    this.moment = moment;
    this.mentioned = new Mentioned(tables);
    this.grounds = ImmutableList.of(node, underlay.mtu(node.id()), mentioned.isVlan());
    this.named = ImmutableSet.copyOf(Sets.union(facts.roles().keySet(), mentioned.ports()));
  }

  /** Takes over what an earlier result has proven of ports, where that still holds. */
  void restOn(NodeResult before, Predicate<NetworkId> asTheyWere) {
    if (!before.grounds().equals(grounds) || usesOtherMeters(before.tables())) {
      return;
    }
    TableChanges changes = new TableChanges(before.tables(), before.starts(), tables, explorer);
    boolean sameOthers = before.named().equals(named);
    before
        .ports()
        .forEach(
            (key, proof) -> {
              boolean sameRole =
                  key.port().map(p -> networks(p).equals(proof.networks())).orElse(sameOthers);
              if (sameRole
                  && proof.networks().stream().allMatch(asTheyWere)
                  && changes.leave(proof)) {
                known.put(key, proof);
              }
            });
  }

  /** Whether an entry uses a meter that has become another one, or has gone. */
  private boolean usesOtherMeters(FlowTables before) {
    Set<Long> others =
        Maps.difference(before.meters(), tables.meters()).entriesDiffering().keySet();
    Set<Long> gone = Sets.difference(before.meters().keySet(), tables.meters().keySet());
    return !(others.isEmpty() && gone.isEmpty())
        && tables.entries().stream()
            .anyMatch(
                e ->
                    e.instructions()
                        .meter()
                        .filter(m -> others.contains(m) || gone.contains(m))
                        .isPresent());
  }

  /** What is proven at once: the packets of a port, or of all others, in one fragment mode. */
  @AutoValue
  abstract static class Part {
    abstract FragmentMode mode();

    abstract Optional<OfPort> port();

    static Part of(FragmentMode mode, Optional<OfPort> port) {
      return new AutoValue_NodeProof_Part(mode, port);
    }
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
        .named(named)
        .starts(ImmutableMap.copyOf(explorer.starts()))
        .ports(ImmutableMap.copyOf(proven))
        .build();
  }

  private void walk(SwitchView view) {
    Arrivals arrivals = new Arrivals(view, facts, mentioned);
    for (OfPort port : arrivals.ports()) {
      prove(
          Part.of(view.mode(), Optional.of(port)),
          networks(port),
          trail -> walk(port, arrivals, trail));
    }
    prove(
        Part.of(view.mode(), Optional.empty()),
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

  private void prove(Part part, ImmutableSet<NetworkId> networks, Consumer<Trail> walk) {
    if (known.containsKey(part)) {
      proven.put(part, known.get(part));
      return;
    }
    int before = findings.total();
    Trail trail = new Trail();
    walk.accept(trail);
    trail.cut().ifPresent(c -> findings.add(Invariant.REFERENCES, c, trail.cutReason()));
    if (findings.total() == before) {
      proven.put(part, new PortProof(networks, trail));
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
