/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.core.GroupId;
import org.onosproject.mastership.MastershipService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.driver.DriverService;
import org.onosproject.net.flow.DefaultFlowEntry;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowEntry.FlowEntryState;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.group.DefaultGroup;
import org.onosproject.net.group.DefaultGroupBucket;
import org.onosproject.net.group.Group;
import org.onosproject.net.group.GroupBucket;
import org.onosproject.net.group.GroupBuckets;
import org.onosproject.net.group.GroupDescription;
import org.onosproject.net.group.GroupService;
import org.onosproject.net.meter.Band;
import org.onosproject.net.meter.DefaultBand;
import org.onosproject.net.meter.DefaultMeter;
import org.onosproject.net.meter.MeterId;
import org.onosproject.net.meter.MeterService;
import org.onosproject.net.meter.MeterState;
import org.overlane.app.api.ObservedTables;
import org.overlane.app.api.OtherEntry;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.openflow.Meter;
import org.overlane.flowrules.text.OfctlFormat;

/** Which of the wanted entries a switch has, as ONOS's store has them. */
class SwitchObservationTest {
  private static final NodeId NODE = NodeId.of("of:0000000000000001");
  private static final DeviceId DEVICE = DeviceId.deviceId(NODE.toString());
  private static final ApplicationId APP = new DefaultApplicationId(5, "org.overlane");
  private static final ApplicationId OTHER = new DefaultApplicationId(6, "org.other");

  private final DeviceService devices = mock(DeviceService.class);
  private final FlowRuleService rules = mock(FlowRuleService.class);
  private final GroupService groups = mock(GroupService.class);
  private final OnosServices services =
      OnosServices.of(
          devices,
          mock(MastershipService.class),
          rules,
          groups,
          mock(MeterService.class),
          mock(DriverService.class));
  private final List<org.onosproject.net.flow.FlowEntry> store = new ArrayList<>();
  private final SwitchObservation observation =
      new SwitchObservation(
          APP,
          services,
          id -> id == OTHER.id() ? Optional.of(OTHER.name()) : Optional.empty(),
          rule -> !rule.isPermanent());

  private static FlowTables tables(String... lines) {
    return OfctlFormat.parse(String.join("\n", lines), "");
  }

  private void has(ApplicationId app, FlowEntryState state, String... lines) throws Exception {
    FlowRuleTranslator translator =
        new FlowRuleTranslator(
            app.id(), DEVICE, DriverExtensions.of(DEVICE, devices, services.drivers()), 0);
    for (org.overlane.flowrules.openflow.FlowEntry entry : tables(lines).entries()) {
      store.add(new DefaultFlowEntry(translator.rule(entry), state));
    }
    when(rules.getFlowEntries(DEVICE)).thenReturn(store);
  }

  @Test
  void tellsWhatIsThereFromWhatIsMissingAndFromTheRest() throws Exception {
    String there = "cookie=0x1,table=0,priority=1,in_port=1,actions=output:2";
    String changed = "cookie=0x2,table=0,priority=1,in_port=2,actions=output:";
    String onItsWay = "cookie=0x3,table=0,priority=1,in_port=3,actions=output:2";
    String absent = "cookie=0x4,table=0,priority=1,in_port=4,actions=output:2";
    has(APP, FlowEntryState.ADDED, there, changed + "9");
    has(APP, FlowEntryState.PENDING_ADD, onItsWay);
    has(OTHER, FlowEntryState.ADDED, "cookie=0x9,table=0,priority=40000,arp,actions=CONTROLLER");
    when(devices.isAvailable(DEVICE)).thenReturn(true);

    ObservedTables observed =
        observation.read(NODE, tables(there, changed + "2", onItsWay, absent));

    String foreign = "cookie=0x9,table=0,priority=40000,arp,actions=CONTROLLER:65535";
    assertThat(observed.connected()).isTrue();
    assertThat(observed.tables().entries())
        .extracting(OfctlFormat::entry)
        .containsExactlyElementsOf(
            Lists.transform(tables(there, changed + "9", foreign).entries(), OfctlFormat::entry));
    assertThat(observed.missing())
        .containsExactlyElementsOf(tables(changed + "2", onItsWay, absent).entries());
    assertThat(observed.others())
        .extracting(OtherEntry::kind, OtherEntry::owner, OtherEntry::priority)
        .containsExactly(
            tuple(OtherEntry.Kind.OURS, "Overlane", 1),
            tuple(OtherEntry.Kind.FOREIGN, "application org.other", 40000));
    assertThat(observed.others()).allMatch(o -> o.unread().isEmpty());
  }

