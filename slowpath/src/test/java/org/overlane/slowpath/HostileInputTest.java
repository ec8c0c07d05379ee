/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Whatever a VM sends: no exception, no change of the input, and nothing comes out that must not.
 * The seed is fixed, so that what fails once fails again.
 */
class HostileInputTest {
  private static final int RANDOM = 300_000;
  private static final int FLIPPED = 700_000;
  private static final int LARGE = 200_000;

  private final RandomFrames random = new RandomFrames(20_260_301);
  private final Map<Reason, Integer> seen = new EnumMap<>(Reason.class);
  private int cases;

  @Test
  void nothingBreaksIt() {
    for (int i = 0; i < RANDOM; i++) {
      feed(noise());
    }
    for (int i = 0; i < FLIPPED; i++) {
      feed(damaged(random.once(3) ? random.syn(200) : random.frame(100 + random.below(300))));
    }
    for (int i = 0; i < LARGE; i++) {
      feed(damaged(random.frame(1250 + random.below(300))));
    }
    for (int i = 0; i < 60; i++) {
      byte[] whole = random.once(2) ? random.syn(100) : random.frame(1400);
      for (int length = 0; length <= whole.length; length++) {
        feed(Arrays.copyOf(whole, length));
      }
    }
    for (int i = 0; i < 500; i++) {
      feed(damaged(random.frame(random.once(9) ? 65_535 : 3000)));
    }
    System.out.println("hostile input: " + cases + " cases, " + seen);
    assertThat(cases).isGreaterThan(1_000_000);
    assertThat(seen.keySet())
        .contains(
            Reason.ANSWERED_IPV4,
            Reason.ANSWERED_IPV6,
            Reason.FRAGMENTED,
            Reason.CLAMPED,
            Reason.DELIVERED_BY_EXCEPTION);
  }

  /** The same for what tells VMs their MTU. */
  @Test
  void nothingBreaksAnnouncements() {
    RandomMessages messages = new RandomMessages(random);
    for (int i = 0; i < FLIPPED / 4; i++) {
      announce(damaged(random.once(2) ? messages.dhcp() : messages.ra()));
      announce(noise());
    }
    for (int i = 0; i < 100; i++) {
      byte[] whole = random.once(2) ? messages.dhcp() : messages.ra();
      for (int length = 0; length <= whole.length; length++) {
        announce(Arrays.copyOf(whole, length));
      }
    }
    System.out.println("hostile announcements: " + seen);
    assertThat(seen.keySet())
        .contains(
            Reason.ADVERTISED,
            Reason.ADVERTISE_NOT_NEEDED,
            Reason.ADVERTISE_NOT_UNDERSTOOD,
            Reason.ADVERTISE_SIGNED);
  }

  private void announce(byte[] frame) {
    int mtu = random.once(2) ? 1450 : 500 + random.below(9000);
    byte[] before = frame.clone();
    Verdict dhcp;
    Verdict ra;
    try {
      dhcp = SlowPath.dhcpReply(frame, mtu);
      ra = SlowPath.routerAdvertisement(frame, mtu);
    } catch (RuntimeException e) {
      throw new AssertionError(mtu + " " + Packets.hex(before), e);
    }
    assertThat(Arrays.equals(frame, before)).as("input unchanged").isTrue();
    assertThat(dhcp.kind()).isEqualTo(Verdict.Kind.DELIVER);
    assertThat(dhcp.frames()).hasSize(1);
    if (dhcp.reason() != Reason.ADVERTISED) {
      assertThat(dhcp.frames().get(0)).isEqualTo(before);
    } else {
      assertThat(dhcp.frames().get(0).length).isLessThanOrEqualTo(before.length + 4);
    }
    boolean sent = ra.reason() == Reason.ADVERTISED;
    assertThat(ra.kind()).isEqualTo(sent ? Verdict.Kind.DELIVER : Verdict.Kind.LEAVE);
    assertThat(ra.frames()).hasSize(sent ? 1 : 0);
    // What was amended once needs no more, by the reader's own measure.
    dhcp.frames().forEach(f -> assertSettled(dhcp, SlowPath.dhcpReply(f, mtu)));
    ra.frames().forEach(f -> assertSettled(ra, SlowPath.routerAdvertisement(f, mtu)));
    seen.merge(dhcp.reason(), 1, Integer::sum);
    seen.merge(ra.reason(), 1, Integer::sum);
  }

  private static void assertSettled(Verdict first, Verdict second) {
    if (first.reason() == Reason.ADVERTISED) {
      assertThat(second.reason()).isEqualTo(Reason.ADVERTISE_NOT_NEEDED);
    }
  }

  /** Random bytes, mostly with the type of an IP packet, so that they are looked at. */
  private byte[] noise() {
    byte[] frame = random.bytes(random.below(200));
    if (frame.length >= 15 && !random.once(8)) {
      frame[0] &= (byte) 0xfe;
      boolean v6 = random.once(2);
      frame[12] = (byte) (v6 ? 0x86 : 0x08);
      frame[13] = (byte) (v6 ? 0xdd : 0x00);
      frame[14] = (byte) ((v6 ? 0x60 : 0x40) | (frame[14] & 0xf));
    }
    return frame;
  }

  /** Some bits flipped, bytes set or the end cut; then often with a right IPv4 header checksum. */
  private byte[] damaged(byte[] frame) {
    byte[] damaged = random.once(12) ? Arrays.copyOf(frame, random.below(frame.length)) : frame;
    for (int i = random.below(4); i > 0 && damaged.length > 0; i--) {
      int at = random.below(random.once(2) ? Math.min(80, damaged.length) : damaged.length);
      damaged[at] =
          random.once(3) ? random.bytes(1)[0] : (byte) (damaged[at] ^ 1 << random.below(8));
    }
    return random.once(3) ? damaged : withHeaderChecksum(damaged);
  }

  private static byte[] withHeaderChecksum(byte[] frame) {
    for (int ip = 14; ip <= 22; ip += 4) {
      if (frame.length >= ip + 20 && Packets.u16(frame, ip - 2) == 0x0800) {
        int end = Math.min(frame.length, ip + Math.max(20, (frame[ip] & 0xf) * 4));
        frame[ip + 10] = 0;
        frame[ip + 11] = 0;
        byte[] sum = Packets.u16(Packets.checksum(Arrays.copyOfRange(frame, ip, end)));
        System.arraycopy(sum, 0, frame, ip + 10, 2);
      }
    }
    return frame;
  }

  private void feed(byte[] frame) {
    TunnelLimits limits = limits(frame.length);
    byte[] before = frame.clone();
    boolean syn = random.once(3);
    Verdict verdict;
    try {
      verdict = syn ? SlowPath.syn(frame, limits) : SlowPath.oversize(frame, limits);
    } catch (RuntimeException e) {
      throw new AssertionError(limits + " " + Packets.hex(before), e);
    }
    assertThat(Arrays.equals(frame, before)).as("input unchanged").isTrue();
    Outputs.check(frame, limits, verdict);
    seen.merge(verdict.reason(), 1, Integer::sum);
    cases++;
  }

  /** Mostly a limit that the frame is a little larger than. */
  private TunnelLimits limits(int frameLength) {
    int limit =
        random.once(6) ? 1464 : Math.max(90, Math.min(65_557, frameLength - random.below(120)));
    return TunnelLimits.of(limit, random.once(3), ImmutableList.of());
  }
}
