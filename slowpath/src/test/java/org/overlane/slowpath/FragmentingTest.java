/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Fragmenting, and putting together again what was fragmented, once and twice. */
class FragmentingTest {
  private static final int FIRST_LIMIT = 1464;

  /** A packet and where it is in the one that it may be a fragment of. */
  record Case(int tags, int offset, boolean more, List<byte[]> options, int length) {
    byte[] optionBytes() {
      byte[] all = Bytes.concat(options.toArray(new byte[0][]));
      return Arrays.copyOf(all, (all.length + 3) / 4 * 4);
    }

    byte[] copiedOptions() {
      byte[] all =
          Bytes.concat(options.stream().filter(option -> option[0] < 0).toArray(byte[][]::new));
      return Arrays.copyOf(all, (all.length + 3) / 4 * 4);
    }

    byte[] payload() {
      return Packets.pattern(more ? length / 8 * 8 : length);
    }

    byte[] frame() {
      byte[] packet =
          new Packets.V4().tos(0x2e).offset(offset).more(more).options(optionBytes()).of(payload());
      return new Packets.Frame().tags(tags).of(packet);
    }
  }

  @Provide
  Arbitrary<Case> cases() {
    Arbitrary<byte[]> option =
        Combinators.combine(Arbitraries.bytes(), Arbitraries.integers().between(2, 9))
            .as(FragmentingTest::option);
    Arbitrary<List<byte[]>> options = option.list().ofMaxSize(4);
    Arbitrary<Integer> offsets = Arbitraries.oneOf(Arbitraries.just(0), offsets(7000));
    return Combinators.combine(
            Arbitraries.integers().between(0, 2),
            offsets,
            Arbitraries.of(true, false),
            options,
            Arbitraries.integers().between(1451, 9000))
        .as(Case::new);
  }

  private static Arbitrary<Integer> offsets(int maxUnits) {
    return Arbitraries.integers().between(0, maxUnits).map(units -> units * 8);
  }

  private static byte[] option(byte type, int length) {
    if (type == 0 || type == 1) {
      return new byte[] {1};
    }
    byte[] option = Packets.pattern(length);
    option[0] = type;
    option[1] = (byte) length;
    return option;
  }

  @Property(tries = 3000)
  void reassemblesToTheOriginal(
      @ForAll("cases") Case packet, @ForAll("secondLimits") int secondLimit) {
    List<byte[]> fragments = fragments(packet.frame(), FIRST_LIMIT);
    check(packet, fragments, FIRST_LIMIT);
    List<byte[]> again = new ArrayList<>();
    for (byte[] fragment : fragments) {
      again.addAll(fragments(fragment, secondLimit));
    }
    check(packet, again, secondLimit);
  }

  @Provide
  Arbitrary<Integer> secondLimits() {
    return Arbitraries.integers().between(160, FIRST_LIMIT);
  }

  private static List<byte[]> fragments(byte[] frame, int limit) {
    Verdict verdict = SlowPath.oversize(frame, TunnelLimits.of(limit, false, ImmutableList.of()));
    assertThat(verdict.reason()).isEqualTo(frame.length <= limit ? Reason.FITS : Reason.FRAGMENTED);
    return verdict.frames();
  }

  private static void check(Case packet, List<byte[]> fragments, int limit) {
    int ip = 14 + 4 * packet.tags();
    Reassembler reassembled = Reassembler.of(fragments, ip);
    assertThat(reassembled.payload()).isEqualTo(packet.payload());
    assertThat(reassembled.start()).isEqualTo(packet.offset());
    assertThat(reassembled.hasLast()).isEqualTo(!packet.more());
    byte[] original = packet.frame();
    for (int i = 0; i < fragments.size(); i++) {
      byte[] fragment = fragments.get(i);
      assertThat(fragment.length).isLessThanOrEqualTo(limit);
      assertThat(Arrays.copyOf(fragment, ip)).isEqualTo(Arrays.copyOf(original, ip));
      byte[] options = Arrays.copyOfRange(fragment, ip + 20, ip + (fragment[ip] & 0xf) * 4);
      assertThat(options).isEqualTo(i == 0 ? packet.optionBytes() : packet.copiedOptions());
      for (int kept : new int[] {1, 4, 5, 8, 9, 12, 13, 14, 15, 16, 17, 18, 19}) {
        assertThat(fragment[ip + kept]).as("byte %s", kept).isEqualTo(original[ip + kept]);
      }
    }
  }
}
