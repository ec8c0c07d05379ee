/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.overlane.slowpath.Messages.Ra;

class RouterAdvertisementTest {
  private static final int MTU = 1450;
  private static final String OPTION = "05010000000005aa";
  private static final String LINK = "0101020000000001";

  private static Ra ra(String options) {
    return new Ra().options(options);
  }

  private static void assertAdvertised(Ra before, Ra after) {
    Verdict verdict = SlowPath.routerAdvertisement(before.frame(), MTU);
    assertThat(verdict.reason()).isEqualTo(Reason.ADVERTISED);
    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.DELIVER);
    assertThat(verdict.frames()).hasSize(1);
    assertThat(verdict.frames().get(0)).isEqualTo(after.frame());
  }

  private static void assertLeft(byte[] frame, int mtu, Reason reason) {
    Verdict verdict = SlowPath.routerAdvertisement(frame, mtu);
    assertThat(verdict.reason()).isEqualTo(reason);
    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.LEAVE);
    assertThat(verdict.frames()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", LINK, LINK + "1903000000000708fd000000000000000000000000000053"})
  void theOptionIsAdded(String options) {
    assertAdvertised(ra(options), ra(options + OPTION));
  }

  @ParameterizedTest
  @ValueSource(strings = {"05010000000005ab", "05010000000005dc", "05010000ffffffff"})
  void aLargerMtuIsLowered(String option) {
    assertAdvertised(ra(option + LINK), ra(OPTION + LINK));
  }

  @Test
  void eachMtuIsLowered() {
    assertAdvertised(
        ra("05010000000005dc" + "0501000000000500" + "05010000000005dc"),
        ra(OPTION + "0501000000000500" + OPTION));
  }

  @ParameterizedTest
  @ValueSource(strings = {OPTION, "0501000000000500", "0501000000000000"})
  void aSmallerMtuStays(String option) {
    assertLeft(ra(option).frame(), MTU, Reason.ADVERTISE_NOT_NEEDED);
  }

  /** RFC 4861 6.3.4: a host takes nothing below 1280. */
  @ParameterizedTest
  @CsvSource({"1279, ADVERTISE_IPV6_MINIMUM", "1280, ADVERTISED", "506, ADVERTISE_IPV6_MINIMUM"})
  void nothingBelow1280IsTold(int mtu, Reason reason) {
    assertThat(SlowPath.routerAdvertisement(ra("").frame(), mtu).reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0500000000000000", // no length
        "0502000000000000", // beyond the end
        "05020000000005dc0000000000000000", // an MTU option of the wrong length
        "0100",
        LINK + "01",
      })
  void whatIsMalformedIsLeftAlone(String options) {
    assertLeft(ra(options).frame(), MTU, Reason.ADVERTISE_NOT_UNDERSTOOD);
  }

  @Test
  void whatNoHostWouldTakeIsLeftAlone() {
    Reason reason = Reason.ADVERTISE_NOT_UNDERSTOOD;
    assertLeft(ra("").hopLimit(254).frame(), MTU, reason);
    assertLeft(ra("").code(1).frame(), MTU, reason);
    assertLeft(ra("").from("fd00::1").frame(), MTU, reason);
    byte[] wrongChecksum = ra("").frame();
    wrongChecksum[wrongChecksum.length - 1] ^= 1;
    assertLeft(wrongChecksum, MTU, reason);
    Packets.V6 fragment = new Packets.V6().fragment(0, false);
    assertLeft(new Packets.Frame().of(ra("").packet(fragment)), MTU, reason);
    Packets.V6 hopByHop = new Packets.V6().extension(0, Packets.hex("0000 050200000100"));
    assertLeft(new Packets.Frame().of(ra("").packet(hopByHop)), MTU, reason);
    assertLeft(new byte[0], MTU, reason);
    assertLeft(new Messages.Dhcp().frame(), MTU, reason);
  }

  @Test
  void whatIsSignedIsLeftAlone() {
    String signature = "0c04" + "00".repeat(30);
    assertLeft(ra(signature).frame(), MTU, Reason.ADVERTISE_SIGNED);
    assertLeft(ra("05010000000005dc" + signature).frame(), MTU, Reason.ADVERTISE_SIGNED);
    Packets.V6 authenticated =
        new Packets.V6().extension(51, Packets.hex("0001 0000 00000001 00000001"));
    assertLeft(new Packets.Frame().of(ra("").packet(authenticated)), MTU, Reason.ADVERTISE_SIGNED);
  }

  @Test
  void noAdvertisementGrowsBeyondTheMtu() {
    int room = MTU - 40 - 16;
    String filler = LINK.repeat((room - 8) / 8);
    assertThat(SlowPath.routerAdvertisement(ra(filler).frame(), MTU).reason())
        .isEqualTo(Reason.ADVERTISED);
    assertLeft(ra(filler + LINK).frame(), MTU, Reason.ADVERTISE_NO_ROOM);
  }

  @Test
  void tagsStayAndATrailerGoes() {
    byte[] before = new Packets.Frame().tags(2).trailer(5).of(ra(LINK).packet());
    byte[] after = new Packets.Frame().tags(2).of(ra(LINK + OPTION).packet());
    assertThat(SlowPath.routerAdvertisement(before, MTU).frames().get(0)).isEqualTo(after);
  }
}
