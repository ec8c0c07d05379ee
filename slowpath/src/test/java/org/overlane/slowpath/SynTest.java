/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.overlane.slowpath.Packets.hex;
import static org.overlane.slowpath.Packets.pattern;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The MSS of single segments; at this limit it is 1410 (IPv4) or 1390 (IPv6). */
class SynTest {
  private static final TunnelLimits LIMITS = TunnelLimits.of(1464, false, ImmutableList.of());
  private static final TunnelLimits NARROW = TunnelLimits.of(554, false, ImmutableList.of());
  private static final byte[] NO_DATA = new byte[0];
  private static final int SYN = 0x02;
  private static final int SYN_ACK = 0x12;

  private static byte[] ipv4(byte[] segment) {
    return new Packets.Frame().of(new Packets.V4().df(true).ofTcp(segment));
  }

  private static byte[] ipv6(byte[] segment) {
    return new Packets.Frame().of(new Packets.V6().ofTcp(segment));
  }

  private static byte[] syn(String options) {
    return Packets.tcp(SYN, hex(options), NO_DATA);
  }

  private static void becomes(byte[] before, byte[] after) {
    becomes(before, after, LIMITS);
  }

  private static void becomes(byte[] before, byte[] after, TunnelLimits limits) {
    byte[] input = before.clone();
    Verdict verdict = SlowPath.syn(input, limits);
    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.DELIVER);
    assertThat(hex(verdict.frames().get(0))).isEqualTo(hex(after));
    assertThat(verdict.reason())
        .isEqualTo(Arrays.equals(before, after) ? Reason.CLAMP_NOT_NEEDED : Reason.CLAMPED);
    assertThat(verdict.frames()).hasSize(1);
    assertThat(verdict.frames().get(0)).isNotSameAs(input);
    assertThat(input).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({"05b4, 0582", "0583, 0582", "0582, 0582", "0218, 0218", "0000, 0000", "ffff, 0582"})
  void lowersAndNeverRaisesInIpv4(String before, String after) {
    becomes(ipv4(syn("0204" + before)), ipv4(syn("0204" + after)));
  }

  @ParameterizedTest
  @CsvSource({"05a0, 056e", "056f, 056e", "056e, 056e", "04c4, 04c4"})
  void lowersAndNeverRaisesInIpv6(String before, String after) {
    becomes(ipv6(syn("0204" + before)), ipv6(syn("0204" + after)));
  }

  @Test
  void bothDirections() {
    becomes(
        ipv4(Packets.tcp(SYN_ACK, hex("020405b4"), NO_DATA)),
        ipv4(Packets.tcp(SYN_ACK, hex("02040582"), NO_DATA)));
  }

