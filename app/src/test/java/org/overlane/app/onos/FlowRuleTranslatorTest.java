/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip4Address;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.core.GroupId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.behaviour.ExtensionTreatmentResolver;
import org.onosproject.net.driver.AbstractHandlerBehaviour;
import org.onosproject.net.flow.AbstractExtension;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.onosproject.net.flow.instructions.ExtensionTreatmentType;
import org.onosproject.net.flow.instructions.ExtensionTreatmentType.ExtensionTreatmentTypes;
import org.onosproject.net.group.GroupDescription;
import org.overlane.app.reconcile.Item;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Cookie;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.Group;
import org.overlane.flowrules.openflow.Instructions;
import org.overlane.flowrules.openflow.Match;

class FlowRuleTranslatorTest {
  private static final DeviceId DEVICE = DeviceId.deviceId("of:0000000000000001");
  private static final DriverExtensions NONE =
      new DriverExtensions("default", Optional.empty(), Optional.empty());
  private static final DriverExtensions OVS =
      new DriverExtensions("ovs", Optional.of(new TunnelDstOnly()), Optional.empty());

  private static FlowRuleTranslator translator(DriverExtensions extensions) {
    return new FlowRuleTranslator((short) 5, DEVICE, extensions, 0xffffffL);
  }

  private static FlowEntry entry(Match match, Instructions instructions) {
    return FlowEntry.of(30, 200, match, instructions, Cookie.of(7, 30, 200, match), "a test");
  }

  private static FlowRule rule(Match match, Instructions instructions) throws Exception {
    return translator(NONE).rule(entry(match, instructions));
  }

  private static Instructions apply(Action... actions) {
    return Instructions.builder().applyActions(ImmutableList.copyOf(actions)).build();
  }

  @Test
  void carriesApplicationTablePriorityAndCookie() throws Exception {
    FlowEntry entry = entry(Match.ANY, Instructions.DROP);
    FlowRule rule = translator(NONE).rule(entry);
    assertThat(rule.appId()).isEqualTo((short) 5);
    assertThat(rule.id().value()).isEqualTo(5L << 48 | entry.cookie().toLong());
    assertThat(rule.tableId()).isEqualTo(30);
    assertThat(rule.priority()).isEqualTo(200);
    assertThat(rule.isPermanent()).isTrue();
    assertThat(rule.treatment()).isEqualTo(DefaultTrafficTreatment.builder().drop().build());
  }

  @Test
  void matchesPortsAndAddresses() throws Exception {
    FlowRule rule =
        rule(
            Match.of(
                ImmutableList.of(
                    FieldValue.exact(Field.IN_PORT, OfPort.LOCAL.toLong()),
                    FieldValue.exact(Field.ETH_TYPE, 0x800),
                    FieldValue.exact(Field.IP_PROTO, 17),
                    FieldValue.exact(Field.IPV4_DST, 0xc0000201L),
                    FieldValue.masked(
                        Field.ETH_DST, Bits.of(0x010000000000L), Bits.of(0x010000000000L)))),
            Instructions.DROP);
    assertThat(rule.selector())
        .isEqualTo(
            DefaultTrafficSelector.builder()
                .matchInPort(PortNumber.LOCAL)
                .matchEthType((short) 0x800)
                .matchIPProtocol((byte) 17)
                .matchIPDst(org.onlab.packet.IpPrefix.valueOf("192.0.2.1/32"))
                .matchEthDstMasked(
                    org.onlab.packet.MacAddress.valueOf("01:00:00:00:00:00"),
                    org.onlab.packet.MacAddress.valueOf("01:00:00:00:00:00"))
                .build());
  }

  @Test
  void matchesIpv6Prefixes() throws Exception {
    FlowRule rule =
        rule(
            Match.of(
                ImmutableList.of(
                    FieldValue.masked(
                        Field.IPV6_DST, Bits.of(0x20010db800000000L, 0), Bits.of(-1L << 32, 0)))),
            Instructions.DROP);
    assertThat(rule.selector().criteria().toString()).contains("2001:db8::/32");
  }

  @Test
  void matchesAPartOfTheMetadataOnlyWhereTheRestIsZero() throws Exception {
    Match match =
        Match.of(
            ImmutableList.of(FieldValue.masked(Field.METADATA, Bits.of(100), Bits.of(0xffffff))));
    assertThat(rule(match, Instructions.DROP).selector())
        .isEqualTo(DefaultTrafficSelector.builder().matchMetadata(100).build());
    FlowRuleTranslator more = new FlowRuleTranslator((short) 5, DEVICE, NONE, 0x1ffffffL);
    assertThatThrownBy(() -> more.rule(entry(match, Instructions.DROP)))
        .isInstanceOf(UntranslatableException.class)
        .hasMessageContaining("metadata");
  }

  /** The compiler makes none: what others have is read, and never sent. */
  @Test
  void sendsNoActionSetsAndNoChoices() {
    Instructions written =
        Instructions.builder().writeActions(ImmutableList.of(Action.output(OfPort.of(3)))).build();
    assertThatThrownBy(() -> rule(Match.ANY, written))
        .isInstanceOf(UntranslatableException.class)
        .hasMessageContaining("write_actions");
    GroupTranslator groups =
        new GroupTranslator(new DefaultApplicationId(5, "org.overlane"), DEVICE, translator(NONE));
    Group select =
        Group.of(
            7,
            Group.Type.SELECT,
            ImmutableList.of(ImmutableList.of(Action.output(OfPort.of(3)))),
            "test");
    assertThatThrownBy(() -> groups.description(select))
        .isInstanceOf(UntranslatableException.class)
        .hasMessageContaining("group 7 is of type select");
  }

