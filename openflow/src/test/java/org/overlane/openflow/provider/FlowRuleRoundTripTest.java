/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onlab.packet.VlanId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.flow.criteria.Criteria;
import org.onosproject.net.flow.criteria.ExtensionCriterion;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.Instructions;
import org.onosproject.net.flow.instructions.Instructions.ExtensionInstructionWrapper;
import org.onosproject.net.meter.MeterId;
import org.overlane.openflow.channel.ObservedFlow;
import org.overlane.openflow.codec.Bytes;
import org.overlane.openflow.codec.RawAction;
import org.overlane.openflow.codec.RawMatch;
import org.overlane.openflow.codec.RawOxm;
import org.overlane.openflow.driver.UnknownAction;
import org.overlane.openflow.driver.UnknownMatch;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFFlowMod;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.protocol.action.OFAction;
import org.projectfloodlight.openflow.protocol.match.Match;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.TableId;
import org.projectfloodlight.openflow.types.U64;

class FlowRuleRoundTripTest {

  private static final OFFactory FACTORY = OFFactories.getFactory(OFVersion.OF_13);

  /** What a switch would report of the entry that the flow-mod installs, through its bytes. */
  static ObservedFlow observed(OFFlowMod mod) {
    return observed(mod.getMatch(), mod.getInstructions(), mod);
  }

  private static ObservedFlow observed(
      Match match,
      java.util.List<org.projectfloodlight.openflow.protocol.instruction.OFInstruction>
          instructions,
      OFFlowMod mod) {
    return ObservedFlow.of(
        FACTORY
            .buildFlowStatsEntry()
            .setTableId(mod.getTableId())
            .setPriority(mod.getPriority())
            .setCookie(mod.getCookie())
            .setHardTimeout(mod.getHardTimeout())
            .setDurationSec(7)
            .setDurationNsec(5)
            .setPacketCount(U64.of(3))
            .setByteCount(U64.of(300))
            .setMatch(match)
            .setInstructions(instructions)
            .build());
  }

  @Provide
  Arbitrary<FlowRule> rules() {
    return Rules.rules();
  }

  @Property(tries = 2000)
  void everyRuleIsReadBackExactly(@ForAll("rules") FlowRule rule) throws UnsupportedRuleException {
    OFFlowMod mod = FlowRuleTranslator.add(rule);
    FlowEntry entry = FlowRuleTranslator.entry(observed(mod), Rules.DEVICE);
    assertThat(entry.exactMatch(rule)).as("%s read back as %s", rule, entry).isTrue();
    assertThat(rule.exactMatch(entry)).isTrue();
    assertThat(entry.treatment().metered()).isEqualTo(rule.treatment().metered());
    assertThat(entry.treatment().clearedDeferred()).isEqualTo(rule.treatment().clearedDeferred());
  }

  @Property(tries = 500)
  void everyFlowModCanBeWritten(@ForAll("rules") FlowRule rule) throws UnsupportedRuleException {
    ByteBuf buffer = Unpooled.buffer();
    FlowRuleTranslator.add(rule).writeTo(buffer);
    assertThat(buffer.getUnsignedShort(2)).isEqualTo(buffer.writerIndex());
    ByteBuf delete = Unpooled.buffer();
    FlowRuleTranslator.delete(rule).writeTo(delete);
    assertThat(delete.getUnsignedShort(2)).isEqualTo(delete.writerIndex());
  }

  @Test
  void countersAndTimesAreTakenOver() throws UnsupportedRuleException {
    FlowRule rule = rule(any(), DefaultTrafficTreatment.emptyTreatment());
    FlowEntry entry =
        FlowRuleTranslator.entry(observed(FlowRuleTranslator.add(rule)), Rules.DEVICE);
    assertThat(entry.packets()).isEqualTo(3);
    assertThat(entry.bytes()).isEqualTo(300);
    assertThat(entry.life(java.util.concurrent.TimeUnit.NANOSECONDS)).isEqualTo(7_000_000_005L);
    assertThat(entry.state()).isEqualTo(FlowEntry.FlowEntryState.ADDED);
    assertThat(entry.isPermanent()).isTrue();
  }

