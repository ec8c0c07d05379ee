/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * Every class of packets near the limit and far from it, against a decision table that is written
 * for people: the first row that fits a packet says how it must end.
 */
class DispositionTest {
  private enum Part {
    WHOLE,
    FIRST,
    MIDDLE,
    LAST;

    boolean more() {
      return this == FIRST || this == MIDDLE;
    }

    int offset() {
      return this == MIDDLE || this == LAST ? 2960 : 0;
    }
  }

  private enum Target {
    UNICAST,
    GROUP_MAC,
    MULTICAST,
    BROADCAST,
    LOOPBACK
  }

  private enum Origin {
    HOST,
    MARTIAN,
    NO_STATION
  }

  private enum Content {
    UDP,
    TCP,
    QUERY,
    ERROR,
    HALF_ICMP
  }

  /** One packet; the size is that of its IP packet. */
  private record Case(
      boolean v6,
      int limit,
      boolean fragments,
      int tags,
      int size,
      int trailer,
      boolean df,
      Part part,
      Target target,
      Origin origin,
      Content content) {

    int mtu() {
      return limit - 14 - 4 * tags;
    }

    boolean fitsAsItIs() {
      return size + trailer <= mtu();
    }

    boolean tooSmallForIpv6() {
      return v6 && mtu() < 1280 && size <= 1280;
    }
  }

  private static final Map<String, Row> TABLE = table();

  private record Row(Predicate<Case> when, Reason reason) {}

  private static Map<String, Row> table() {
    Map<String, Row> rows = new LinkedHashMap<>();
    rows.put("to a group", new Row(c -> c.target == Target.GROUP_MAC, Reason.DROPPED_MULTICAST));
    rows.put("fits", new Row(Case::fitsAsItIs, Reason.FITS));
    rows.put(
        "IPv4 fragment of uneven length, not the last",
        new Row(c -> !c.v6 && c.part.more() && (c.size - 20) % 8 != 0, Reason.DROPPED_MALFORMED));
    rows.put("fits without trailer", new Row(c -> c.size <= c.mtu(), Reason.FITS));
    rows.put("from nobody", new Row(c -> c.origin == Origin.MARTIAN, Reason.DROPPED_MARTIAN));
    rows.put(
        "to many",
        new Row(
            c -> c.target == Target.MULTICAST || c.target == Target.BROADCAST,
            Reason.DROPPED_MULTICAST));
    rows.put("to nobody", new Row(c -> c.target == Target.LOOPBACK, Reason.DROPPED_MARTIAN));
    rows.put(
        "IPv4 without DF, fragmenting endpoint",
        new Row(c -> !c.v6 && !c.df && c.fragments, Reason.DELIVERED_BY_EXCEPTION));
    rows.put(
        "IPv4 without DF, enormous",
        new Row(
            c -> !c.v6 && !c.df && c.size > 64 * (c.mtu() - 20),
            Reason.DROPPED_TOO_MANY_FRAGMENTS));
    rows.put("IPv4 without DF", new Row(c -> !c.v6 && !c.df, Reason.FRAGMENTED));
    rows.put(
        "minimal IPv6, fragmenting endpoint",
        new Row(c -> c.tooSmallForIpv6() && c.fragments, Reason.DELIVERED_BY_EXCEPTION));
    rows.put("minimal IPv6", new Row(Case::tooSmallForIpv6, Reason.DROPPED_IPV6_MINIMUM));
    rows.put(
        "later fragment",
        new Row(c -> c.part == Part.MIDDLE || c.part == Part.LAST, Reason.DROPPED_FRAGMENT));
    rows.put(
        "ICMP error",
        new Row(
            c -> c.content == Content.ERROR || c.content == Content.HALF_ICMP,
            Reason.DROPPED_ICMP_ERROR));
    rows.put(
        "from no station", new Row(c -> c.origin == Origin.NO_STATION, Reason.DROPPED_MARTIAN));
    rows.put("IPv4 with DF", new Row(c -> !c.v6, Reason.ANSWERED_IPV4));
    rows.put("IPv6", new Row(c -> c.v6, Reason.ANSWERED_IPV6));
    return rows;
  }

  private final EnumMap<Reason, Integer> seen = new EnumMap<>(Reason.class);

  @Test
  void everyClassOfPacketsEndsAsTheTableSays() {
    int cases = 0;
    for (int limit : new int[] {600, 1294, 1464, 8950}) {
      for (boolean v6 : new boolean[] {false, true}) {
        for (int tags = 0; tags <= 2; tags++) {
          cases += sizes(v6, limit, tags);
        }
      }
    }
    System.out.println("dispositions: " + cases + " cases, " + seen);
    assertThat(cases).isGreaterThan(100_000);
    assertThat(seen.keySet())
        .contains(
            Reason.ANSWERED_IPV4,
            Reason.ANSWERED_IPV6,
            Reason.DELIVERED_BY_EXCEPTION,
            Reason.FRAGMENTED,
            Reason.FITS,
            Reason.DROPPED_MALFORMED,
            Reason.DROPPED_ICMP_ERROR,
            Reason.DROPPED_FRAGMENT,
            Reason.DROPPED_MULTICAST,
            Reason.DROPPED_MARTIAN,
            Reason.DROPPED_IPV6_MINIMUM,
            Reason.DROPPED_TOO_MANY_FRAGMENTS);
  }