  @Test
  void keepsTheOrderOfActions() throws Exception {
    FlowRule rule =
        rule(
            Match.ANY,
            apply(
                Action.setField(FieldValue.exact(Field.TUNNEL_ID, 100)),
                Action.output(OfPort.of(3)),
                Action.toGroup(0xffffff00L)));
    assertThat(rule.treatment())
        .isEqualTo(
            DefaultTrafficTreatment.builder()
                .setTunnelId(100)
                .setOutput(PortNumber.portNumber(3))
                .group(new GroupId(0xffffff00))
                .build());
    assertThat(FlowRuleTranslator.item(rule).needs())
        .containsExactly(Item.Name.of(Item.Kind.GROUP, new GroupId(0xffffff00)));
  }

  @Test
  void carriesMetadataMeterAndGoto() throws Exception {
    FlowRule rule =
        rule(
            Match.ANY,
            Instructions.builder()
                .meter(7)
                .writeMetadata(FieldValue.masked(Field.METADATA, Bits.of(100), Bits.of(0xffffff)))
                .gotoTable(52)
                .build());
    assertThat(rule.treatment().tableTransition().tableId()).isEqualTo(52);
    assertThat(rule.treatment().writeMetadata().metadata()).isEqualTo(100);
    assertThat(rule.treatment().writeMetadata().metadataMask()).isEqualTo(0xffffff);
    assertThat(rule.treatment().meters()).hasSize(1);
  }

  @Test
  void setsTheTunnelDestinationThroughTheDriver() throws Exception {
    FlowRule rule =
        translator(OVS)
            .rule(
                entry(
                    Match.ANY,
                    apply(Action.setField(FieldValue.exact(Field.TUN_DST, 0xc0000202L)))));
    assertThat(rule.treatment().immediate().toString()).contains("192.0.2.2");
  }

  @Test
  void namesTheDriverThatCannotDoIt() {
    FlowEntry entry =
        entry(
            Match.ANY,
            apply(Action.setField(FieldValue.exact(Field.TUN_IPV6_DST, Bits.of(1L << 61, 1)))));
    assertThatThrownBy(() -> translator(NONE).rule(entry))
        .isInstanceOf(UntranslatableException.class)
        .hasMessage("driver default cannot set tunnel destination (IPv6)");
    assertThatThrownBy(() -> translator(OVS).rule(entry))
        .isInstanceOf(UntranslatableException.class)
        .hasMessage("driver ovs cannot set tunnel destination (IPv6)");
  }

  @Test
  void tellsTreatmentsApart() throws Exception {
    FlowRule one = rule(Match.ANY, apply(Action.output(OfPort.of(1))));
    FlowRule two = rule(Match.ANY, apply(Action.output(OfPort.of(2))));
    assertThat(one).isEqualTo(two);
    assertThat(FlowRuleTranslator.item(one).key()).isEqualTo(FlowRuleTranslator.item(two).key());
    assertThat(FlowRuleTranslator.item(one).content())
        .isNotEqualTo(FlowRuleTranslator.item(two).content());
    assertThat(FlowRuleTranslator.item(one).content())
        .isEqualTo(
            FlowRuleTranslator.item(rule(Match.ANY, apply(Action.output(OfPort.of(1))))).content());
  }

  @Test
  void describesGroups() throws Exception {
    GroupTranslator groups =
        new GroupTranslator(new DefaultApplicationId(5, "org.overlane"), DEVICE, translator(NONE));
    Group group =
        Group.of(
            7,
            ImmutableList.of(
                ImmutableList.of(Action.output(OfPort.of(1))),
                ImmutableList.of(Action.output(OfPort.of(2)))),
            "network blue");
    GroupDescription description = groups.description(group);
    assertThat(description.type()).isEqualTo(GroupDescription.Type.ALL);
    assertThat(description.givenGroupId()).isEqualTo(7);
    assertThat(description.appCookie()).isEqualTo(GroupTranslator.key(7));
    assertThat(description.buckets().buckets()).hasSize(2);
    assertThat(GroupTranslator.item(description).content())
        .isEqualTo(GroupTranslator.item(groups.description(group)).content());
  }

  /** A driver as stock ONOS has for Open vSwitch, as far as it matters here. */
  static final class TunnelDstOnly extends AbstractHandlerBehaviour
      implements ExtensionTreatmentResolver {
    @Override
    public ExtensionTreatment getExtensionInstruction(ExtensionTreatmentType type) {
      if (type.equals(ExtensionTreatmentTypes.NICIRA_SET_TUNNEL_DST.type())) {
        return new TunnelDst();
      }
      throw new UnsupportedOperationException("no such extension");
    }
  }

  /** Holds an address, as ONOS's own extension does. */
  private static final class TunnelDst extends AbstractExtension implements ExtensionTreatment {
    private Ip4Address tunnelDst;

    @Override
    public ExtensionTreatmentType type() {
      return ExtensionTreatmentTypes.NICIRA_SET_TUNNEL_DST.type();
    }

    @Override
    public byte[] serialize() {
      return tunnelDst.toOctets();
    }

    @Override
    public void deserialize(byte[] data) {
      tunnelDst = Ip4Address.valueOf(data);
    }

    @Override
    public String toString() {
      return "tunnel destination " + tunnelDst;
    }
  }
}
