/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.Vni;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.openflow.Group;
import org.overlane.flowrules.openflow.Instructions;
import org.overlane.flowrules.openflow.Match;
import org.overlane.flowrules.openflow.Meter;
import org.overlane.flowrules.testing.Models;
import org.overlane.flowrules.text.OfctlFormat;

/** What the contracts of the tables do not let a feature do. */
class FlowSinkTest {
  private static final OfPort UPLINK = OfPort.of(1);
  private static final OfPort TUNNEL = OfPort.of(9);
  private static final OfPort VM = OfPort.of(11);
  private static final Vni BLUE = Vni.of(100);
  private static final Action TO_TUNNEL = Action.output(TUNNEL);
  private static final ImmutableList<Action> TO_CONTROLLER =
      ImmutableList.of(Action.toController(0xffff));
  private static final Meter METER = PortMeters.of(VM, PortMeters.Purpose.OVERSIZE);

  private final FlowSink ovs = sink(SwitchProfile.OVS);

  private static FlowSink sink(SwitchProfile profile) {
    return new FlowSink(profile, PortRoles.of(Models.nativeHost(1).build()));
  }

  private static EntryBuilder entry(FlowSink sink, TableSpec table, String source) {
    return sink.entry(table, PriorityBand.KNOWN, new TestClass(), source);
  }

  private static final class TestClass implements EntryClass {
    @Override
    public int id() {
      return 200;
    }

    @Override
    public String title() {
      return "Test";
    }
  }

  private void assertRefused(
      TableSpec table, Consumer<EntryBuilder> entry, String... messageParts) {
    assertThatThrownBy(() -> entry.accept(entry(ovs, table, "endpoint vm1")))
        .isInstanceOf(ContractException.class)
        .hasMessageContaining(table.name())
        .hasMessageContaining("endpoint vm1")
        .hasMessageContainingAll(messageParts);
  }

