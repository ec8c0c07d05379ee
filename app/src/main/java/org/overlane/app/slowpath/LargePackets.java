/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.slowpath;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import com.google.common.primitives.Ints;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.overlane.flowrules.compile.Crossings;
import org.overlane.flowrules.compile.Crossings.Crossing;
import org.overlane.flowrules.feature.PacketClass;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.Cookie;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.pipeline.PortMeters.Purpose;
import org.overlane.slowpath.ExceptionKey;
import org.overlane.slowpath.Reason;
import org.overlane.slowpath.SlowPath;
import org.overlane.slowpath.SlowPathCounters;
import org.overlane.slowpath.TokenBuckets;
import org.overlane.slowpath.TunnelLimits;
import org.overlane.slowpath.Verdict;

/**
 * Answers, sends on, fragments, amends or drops each packet that a switch hands to the controller,
 * and counts it under exactly one {@link Reason}.
 *
 * <p><b>Limits.</b> A switch meters what each VM port may send here. The same limit holds here
 * again for each port, whatever a switch does, and one for each pair of addresses, so that a VM
 * that floods one destination still gets answers about the others. All tables are bounded; the
 * least recently used makes room. A VM can make up addresses, not ports: the limit of its port
 * holds in any case.
 *
 * <p><b>Threads.</b> Any number may call {@link #receive}; nothing blocks but for the time of a
 * look-up in a table, or of making one when the first packet of a model comes. No exception escapes
 * for any content of a frame.
 */
public final class LargePackets {
  /** Packets a second of one pair of addresses; as many may come at once after a pause. */
  static final int PAIR_RATE = 50;

  public static final int MAX_PORTS = 20_000;
  public static final int MAX_PAIRS = 50_000;
  public static final int MAX_EXCEPTIONS = 10_000;

  /** The classes whose entries send packets here. */
  public static final ImmutableSet<PacketClass> CLASSES =
      Sets.immutableEnumSet(
          PacketClass.OVERSIZE,
          PacketClass.MSS_CLAMP,
          PacketClass.ADVERTISE_DHCP,
          PacketClass.ADVERTISE_RA);

  private static final int ETHERNET_HEADER = 14;

  /** Where packets and entries go. Must not block, nor throw. */
  public interface Output {
    /** A frame for the VM at a port. */
    void answer(NodeId node, OfPort port, byte[] frame);

    /** A frame of the VM at a port, to be sent on as the actions say. */
    void send(NodeId node, OfPort port, ImmutableList<Action> actions, byte[] frame);

    /** An entry that goes by itself when it has been idle for a while. */
    void install(NodeId node, FlowEntry exception);
  }

  private final Output output;
  private final LongSupplier nanos;
  private final TokenBuckets<Object> oversizePorts = ports(Purpose.OVERSIZE);
  private final TokenBuckets<Object> synPorts = ports(Purpose.SYN);
  private final TokenBuckets<Object> announcementPorts = ports(Purpose.ADVERTISE);
  private final TokenBuckets<PairKey> pairs = new TokenBuckets<>(PAIR_RATE, PAIR_RATE, MAX_PAIRS);
  private final SlowPathCounters<Place> counters = new SlowPathCounters<>();
  private final SlowPathCounters<Optional<NetworkId>> verdicts = new SlowPathCounters<>();
  private final Exceptions exceptions = new Exceptions(MAX_EXCEPTIONS);
  private volatile MtuAnnouncements announcements;

  /**
   * The slow path of all switches.
   *
   * @param nanos a clock that only differences of have a meaning
   */
  public LargePackets(Output output, LongSupplier nanos) {
    this.output = output;
    this.nanos = nanos;
    lookUpIn(NetworkModel.empty());
  }

  private void lookUpIn(NetworkModel model) {
    announcements = new MtuAnnouncements(new Crossings(model), output);
  }

  private static TokenBuckets<Object> ports(Purpose purpose) {
    return new TokenBuckets<>(purpose.rate(), purpose.burst(), MAX_PORTS);
  }

  /** From now on packets are looked up in this model. */
  public void modelChanged(NetworkModel model) {
    if (model.equals(announcements.crossings().model())) {
      return;
    }
    lookUpIn(model);
    exceptions.retain(model);
    counters.retain(place -> model.node(place.node()).isPresent());
    verdicts.retain(id -> !id.isPresent() || model.networks().containsKey(id.get()));
  }

  /** From now on no packet is known, and no exception holds. */
  public void stop() {
    lookUpIn(NetworkModel.empty());
    exceptions.clear();
  }

