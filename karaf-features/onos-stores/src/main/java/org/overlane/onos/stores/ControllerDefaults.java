/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.onos.stores;

import org.onosproject.cfg.ComponentConfigService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Presets component properties that must hold before a switch connects. ONOS keeps component
 * properties in its own store and resets what files in etc say, so this is the only way.
 *
 * <p>The flow rule manager keeps what a switch has. With ONOS's own defaults every flow entry that
 * the (empty) store of a freshly started controller does not know is deleted from the switch within
 * seconds: a restart would stop all traffic. Instead, the entries are taken into the store, and the
 * applications that own them remove those that they do not want.
 *
 * <p>The meter manager takes the meter numbers that applications choose, so that a number says what
 * its meter is for and stays the same whatever became of the stores. It then refuses requests
 * without a number; with ONOS's own default it refuses those with one.
 *
 * <p>A value that an operator has set is left alone. ONOS hands a preset to a component when it
 * starts and, if it has started before, a moment later; the stores whose managers depend on a
 * preset refer to this component, so that the preset comes first.
 */
@Component(immediate = true, service = ControllerDefaults.class)
public class ControllerDefaults {
  private static final String FLOW_RULES = "org.onosproject.net.flow.impl.FlowRuleManager";
  private static final String METERS = "org.onosproject.net.meter.impl.MeterManager";

  @Reference protected ComponentConfigService configuration;

  @Activate
  protected void activate() {
    configuration.preSetProperty(FLOW_RULES, "allowExtraneousRules", "true", false);
    configuration.preSetProperty(FLOW_RULES, "importExtraneousRules", "true", false);
    configuration.preSetProperty(METERS, "userDefinedIndex", "true", false);
  }
}