  @Test
  void noTransportFieldInClassify() {
    assertRefused(
        Pipeline.CLASSIFY,
        e -> e.inPort(UPLINK).match(Field.UDP_DST, 4789).output(OfPort.LOCAL),
        "may not match UDP_DST");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> TableSpec.builder(1, "T", TableSpec.Stage.CLASSIFY, "").matches(Field.TCP_FLAGS))
        .withMessageContaining("cannot match TCP_FLAGS");
  }

  @Test
  void noGroupLeavesTheSwitchAChoice() {
    Group select =
        Group.of(
            7, Group.Type.SELECT, List.of(ImmutableList.of(Action.output(VM))), "network blue");
    assertThatThrownBy(() -> ovs.group(Pipeline.FORWARD, select))
        .isInstanceOf(ContractException.class)
        .hasMessageContaining("may not use a group of type select");
  }

  @Test
  void everyEntryOfClassifyPinsItsPort() {
    assertRefused(Pipeline.CLASSIFY, e -> e.multicast().drop(), "must match IN_PORT");
  }

  @Test
  void managementOutputsToTheUplinkAlone() {
    assertRefused(
        Pipeline.CLASSIFY, e -> e.inPort(OfPort.LOCAL).output(TUNNEL), "output to a tunnel port");
    assertRefused(Pipeline.CLASSIFY, e -> e.inPort(OfPort.LOCAL).output(VM), "output to a VM port");
    assertRefused(
        Pipeline.CLASSIFY,
        e -> e.inPort(OfPort.LOCAL).goTo(Pipeline.VM_INGRESS),
        "may not lead on frames from management port");
    assertRefused(
        Pipeline.CLASSIFY,
        e -> e.inPort(VM).output(UPLINK),
        "may not output from VM port to uplink");
  }

  @Test
  void tunnelToTunnelNever() {
    assertRefused(
        Pipeline.TUNNEL_INGRESS, e -> e.vni(BLUE).output(TUNNEL), "output to a tunnel port");
  }

  @Test
  void vmsNeverReachTheUnderlay() {
    assertRefused(Pipeline.FORWARD, e -> e.vni(BLUE).output(UPLINK), "output to a uplink");
    assertRefused(
        Pipeline.FORWARD, e -> e.vni(BLUE).output(OfPort.LOCAL), "output to a management port");
  }

  @Test
  void onlyTheTablesOfTheSlowPathAndOfProbesSendToTheController() {
    List<TableSpec> some =
        List.of(
            Pipeline.VM_INGRESS, Pipeline.MSS_CLAMP, Pipeline.OVERSIZE, Pipeline.TUNNEL_INGRESS);
    for (TableSpec table : Pipeline.TABLES) {
      assertThat(table.toController()).as("%s", table).isEqualTo(some.contains(table));
    }
    assertRefused(
        Pipeline.FORWARD,
        e -> e.vni(BLUE).toController(METER),
        "may not send to the controller at all");
    assertRefused(
        Pipeline.CLASSIFY,
        e -> e.inPort(UPLINK).toController(METER),
        "may not send to the controller at all");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TableSpec.builder(1, "T", TableSpec.Stage.CLASSIFY, "").toController())
        .withMessageContaining("no packet of the underlay");
  }

  /** Probes have one; nothing else that comes out of a tunnel may get there. */
  @Test
  void ofFramesFromATunnelTheControllerGetsOnlyThoseForOneAddress() {
    assertRefused(
        Pipeline.TUNNEL_INGRESS,
        e -> e.vni(BLUE).toController(METER),
        "may only send frames of a VM's port, or for one address, to the controller");
    assertRefused(
        Pipeline.TUNNEL_INGRESS,
        e -> e.multicast().toController(METER),
        "may only send frames of a VM's port, or for one address, to the controller");
    entry(ovs, Pipeline.TUNNEL_INGRESS, "probing").ethDst(Models.mac(1)).toController(METER);
  }

  @Test
  void theControllerGetsNothingWithoutAMeter() {
    assertRefused(
        Pipeline.OVERSIZE,
        e -> e.vni(BLUE).apply(TO_CONTROLLER),
        "may not send to the controller without a meter");
    assertThatThrownBy(
            () ->
                ovs.group(
                    Pipeline.OVERSIZE,
                    Group.of(1, ImmutableList.of(TO_CONTROLLER), "network blue")))
        .isInstanceOf(ContractException.class)
        .hasMessageContaining("may not send to the controller in a group");
    entry(ovs, Pipeline.OVERSIZE, "network blue").vni(BLUE).toController(METER);
    FlowTables tables = TableSlice.join(List.of(ovs.slice()));
    assertThat(tables.meters()).containsExactly(Map.entry(METER.id(), METER));
    assertThat(tables.entries().get(0).instructions().meter()).contains(METER.id());
    assertThat(tables.entries().get(0).instructions().applyActions())
        .isEqualTo(ImmutableList.of(Action.toController(0xffff)));
  }

  @Test
  void aMeterIsAddedBeforeItIsUsed() {
    Instructions unknown = Instructions.builder().meter(METER.id()).build();
    assertThatThrownBy(
            () ->
                ovs.add(
                    Pipeline.OVERSIZE,
                    PriorityBand.KNOWN,
                    new TestClass(),
                    Match.of(List.of()),
                    unknown,
                    "endpoint vm1"))
        .isInstanceOf(ContractException.class)
        .hasMessageContainingAll("Oversize", "endpoint vm1", "uses unknown meter 45");
    assertThat(ovs.meter(METER)).isEqualTo(METER);
    assertThat(ovs.meter(METER)).isEqualTo(METER);
    Meter other = Meter.of(METER.id(), 7, 7, "another");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ovs.meter(other))
        .withMessageContaining("two meters with one id");
    FlowSink second = sink(SwitchProfile.OVS);
    second.meter(other);
    assertThatThrownBy(() -> TableSlice.join(List.of(ovs.slice(), second.slice())))
        .isInstanceOf(ContractException.class)
        .hasMessageContaining("two meters with one id");
  }

  @Test
  void aMeterCountsADrop() {
    entry(ovs, Pipeline.OVERSIZE, "network blue").vni(BLUE).dropCountedBy(METER);
    FlowTables tables = TableSlice.join(List.of(ovs.slice()));
    assertThat(OfctlFormat.flows(tables)).endsWith(" actions=meter:45 # network blue\n");
    assertThat(tables.meters().keySet()).containsExactly(45L);
  }

  @Test
  void slicesShareTheMetersOfAPort() {
    FlowSink second = sink(SwitchProfile.OVS);
    entry(ovs, Pipeline.OVERSIZE, "network blue").vni(BLUE).dropCountedBy(METER);
    entry(second, Pipeline.OVERSIZE, "network red").vni(Vni.of(200)).dropCountedBy(METER);
    assertThat(TableSlice.join(List.of(ovs.slice(), second.slice())).meters()).hasSize(1);
  }

  @Test
  void onlyDeclaredFieldsAreSetAndOnlyDeclaredTablesFollow() {
    assertRefused(
        Pipeline.TUNNEL_INGRESS,
        e -> e.vni(BLUE).apply(set(Field.ETH_DST, 1)),
        "may not set ETH_DST");
    assertRefused(
        Pipeline.CLASSIFY, e -> e.inPort(VM).goTo(Pipeline.FORWARD), "may not go to table 30");
    assertRefused(
        Pipeline.FORWARD,
        e -> e.vni(BLUE).apply(ImmutableList.of(Action.toGroup(5))),
        "refers to unknown group 5");
  }

  private static List<Action> set(Field field, long value) {
    return ImmutableList.of(Action.setField(FieldValue.exact(field, value)));
  }

  @Test
  void plainOpenFlowHasNoExtensions() {
    FlowSink plain = sink(SwitchProfile.OPENFLOW13);
    assertThatThrownBy(
            () ->
                entry(plain, Pipeline.FORWARD, "endpoint vm1")
                    .vni(BLUE)
                    .apply(set(Field.TUN_DST, 1)))
        .isInstanceOf(ContractException.class)
        .hasMessageContaining("cannot set TUN_DST");
  }

  @Test
  void overlapsNameBothSources() {
    entry(ovs, Pipeline.FORWARD, "network blue").vni(BLUE).drop();
    entry(ovs, Pipeline.FORWARD, "endpoint vm1").vni(BLUE).ethDst(Models.mac(1)).output(VM);
    assertThatThrownBy(() -> TableSlice.join(List.of(ovs.slice())))
        .isInstanceOf(ContractException.class)
        .hasMessageContainingAll("table 30", "priority 200", "network blue", "endpoint vm1");
  }

  @Test
  void equalMatchesNameBothSources() {
    entry(ovs, Pipeline.FORWARD, "endpoint a").vni(BLUE).output(VM);
    entry(ovs, Pipeline.FORWARD, "endpoint b").vni(BLUE).drop();
    assertThatThrownBy(() -> TableSlice.join(List.of(ovs.slice())))
        .isInstanceOf(ContractException.class)
        .hasMessageContainingAll("endpoint a", "endpoint b");
  }

  @Test
  void aMissIsWhatItsTableDeclares() {
    assertThatThrownBy(
            () ->
                ovs.entry(
                        Pipeline.FORWARD, PriorityBand.MISS, new TestClass(), "the pipeline itself")
                    .goTo(Pipeline.ENCAPSULATE))
        .isInstanceOf(ContractException.class)
        .hasMessageContaining("in its miss");
  }

  @Test
  void whatDoesNotFitAMessageIsRefused() {
    List<Action> copies = Collections.nCopies(3751, TO_TUNNEL);
    assertRefused(Pipeline.FORWARD, e -> e.vni(BLUE).apply(copies), "60016 bytes", "do not fit");
    assertThatThrownBy(
            () ->
                ovs.group(
                    Pipeline.FORWARD,
                    Group.of(1, Collections.nCopies(1876, ImmutableList.of(TO_TUNNEL)), "blue")))
        .isInstanceOf(ContractException.class)
        .hasMessageContaining("group 1");
  }

  @Test
  void aGroupIsHeldAgainstTheTableThatUsesIt() {
    Group group =
        Group.of(1, ImmutableList.of(ImmutableList.of(Action.output(UPLINK))), "network blue");
    assertThatThrownBy(() -> ovs.group(Pipeline.FORWARD, group))
        .isInstanceOf(ContractException.class)
        .hasMessageContaining("output to a uplink");
  }

  @Test
  void theVniIsWhereTheProfileKeepsIt() {
    FlowSink plain = sink(SwitchProfile.OPENFLOW13);
    for (FlowSink sink : List.of(ovs, plain)) {
      entry(sink, Pipeline.CLASSIFY, "endpoint vm1")
          .inPort(VM)
          .setVniAndGoTo(BLUE, Pipeline.VM_INGRESS);
    }
    FlowTables onOvs = TableSlice.join(List.of(ovs.slice()));
    FlowTables onPlain = TableSlice.join(List.of(plain.slice()));
    assertThat(onOvs.entries().get(0).instructions().applyActions())
        .containsExactly(Action.setField(FieldValue.exact(Field.TUNNEL_ID, 100)));
    assertThat(onPlain.entries().get(0).instructions().writeMetadata())
        .contains(FieldValue.masked(Field.METADATA, Bits.of(100), Bits.of(0xffffff)));
  }

  @Test
  void registerFieldsCheckTheirRange() {
    assertThat(RegField.VNI.of(0xffffff).value()).isEqualTo(Bits.of(0xffffff));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RegField.VNI.of(0x1000000))
        .withMessageContaining("24 bits");
    for (RegField one : RegField.values()) {
      for (RegField other : RegField.values()) {
        boolean shared =
            one != other && one.field() == other.field() && !one.mask().and(other.mask()).isZero();
        assertThat(shared).as("%s and %s share bits", one, other).isFalse();
      }
    }
  }
}