  /**
   * Deals with one packet.
   *
   * @param port where the switch received it
   * @param packetClass that of the entry which sent it, one of {@link #CLASSES}
   * @param frame Ethernet frame, without FCS; not modified
   */
  public void receive(NodeId node, OfPort port, PacketClass packetClass, byte[] frame) {
    MtuAnnouncements now = announcements;
    if (frame.length < ETHERNET_HEADER) {
      count(Place.of(node, Optional.empty()), Reason.DROPPED_MALFORMED);
      return;
    }
    MacAddress source = mac(frame, 6);
    Optional<Endpoint> from = now.crossings().endpoint(node, port, source);
    Place place = Place.of(node, from.map(Endpoint::network));
    Object portKey = Maps.immutableEntry(node, port);
    if (!limit(packetClass).tryTake(portKey, nanos.getAsLong())) {
      count(place, Reason.SUPPRESSED_PORT);
    } else {
      MacAddress destination = mac(frame, 0);
      count(
          place,
          from.map(f -> dealWith(now, f, destination, packetClass, frame))
              .orElse(Reason.DROPPED_UNKNOWN_ENDPOINT));
    }
  }

  private void count(Place place, Reason reason) {
    counters.count(place, reason);
    verdicts.count(place.network(), reason);
  }

  private TokenBuckets<Object> limit(PacketClass packetClass) {
    switch (packetClass) {
      case OVERSIZE:
        return oversizePorts;
      case MSS_CLAMP:
        return synPorts;
      default:
        return announcementPorts;
    }
  }

  private Reason dealWith(
      MtuAnnouncements now, Endpoint from, MacAddress to, PacketClass packetClass, byte[] frame) {
    switch (packetClass) {
      case OVERSIZE:
        return now.crossings()
            .of(from, to)
            .map(crossing -> oversize(crossing, frame))
            .orElse(Reason.DROPPED_UNKNOWN_ENDPOINT);
      case MSS_CLAMP:
        return now.crossings()
            .of(from, to)
            .map(crossing -> carryOut(SlowPath.syn(frame, limits(crossing)), crossing))
            .orElse(Reason.DROPPED_UNKNOWN_ENDPOINT);
      default:
        boolean dhcp = packetClass == PacketClass.ADVERTISE_DHCP;
        return now.receive(from, to, dhcp, frame, this::oversize);
    }
  }

  private Reason oversize(Crossing crossing, byte[] frame) {
    PairKey pair = PairKey.of(crossing.network().id(), frame);
    return pairs.tryTake(pair, nanos.getAsLong())
        ? carryOut(SlowPath.oversize(frame, limits(crossing)), crossing)
        : Reason.SUPPRESSED_PAIR;
  }

  private static TunnelLimits limits(Crossing crossing) {
    return TunnelLimits.of(
        crossing.limit().frameLimit(),
        crossing.limit().endpointFragments(),
        crossing.network().gateways());
  }

  private static MacAddress mac(byte[] frame, int at) {
    long bits = 0;
    for (int i = at; i < at + 6; i++) {
      bits = bits << 8 | (frame[i] & 0xff);
    }
    return MacAddress.of(bits);
  }

  private Reason carryOut(Verdict verdict, Crossing crossing) {
    NodeId node = crossing.from().node();
    OfPort port = crossing.from().port().get();
    switch (verdict.kind()) {
      case ANSWER:
        verdict.frames().forEach(answer -> output.answer(node, port, answer));
        break;
      case DELIVER:
        verdict.frames().forEach(f -> output.send(node, port, crossing.send(), f));
        verdict.exception().ifPresent(key -> install(node, crossing, key));
        break;
      default:
        break;
    }
    return verdict.reason();
  }

  /**
   * Packets that were on their way while an exception was sent ask for it again: once is enough.
   */
  private void install(NodeId node, Crossing crossing, ExceptionKey key) {
    FlowEntry entry = crossing.exception(key.source(), key.destination(), key.protocol());
    if (exceptions.add(crossing, entry.cookie(), nanos.getAsLong())) {
      output.install(node, entry);
    }
  }

  /** Whether an entry is an exception of ours that still holds. */
  public boolean isException(NodeId node, Cookie cookie) {
    return exceptions.contains(node, cookie);
  }

  /** The switch, or who looks after it, says that an entry is gone. */
  public void removed(NodeId node, Cookie cookie) {
    exceptions.remove(node, cookie);
  }

  /** Packets so far, by place and reason; without zeros. */
  public ImmutableMap<Place, ImmutableMap<Reason, Long>> counters() {
    return counters.snapshot();
  }

  /**
   * Packets so far, by network and reason; without zeros. The same as {@link #counters}, but what a
   * node has sent stays in it when the node goes, so that no number falls. Empty for packets of
   * nobody that the model knows.
   */
  public ImmutableMap<Optional<NetworkId>, ImmutableMap<Reason, Long>> verdicts() {
    return verdicts.snapshot();
  }

  /** How much it remembers now. */
  public Tracked tracked() {
    return Tracked.of(
        Ints.max(oversizePorts.size(), synPorts.size(), announcementPorts.size()),
        pairs.size(),
        exceptions.size());
  }
}