  @Test
  void saysWhatCannotBeReadOfTheEntriesOfOthers() throws Exception {
    has(APP, FlowEntryState.ADDED);
    foreign(
        DefaultTrafficSelector.builder().matchIPDscp((byte) 46).build(),
        DefaultTrafficTreatment.builder().setOutput(PortNumber.portNumber(9)).build());
    foreign(
        DefaultTrafficSelector.builder().matchInPort(PortNumber.portNumber(2)).build(),
        DefaultTrafficTreatment.builder()
            .pushVlan()
            .setOutput(PortNumber.portNumber(9))
            .setOutput(PortNumber.NORMAL)
            .group(new GroupId(7))
            .meter(MeterId.meterId(3))
            .wipeDeferred()
            .deferred()
            .setOutput(PortNumber.portNumber(8))
            .build());

    ObservedTables observed = observation.read(NODE, tables());

    OtherEntry dscp = observed.others().get(0);
    assertThat(dscp.entry()).isEmpty();
    assertThat(dscp.unread()).containsExactly("match IP_DSCP:2e");
    OtherEntry vlan = observed.others().get(1);
    assertThat(vlan.entry().map(OfctlFormat::entry).orElseThrow())
        .contains("in_port=2")
        .endsWith("actions=output:9,clear_actions,write_actions(output:8)");
    assertThat(vlan.unread())
        .hasSize(4)
        .anyMatch(u -> u.contains("VLAN_PUSH"))
        .anyMatch(u -> u.contains("NORMAL"))
        .anyMatch(u -> u.contains("GROUP"))
        .anyMatch(u -> u.equals("meter 3"));
    assertThat(observed.tables().entries()).containsExactly(vlan.entry().get());
  }

  /** A switch has only one of two entries with one key; ONOS's store may have both for a while. */
  @Test
  void twoEntriesOfOneKeyAreNotBothThere() throws Exception {
    String ours = "cookie=0x1,table=0,priority=1,in_port=1,actions=output:2";
    has(APP, FlowEntryState.ADDED, ours);
    has(OTHER, FlowEntryState.ADDED, "cookie=0x9,table=0,priority=1,in_port=1,actions=output:3");
    ObservedTables observed = observation.read(NODE, tables(ours));
    assertThat(observed.tables()).isEqualTo(tables(ours));
    assertThat(observed.others().get(0).unread().toString()).contains("a switch only one of both");
  }

  @Test
  void whatTheSlowPathHasPutThereIsAnException() throws Exception {
    has(APP, FlowEntryState.ADDED);
    FlowRule rule =
        new FlowRuleTranslator(
                APP.id(), DEVICE, DriverExtensions.of(DEVICE, devices, services.drivers()), 0)
            .temporaryRule(
                OfctlFormat.parseEntry("table=51,priority=280,ip,actions=goto_table:52"), 60);
    store.add(new DefaultFlowEntry(rule, FlowEntryState.ADDED));
    OtherEntry exception = observation.read(NODE, tables()).others().get(0);
    assertThat(exception.kind()).isEqualTo(OtherEntry.Kind.EXCEPTION);
    assertThat(exception.owner()).isEqualTo("Overlane");
  }

  private void foreign(TrafficSelector selector, TrafficTreatment treatment) {
    FlowRule rule =
        DefaultFlowRule.builder()
            .forDevice(DEVICE)
            .forTable(0)
            .withPriority(40000)
            .withSelector(selector)
            .withTreatment(treatment)
            .fromApp(OTHER)
            .makePermanent()
            .build();
    store.add(new DefaultFlowEntry(rule, FlowEntryState.ADDED));
  }

  @Test
  void anEntryWithoutItsGroupIsMissing() throws Exception {
    FlowTables desired =
        OfctlFormat.parse(
            "cookie=0x1,table=0,priority=1,in_port=1,actions=group:7",
            "group_id=7,type=all,bucket=actions=output:2");
    has(APP, FlowEntryState.ADDED, "cookie=0x1,table=0,priority=1,in_port=1,actions=group:7");
    ObservedTables observed = observation.read(NODE, desired);
    assertThat(observed.tables().entries()).isEmpty();
    assertThat(observed.missing()).isEqualTo(desired.entries());
    assertThat(observed.others()).isEmpty();
  }

  private static final String GROUP_ENTRY =
      "cookie=0x1,table=0,priority=1,in_port=1,actions=group:7";

  private static FlowTables withGroup(String port) {
    return OfctlFormat.parse(GROUP_ENTRY, "group_id=7,type=all,bucket=actions=output:" + port);
  }

