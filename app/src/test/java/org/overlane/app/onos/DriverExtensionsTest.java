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
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.onosproject.net.DeviceId;
import org.onosproject.net.behaviour.ExtensionSelectorResolver;
import org.onosproject.net.behaviour.ExtensionTreatmentResolver;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.driver.DriverService;
import org.onosproject.net.flow.criteria.ExtensionSelector;
import org.onosproject.net.flow.criteria.ExtensionSelectorType;
import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.onosproject.net.flow.instructions.ExtensionTreatmentType;

/** Whether a size check can be carried, by what a driver offers. */
class DriverExtensionsTest {
  private static final Set<Integer> TREATMENTS =
      Set.of(DriverExtensions.CHECK_PKT_LARGER.toInt(), DriverExtensions.LOAD_REGISTER.toInt());
  private static final Set<Integer> SELECTORS =
      Set.of(
          DriverExtensions.MATCH_NW_FRAG.toInt(),
          DriverExtensions.MATCH_TCP_FLAGS.toInt(),
          DriverExtensions.MATCH_REGISTER.toInt());

  /** A driver that has all extensions but one. */
  private static DriverExtensions without(int missing) {
    ExtensionTreatmentResolver treatments = mock(ExtensionTreatmentResolver.class);
    when(treatments.getExtensionInstruction(any()))
        .thenAnswer(
            call -> {
              int type = ((ExtensionTreatmentType) call.getArgument(0)).toInt();
              return type != missing && TREATMENTS.contains(type)
                  ? mock(ExtensionTreatment.class)
                  : null;
            });
    ExtensionSelectorResolver selectors = mock(ExtensionSelectorResolver.class);
    when(selectors.getExtensionSelector(any()))
        .thenAnswer(
            call -> {
              int type = ((ExtensionSelectorType) call.getArgument(0)).toInt();
              if (type == missing) {
                throw new UnsupportedOperationException("as ONOS's own drivers do");
              }
              return mock(ExtensionSelector.class);
            });
    return new DriverExtensions("test", Optional.of(treatments), Optional.of(selectors));
  }

  @Test
  void aDriverWithEverythingCarriesTheSizeCheck() {
    assertThat(without(0).carrySizeCheck()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {4702, 4704, 4711, 4712, 4713})
  void oneMissingExtensionIsEnoughToLeaveItOut(int missing) {
    assertThat(without(missing).carrySizeCheck()).isFalse();
  }

  /** ONOS's own OpenFlow application: its drivers know none of these. */
  @Test
  void aDeviceWithoutDriverCarriesNothing() {
    assertThat(new DriverExtensions("ovs", Optional.empty(), Optional.empty()).carrySizeCheck())
        .isFalse();
    DriverExtensions unknown =
        DriverExtensions.of(
            DeviceId.deviceId("of:0000000000000001"),
            mock(DeviceService.class),
            mock(DriverService.class));
    assertThat(unknown.driver()).isEqualTo("(none)");
    assertThat(unknown.carrySizeCheck()).isFalse();
  }
}
