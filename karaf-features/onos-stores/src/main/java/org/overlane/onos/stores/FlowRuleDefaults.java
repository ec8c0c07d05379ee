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
 * Makes the flow rule manager of this distribution keep what a switch has.
 *
 * <p>With ONOS's own defaults every flow entry that the (empty) store of a freshly started
 * controller does not know is deleted from the switch within seconds: a restart would stop all
 * traffic. Instead, the entries are taken into the store, and the applications that own them remove
 * those that they do not want.
 *
 * <p>A value that an operator has set is left alone.
 */
@Component(immediate = true, service = FlowRuleDefaults.class)
public class FlowRuleDefaults {
  private static final String MANAGER = "org.onosproject.net.flow.impl.FlowRuleManager";

  @Reference protected ComponentConfigService configuration;

  @Activate
  protected void activate() {
    configuration.preSetProperty(MANAGER, "allowExtraneousRules", "true", false);
    configuration.preSetProperty(MANAGER, "importExtraneousRules", "true", false);
  }
}
