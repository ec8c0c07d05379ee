/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import com.google.common.collect.ImmutableList;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.function.Consumer;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.pipeline.PortMeters.Purpose;
import org.overlane.flowrules.trace.TracedPacket;

/**
 * What should become of a VM's frames for other nodes, by what they are and whether they fit: the
 * table of ADR 0013, and ADR 0015 for SYNs. A frame is of exactly one of the classes here.
 */
final class Sizes {
  private static final FieldValue SYN =
      FieldValue.masked(Field.TCP_FLAGS, Bits.of(0x002), Bits.of(0x002));

  private static final int WHOLE_IP = PacketKind.where(k -> k.isIp() && k.isWhole());
  private static final int FRAGMENT = PacketKind.where(k -> k.isIp() && !k.isWhole());
  private static final int LATER_IPV6 = PacketKind.where(k -> k.isIpv6() && k.isLater());
  private static final int NOT_IP = PacketKind.where(k -> !k.isIp());
  private static final int WHOLE_TCP =
      PacketKind.where(k -> k.isIp() && k.isWhole() && k.protocol() == TracedPacket.TCP);

  private final Map<RemotePath, ImmutableList<Part>> unicast = new IdentityHashMap<>();

  /** Whether SYNs, other packets or both are meant. */
  private enum Syn {
    ONLY,
    NOT,
    ANY
  }

  /** A class of frames, and what should become of it. */
  private static final class Part {
    private final int kinds;
    private final Syn syn;
    private final int shortest;
    private final int longest;
    private final Judge.Case what;

    Part(int kinds, Syn syn, int shortest, int longest, Judge.Case what) {
      this.kinds = kinds;
      this.syn = syn;
      this.shortest = shortest;
      this.longest = longest;
      this.what = what;
    }

    /** Those of some packets that are of the class; null if none is. */
    PacketSet of(PacketSet packets) {
      PacketSet some = packets.withKinds(packets.kinds() & kinds).withLengths(shortest, longest);
      if (some.kinds() == 0 || some.shortest() > some.longest()) {
        return null;
      }
      if (syn == Syn.ONLY) {
        some = some.and(SYN);
      } else if (syn == Syn.NOT) {
        some = some.minus(SYN);
      }
      return some.isEmptyIn(Field.TCP_FLAGS) ? null : some;
    }
  }

  /** Judges frames for one MAC, or several at the same destination. */
  void unicast(Flight flight, NetworkFacts network, RemotePath path, Judge judge) {
    if (!unicast.containsKey(path)) {
      unicast.put(path, parts(network, path));
    }
    for (Part part : unicast.get(path)) {
      PacketSet some = part.of(flight.packets());
      if (some != null) {
        judge.judge(flight.with(some), part.what);
      }
    }
  }

  private static ImmutableList<Part> parts(NetworkFacts network, RemotePath path) {
    ImmutableList.Builder<Part> parts = ImmutableList.builder();
    int all = SwitchView.ALL_KINDS;
    if (!network.checksSize()) {
      parts.add(any(all, Syn.ANY, toPath(network, path, false)));
      return parts.build();
    }
    Classes classes = new Classes(parts::add, network, path);
    if (network.clamps()) {
      parts.add(
          any(WHOLE_TCP, Syn.ONLY, toController(network, Purpose.SYN, false, Optional.empty())));
      classes.add(WHOLE_TCP, Syn.NOT);
      classes.add(all & ~WHOLE_TCP, Syn.ANY);
    } else {
      classes.add(all, Syn.ANY);
    }
    return parts.build();
  }

  /** Divides packets of some kinds by whether they fit, and those that do not by what they are. */
  private static final class Classes {
    private final Consumer<Part> parts;
    private final NetworkFacts network;
    private final RemotePath path;

    Classes(Consumer<Part> parts, NetworkFacts network, RemotePath path) {
      this.parts = parts;
      this.network = network;
      this.path = path;
    }

    void add(int kinds, Syn syn) {
      int limit = path.frameLimit();
      parts.accept(new Part(kinds, syn, 0, limit, toPath(network, path, false)));
      int controller = WHOLE_IP;
      int tunnel = path.fragments() ? FRAGMENT | NOT_IP : 0;
      int drop = path.fragments() ? 0 : LATER_IPV6 | NOT_IP;
      if (!path.fragments()) {
        controller |= FRAGMENT & ~LATER_IPV6;
      }
      Optional<RemotePath> around = path.fragments() ? Optional.of(path) : Optional.empty();
      larger(kinds & controller, syn, toController(network, Purpose.OVERSIZE, true, around));
      larger(kinds & tunnel, syn, toPath(network, path, true));
      larger(
          kinds & drop,
          syn,
          new Judge.Case(
              network,
              Expected.countedDrop(ImmutableList.of()),
              Invariant.UNICAST_DELIVERY,
              true,
              Optional.empty()));
    }

    private void larger(int kinds, Syn syn, Judge.Case what) {
      if (kinds != 0) {
        parts.accept(new Part(kinds, syn, path.frameLimit() + 1, PacketSet.LONGEST, what));
      }
    }
  }

  private static Part any(int kinds, Syn syn, Judge.Case what) {
    return new Part(kinds, syn, 0, PacketSet.LONGEST, what);
  }

  private static Judge.Case toPath(NetworkFacts network, RemotePath path, boolean larger) {
    return new Judge.Case(
        network, Expected.path(path), Invariant.UNICAST_DELIVERY, larger, Optional.empty());
  }

  private static Judge.Case toController(
      NetworkFacts network, Purpose purpose, boolean larger, Optional<RemotePath> around) {
    return new Judge.Case(
        network, Expected.controller(purpose), Invariant.OVERSIZE_DISPOSED, larger, around);
  }

  /** Judges broadcast and multicast of a VM. */
  static void multicast(Flight flight, NetworkFacts network, Judge judge) {
    SortedSet<OfPort> ports = network.localPorts();
    OptionalInt limit = network.multicastLimit();
    int longest = limit.orElse(PacketSet.LONGEST);
    Judge.Case all =
        new Judge.Case(
            network, Expected.copies(ports, network.remotes()), Invariant.MULTICAST_DELIVERY);
    Judge.Case local =
        new Judge.Case(
            network,
            Expected.countedDrop(ports),
            Invariant.MULTICAST_DELIVERY,
            true,
            Optional.empty());
    for (Part part :
        ImmutableList.of(
            new Part(SwitchView.ALL_KINDS, Syn.ANY, 0, longest, all),
            new Part(SwitchView.ALL_KINDS, Syn.ANY, longest + 1, PacketSet.LONGEST, local))) {
      PacketSet some = part.of(flight.packets());
      if (some != null) {
        judge.judge(flight.with(some), part.what);
      }
    }
  }
}
