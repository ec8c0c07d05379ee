/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.mastership.MastershipService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.driver.DriverService;
import org.onosproject.net.flow.DefaultFlowEntry;
import org.onosproject.net.flow.FlowEntry.FlowEntryState;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.group.GroupService;
import org.onosproject.net.meter.MeterService;
import org.overlane.app.api.ObservedTables;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.FlowTables;
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
    when(groups.getGroups(DEVICE, APP)).thenReturn(ImmutableList.of());
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
        SwitchObservation.read(APP, services, NODE, tables(there, changed + "2", onItsWay, absent));

    assertThat(observed.connected()).isTrue();
    assertThat(observed.tables()).isEqualTo(tables(there));
    assertThat(observed.missing())
        .containsExactlyElementsOf(tables(changed + "2", onItsWay, absent).entries());
    assertThat(observed.others())
        .hasSize(2)
        .anyMatch(o -> o.contains("priority 40000") && o.endsWith("application id 6"))
        .anyMatch(o -> o.contains("OUTPUT:9") && o.endsWith("application id 5"));
  }

  @Test
  void anEntryWithoutItsGroupIsMissing() throws Exception {
    FlowTables desired =
        OfctlFormat.parse(
            "cookie=0x1,table=0,priority=1,in_port=1,actions=group:7",
            "group_id=7,type=all,bucket=actions=output:2");
    has(APP, FlowEntryState.ADDED, "cookie=0x1,table=0,priority=1,in_port=1,actions=group:7");
    ObservedTables observed = SwitchObservation.read(APP, services, NODE, desired);
    assertThat(observed.tables().entries()).isEmpty();
    assertThat(observed.missing()).isEqualTo(desired.entries());
    assertThat(observed.others()).isEmpty();
  }

  @Test
  void aSwitchThatIsAwayIsSaidToBe() throws Exception {
    has(APP, FlowEntryState.ADDED);
    ObservedTables observed = SwitchObservation.read(APP, services, NODE, tables());
    assertThat(observed.connected()).isFalse();
    assertThat(observed.tables().entries()).isEmpty();
  }
}