  private void hasGroup(GroupDescription.Type type, String port) throws Exception {
    FlowRuleTranslator translator =
        new FlowRuleTranslator(
            APP.id(), DEVICE, DriverExtensions.of(DEVICE, devices, services.drivers()), 0);
    List<GroupBucket> buckets = new ArrayList<>();
    for (List<Action> actions : withGroup(port).groups().get(7L).buckets()) {
      TrafficTreatment treatment = translator.treatment(actions);
      buckets.add(bucket(type, treatment));
    }
    DefaultGroup group = new DefaultGroup(new GroupId(7), DEVICE, type, new GroupBuckets(buckets));
    group.setState(Group.GroupState.ADDED);
    when(groups.getGroups(DEVICE)).thenReturn(ImmutableList.of(group));
  }

  private static GroupBucket bucket(GroupDescription.Type type, TrafficTreatment treatment) {
    switch (type) {
      case SELECT:
        return DefaultGroupBucket.createSelectGroupBucket(treatment);
      case INDIRECT:
        return DefaultGroupBucket.createIndirectGroupBucket(treatment);
      case FAILOVER:
        return DefaultGroupBucket.createFailoverGroupBucket(
            treatment, PortNumber.portNumber(2), new GroupId(0));
      default:
        return DefaultGroupBucket.createAllGroupBucket(treatment);
    }
  }

  @Test
  void aGroupIsWhatTheSwitchHas() throws Exception {
    has(APP, FlowEntryState.ADDED, GROUP_ENTRY);
    hasGroup(GroupDescription.Type.ALL, "2");
    assertThat(observation.read(NODE, withGroup("2")).tables()).isEqualTo(withGroup("2"));
    ObservedTables changed = observation.read(NODE, withGroup("3"));
    assertThat(changed.missing()).isEmpty();
    assertThat(changed.tables().groups().get(7L).buckets())
        .isEqualTo(withGroup("2").groups().get(7L).buckets());
  }

  @Test
  void aGroupThatDoesSomethingElseIsReadAsWhatItIs() throws Exception {
    has(APP, FlowEntryState.ADDED, GROUP_ENTRY);
    hasGroup(GroupDescription.Type.SELECT, "2,bucket=actions=output:3");
    FlowTables observed = observation.read(NODE, withGroup("2")).tables();
    assertThat(OfctlFormat.group(observed.groups().get(7L)))
        .isEqualTo("group_id=7,type=select,bucket=actions=output:2,bucket=actions=output:3");
    hasGroup(GroupDescription.Type.INDIRECT, "2");
    observed = observation.read(NODE, withGroup("2")).tables();
    assertThat(OfctlFormat.group(observed.groups().get(7L)))
        .isEqualTo("group_id=7,type=indirect,bucket=actions=output:2");
  }

  /** Nobody here knows which bucket is alive. */
  @Test
  void aGroupOfTypeFailoverIsNotRead() throws Exception {
    has(APP, FlowEntryState.ADDED, GROUP_ENTRY);
    hasGroup(GroupDescription.Type.FAILOVER, "2");
    ObservedTables observed = observation.read(NODE, withGroup("2"));
    assertThat(observed.tables().groups()).isEmpty();
    assertThat(observed.missing()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"PKTS_PER_SEC, ADDED, 45", "KB_PER_SEC, ADDED,", "PKTS_PER_SEC, PENDING_ADD,"})
  void aMeterOfPacketsIsRead(
      org.onosproject.net.meter.Meter.Unit unit, MeterState state, Long expected) throws Exception {
    Band band = DefaultBand.builder().ofType(Band.Type.DROP).withRate(100).burstSize(9).build();
    DefaultMeter meter =
        (DefaultMeter)
            DefaultMeter.builder()
                .forDevice(DEVICE)
                .fromApp(OTHER)
                .withCellId(MeterId.meterId(45))
                .withUnit(unit)
                .withBands(ImmutableList.of(band))
                .build();
    meter.setState(state);
    when(services.meters().getMeters(DEVICE)).thenReturn(ImmutableList.of(meter));
    has(APP, FlowEntryState.ADDED);
    assertThat(observation.read(NODE, tables()).tables().meters().values())
        .isEqualTo(
            expected == null
                ? ImmutableList.of()
                : ImmutableList.of(Meter.of(expected, 100, 9, "application org.other")));
  }

  @Test
  void aSwitchThatIsAwayIsSaidToBe() throws Exception {
    has(APP, FlowEntryState.ADDED);
    ObservedTables observed = observation.read(NODE, tables());
    assertThat(observed.connected()).isFalse();
    assertThat(observed.tables().entries()).isEmpty();
  }
}
