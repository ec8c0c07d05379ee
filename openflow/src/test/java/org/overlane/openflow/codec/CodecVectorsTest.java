/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.Inet6Address;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.protocol.Writeable;
import org.projectfloodlight.openflow.protocol.action.OFAction;
import org.projectfloodlight.openflow.protocol.instruction.OFInstruction;
import org.projectfloodlight.openflow.protocol.instruction.OFInstructionApplyActions;
import org.projectfloodlight.openflow.protocol.match.Match;
import org.projectfloodlight.openflow.protocol.match.MatchField;
import org.projectfloodlight.openflow.types.EthType;

/** Encodings against bytes that Open vSwitch 3.1.0 sent in flow statistics of OpenFlow 1.3. */
class CodecVectorsTest {

  private static final OFFactory OF = OFFactories.getFactory(OFVersion.OF_13);

  /** ip,nw_frag=later. */
  private static final String LATER_FRAGMENTS = "0001000f80000a02080000013401030000";

  /** check_pkt_larger(1464)->NXM_NX_REG2[5],learn(table=9),note:01.02.03,resubmit(,9). */
  private static final String UNKNOWN_ACTIONS =
      "0004006000000000ffff001800002320003105b8000500010404000000000000ffff0020000023200010"
          + "00000000800000000000000000000000090000000000ffff0010000023200008010203000000"
          + "ffff001000002320000efff809000000";

  /** tun_ipv6_dst=2001:db8::1,reg7=0x10/0xf0,reg15=1,metadata=0x64/0xffffff. */
  private static final String REGISTERS =
      "000100400001dc1020010db800000000000000000000000100010f0800000010000000f000011e0400000001"
          + "8000051000000000000000640000000000ffffff";

  private static String hexOf(Writeable... elements) {
    ByteBuf buffer = Unpooled.buffer();
    for (Writeable element : elements) {
      element.writeTo(buffer);
    }
    return Bytes.copyOf(buffer, 0, buffer.readableBytes()).toString();
  }

  private static ByteBuf buffer(String hex) {
    return Unpooled.wrappedBuffer(Bytes.ofHex(hex).toArray());
  }

  private static Inet6Address v6(String address) {
    return (Inet6Address) InetAddresses.forString(address);
  }

  @Test
  void checkPktLargerIsEncodedAsOpenVSwitchDoes() {
    assertThat(hexOf(NiciraActions.checkPktLarger(99, 15, 31)))
        .isEqualTo("ffff00180000232000310063001f00011e04000000000000");
    assertThat(hexOf(NiciraActions.checkPktLarger(1464, 2, 5)))
        .isEqualTo("ffff001800002320003105b8000500010404000000000000");
  }

  @Test
  void extraFieldsAreEncodedAsOpenVSwitchDoes() {
    assertThat(ExtraOxms.nwFrag(3, 3).tlv()).hasToString("0001340103");
    assertThat(ExtraOxms.nwFrag(1, 1).tlv()).hasToString("000135020101");
    assertThat(ExtraOxms.register(15, 1).tlv()).hasToString("00011e0400000001");
    assertThat(ExtraOxms.register(7, 0x10, 0xf0).tlv()).hasToString("00010f0800000010000000f0");
    assertThat(ExtraOxms.tunnelIpv6Dst(v6("2001:db8::1")).tlv())
        .hasToString("0001dc1020010db8000000000000000000000001");
    assertThat(ExtraOxms.tcpFlags(2, 0x12).tlv()).hasToString("ffff55084f4e460000020012");
  }

