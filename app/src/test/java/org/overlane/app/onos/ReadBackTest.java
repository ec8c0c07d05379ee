/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onlab.packet.TpPort;
import org.onlab.packet.VlanId;
import org.onosproject.core.GroupId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.behaviour.ExtensionSelectorResolver;
import org.onosproject.net.behaviour.ExtensionTreatmentResolver;
import org.onosproject.net.driver.AbstractHandlerBehaviour;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.Extension;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.flow.criteria.Criteria;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.criteria.ExtensionSelector;
import org.onosproject.net.flow.criteria.ExtensionSelectorType;
import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.onosproject.net.flow.instructions.ExtensionTreatmentType;
import org.overlane.config.ModelAssembler;
import org.overlane.config.ModelReader;
import org.overlane.config.PortDirectory;
import org.overlane.flowrules.compile.PipelineCompiler;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Cookie;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.openflow.Instructions;
import org.overlane.flowrules.openflow.Match;
import org.overlane.flowrules.text.OfctlFormat;

/** A rule that Overlane's translation gives is read as the entry that it was. */
class ReadBackTest {
  private static final DeviceId DEVICE = DeviceId.deviceId("of:0000000000000001");
  private static final DriverExtensions ALL =
      new DriverExtensions("test", Optional.of(new Treatments()), Optional.of(new Selectors()));

