/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.driver;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.onlab.util.ItemNotFoundException;
import org.onosproject.net.driver.DriverAdminService;
import org.onosproject.net.driver.DriverProvider;
import org.onosproject.net.driver.XmlDriverLoader;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers the driver of Open vSwitch, and a driver named "default" if ONOS's own drivers are not
 * there: ONOS's driver subsystem does not start without one of that name.
 */
@Component(
    immediate = true,
    service = {})
public final class OverlaneDrivers {

  /** Name of the driver for Open vSwitch 2.x, 3.x and later. */
  public static final String OVS = "overlane-ovs";

  private static final Logger LOG = LoggerFactory.getLogger(OverlaneDrivers.class);

  private static final String DEFAULT = "default";

  @Reference DriverAdminService drivers;

  private final Deque<DriverProvider> registered = new ArrayDeque<>();

  @Activate
  void activate() throws IOException {
    if (!hasDefault()) {
      register("/overlane-default-driver.xml");
    }
    register("/overlane-drivers.xml");
    LOG.info("Started");
  }

  private boolean hasDefault() {
    try {
      return drivers.getDriver(DEFAULT) != null;
    } catch (ItemNotFoundException e) {
      LOG.info("No driver named {} is there: registering one for plain OpenFlow 1.3", DEFAULT);
      return false;
    }
  }

  private void register(String resource) throws IOException {
    DriverProvider provider =
        new XmlDriverLoader(getClass().getClassLoader(), drivers)
            .loadDrivers(getClass().getResourceAsStream(resource), drivers);
    drivers.registerProvider(provider);
    registered.push(provider);
  }

  @Deactivate
  void deactivate() {
    while (!registered.isEmpty()) {
      drivers.unregisterProvider(registered.pop());
    }
    LOG.info("Stopped");
  }
}
