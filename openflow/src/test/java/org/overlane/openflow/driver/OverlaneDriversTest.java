/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.onlab.util.ItemNotFoundException;
import org.onosproject.net.behaviour.ExtensionSelectorResolver;
import org.onosproject.net.behaviour.ExtensionTreatmentResolver;
import org.onosproject.net.behaviour.Pipeliner;
import org.onosproject.net.driver.Driver;
import org.onosproject.net.driver.DriverAdminService;
import org.onosproject.net.driver.DriverProvider;

class OverlaneDriversTest {

  private final DriverAdminService registry = mock(DriverAdminService.class);

  private List<Driver> activated(int providers) throws IOException {
    OverlaneDrivers component = new OverlaneDrivers();
    component.drivers = registry;
    component.activate();
    ArgumentCaptor<DriverProvider> registered = ArgumentCaptor.forClass(DriverProvider.class);
    verify(registry, times(providers)).registerProvider(registered.capture());
    List<Driver> drivers = new ArrayList<>();
    registered.getAllValues().forEach(provider -> drivers.addAll(provider.getDrivers()));
    component.deactivate();
    verify(registry, times(providers)).unregisterProvider(any());
    return drivers;
  }

  @Test
  void driverNamedDefaultIsAddedIfOnosHasNone() throws IOException {
    when(registry.getDriver("default")).thenThrow(new ItemNotFoundException("none"));
    assertThat(activated(2)).extracting(Driver::name).containsExactly("default", "overlane-ovs");
  }

  @Test
  void driverNamedDefaultOfOnosIsLeftAlone() throws IOException {
    when(registry.getDriver("default")).thenReturn(mock(Driver.class));
    assertThat(activated(1)).extracting(Driver::name).containsExactly("overlane-ovs");
  }

  @Test
  void ovsDriverFitsAllVersionsAndResolvesExtensions() throws IOException {
    when(registry.getDriver("default")).thenReturn(mock(Driver.class));
    Driver ovs = activated(1).get(0);
    assertThat("Nicira, Inc.").matches(ovs.manufacturer());
    assertThat("Open vSwitch").matches(ovs.hwVersion());
    for (String version : new String[] {"2.5.0", "2.17.9", "3.1.0", "3.5.1", "10.0.0"}) {
      assertThat(version).matches(ovs.swVersion());
    }
    assertThat("1.9.3").doesNotMatch(ovs.swVersion());
    assertThat(ovs.hasBehaviour(ExtensionTreatmentResolver.class)).isTrue();
    assertThat(ovs.hasBehaviour(ExtensionSelectorResolver.class)).isTrue();
    assertThat(ovs.hasBehaviour(Pipeliner.class)).isTrue();
    assertThat(ovs.getProperty("supportPacketRequest")).isEqualTo("true");
  }
}