  static Stream<Path> examples() throws IOException {
    return Files.list(Path.of("../examples")).filter(p -> p.toString().endsWith(".json"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyEntryOfEveryExample(Path example) throws Exception {
    NetworkModel model;
    try (InputStream in = Files.newInputStream(example)) {
      model =
          ModelAssembler.assemble(new ModelReader().readDocument(in), PortDirectory.offline())
              .model();
    }
    assertThat(model.nodes()).isNotEmpty();
    for (NodeId id : model.nodes().keySet()) {
      FlowTables tables = new PipelineCompiler().compile(model, id).tables();
      for (FlowEntry entry : tables.entries()) {
        assertThat(readBack(entry, tables).sameOnSwitch(entry))
            .as(OfctlFormat.entry(entry))
            .isTrue();
      }
    }
  }

  /** What no entry of Overlane has, but those of others may. */
  static Stream<Arguments> criteriaOfOthers() {
    return Stream.of(
        Arguments.of(
            Criteria.matchTcpSrcMasked(TpPort.tpPort(0x55), TpPort.tpPort(0xfff0)),
            FieldValue.masked(Field.TCP_SRC, Bits.of(0x50), Bits.of(0xfff0))),
        Arguments.of(
            Criteria.matchUdpDst(TpPort.tpPort(4789)), FieldValue.exact(Field.UDP_DST, 4789)),
        Arguments.of(
            Criteria.matchIPSrc(IpPrefix.valueOf("10.1.0.0/16")),
            FieldValue.masked(Field.IPV4_SRC, Bits.of(0x0a010000L), Bits.of(0xffff0000L))),
        Arguments.of(
            Criteria.matchVlanId(VlanId.vlanId((short) 5)),
            FieldValue.exact(Field.VLAN_VID, 0x1005)),
        Arguments.of(Criteria.matchVlanId(VlanId.NONE), FieldValue.exact(Field.VLAN_VID, 0)),
        Arguments.of(
            Criteria.matchVlanId(VlanId.ANY),
            FieldValue.masked(Field.VLAN_VID, Bits.of(0x1000), Bits.of(0x1000))),
        Arguments.of(Criteria.matchArpOp(2), FieldValue.exact(Field.ARP_OP, 2)),
        Arguments.of(
            Criteria.matchArpTpa(Ip4Address.valueOf("10.0.0.1")),
            FieldValue.exact(Field.ARP_TPA, 0x0a000001L)),
        Arguments.of(Criteria.matchIcmpType((short) 200), FieldValue.exact(Field.ICMPV4_TYPE, 200)),
        Arguments.of(
            Criteria.matchInPort(PortNumber.LOCAL),
            FieldValue.exact(Field.IN_PORT, OfPort.LOCAL.toLong())));
  }

  @ParameterizedTest
  @MethodSource("criteriaOfOthers")
  void readsCriteriaOfOthers(Criterion criterion, FieldValue expected) {
    List<String> unread = new ArrayList<>();
    assertThat(SelectorReader.read(selector(criterion), 0, unread).map(Match::values))
        .contains(ImmutableList.of(expected));
    assertThat(unread).isEmpty();
  }

  /** With a part of a match left out, more packets would meet it. */
  static Stream<Criterion> unreadable() {
    return Stream.of(
        Criteria.matchIPDscp((byte) 46),
        Criteria.matchIPv6FlowLabel(7),
        Criteria.matchInPort(PortNumber.ALL),
        Criteria.matchArpSpa(Ip4Address.valueOf("10.0.0.1")),
        Criteria.extension(new AnySelector(new ExtensionSelectorType(99)), DEVICE),
        // Without any of its properties.
        Criteria.extension(new AnySelector(DriverExtensions.MATCH_REGISTER), DEVICE));
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void aMatchIsReadWhollyOrNotAtAll(Criterion criterion) {
    List<String> unread = new ArrayList<>();
    TrafficSelector selector = selector(criterion, Criteria.matchEthType((short) 0x800));
    assertThat(SelectorReader.read(selector, 0, unread)).isEmpty();
    assertThat(unread).hasSize(1).allMatch(u -> u.startsWith("match "));
  }

  @Test
  void aMaskThatLeavesNothingMatchesAnything() {
    MacAddress none = MacAddress.valueOf("00:00:00:00:00:00");
    TrafficSelector selector =
        selector(
            Criteria.matchEthDstMasked(MacAddress.valueOf("02:00:00:00:00:01"), none),
            Criteria.matchIPDst(IpPrefix.valueOf("0.0.0.0/0")));
    assertThat(SelectorReader.read(selector, 0, new ArrayList<>())).contains(Match.ANY);
  }

  /** ONOS keeps one criterion of each type, and a field has two of them. */
  @Test
  void aFieldThatIsMatchedTwiceIsNotRead() {
    MacAddress mac = MacAddress.valueOf("02:00:00:00:00:01");
    List<String> unread = new ArrayList<>();
    TrafficSelector selector =
        selector(Criteria.matchEthDst(mac), Criteria.matchEthDstMasked(mac, mac));
    assertThat(SelectorReader.read(selector, 0, unread)).isEmpty();
    assertThat(unread.toString()).contains("twice");
  }

  @Test
  void readsActionSetsOfOthers() {
    TrafficTreatment treatment =
        DefaultTrafficTreatment.builder()
            .setOutput(PortNumber.portNumber(4))
            .wipeDeferred()
            .deferred()
            .setEthSrc(MacAddress.valueOf("02:00:00:00:00:01"))
            .group(new GroupId(7))
            .pushVlan()
            .transition(7)
            .build();
    List<String> unread = new ArrayList<>();
    Instructions read =
        new TreatmentReader(ImmutableSet.of(7L), ImmutableSet.of()).instructions(treatment, unread);
    assertThat(unread).hasSize(1).allMatch(u -> u.contains("VLAN_PUSH"));
    assertThat(OfctlFormat.instructions(read))
        .isEqualTo(
            "output:4,clear_actions,write_actions(set_field:02:00:00:00:00:01->eth_src,group:7),"
                + "goto_table:7");
  }

  @Test
  void readsActionsOfOthers() {
    TrafficTreatment treatment =
        DefaultTrafficTreatment.builder()
            .setEthSrc(MacAddress.valueOf("02:00:00:00:00:01"))
            .setVlanId(VlanId.vlanId((short) 5))
            .setIpDst(IpAddress.valueOf("10.0.0.9"))
            .setTcpDst(TpPort.tpPort(80))
            .setOutput(PortNumber.IN_PORT)
            .setOutput(PortNumber.CONTROLLER)
            .writeMetadata(0x1ff, 0x0f)
            .transition(7)
            .build();
    List<String> unread = new ArrayList<>();
    Instructions read =
        new TreatmentReader(ImmutableSet.of(), ImmutableSet.of()).instructions(treatment, unread);
    assertThat(unread).isEmpty();
    assertThat(read.applyActions())
        .containsExactly(
            Action.setField(FieldValue.exact(Field.ETH_SRC, 0x020000000001L)),
            Action.setField(FieldValue.exact(Field.VLAN_VID, 0x1005)),
            Action.setField(FieldValue.exact(Field.IPV4_DST, 0x0a000009L)),
            Action.setField(FieldValue.exact(Field.TCP_DST, 80)),
            Action.output(OfPort.IN_PORT),
            Action.toController(0xffff));
    assertThat(read.writeMetadata())
        .contains(FieldValue.masked(Field.METADATA, Bits.of(0xf), Bits.of(0xf)));
    assertThat(read.gotoTable()).contains(7);
  }

  private static TrafficSelector selector(Criterion... criteria) {
    TrafficSelector.Builder selector = DefaultTrafficSelector.builder();
    Stream.of(criteria).forEach(selector::add);
    return selector.build();
  }

  private static FlowEntry readBack(FlowEntry entry, FlowTables tables) throws Exception {
    long metadata = FlowRuleTranslator.metadataInUse(tables);
    FlowRule rule = new FlowRuleTranslator((short) 5, DEVICE, ALL, metadata).rule(entry);
    List<String> unread = new ArrayList<>();
    Match match = SelectorReader.read(rule.selector(), metadata, unread).orElseThrow();
    Instructions instructions =
        new TreatmentReader(tables.groups().keySet(), tables.meters().keySet())
            .instructions(rule.treatment(), unread);
    assertThat(unread).isEmpty();
    return FlowEntry.of(
        rule.tableId(),
        rule.priority(),
        match,
        instructions,
        Cookie.ofBits(rule.id().value()),
        "read back");
  }

  /** Any properties, of any type. */
  private abstract static class AnyExtension implements Extension {
    private final Map<String, Object> values = new HashMap<>();

    @Override
    public <T> void setPropertyValue(String key, T value) {
      values.put(key, value);
    }

    @Override
    @SuppressWarnings("unchecked") // as ONOS's interface demands
    public <T> T getPropertyValue(String key) {
      return (T) values.get(key);
    }

    @Override
    public List<String> getProperties() {
      return new ArrayList<>(values.keySet());
    }

    @Override
    public byte[] serialize() {
      return new byte[0];
    }

    @Override
    public void deserialize(byte[] data) {}
  }

  private static final class Treatments extends AbstractHandlerBehaviour
      implements ExtensionTreatmentResolver {
    @Override
    public ExtensionTreatment getExtensionInstruction(ExtensionTreatmentType type) {
      return new AnyTreatment(type);
    }
  }

  private static final class Selectors extends AbstractHandlerBehaviour
      implements ExtensionSelectorResolver {
    @Override
    public ExtensionSelector getExtensionSelector(ExtensionSelectorType type) {
      return new AnySelector(type);
    }
  }

  private static final class AnyTreatment extends AnyExtension implements ExtensionTreatment {
    private final ExtensionTreatmentType type;

    AnyTreatment(ExtensionTreatmentType type) {
      this.type = type;
    }

    @Override
    public ExtensionTreatmentType type() {
      return type;
    }
  }

  private static final class AnySelector extends AnyExtension implements ExtensionSelector {
    private final ExtensionSelectorType type;

    AnySelector(ExtensionSelectorType type) {
      this.type = type;
    }

    @Override
    public ExtensionSelectorType type() {
      return type;
    }
  }
}