  @ParameterizedTest
  @CsvSource({
    // What Linux sends: MSS, SACK permitted, timestamps, NOP, window scale.
    "020405b4 0402 080a0000000100000000 01 030307, 02040582 0402 080a0000000100000000 01 030307",
    // At an odd offset.
    "01 020405b4 010101, 01 02040582 010101",
    // Twice, once at an odd offset.
    "020405b4 01 02045000 010101, 02040582 01 02040582 010101",
    // The second is low enough.
    "020405b4 02040218, 02040582 02040218",
    // Behind the end there are no options.
    "020405b4 0002 020405b4 0000, 02040582 0002 020405b4 0000",
    // Not an MSS: another length; then an option without an end.
    "0206ffffffff 020405b4 0000, 0206ffffffff 02040582 0000",
    "020405b4 0300 020405b4 0000, 02040582 0300 020405b4 0000",
    "020405b4 0301 020405b4 0000, 02040582 0301 020405b4 0000",
    "020405b4 0309 020405b4 0000, 02040582 0309 020405b4 0000",
    "020405b4 01010103, 02040582 01010103",
    // MD5 does not cover options.
    "020405b4 13120102030405060708090a0b0c0d0e0f10 0000,"
        + " 02040582 13120102030405060708090a0b0c0d0e0f10 0000",
    // The authentication option does.
    "020405b4 1d0401020304050607080000, 020405b4 1d0401020304050607080000",
    "1d040102 020405b4, 1d040102 020405b4",
  })
  void optionsOfAllKinds(String before, String after) {
    becomes(ipv4(syn(before)), ipv4(syn(after)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00, 0x10, 0x11, 0x14, 0x18})
  void onlySyns(int flags) {
    byte[] frame = ipv4(Packets.tcp(flags, hex("020405b4"), NO_DATA));
    becomes(frame, frame);
  }

  @Test
  void dataAndTagsAndPaddingStay() {
    byte[] before = Packets.tcp(SYN, hex("020405b4"), pattern(3));
    byte[] after = Packets.tcp(SYN, hex("0204057e"), pattern(3));
    becomes(
        new Packets.Frame().tags(1).trailer(5).of(new Packets.V4().ofTcp(before)),
        new Packets.Frame().tags(1).trailer(5).of(new Packets.V4().ofTcp(after)));
  }

  @Test
  void behindOptionsOfIpv4AndHeadersOfIpv6() {
    byte[] before = syn("020405b4");
    byte[] options = hex("94040000");
    becomes(
        new Packets.Frame().of(new Packets.V4().options(options).ofTcp(before)),
        new Packets.Frame().of(new Packets.V4().options(options).ofTcp(syn("02040582"))));
    byte[] header = hex("0001010c000000000000000000000000");
    becomes(
        new Packets.Frame().of(new Packets.V6().extension(0, header).ofTcp(before)),
        new Packets.Frame().of(new Packets.V6().extension(0, header).ofTcp(syn("0204056e"))));
  }

  @Test
  void notUnderAnAuthenticationHeader() {
    byte[] header = hex("00040000000000010000000100112233445566778899aabb");
    byte[] frame =
        new Packets.Frame().of(new Packets.V6().extension(51, header).ofTcp(syn("020405b4")));
    becomes(frame, frame);
  }

  @Test
  void inAFirstFragmentWithTheWholeHeader() {
    byte[] before = Packets.tcp(SYN, hex("020405b4"), pattern(8));
    byte[] after = Packets.tcp(SYN, hex("02040582"), pattern(8));
    becomes(
        new Packets.Frame().of(new Packets.V4().more(true).ofTcp(before)),
        new Packets.Frame().of(new Packets.V4().more(true).ofTcp(after)));
  }

  @Test
  void otherFragmentsPass() {
    byte[] segment = syn("020405b4");
    byte[] half = Arrays.copyOf(segment, 16);
    byte[] withoutOptions = Arrays.copyOf(Packets.tcp(SYN, hex("020405b401010101"), NO_DATA), 24);
    for (byte[] frame :
        ImmutableList.of(
            new Packets.Frame().of(new Packets.V4().offset(8).ofTcp(segment)),
            new Packets.Frame().of(new Packets.V6().fragment(8, false).ofTcp(segment)),
            new Packets.Frame().of(new Packets.V4().more(true).protocol(6).of(half)),
            new Packets.Frame().of(new Packets.V4().more(true).protocol(6).of(withoutOptions)),
            new Packets.Frame().of(new Packets.V6().protocol(6).fragment(0, true).of(half)))) {
      becomes(frame, frame);
    }
  }

  @Test
  void whatIsNoTcpPasses() {
    byte[] udp = new Packets.Frame().of(new Packets.V4().of(hex("00010002000c0000020405b4")));
    byte[] noIp = new Packets.Frame().of(0x88b5, pattern(46));
    becomes(udp, udp);
    becomes(noIp, noIp);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 12, 13, 19, 20, 23})
  void aPartOfAHeaderIsMalformed(int length) {
    byte[] part = Arrays.copyOf(syn("020405b4"), length);
    byte[] frame = new Packets.Frame().of(new Packets.V4().protocol(6).of(part));
    assertThat(SlowPath.syn(frame, LIMITS).reason()).isEqualTo(Reason.DROPPED_MALFORMED);
  }

  @Test
  void aDataOffsetWithinTheHeaderIsMalformed() {
    byte[] segment = syn("020405b4");
    segment[12] = 0x40;
    assertThat(SlowPath.syn(ipv4(segment), LIMITS).reason()).isEqualTo(Reason.DROPPED_MALFORMED);
  }