  private int sizes(boolean v6, int limit, int tags) {
    int mtu = limit - 14 - 4 * tags;
    int cases = 0;
    for (int size :
        new int[] {
          100, mtu - 3, mtu - 2, mtu - 1, mtu, mtu + 1, mtu + 2, mtu + 3, 1279, 1280, 1281,
          mtu + 100, 3 * mtu, 60_000
        }) {
      for (int trailer : new int[] {0, 2}) {
        for (boolean fragments : new boolean[] {false, true}) {
          cases += classes(v6, limit, fragments, tags, size, trailer);
        }
      }
    }
    return cases;
  }

  private int classes(boolean v6, int limit, boolean fragments, int tags, int size, int trailer) {
    int cases = 0;
    for (boolean df : v6 ? new boolean[] {false} : new boolean[] {false, true}) {
      for (Part part : Part.values()) {
        for (Target target : Target.values()) {
          for (Origin origin : Origin.values()) {
            for (Content content : Content.values()) {
              Case c =
                  new Case(
                      v6, limit, fragments, tags, size, trailer, df, part, target, origin, content);
              if (isPossible(c)) {
                check(c);
                cases++;
              }
            }
          }
        }
      }
    }
    return cases;
  }

  /** Too large an IPv4 packet has a whole ICMP header: no header is that large. */
  private static boolean isPossible(Case c) {
    boolean broadcastInIpv6 = c.v6 && c.target == Target.BROADCAST;
    boolean tooMuchToBeHalf = !c.v6 && c.content == Content.HALF_ICMP;
    boolean laterHalf = c.content == Content.HALF_ICMP && (c.part.offset() != 0 || c.size % 8 != 7);
    boolean behindTheEnd = c.part.offset() + c.size > 65_535;
    return !(broadcastInIpv6 || tooMuchToBeHalf || laterHalf || behindTheEnd);
  }

  private void check(Case c) {
    TunnelLimits limits = TunnelLimits.of(c.limit, c.fragments, ImmutableList.of());
    Verdict verdict = SlowPath.oversize(frame(c), limits);
    Map.Entry<String, Row> row =
        TABLE.entrySet().stream()
            .filter(entry -> entry.getValue().when.test(c))
            .findFirst()
            .orElseThrow();
    if (verdict.reason() != row.getValue().reason) {
      throw new AssertionError(
          c + " is '" + row.getKey() + "', so " + row.getValue().reason + ", not " + verdict);
    }
    seen.merge(verdict.reason(), 1, Integer::sum);
    boolean key = verdict.reason() == Reason.DELIVERED_BY_EXCEPTION && c.part == Part.WHOLE;
    assertThat(verdict.exception().isPresent()).as("%s", c).isEqualTo(key);
    assertThat(verdict.kind()).isEqualTo(kind(verdict.reason()));
  }

  private static Verdict.Kind kind(Reason reason) {
    return switch (reason) {
      case ANSWERED_IPV4, ANSWERED_IPV6 -> Verdict.Kind.ANSWER;
      case DELIVERED_BY_EXCEPTION, FRAGMENTED, FITS -> Verdict.Kind.DELIVER;
      default -> Verdict.Kind.DROP;
    };
  }

  private static byte[] frame(Case c) {
    Packets.Frame frame = new Packets.Frame().tags(c.tags).trailer(c.trailer);
    if (c.target == Target.GROUP_MAC) {
      frame.to(Packets.hex("333300000001"));
    }
    if (c.origin == Origin.NO_STATION) {
      frame.from(new byte[6]);
    }
    return frame.of(c.v6 ? ipv6(c) : ipv4(c));
  }

  private static byte[] ipv4(Case c) {
    int protocol =
        switch (c.content) {
          case UDP -> Packets.UDP;
          case TCP -> Packets.TCP;
          default -> Packets.ICMP4;
        };
    String to =
        switch (c.target) {
          case MULTICAST -> "239.1.1.1";
          case BROADCAST -> "255.255.255.255";
          case LOOPBACK -> "127.0.0.1";
          default -> "10.0.0.2";
        };
    return new Packets.V4()
        .protocol(protocol)
        .df(c.df)
        .more(c.part.more())
        .offset(c.part.offset())
        .from(c.origin == Origin.MARTIAN ? "0.0.0.0" : "10.0.0.1")
        .to(to)
        .of(Packets.icmp(c.content == Content.ERROR ? 11 : 8, c.size - 20));
  }

  private static byte[] ipv6(Case c) {
    int protocol =
        switch (c.content) {
          case UDP -> Packets.UDP;
          case TCP -> Packets.TCP;
          default -> Packets.ICMP6;
        };
    String to =
        switch (c.target) {
          case MULTICAST -> "ff0e::1";
          case LOOPBACK -> "::1";
          default -> "fd00::2";
        };
    Packets.V6 packet = new Packets.V6().from(c.origin == Origin.MARTIAN ? "::" : "fd00::1").to(to);
    if (c.part != Part.WHOLE) {
      packet.fragment(c.part.offset(), c.part.more());
    }
    if (c.content == Content.HALF_ICMP) {
      fillUp(packet, c.size - 7);
    }
    packet.protocol(protocol);
    return packet.of(
        Packets.icmp(c.content == Content.ERROR ? 3 : 128, c.size - packet.headerLength()));
  }

  /** Adds extension headers until all headers have this many bytes, a multiple of eight. */
  private static void fillUp(Packets.V6 packet, int length) {
    while (packet.headerLength() < length) {
      byte[] options = new byte[Math.min(2048, length - packet.headerLength())];
      options[1] = (byte) (options.length / 8 - 1);
      packet.extension(60, options);
    }
  }
}
