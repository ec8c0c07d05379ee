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

/** Single IPv6 packets, byte by byte. */
class Ipv6OversizeTest {
  private static final TunnelLimits LIMITS = TunnelLimits.of(1464, false, ImmutableList.of());
  private static final TunnelLimits NARROW = TunnelLimits.of(1000, false, ImmutableList.of());
  private static final TunnelLimits NARROW_FRAGMENTING =
      TunnelLimits.of(1000, true, ImmutableList.of());

  private static Verdict verdict(byte[] packet, TunnelLimits limits) {
    return SlowPath.oversize(new Packets.Frame().of(packet), limits);
  }

  private static Reason reason(byte[] packet) {
    return verdict(packet, LIMITS).reason();
  }

  @Test
  void tellsTheSenderTheMtu() {
    byte[] packet = new Packets.V6().of(pattern(1460));
    Verdict verdict = verdict(packet, LIMITS);
    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.ANSWER);
    assertThat(verdict.reason()).isEqualTo(Reason.ANSWERED_IPV6);
    byte[] frame = verdict.frames().get(0);
    byte[] source = Packets.address("fd00::2");
    byte[] destination = Packets.address("fd00::1");
    assertThat(hex(Arrays.copyOf(frame, 22)))
        .isEqualTo("020000000001" + "020000000002" + "86dd" + "60000000" + "04d8" + "3a40");
    assertThat(Arrays.copyOfRange(frame, 22, 54)).isEqualTo(Bytes.concat(source, destination));
    assertThat(hex(Arrays.copyOfRange(frame, 54, 56))).isEqualTo("0200");
    assertThat(hex(Arrays.copyOfRange(frame, 58, 62))).isEqualTo("000005aa"); // 1450
    assertThat(Arrays.copyOfRange(frame, 62, frame.length)).isEqualTo(Arrays.copyOf(packet, 1232));
    byte[] icmp = Arrays.copyOfRange(frame, 54, frame.length);
    assertThat(Packets.withChecksum(icmp, 2, source, destination, Packets.ICMP6)).isEqualTo(icmp);
  }

  @Test
  void answersFromTheGateway() {
    TunnelLimits limits =
        TunnelLimits.of(1464, false, ImmutableList.of(IpAddress.parse("fe80::fe")));
    byte[] answer = verdict(new Packets.V6().of(pattern(1460)), limits).frames().get(0);
    assertThat(Arrays.copyOfRange(answer, 22, 38)).isEqualTo(Packets.address("fe80::fe"));
  }

  @Test
  void neverTellsLessThanTheMinimum() {
    byte[] answer = verdict(new Packets.V6().of(pattern(1241)), NARROW).frames().get(0);
    assertThat(Packets.u16(answer, 60)).isEqualTo(1280);
  }

  @Test
  void aMinimalPacketNeedsAnEndpointThatFragments() {
    byte[] packet = new Packets.V6().protocol(Packets.ICMP6).of(Packets.icmp(1, 1240));
    assertThat(verdict(packet, NARROW).reason()).isEqualTo(Reason.DROPPED_IPV6_MINIMUM);
    Verdict verdict = verdict(packet, NARROW_FRAGMENTING);
    assertThat(verdict.reason()).isEqualTo(Reason.DELIVERED_BY_EXCEPTION);
    assertThat(verdict.frames().get(0)).isEqualTo(new Packets.Frame().of(packet));
    assertThat(verdict.exception())
        .contains(
            ExceptionKey.of(IpAddress.parse("fd00::1"), IpAddress.parse("fd00::2"), Packets.ICMP6));
  }

  @Test
  void aMinimalFragmentIsDeliveredWithoutAKey() {
    byte[] packet = new Packets.V6().fragment(1232, false).of(pattern(1200));
    Verdict verdict = verdict(packet, NARROW_FRAGMENTING);
    assertThat(verdict.reason()).isEqualTo(Reason.DELIVERED_BY_EXCEPTION);
    assertThat(verdict.exception()).isEmpty();
  }

  @Test
  void anAtomicFragmentHasAKey() {
    byte[] packet = new Packets.V6().fragment(0, false).of(pattern(1200));
    assertThat(verdict(packet, NARROW_FRAGMENTING).exception().get().protocol())
        .isEqualTo(Packets.UDP);
  }

  /** The first that Open vSwitch takes for no extension header is its nw_proto. */
  @ParameterizedTest
  @CsvSource({"0, 17", "43, 17", "60, 17", "51, 17", "135, 135", "139, 139", "140, 140"})
  void theKeyHasTheProtocolThatASwitchMatches(int extension, int protocol) {
    byte[] header = new byte[16];
    header[1] = (byte) (extension == 51 ? 2 : 1);
    byte[] packet =
        new Packets.V6()
            .extension(extension, header)
            .extension(60, hex("0000010400000000"))
            .of(pattern(1200));
    assertThat(verdict(packet, NARROW_FRAGMENTING).exception().get().protocol())
        .isEqualTo(protocol);
  }

  @ParameterizedTest
  @CsvSource({
    "::, fd00::2, DROPPED_MARTIAN",
    "::1, fd00::2, DROPPED_MARTIAN",
    "ff02::1, fd00::2, DROPPED_MARTIAN",
    "fd00::1, ::, DROPPED_MARTIAN",
    "fd00::1, ::1, DROPPED_MARTIAN",
    "fd00::1, ff02::1, DROPPED_MULTICAST",
    "::2, ::1:0:0, ANSWERED_IPV6",
    "::10.0.0.1, 64:ff9b::10.0.0.1, ANSWERED_IPV6",
  })
  void addresses(String source, String destination, Reason reason) {
    assertThat(reason(new Packets.V6().from(source).to(destination).of(pattern(1460))))
        .isEqualTo(reason);
  }

  /** Java takes such addresses for IPv4, so they are written to the packet here. */
  @Test
  void mappedAddressesAreMartians() {
    byte[] mapped = hex("00000000000000000000ffff0a000001");
    for (int field : new int[] {8, 24}) {
      byte[] packet = new Packets.V6().of(pattern(1460));
      System.arraycopy(mapped, 0, packet, field, 16);
      assertThat(reason(packet)).isEqualTo(Reason.DROPPED_MARTIAN);
    }
  }

  @Test
  void answersInformationalMessagesButRedirects() {
    for (int type = 0; type < 256; type++) {
      byte[] packet = new Packets.V6().protocol(Packets.ICMP6).of(Packets.icmp(type, 1460));
      assertThat(reason(packet))
          .as("type %s", type)
          .isEqualTo(type < 128 || type == 137 ? Reason.DROPPED_ICMP_ERROR : Reason.ANSWERED_IPV6);
    }
  }

  @Test
  void anIcmpMessageWithoutItsHeaderCountsAsAnError() {
    byte[] longOptions = new byte[1448];
    longOptions[1] = (byte) (1448 / 8 - 1);
    for (int length = 0; length <= 8; length++) {
      byte[] packet =
          new Packets.V6()
              .extension(60, longOptions)
              .protocol(Packets.ICMP6)
              .of(Packets.icmp(128, length));
      assertThat(reason(packet))
          .isEqualTo(length < 8 ? Reason.DROPPED_ICMP_ERROR : Reason.ANSWERED_IPV6);
    }
  }

  @Test
  void fragments() {
    assertThat(reason(new Packets.V6().fragment(0, true).of(pattern(1456))))
        .isEqualTo(Reason.ANSWERED_IPV6);
    assertThat(reason(new Packets.V6().fragment(8, true).of(pattern(1456))))
        .isEqualTo(Reason.DROPPED_FRAGMENT);
    assertThat(reason(new Packets.V6().fragment(1456, false).of(pattern(1456))))
        .isEqualTo(Reason.DROPPED_FRAGMENT);
  }

  /** Whatever is behind the fragment header is the middle of something. */
  @Test
  void aLaterFragmentIsNotWalkedInto() {
    byte[] packet = new Packets.V6().protocol(60).fragment(8, false).of(new byte[1456]);
    packet[40] = 60;
    assertThat(reason(packet)).isEqualTo(Reason.DROPPED_FRAGMENT);
  }

  @Test
  void atMostSixteenExtensionHeaders() {
    Packets.V6 builder = new Packets.V6();
    for (int i = 0; i < 16; i++) {
      builder.extension(60, hex("0000010400000000"));
    }
    assertThat(reason(builder.of(pattern(1460)))).isEqualTo(Reason.ANSWERED_IPV6);
    builder.extension(60, hex("0000010400000000"));
    assertThat(reason(builder.of(pattern(1460)))).isEqualTo(Reason.DROPPED_MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 43, 51, 60, 135, 139, 140})
  void anExtensionHeaderBehindTheEndIsMalformed(int number) {
    byte[] packet = new Packets.V6().extension(number, hex("00ff")).of(new byte[1022]);
    assertThat(verdict(packet, NARROW).reason()).isEqualTo(Reason.DROPPED_MALFORMED);
  }

  @Test
  void jumbogramsAreMalformed() {
    byte[] packet = new Packets.V6().of(pattern(1460));
    packet[4] = 0;
    packet[5] = 0;
    assertThat(reason(packet)).isEqualTo(Reason.DROPPED_MALFORMED);
  }
}