  @Test
  void addsAnOptionWhereTheDefaultIsTooLarge() {
    becomes(ipv4(syn("")), ipv4(syn("")), LIMITS);
    TunnelLimits justEnough = TunnelLimits.of(14 + 40 + 536, false, ImmutableList.of());
    becomes(ipv4(syn("")), ipv4(syn("")), justEnough);
    becomes(ipv4(syn("01010402")), ipv4(syn("020401f4 01010402")), NARROW);
    becomes(ipv6(syn("")), ipv6(syn("020401e0")), NARROW);
    becomes(
        ipv4(Packets.tcp(SYN, NO_DATA, pattern(11))),
        ipv4(Packets.tcp(SYN, hex("020401f4"), pattern(11))),
        NARROW);
  }

  @Test
  void cutsPaddingToAddAnOption() {
    byte[] before = new Packets.Frame().trailer(6).of(new Packets.V4().ofTcp(syn("")));
    byte[] after = new Packets.Frame().of(new Packets.V4().ofTcp(syn("020401f4")));
    becomes(before, after, NARROW);
  }

  @Test
  void addsNoOptionWhereThereIsNoRoom() {
    byte[] fullHeader = ipv4(syn("0101010101010101010101010101010101010101" + "01".repeat(20)));
    becomes(fullHeader, fullHeader, NARROW);
    byte[] fullFrame = ipv4(Packets.tcp(SYN, NO_DATA, pattern(500 - 3)));
    becomes(fullFrame, fullFrame, NARROW);
    byte[] signed = ipv4(syn("13120102030405060708090a0b0c0d0e0f100000"));
    becomes(signed, signed, NARROW);
    byte[] fragment =
        new Packets.Frame()
            .of(new Packets.V4().more(true).ofTcp(Packets.tcp(SYN, NO_DATA, pattern(4))));
    becomes(fragment, fragment, NARROW);
  }

  /** An MTU of 76 would give 36. */
  @Test
  void neverLowersToLessThan88() {
    TunnelLimits least = TunnelLimits.of(TunnelLimits.MIN_FRAME_LIMIT, false, ImmutableList.of());
    becomes(ipv4(syn("020405b4")), ipv4(syn("02040058")), least);
    becomes(ipv4(syn("02040030")), ipv4(syn("02040030")), least);
  }

  @Test
  void aSynThatIsTooLargeIsAnsweredAsItWasSent() {
    byte[] frame = ipv4(Packets.tcp(SYN, hex("020405b4"), pattern(1450)));
    Verdict verdict = SlowPath.syn(frame, LIMITS);
    assertThat(verdict.reason()).isEqualTo(Reason.ANSWERED_IPV4);
    byte[] answer = verdict.frames().get(0);
    assertThat(Arrays.copyOfRange(answer, 42, answer.length))
        .isEqualTo(Arrays.copyOfRange(frame, 14, 14 + 548));
  }

  @Test
  void aSynThatIsTooLargeIsFragmentedInItsNewForm() {
    byte[] before = Packets.tcp(SYN, hex("020405b4"), pattern(1450));
    byte[] after = Packets.tcp(SYN, hex("02040582"), pattern(1450));
    byte[] frame = new Packets.Frame().trailer(1).of(new Packets.V4().ofTcp(before));
    Verdict verdict = SlowPath.syn(frame, LIMITS);
    assertThat(verdict.reason()).isEqualTo(Reason.FRAGMENTED);
    byte[] whole = new Packets.V4().ofTcp(after);
    assertThat(Reassembler.of(verdict.frames(), 14).payload())
        .isEqualTo(Arrays.copyOfRange(whole, 20, whole.length));
  }

  @Test
  void aTrailerThatDoesNotFitIsCut() {
    byte[] packet = new Packets.V4().ofTcp(Packets.tcp(SYN, hex("020405b4"), pattern(1400)));
    byte[] clamped = new Packets.V4().ofTcp(Packets.tcp(SYN, hex("02040582"), pattern(1400)));
    becomes(new Packets.Frame().trailer(30).of(packet), new Packets.Frame().of(clamped));
  }

  /** A checksum that is wrong stays so: the receiver must see it. */
  @Test
  void doesNotMendAChecksum() {
    byte[] frame = ipv4(syn("020405b4"));
    frame[14 + 20 + 16] ^= 0x55;
    byte[] clamped = SlowPath.syn(frame, LIMITS).frames().get(0);
    byte[] right = ipv4(syn("02040582"));
    assertThat(clamped).isNotEqualTo(right);
    assertThat(Arrays.copyOf(clamped, 50)).isEqualTo(Arrays.copyOf(right, 50));
  }
}
