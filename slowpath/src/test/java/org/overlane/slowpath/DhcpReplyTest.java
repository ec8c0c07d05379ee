/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Strings;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.overlane.slowpath.Messages.Dhcp;

class DhcpReplyTest {
  private static final int MTU = 1450;
  private static final String OPTION = "1a0205aa";
  private static final int OPTIONS_AT = 14 + 20 + 8 + 240;

  private static Dhcp reply(String options) {
    return new Dhcp().options(options);
  }

  private static byte[] advertised(Dhcp before) {
    byte[] frame = before.frame();
    Verdict verdict = SlowPath.dhcpReply(frame, MTU);
    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.DELIVER);
    assertThat(verdict.reason()).isEqualTo(Reason.ADVERTISED);
    return verdict.frames().get(0);
  }

  private static void assertUnchanged(byte[] frame, Reason reason) {
    Verdict verdict = SlowPath.dhcpReply(frame, MTU);
    assertThat(verdict.reason()).isEqualTo(reason);
    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.DELIVER);
    assertThat(verdict.frames()).hasSize(1);
    assertThat(verdict.frames().get(0)).isEqualTo(frame).isNotSameAs(frame);
  }

  @ParameterizedTest
  @CsvSource({
    "350105, 3501051a0205aa",
    "350102 0104ffffff00, 3501020104ffffff001a0205aa",
    "350105 5204deadbeef, 3501051a0205aa5204deadbeef",
    "350105 5204deadbeef 0c0141, 3501051a0205aa5204deadbeef0c0141",
    "00 00 350105, 00003501051a0205aa",
  })
  void theOptionIsPutBeforeTheEndAndBeforeThatOfARelayAgent(String before, String after) {
    assertThat(advertised(reply(before))).isEqualTo(reply(after).frame());
  }

  @Test
  void paddingMakesRoom() {
    byte[] after = advertised(reply("350105").padding(60));
    assertThat(after).isEqualTo(reply("350105" + OPTION).padding(56).frame());
    assertThat(advertised(reply("350105").padding(4))).isEqualTo(reply("350105" + OPTION).frame());
    assertThat(advertised(reply("350105").padding(3)))
        .isEqualTo(reply("350105" + OPTION).padding(3).frame());
  }

  @Test
  void whatIsBehindTheEndIsNoPaddingUnlessItIsZero() {
    assertThat(advertised(reply("350105").end("ff0000000000000001")))
        .isEqualTo(reply("350105" + OPTION).end("ff0000000000000001").frame());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1a02ffff", "1a0205ab", "1a0205dc"})
  void aLargerMtuIsLowered(String option) {
    assertThat(advertised(reply("350105" + option + "0c0141")))
        .isEqualTo(reply("350105" + OPTION + "0c0141").frame());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1a0205aa", "1a0205a9", "1a020044", "1a020000"})
  void aSmallerMtuStays(String option) {
    assertUnchanged(reply("350105" + option).frame(), Reason.ADVERTISE_NOT_NEEDED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"350106", "350101", "350103", "350108", "", "0c0141"})
  void onlyOffersAndAcknowledgementsTellTheMtu(String options) {
    assertUnchanged(reply(options).frame(), Reason.ADVERTISE_NOT_NEEDED);
  }

  @Test
  void anOptionInAnotherFieldIsLoweredThere() {
    Dhcp inFile = reply("350105 340101").file("1a0205dc ff");
    assertThat(advertised(inFile)).isEqualTo(reply("350105 340101").file("1a0205aa ff").frame());
    Dhcp inName = reply("350105 340102").serverName("1a0205dc ff");
    assertThat(advertised(inName))
        .isEqualTo(reply("350105 340102").serverName("1a0205aa ff").frame());
    Dhcp typeInName = reply("340103").file("ff").serverName("350102 ff");
    assertThat(advertised(typeInName))
        .isEqualTo(reply("340103" + OPTION).file("ff").serverName("350102 ff").frame());
  }

  /** A boot file's name is no options. */
  @Test
  void fieldsThatAreNotOverloadedAreNotRead() {
    Dhcp before = reply("350105").file("1a0205dc ff").serverName("1a02ffff");
    assertThat(advertised(before))
        .isEqualTo(reply("350105" + OPTION).file("1a0205dc ff").serverName("1a02ffff").frame());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "350105 1a0105", // the wrong length
        "350105 1a0405aa05aa",
        "350105 1a0205aa 1a0205dc", // twice
        "350105 350105",
        "35020505",
        "3500",
        "350105 0c", // no length
        "350105 0cff41", // beyond the end
        "350105 0c",
        "350105 340100", // overloads what there is not
        "350105 340104",
        "350105 34020101",
        "350105 340101 340101",
        "350105 340101", // overloads a field without end
        "350105 340102",
      })
  void whatIsMalformedIsLeftAlone(String options) {
    Dhcp dhcp =
        reply(options).file(Strings.repeat("00", 128)).serverName(Strings.repeat("0c000c00", 16));
    assertUnchanged(dhcp.frame(), Reason.ADVERTISE_NOT_UNDERSTOOD);
  }

  @Test
  void withoutEndItIsNotUnderstood() {
    assertUnchanged(reply("350105").end("").frame(), Reason.ADVERTISE_NOT_UNDERSTOOD);
    assertUnchanged(reply("350105").end("").padding(60).frame(), Reason.ADVERTISE_NOT_UNDERSTOOD);
  }

  @Test
  void whatIsSignedIsLeftAlone() {
    assertUnchanged(reply("350105 5a03010101").frame(), Reason.ADVERTISE_SIGNED);
    assertUnchanged(reply("350105 1a0205dc 5a03010101").frame(), Reason.ADVERTISE_SIGNED);
  }

  /** RFC 2131 2: 576 bytes with IP header are what every client takes. */
  @Test
  void noMessageGrowsBeyondWhatEveryClientTakes() {
    String filler = "0c" + "ff" + Strings.repeat("41", 255);
    int used = 20 + 8 + 240 + 3 + 257 + 1;
    String rest = "0c" + String.format("%02x", 576 - 4 - used - 2);
    Dhcp fits = reply("350105" + filler + rest + Strings.repeat("42", 576 - 4 - used - 2));
    assertThat(fits.packet()).hasSize(572);
    assertThat(advertised(fits)).hasSize(14 + 576);
    String more = "0c" + String.format("%02x", 576 - 3 - used - 2);
    Dhcp full = reply("350105" + filler + more + Strings.repeat("42", 576 - 3 - used - 2));
    assertThat(full.packet()).hasSize(573);
    assertUnchanged(full.frame(), Reason.ADVERTISE_NO_ROOM);
    Dhcp padded =
        reply("350105" + filler + more + Strings.repeat("42", 576 - 3 - used - 2)).padding(4);
    assertThat(advertised(padded)).hasSize(14 + 577);
  }

  @Test
  void noChecksumStaysNone() {
    byte[] after = advertised(reply("350105").checksum(false));
    assertThat(after).isEqualTo(reply("350105" + OPTION).checksum(false).frame());
  }

  @Test
  void tagsAndIpOptionsStayAndATrailerGoes() {
    byte[] options = Packets.hex("94040000");
    byte[] before =
        new Packets.Frame()
            .tags(2)
            .trailer(7)
            .of(new Packets.V4().options(options).of(reply("350105").udp()));
    byte[] after =
        new Packets.Frame()
            .tags(2)
            .of(new Packets.V4().options(options).of(reply("350105" + OPTION).udp()));
    Verdict verdict = SlowPath.dhcpReply(before, MTU);
    assertThat(verdict.reason()).isEqualTo(Reason.ADVERTISED);
    assertThat(verdict.frames().get(0)).isEqualTo(after);
  }

  @Test
  void whatIsNoReplyOfAServerToAClientIsLeftAlone() {
    Reason reason = Reason.ADVERTISE_NOT_UNDERSTOOD;
    assertUnchanged(reply("350105").op(1).frame(), reason);
    assertUnchanged(reply("350105").ports(68, 67).frame(), reason);
    assertUnchanged(reply("350105").ports(67, 67).frame(), reason);
    byte[] udp = reply("350105").udp();
    assertUnchanged(new Packets.Frame().of(new Packets.V4().more(true).of(cut(udp))), reason);
    assertUnchanged(new Packets.Frame().of(new Packets.V4().offset(8).of(udp)), reason);
    assertUnchanged(new Packets.Frame().of(new Packets.V4().protocol(17).of(cut(udp))), reason);
    assertUnchanged(new Packets.Frame().of(new Packets.V4().protocol(6).of(udp)), reason);
  }

  private static byte[] cut(byte[] udp) {
    return Arrays.copyOf(udp, udp.length / 8 * 8);
  }

  @Test
  void aWrongChecksumOrCookieIsLeftAlone() {
    for (int at : new int[] {OPTIONS_AT - 1, OPTIONS_AT - 4, 14 + 20 + 6, OPTIONS_AT + 2}) {
      byte[] frame = reply("350105").frame();
      frame[at] ^= 0x40;
      assertUnchanged(frame, Reason.ADVERTISE_NOT_UNDERSTOOD);
    }
  }

  @Test
  void anythingElseIsDelivered() {
    assertUnchanged(new byte[0], Reason.ADVERTISE_NOT_UNDERSTOOD);
    assertUnchanged(new byte[14], Reason.ADVERTISE_NOT_UNDERSTOOD);
    assertUnchanged(new Messages.Ra().frame(), Reason.ADVERTISE_NOT_UNDERSTOOD);
  }
}
