/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.onos.stores;

import com.google.common.collect.ImmutableList;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRuleStore;
import org.onosproject.store.flow.impl.ECFlowRuleStore;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The flow rule store of ONOS 2.4.0 with the method that API 2.5 added. */
@Component(immediate = true, service = FlowRuleStore.class)
public class CompatibleFlowRuleStore extends ECFlowRuleStore {
  /** Not used: the manager, which waits for this store, must not start before its defaults. */
  @Reference protected ControllerDefaults defaults;

  /**
   * Forgets the entries of one application on one device, without sending anything to the device.
   *
   * @return false if the device has no master, so that nothing was forgotten
   */
  @Override
  public boolean purgeFlowRules(DeviceId deviceId, ApplicationId appId) {
    if (mastershipService.getMasterFor(deviceId) == null) {
      return false;
    }
    for (FlowEntry entry : ImmutableList.copyOf(getFlowEntries(deviceId))) {
      if (entry.appId() == appId.id()) {
        removeFlowRule(entry);
      }
    }
    return true;
  }
}
