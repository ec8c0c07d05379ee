/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.onosproject.net.DeviceId;
import org.onosproject.net.behaviour.ExtensionSelectorResolver;
import org.onosproject.net.behaviour.ExtensionTreatmentResolver;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.driver.DriverService;
import org.onosproject.net.flow.criteria.ExtensionSelector;
import org.onosproject.net.flow.instructions.ExtensionTreatment;

/** Whether a size check can be carried, by what a driver offers. */
class DriverExtensionsTest {

  /** A driver that has all extensions but one. */
  private static DriverExtensions without(Object missing) {
    ExtensionTreatmentResolver treatments = mock(ExtensionTreatmentResolver.class);
    when(treatments.getExtensionInstruction(any()))
        .thenAnswer(
            call -> {
              return call.getArgument(0).equals(missing) ? null : mock(ExtensionTreatment.class);
            });
    ExtensionSelectorResolver selectors = mock(ExtensionSelectorResolver.class);
    when(selectors.getExtensionSelector(any()))
        .thenAnswer(
            call -> {
              if (call.getArgument(0).equals(missing)) {
                throw new UnsupportedOperationException("as ONOS's own drivers do");
              }
              return mock(ExtensionSelector.class);
            });
    return new DriverExtensions("test", Optional.of(treatments), Optional.of(selectors));
  }

  @Test
  void aDriverWithEverythingCarriesTheSizeCheck() {
    assertThat(without("nothing").lackingForSizeCheck()).isEmpty();
  }

  static Stream<Object> needed() {
    return Stream.of(
        DriverExtensions.CHECK_PKT_LARGER,
        DriverExtensions.LOAD_REGISTER,
        DriverExtensions.MATCH_NW_FRAG,
        DriverExtensions.MATCH_TCP_FLAGS,
        DriverExtensions.MATCH_REGISTER);
  }

  @ParameterizedTest
  @MethodSource("needed")
  void oneMissingExtensionIsEnoughToLeaveItOut(Object missing) {
    assertThat(without(missing).lackingForSizeCheck()).hasSize(1);
  }

  /** ONOS's own OpenFlow application: its drivers know none of these. */
  @Test
  void aDeviceWithoutDriverCarriesNothing() {
    DriverExtensions none = new DriverExtensions("ovs", Optional.empty(), Optional.empty());
    assertThat(none.lackingForSizeCheck()).hasSize(5).contains("match nw_frag");
    DriverExtensions unknown =
        DriverExtensions.of(
            DeviceId.deviceId("of:0000000000000001"),
            mock(DeviceService.class),
            mock(DriverService.class));
    assertThat(unknown.driver()).isEqualTo("(none)");
    assertThat(unknown.lackingForSizeCheck()).hasSize(5);
  }
}
