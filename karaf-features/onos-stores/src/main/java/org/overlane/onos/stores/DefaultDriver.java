/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.onos.stores;

import org.onosproject.net.driver.AbstractIndependentDriverLoader;
import org.onosproject.net.driver.DefaultDriverProviderService;
import org.osgi.service.component.annotations.Component;

/**
 * Registers the driver "default", without behaviours.
 *
 * <p>ONOS starts neither its driver service nor what depends on it (flow rules, groups, meters)
 * before a driver of this name exists, and gives it to devices that no other driver matches. Other
 * driver loaders wait for the service. In stock ONOS both come with the drivers of its own OpenFlow
 * southbound, which is not part of this distribution.
 */
@Component(immediate = true, service = DefaultDriverProviderService.class)
public class DefaultDriver extends AbstractIndependentDriverLoader
    implements DefaultDriverProviderService {
  public DefaultDriver() {
    super("/default-driver.xml");
  }
}