  @Test
  void idleTimeoutIsLeftToOnosAndHardTimeoutIsNot() throws UnsupportedRuleException {
    FlowRule rule =
        builder(any(), DefaultTrafficTreatment.emptyTreatment()).withHardTimeout(20).build();
    OFFlowMod mod = FlowRuleTranslator.add(rule);
    assertThat(mod.getIdleTimeout()).isZero();
    assertThat(mod.getHardTimeout()).isEqualTo(20);
  }

  @Test
  void deleteTouchesOnlyTheEntryWithOurCookie() throws UnsupportedRuleException {
    OFFlowMod mod =
        FlowRuleTranslator.delete(rule(any(), DefaultTrafficTreatment.emptyTreatment()));
    assertThat(mod.getCookie()).isEqualTo(U64.of(0x1234_0000_0000_0001L));
    assertThat(mod.getCookieMask()).isEqualTo(U64.of(-1));
    assertThat(mod.getOutPort()).isEqualTo(OFPort.ANY);
  }

  @Test
  void tunnelAndControllerActionsHaveTheirWireForm() throws UnsupportedRuleException {
    TrafficTreatment treatment =
        DefaultTrafficTreatment.builder()
            .add(
                Instructions.extension(
                    new org.overlane.openflow.driver.SetTunnelDst(
                        org.onlab.packet.Ip4Address.valueOf("192.0.2.2")),
                    Rules.DEVICE))
            .setOutput(PortNumber.CONTROLLER)
            .build();
    ByteBuf buffer = Unpooled.buffer();
    FlowRuleTranslator.add(rule(any(), treatment)).getInstructions().get(0).writeTo(buffer);
    // apply-actions of 40 bytes; set_field of NXM_NX_TUN_IPV4_DST; output to the controller, whole.
    assertThat(Bytes.copyOf(buffer, 0, buffer.writerIndex()).toString())
        .isEqualTo(
            "0004002800000000"
                + "00190010"
                + "00014004"
                + "c0000202"
                + "00000000"
                + "00000010"
                + "fffffffd"
                + "ffff"
                + "000000000000");
  }

  static Stream<Object[]> unsupported() {
    TrafficTreatment empty = DefaultTrafficTreatment.emptyTreatment();
    return Stream.of(
        new Object[] {selector(Criteria.matchTcpFlags(2)), empty, "TCP_FLAGS.*no match field"},
        new Object[] {
          selector(Criteria.matchInnerVlanId(VlanId.vlanId((short) 5))), empty, "INNER_VLAN_VID"
        },
        new Object[] {
          selector(Criteria.matchIPSrc(IpPrefix.valueOf("0.0.0.0/0"))), empty, "would report"
        },
        new Object[] {
          selector(Criteria.matchEthDstMasked(MacAddress.valueOf(5), MacAddress.BROADCAST)),
          empty,
          "would report"
        },
        new Object[] {
          any(), treatment(Instructions.setQueue(3, PortNumber.portNumber(1))), "QUEUE"
        },
        new Object[] {any(), treatment(Instructions.truncate(100)), "TRUNCATE.*no action"},
        new Object[] {
          any(),
          DefaultTrafficTreatment.builder()
              .meter(MeterId.meterId(1))
              .meter(MeterId.meterId(2))
              .build(),
          "at most one"
        },
        new Object[] {
          any(), DefaultTrafficTreatment.builder().drop().transition(5).build(), "would report"
        },
        new Object[] {any(), treatment(Instructions.modVlanId(VlanId.NONE)), "popVlan"},
        new Object[] {
          any(), DefaultTrafficTreatment.builder().transition(255).build(), "tables are 0..254"
        });
  }

  @ParameterizedTest
  @MethodSource("unsupported")
  void whatCannotBeSaidIsRefusedWithAReason(
      TrafficSelector selector, TrafficTreatment treatment, String reason) {
    assertThatThrownBy(() -> FlowRuleTranslator.add(rule(selector, treatment)))
        .isInstanceOf(UnsupportedRuleException.class)
        .message()
        .containsPattern(reason);
  }