  @Test
  void aMatchWithFieldsThatOpenflowjDoesNotKnowKeepsThem() throws Exception {
    Match match = TolerantReader.readMatch(buffer(LATER_FRAGMENTS));
    assertThat(match.get(MatchField.ETH_TYPE)).isEqualTo(EthType.IPv4);
    assertThat(RawMatch.foreignOf(match)).containsExactly(ExtraOxms.nwFrag(3, 3));
    assertThat(hexOf(match)).isEqualTo(LATER_FRAGMENTS.substring(0, 30) + "00");

    Match registers = TolerantReader.readMatch(buffer(REGISTERS));
    assertThat(RawMatch.foreignOf(registers))
        .containsExactly(ExtraOxms.register(7, 0x10, 0xf0), ExtraOxms.register(15, 1));
    assertThat(RawMatch.extensionsOf(registers))
        .containsExactlyInAnyOrder(
            ExtraOxms.tunnelIpv6Dst(v6("2001:db8::1")),
            ExtraOxms.register(7, 0x10, 0xf0),
            ExtraOxms.register(15, 1));
    assertThat(CanonicalForm.flowKey(1, 2, Bytes.ofHex(hexOf(registers)), 0))
        .isEqualTo(CanonicalForm.flowKey(1, 2, Bytes.ofHex(REGISTERS), 0));
  }

  @Test
  void actionsThatNobodyKnowsAreWrittenAsTheyWereRead() throws Exception {
    ByteBuf wire = buffer(UNKNOWN_ACTIONS);
    List<OFInstruction> instructions = TolerantReader.readInstructions(wire, wire.readableBytes());
    List<OFAction> actions = ((OFInstructionApplyActions) instructions.get(0)).getActions();
    assertThat(actions.get(0)).isEqualTo(NiciraActions.checkPktLarger(1464, 2, 5));
    assertThat(actions.subList(1, 3)).allMatch(RawAction.class::isInstance);
    assertThat(hexOf(instructions.get(0))).isEqualTo(UNKNOWN_ACTIONS);
  }

  @Test
  void aCheckPktLargerThatIsNotQuiteOneStaysRaw() throws Exception {
    for (String hex :
        ImmutableList.of(
            "ffff001800002320003105b8002000010404000000000000", // bit 32
            "ffff001800002320003105b8000580002a04000000000000", // not into a register
            "ffff001800002320003105b8000500010404000000000001")) {
      List<OFAction> actions = TolerantReader.readActions(buffer(hex), 24);
      assertThat(actions.get(0)).isInstanceOf(RawAction.class);
      assertThat(hexOf(actions.get(0))).isEqualTo(hex);
    }
  }

  @Test
  void loadsAreSetFieldForTheWholeRegisterAndRegLoadForAPart() {
    assertThat(hexOf(NiciraActions.loadRegister(9, 77, 0xffffffffL)))
        .isEqualTo("00190010000112040000004d00000000");
    assertThat(hexOf(NiciraActions.loadRegister(4, 12, 12)))
        .as("load:3->NXM_NX_REG4[2..3]")
        .isEqualTo("ffff001800002320000700810001080400000000" + "00000003");
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 0, 0, length",
    "65536, 0, 0, length",
    "1464, 16, 0, register",
    "1464, -1, 0, register",
    "1464, 0, 32, bit"
  })
  void badParametersOfCheckPktLargerAreNamed(int length, int register, int bit, String name) {
    assertThatThrownBy(() -> NiciraActions.checkPktLarger(length, register, bit))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }

  @Test
  void otherBadParametersAreNamed() {
    assertThatThrownBy(() -> NiciraActions.loadRegister(0, 2, 1))
        .hasMessageContaining("outside mask");
    assertThatThrownBy(() -> NiciraActions.loadRegister(0, 1, 5)).hasMessageContaining("gaps");
    assertThatThrownBy(() -> ExtraOxms.nwFrag(2, 1)).hasMessageContaining("nw_frag");
    assertThatThrownBy(() -> ExtraOxms.tcpFlags(0, 0x1000)).hasMessageContaining("tcp_flags mask");
    assertThatThrownBy(() -> ExtraOxms.register(0, 1, 0)).hasMessageContaining("mask");
    assertThatThrownBy(() -> RawAction.of(Bytes.ofHex("ffff0008")))
        .hasMessageContaining("at least 8");
    assertThatThrownBy(() -> RawOxm.of(Bytes.ofHex("000134020" + "1")))
        .hasMessageContaining("payload");
    assertThatThrownBy(
            () ->
                RawMatch.of(
                    OF.buildMatch().build(),
                    ImmutableList.of(ExtraOxms.nwFrag(1, 1), ExtraOxms.nwFrag(3, 3))))
        .hasMessageContaining("twice");
  }
}
