/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FlowTables;

/**
 * Proves what must hold for frames from a VM's port: they leave with the MAC of an endpoint there,
 * stay in its network, reach whom they are for, and are dealt with by size.
 *
 * <p>As soon as sender and destination of a set of frames are settled, so is what should become of
 * them. From there on, frames that the remaining tables cannot tell apart need one proof only: they
 * share all that these tables look at, and what is expected of them differs in nothing but the
 * address of the tunnel, which was set before and is part of what is compared. Where a later table
 * sets another address, each set is proven by itself.
 */
final class VmWalk implements Explorer.Visitor {
  private final NodeFacts facts;
  private final Explorer explorer;
  private final Findings findings;
  private final Sizes sizes;
  private final OfPort port;
  private final Judge judge;
  private final Announcements announcements;
  private final Map<Bits, Endpoint> senders;
  private final Set<List<Object>> proven = new HashSet<>();

  /** By whether they fit: the last that was proven; most are like it. */
  private final Map<Boolean, Settled> last = new HashMap<>();

  VmWalk(
      NodeFacts facts,
      FlowTables tables,
      Explorer explorer,
      Findings findings,
      Sizes sizes,
      OfPort port) {
    this.facts = facts;
    this.explorer = explorer;
    this.findings = findings;
    this.sizes = sizes;
    this.port = port;
    this.judge = new Judge(facts, tables, findings, port);
    this.announcements = new Announcements(findings, port);
    this.senders = facts.endpoints(port);
  }

  @Override
  public boolean enter(int table, Flight flight, Trail trail) {
    if (table == 0 || !flight.copies().isEmpty() || !flight.actionSet().isEmpty()) {
      return false;
    }
    Bits source = flight.packets().valuesOf(Field.ETH_SRC).single();
    Endpoint sender = source == null ? null : senders.get(source);
    if (sender == null) {
      return false;
    }
    NetworkFacts network = facts.network(sender.network());
    RemotePath path = path(flight.packets(), network);
    if (path == null || Announcements.any(flight.packets(), network)) {
      return false;
    }
    int limit = network.checksSize() ? path.frameLimit() : PacketSet.LONGEST;
    settled(table, flight, trail, network, path, true, flight.packets().withLengths(0, limit));
    settled(
        table,
        flight,
        trail,
        network,
        path,
        false,
        flight.packets().withLengths(limit + 1, PacketSet.LONGEST));
    return true;
  }

  /** The path that all of some packets should take, or null. */
  private static RemotePath path(PacketSet packets, NetworkFacts network) {
    ValueSet macs = packets.valuesOf(Field.ETH_DST);
    if (!macs.listed().isPresent()) {
      return null;
    }
    Destination common = null;
    for (Bits mac : macs.listed().get()) {
      Destination own = DestinationSplit.isMulticast(mac) ? null : network.destination(mac);
      if (own == null || (common != null && common != own)) {
        return null;
      }
      common = own;
    }
    return common == null ? null : common.path().orElse(null);
  }

  private void settled(
      int table,
      Flight flight,
      Trail trail,
      NetworkFacts network,
      RemotePath path,
      boolean fits,
      PacketSet packets) {
    if (packets.shortest() > packets.longest()) {
      return;
    }
    Explorer.Suffix suffix = explorer.suffix(table);
    Settled now = new Settled(table, fits, network, path, packets);
    Settled before = last.get(fits);
    if (now.equals(before) && suffix.isAlike(before.packets, packets)) {
      return;
    }
    List<Object> key = suffix.key(packets);
    key.add(now);
    if (!proven.contains(key)) {
      Remaining remaining = new Remaining(network, path, packets);
      explorer.explore(table, flight.with(packets), trail, remaining);
      if (remaining.setsDestination) {
        return;
      }
      proven.add(key);
    }
    last.put(fits, now);
  }

  /** What, besides the packets, decides what should become of settled ones. */
  private static final class Settled {
    private final int table;
    private final boolean fits;
    private final NetworkFacts network;
    private final OfPort port;
    private final boolean fragments;
    private final Bits key;
    private final boolean addressed;
    private final PacketSet packets;

    Settled(int table, boolean fits, NetworkFacts network, RemotePath path, PacketSet packets) {
      this.table = table;
      this.fits = fits;
      this.network = network;
      this.port = path.port();
      this.fragments = path.fragments();
      this.key = packets.known(Field.TUNNEL_ID);
      this.addressed =
          !path.isByAddress() || Copy.tunnelDestinationOf(packets).equals(path.address());
      this.packets = packets;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Settled && isLike((Settled) other);
    }

    private boolean isLike(Settled other) {
      return table == other.table
          && fits == other.fits
          && network == other.network
          && port.equals(other.port)
          && fragments == other.fragments
          && Objects.equals(key, other.key)
          && addressed == other.addressed;
    }

    @Override
    public int hashCode() {
      return Objects.hash(table, fits, port, fragments, key, addressed);
    }
  }

  /** The tables after sender and destination are settled. */
  private final class Remaining implements Explorer.Visitor {
    private final NetworkFacts network;
    private final RemotePath path;
    private final PacketSet start;
    private boolean setsDestination;

    Remaining(NetworkFacts network, RemotePath path, PacketSet start) {
      this.network = network;
      this.path = path;
      this.start = start;
    }

    @Override
    public void end(Flight flight) {
      setsDestination |= flight.copies().stream().anyMatch(c -> c.isForAnother(start));
      Drops.check(flight, findings);
      sizes.unicast(flight, network, path, judge);
    }
  }

  @Override
  public void end(Flight flight) {
    Drops.check(flight, findings);
    PacketSet packets = flight.packets();
    ValueSet sources = packets.valuesOf(Field.ETH_SRC);
    senders.forEach(
        (mac, endpoint) -> {
          if (sources.contains(mac)) {
            PacketSet own =
                packets.withValues(Field.ETH_SRC, ValueSet.of(Field.ETH_SRC, Set.of(mac)));
            NetworkFacts network = facts.network(endpoint.network());
            announcements.judge(
                flight.with(own), network, judge, others -> destinations(others, network));
          }
        });
    if (flight.copies().stream().allMatch(Copy::isSuppressed)) {
      return;
    }
    PacketSet strangers = packets.withValues(Field.ETH_SRC, sources.minusAll(senders.keySet()));
    if (!strangers.isEmptyIn(Field.ETH_SRC)) {
      findings.add(
          Invariant.OWN_SOURCE,
          flight.with(strangers),
          "frames from port " + port + " with a source that no endpoint there has go on");
    }
  }

  private void destinations(Flight flight, NetworkFacts network) {
    DestinationSplit.split(
        flight.packets(),
        network.macs(),
        mac -> mac == null ? NetworkFacts.UNKNOWN : network.destination(mac),
        (some, destination) -> unicast(flight.with(some), network, destination),
        some -> Sizes.multicast(flight.with(some), network, judge));
  }

  private void unicast(Flight flight, NetworkFacts network, Destination destination) {
    Optional<RemotePath> path = destination.path();
    if (path.isPresent()) {
      sizes.unicast(flight, network, path.get(), judge);
    } else {
      Expected expected = destination.port().map(Expected::port).orElse(Expected.NOTHING);
      judge.judge(flight, new Judge.Case(network, expected, Invariant.UNICAST_DELIVERY));
    }
  }
}
