/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import com.google.auto.value.AutoValue;
import org.onosproject.mastership.MastershipService;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.driver.DriverService;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.group.GroupService;
import org.onosproject.net.meter.MeterService;

/** The services of ONOS through which switches are seen and written. */
@AutoValue
abstract class OnosServices {
  OnosServices() {}

  abstract DeviceService devices();

  abstract MastershipService mastership();

  abstract FlowRuleService rules();

  abstract GroupService groups();

  abstract MeterService meters();

  abstract DriverService drivers();

  static OnosServices of(
      DeviceService devices,
      MastershipService mastership,
      FlowRuleService rules,
      GroupService groups,
      MeterService meters,
      DriverService drivers) {
    return new AutoValue_OnosServices(devices, mastership, rules, groups, meters, drivers);
  }
}