  @Test
  void unknownActionIsKeptAndMakesTheEntryDiffer() throws UnsupportedRuleException {
    TrafficTreatment output =
        DefaultTrafficTreatment.builder().setOutput(PortNumber.portNumber(1)).build();
    OFFlowMod mod = FlowRuleTranslator.add(rule(any(), output));
    Bytes bytes = Bytes.ofHex("ffff0010000023200030000000000000");
    ImmutableList<OFAction> actions =
        ImmutableList.of(RawAction.of(bytes), FACTORY.actions().output(OFPort.of(1), 0));
    FlowEntry entry =
        FlowRuleTranslator.entry(
            observed(
                mod.getMatch(),
                ImmutableList.of(FACTORY.instructions().applyActions(actions)),
                mod),
            Rules.DEVICE);
    Instruction first = entry.treatment().immediate().get(0);
    assertThat(((ExtensionInstructionWrapper) first).extensionInstruction())
        .isEqualTo(new UnknownAction(bytes.toArray()));
    assertThat(entry.exactMatch(rule(any(), output))).isFalse();
    // An imported entry can be sent again, byte for byte.
    assertThat(FlowRuleTranslator.entry(observed(FlowRuleTranslator.add(entry)), Rules.DEVICE))
        .matches(again -> again.exactMatch(entry));
  }

  @Test
  void controllerOutputThatCutsPacketsIsNotTakenForOurs() throws UnsupportedRuleException {
    TrafficTreatment punt = DefaultTrafficTreatment.builder().punt().build();
    OFFlowMod mod = FlowRuleTranslator.add(rule(any(), punt));
    ImmutableList<OFAction> cut =
        ImmutableList.of(FACTORY.actions().output(OFPort.CONTROLLER, 128));
    FlowEntry entry =
        FlowRuleTranslator.entry(
            observed(
                mod.getMatch(), ImmutableList.of(FACTORY.instructions().applyActions(cut)), mod),
            Rules.DEVICE);
    assertThat(entry.exactMatch(rule(any(), punt))).isFalse();
  }

  @Test
  void matchWithoutCriterionIsKeptAsBytesAndCanBeDeleted() throws UnsupportedRuleException {
    OFFlowMod mod = FlowRuleTranslator.add(rule(any(), DefaultTrafficTreatment.emptyTreatment()));
    RawOxm maskedTunnel = RawOxm.masked(0x8000, 38, Oxm.number(0x10, 8), Oxm.number(0xf0, 8));
    Match match = RawMatch.of(FACTORY.buildMatch().build(), ImmutableList.of(maskedTunnel));
    FlowEntry entry =
        FlowRuleTranslator.entry(observed(match, ImmutableList.of(), mod), Rules.DEVICE);
    ExtensionCriterion criterion =
        (ExtensionCriterion) entry.selector().criteria().iterator().next();
    assertThat(criterion.extensionSelector())
        .isEqualTo(new UnknownMatch(maskedTunnel.tlv().toArray()));
    assertThat(RawMatch.foreignOf(FlowRuleTranslator.delete(entry).getMatch()))
        .containsExactly(maskedTunnel);
  }

  @Test
  void tableMissIsAnEmptyMatch() throws UnsupportedRuleException {
    FlowRule rule = rule(any(), DefaultTrafficTreatment.builder().transition(10).build());
    OFFlowMod mod = FlowRuleTranslator.add(rule);
    assertThat(RawMatch.foreignOf(mod.getMatch())).isEmpty();
    assertThat(mod.getTableId()).isEqualTo(TableId.of(0));
    assertThat(FlowRuleTranslator.entry(observed(mod), Rules.DEVICE).exactMatch(rule)).isTrue();
  }

  private static TrafficSelector any() {
    return DefaultTrafficSelector.emptySelector();
  }

  private static TrafficSelector selector(org.onosproject.net.flow.criteria.Criterion criterion) {
    return DefaultTrafficSelector.builder().add(criterion).build();
  }

  private static TrafficTreatment treatment(Instruction instruction) {
    return DefaultTrafficTreatment.builder().add(instruction).build();
  }

  private static FlowRule.Builder builder(TrafficSelector selector, TrafficTreatment treatment) {
    return DefaultFlowRule.builder()
        .forDevice(Rules.DEVICE)
        .forTable(0)
        .withPriority(100)
        .withCookie(0x1234_0000_0000_0001L)
        .withSelector(selector)
        .withTreatment(treatment);
  }

  private static FlowRule rule(TrafficSelector selector, TrafficTreatment treatment) {
    return builder(selector, treatment).makePermanent().build();
  }
}
