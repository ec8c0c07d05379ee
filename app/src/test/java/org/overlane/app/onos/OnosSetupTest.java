/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onosproject.cfg.ComponentConfigService;
import org.onosproject.mastership.MastershipService;
import org.onosproject.net.Device;
import org.onosproject.net.DeviceId;
import org.onosproject.net.behaviour.ExtensionSelectorResolver;
import org.onosproject.net.behaviour.ExtensionTreatmentResolver;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.driver.Driver;
import org.onosproject.net.driver.DriverHandler;
import org.onosproject.net.driver.DriverService;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.flow.criteria.ExtensionSelector;
import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.onosproject.net.group.GroupService;
import org.onosproject.net.meter.MeterService;
import org.overlane.app.reconcile.Notice;
import org.overlane.config.DeviceConfig;
import org.overlane.config.ModelReader;
import org.overlane.flowrules.model.NodeId;

/** What people are told where a driver cannot express what a device asks for. */
class OnosSetupTest {
  private static final NodeId NODE = NodeId.of("of:0000000000000001");
  private static final DeviceId DEVICE = DeviceId.deviceId("of:0000000000000001");
  private static final DeviceConfig NATIVE = device("{'tunnel':{'mode':'native','port':10}}");

  private final DeviceService devices = mock(DeviceService.class);
  private final DriverService drivers = mock(DriverService.class);
  private final ExtensionSelectorResolver selectors = mock(ExtensionSelectorResolver.class);
  private final OnosSetup setup =
      new OnosSetup(
          mock(ComponentConfigService.class),
          OnosServices.of(
              devices,
              mock(MastershipService.class),
              mock(FlowRuleService.class),
              mock(GroupService.class),
              mock(MeterService.class),
              drivers));

  private static DeviceConfig device(String json) {
    return new ModelReader().readDevice(NODE, json.replace('\'', '"'));
  }

  @BeforeEach
  void connect() {
    ExtensionTreatmentResolver treatments = mock(ExtensionTreatmentResolver.class);
    when(treatments.getExtensionInstruction(any())).thenReturn(mock(ExtensionTreatment.class));
    when(selectors.getExtensionSelector(any())).thenReturn(mock(ExtensionSelector.class));
    Driver driver = mock(Driver.class);
    when(driver.name()).thenReturn("stock");
    DriverHandler handler = mock(DriverHandler.class);
    when(handler.driver()).thenReturn(driver);
    when(handler.hasBehaviour(any())).thenReturn(true);
    when(handler.behaviour(ExtensionTreatmentResolver.class)).thenReturn(treatments);
    when(handler.behaviour(ExtensionSelectorResolver.class)).thenReturn(selectors);
    when(drivers.createHandler(DEVICE)).thenReturn(handler);
    when(devices.getDevice(DEVICE)).thenReturn(mock(Device.class));
    when(devices.isAvailable(DEVICE)).thenReturn(true);
  }

  private void forgetHowToMatchFragments() {
    when(selectors.getExtensionSelector(DriverExtensions.MATCH_NW_FRAG))
        .thenThrow(new UnsupportedOperationException("as ONOS's own drivers do"));
  }

  @Test
  void nothingIsSaidOfADriverThatCanDoAll() {
    assertThat(setup.notices(NATIVE)).isEmpty();
  }

  @Test
  void saysWhatADriverCannotMatchAndWhatFollows() {
    forgetHowToMatchFragments();
    ImmutableList<Notice> notices = setup.notices(NATIVE);
    assertThat(notices).hasSize(1);
    assertThat(notices.get(0).subject()).isEqualTo("device " + NODE);
    assertThat(notices.get(0).message())
        .contains("driver stock cannot express match nw_frag:", "does not check sizes")
        .doesNotContain("tcp_flags");
    assertThat(notices.get(0).remedy()).contains("Overlane's own southbound");
  }

  @Test
  void aRateThatHasNoEffectMattersWithoutATunnel() {
    forgetHowToMatchFragments();
    assertThat(setup.notices(device("{'vteps':['192.0.2.1'],'fragmentRate':100}")).toString())
        .contains("received fragments are not limited");
  }

  @Test
  void nothingIsSaidWhereItDoesNotMatterOrIsNotKnown() {
    forgetHowToMatchFragments();
    assertThat(setup.notices(device("{'vteps':['192.0.2.1']}"))).isEmpty();
    assertThat(
            setup.notices(
                device("{'profile':'openflow13','tunnel':{'mode':'management-os','ports':{}}}")))
        .isEmpty();
    when(devices.isAvailable(DEVICE)).thenReturn(false);
    assertThat(setup.notices(NATIVE)).isEmpty();
  }
}
