/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.overlane.slowpath.Packets.hex;
import static org.overlane.slowpath.Packets.pattern;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Bytes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.overlane.flowrules.model.IpAddress;

/** Single IPv4 packets, byte by byte. */
class Ipv4OversizeTest {
  private static final TunnelLimits LIMITS = TunnelLimits.of(1464, false, ImmutableList.of());
  private static final TunnelLimits FRAGMENTING = TunnelLimits.of(1464, true, ImmutableList.of());

  private static Verdict verdict(byte[] packet) {
    return SlowPath.oversize(new Packets.Frame().of(packet), LIMITS);
  }

  @Test
  void tellsTheSenderTheMtu() {
    byte[] packet = new Packets.V4().df(true).of(pattern(1480));
    Verdict verdict = verdict(packet);
    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.ANSWER);
    assertThat(verdict.reason()).isEqualTo(Reason.ANSWERED_IPV4);
    byte[] frame = verdict.frames().get(0);
    assertThat(hex(Arrays.copyOf(frame, 34)))
        .isEqualTo(
            "020000000001"
                + "020000000002"
                + "0800" // from where it was sent to, back to the VM
                + "45c00240"
                + "00004000"
                + "400123fb" // 576 bytes, id 0, DF, TTL 64, ICMP
                + "0a000002"
                + "0a000001");
    assertThat(hex(Arrays.copyOfRange(frame, 34, 36))).isEqualTo("0304");
    assertThat(hex(Arrays.copyOfRange(frame, 38, 42))).isEqualTo("000005aa"); // 1450
    assertThat(Arrays.copyOfRange(frame, 42, frame.length)).isEqualTo(Arrays.copyOf(packet, 548));
    assertThat(Packets.checksum(Arrays.copyOfRange(frame, 34, frame.length))).isZero();
  }

  @Test
  void quotesAShortPacketInWhole() {
    TunnelLimits narrow = TunnelLimits.of(200, false, ImmutableList.of());
    byte[] packet = new Packets.V4().df(true).of(pattern(180));
    byte[] answer =
        SlowPath.oversize(new Packets.Frame().trailer(9).of(packet), narrow).frames().get(0);
    assertThat(Arrays.copyOfRange(answer, 42, answer.length)).isEqualTo(packet);
  }

  @Test
  void answersFromTheGateway() {
    TunnelLimits limits =
        TunnelLimits.of(
            1464,
            false,
            ImmutableList.of(IpAddress.parse("fd00::fe"), IpAddress.parse("10.0.0.254")));
    byte[] frame = new Packets.Frame().of(new Packets.V4().df(true).of(pattern(1480)));
    byte[] answer = SlowPath.oversize(frame, limits).frames().get(0);
    assertThat(Arrays.copyOfRange(answer, 26, 30)).isEqualTo(Packets.address("10.0.0.254"));
  }

  @Test
  void keepsTheTags() {
    byte[] packet = new Packets.V4().df(true).of(pattern(1480));
    byte[] answer =
        SlowPath.oversize(new Packets.Frame().tags(2).of(packet), LIMITS).frames().get(0);
    assertThat(hex(Arrays.copyOfRange(answer, 12, 22))).isEqualTo("88a80065810000c80800");
    assertThat(Packets.u16(answer, 22 + 20 + 6)).isEqualTo(1442);
  }

  @Test
  void aThirdTagIsMalformed() {
    byte[] frame = new Packets.Frame().tags(3).of(new Packets.V4().df(true).of(pattern(1480)));
    assertThat(SlowPath.oversize(frame, LIMITS).reason()).isEqualTo(Reason.DROPPED_MALFORMED);
  }

  @Test
  void cutsATrailerThatMakesTheFrameTooLarge() {
    byte[] packet = new Packets.V4().df(true).of(pattern(1430));
    Verdict verdict = SlowPath.oversize(new Packets.Frame().trailer(4).of(packet), LIMITS);
    assertThat(verdict.reason()).isEqualTo(Reason.FITS);
    assertThat(verdict.frames().get(0)).isEqualTo(new Packets.Frame().of(packet));
  }

  @Test
  void keepsPaddingThatFits() {
    byte[] frame = new Packets.Frame().trailer(20).of(new Packets.V4().of(pattern(6)));
    Verdict verdict = SlowPath.oversize(frame, LIMITS);
    assertThat(verdict.frames().get(0)).isEqualTo(frame).isNotSameAs(frame);
  }

  @Test
  void letsAPacketThroughWhereTheEndpointFragments() {
    byte[] packet = new Packets.V4().protocol(50).of(pattern(1480));
    Verdict verdict = SlowPath.oversize(new Packets.Frame().trailer(4).of(packet), FRAGMENTING);
    assertThat(verdict.reason()).isEqualTo(Reason.DELIVERED_BY_EXCEPTION);
    assertThat(verdict.frames().get(0)).isEqualTo(new Packets.Frame().of(packet));
    assertThat(verdict.exception())
        .contains(ExceptionKey.of(IpAddress.parse("10.0.0.1"), IpAddress.parse("10.0.0.2"), 50));
  }

  @Test
  void aFragmentHasNoKey() {
    byte[] packet = new Packets.V4().offset(1480).of(pattern(1480));
    Verdict verdict = SlowPath.oversize(new Packets.Frame().of(packet), FRAGMENTING);
    assertThat(verdict.reason()).isEqualTo(Reason.DELIVERED_BY_EXCEPTION);
    assertThat(verdict.exception()).isEmpty();
  }

  @Test
  void fragmentsWithOptions() {
    // Record route (not copied), NOP, stream identifier (copied), end of options.
    byte[] options = hex("0707040a00000a 01 8804beef 00000000");
    byte[] packet = new Packets.V4().options(options).id(0xcafe).tos(0xb8).of(pattern(2000));
    Verdict verdict = verdict(packet);
    assertThat(verdict.reason()).isEqualTo(Reason.FRAGMENTED);
    assertThat(verdict.exception()).isEmpty();
    assertThat(verdict.frames()).hasSize(2);
    byte[] first = verdict.frames().get(0);
    byte[] last = verdict.frames().get(1);
    assertThat(hex(Arrays.copyOfRange(first, 14, 22))).isEqualTo("49b805a4cafe2000");
    assertThat(Arrays.copyOfRange(first, 34, 50)).isEqualTo(options);
    assertThat(Arrays.copyOfRange(first, 50, first.length))
        .isEqualTo(Arrays.copyOf(pattern(2000), 1408));
    assertThat(hex(Arrays.copyOfRange(last, 14, 22))).isEqualTo("46b80268cafe00b0");
    assertThat(hex(Arrays.copyOfRange(last, 34, 38))).isEqualTo("8804beef");
    assertThat(Arrays.copyOfRange(last, 38, last.length))
        .isEqualTo(Arrays.copyOfRange(pattern(2000), 1408, 2000));
  }

  @ParameterizedTest
  @ValueSource(strings = {"8800beef", "8801beef", "880cbeef", "01010188"})
  void optionsWithoutAnEndAreMalformed(String options) {
    byte[] packet = new Packets.V4().options(hex(options)).of(pattern(2000));
    assertThat(verdict(packet).reason()).isEqualTo(Reason.DROPPED_MALFORMED);
  }

  @Test
  void noMoreThan64Fragments() {
    TunnelLimits narrow = TunnelLimits.of(90, false, ImmutableList.of());
    byte[] most = new Packets.V4().of(pattern(56 * 64));
    byte[] tooMany = new Packets.V4().of(pattern(56 * 64 + 1));
    assertThat(SlowPath.oversize(new Packets.Frame().of(most), narrow).frames()).hasSize(64);
    assertThat(SlowPath.oversize(new Packets.Frame().of(tooMany), narrow).reason())
        .isEqualTo(Reason.DROPPED_TOO_MANY_FRAGMENTS);
  }

  @Test
  void fragmentsTheLargestHeaderAtTheSmallestLimit() {
    TunnelLimits narrow = TunnelLimits.of(90, false, ImmutableList.of());
    byte[] options = Bytes.concat(hex("8828"), new byte[38]);
    byte[] packet = new Packets.V4().options(options).of(pattern(20));
    Verdict verdict = SlowPath.oversize(new Packets.Frame().tags(2).of(packet), narrow);
    assertThat(verdict.frames()).extracting(frame -> frame.length).containsExactly(90, 90, 86);
  }

  @ParameterizedTest
  @CsvSource({
    "0.1.2.3, 10.0.0.2, DROPPED_MARTIAN",
    "127.0.0.1, 10.0.0.2, DROPPED_MARTIAN",
    "224.0.0.1, 10.0.0.2, DROPPED_MARTIAN",
    "240.0.0.1, 10.0.0.2, DROPPED_MARTIAN",
    "255.255.255.255, 10.0.0.2, DROPPED_MARTIAN",
    "255.255.255.255, 224.0.0.5, DROPPED_MARTIAN",
    "10.0.0.1, 0.0.0.0, DROPPED_MARTIAN",
    "10.0.0.1, 127.1.2.3, DROPPED_MARTIAN",
    "10.0.0.1, 240.0.0.1, DROPPED_MARTIAN",
    "10.0.0.1, 255.255.255.254, DROPPED_MARTIAN",
    "10.0.0.1, 255.255.255.255, DROPPED_MULTICAST",
    "10.0.0.1, 224.0.0.5, DROPPED_MULTICAST",
    "10.0.0.1, 239.255.255.255, DROPPED_MULTICAST",
    "223.255.255.255, 126.0.0.1, ANSWERED_IPV4",
    "1.0.0.0, 128.0.0.0, ANSWERED_IPV4",
  })
  void addresses(String source, String destination, Reason reason) {
    byte[] packet = new Packets.V4().df(true).from(source).to(destination).of(pattern(1480));
    assertThat(verdict(packet).reason()).isEqualTo(reason);
  }

  @Test
  void answersEveryIcmpQueryAndNothingElse() {
    ImmutableList<Integer> queries = ImmutableList.of(0, 8, 9, 10, 13, 14, 15, 16, 17, 18, 42, 43);
    for (int type = 0; type < 256; type++) {
      byte[] packet =
          new Packets.V4().df(true).protocol(Packets.ICMP4).of(Packets.icmp(type, 1480));
      assertThat(verdict(packet).reason())
          .as("type %s", type)
          .isEqualTo(queries.contains(type) ? Reason.ANSWERED_IPV4 : Reason.DROPPED_ICMP_ERROR);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"000000000000", "010000000001", "ffffffffffff"})
  void answersNoImpossibleSourceMac(String mac) {
    byte[] packet = new Packets.V4().df(true).of(pattern(1480));
    byte[] frame = new Packets.Frame().from(hex(mac)).of(packet);
    assertThat(SlowPath.oversize(frame, LIMITS).reason()).isEqualTo(Reason.DROPPED_MARTIAN);
  }

  @Test
  void wrongHeadersAreMalformed() {
    byte[] packet = new Packets.V4().df(true).of(pattern(1480));
    for (int bit = 0; bit < 20 * 8; bit++) {
      byte[] changed = packet.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      byte[] frame = new Packets.Frame().of(0x0800, changed);
      assertThat(SlowPath.oversize(frame, LIMITS).reason())
          .as("bit %s", bit)
          .isEqualTo(Reason.DROPPED_MALFORMED);
    }
  }

  /** Version 5, and a header of 16 bytes, neither of which the checksum would give away. */
  @ParameterizedTest
  @CsvSource({"55, 20", "44, 16"})
  void aRightChecksumDoesNotMakeAHeader(String firstOctet, int headerLength) {
    byte[] packet = new Packets.V4().df(true).of(pattern(1480));
    packet[0] = hex(firstOctet)[0];
    packet[10] = 0;
    packet[11] = 0;
    byte[] sum = Packets.u16(Packets.checksum(Arrays.copyOf(packet, headerLength)));
    System.arraycopy(sum, 0, packet, 10, 2);
    byte[] frame = new Packets.Frame().of(0x0800, packet);
    assertThat(SlowPath.oversize(frame, LIMITS).reason()).isEqualTo(Reason.DROPPED_MALFORMED);
  }

  /** The last fragment may be as large as the others with a length that is no multiple of 8. */
  @Test
  void noMoreFragmentsThanItTakes() {
    assertThat(verdict(new Packets.V4().of(pattern(1424 + 1430))).frames()).hasSize(2);
    assertThat(verdict(new Packets.V4().of(pattern(1424 + 1431))).frames()).hasSize(3);
  }

  @Test
  void fragmentsThatNobodyCanReassembleAreMalformed() {
    byte[] behindTheEnd = new Packets.V4().offset(64_032).of(pattern(1484));
    byte[] atTheEnd = new Packets.V4().offset(64_032).of(pattern(1483));
    byte[] uneven = new Packets.V4().more(true).of(pattern(1481));
    assertThat(verdict(behindTheEnd).reason()).isEqualTo(Reason.DROPPED_MALFORMED);
    assertThat(verdict(atTheEnd).reason()).isEqualTo(Reason.FRAGMENTED);
    assertThat(verdict(uneven).reason()).isEqualTo(Reason.DROPPED_MALFORMED);
  }

  @Test
  void whatIsNoIpIsDropped() {
    byte[] frame = new Packets.Frame().of(0x88b5, pattern(1480));
    assertThat(SlowPath.oversize(frame, LIMITS).reason()).isEqualTo(Reason.DROPPED_NOT_IP);
  }
}
