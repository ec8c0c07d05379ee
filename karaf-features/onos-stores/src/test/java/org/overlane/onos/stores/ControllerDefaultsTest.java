/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.onos.stores;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import org.junit.jupiter.api.Test;
import org.onosproject.cfg.ComponentConfigService;

class ControllerDefaultsTest {

  @Test
  void presetsOnlyWhatNobodyHasSet() {
    ControllerDefaults defaults = new ControllerDefaults();
    defaults.configuration = mock(ComponentConfigService.class);

    defaults.activate();

    String flows = "org.onosproject.net.flow.impl.FlowRuleManager";
    String meters = "org.onosproject.net.meter.impl.MeterManager";
    verify(defaults.configuration).preSetProperty(flows, "allowExtraneousRules", "true", false);
    verify(defaults.configuration).preSetProperty(flows, "importExtraneousRules", "true", false);
    verify(defaults.configuration).preSetProperty(meters, "userDefinedIndex", "true", false);
    verify(defaults.configuration, never()).preSetProperty(any(), any(), any(), eq(true));
    verify(defaults.configuration, never()).setProperty(any(), any(), any());
  }
}
