/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.onos.stores;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.group.Group;
import org.onosproject.net.group.Group.GroupState;
import org.onosproject.net.group.GroupEvent;
import org.onosproject.net.group.GroupStore;
import org.onosproject.store.group.impl.DistributedGroupStore;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The group store of ONOS 2.4.0 with the method that API 2.5 added, a default and a repair.
 *
 * <p>Default: groups that the store does not know stay on the switch and are adopted when an
 * application asks for the same id. ONOS's own default deletes them, and a switch drops the flow
 * entries that point to a deleted group.
 *
 * <p>Repair: ONOS takes a group whose buckets differ from the stored ones for one that is just
 * being changed, and never looks again. If the change was lost (controller killed between storing
 * and sending, or somebody changed the switch) the difference stays for ever. Here the stored
 * buckets are sent again.
 */
@Component(
    immediate = true,
    service = GroupStore.class,
    property = {
      "garbageCollect:Boolean=false",
      "gcThresh:Integer=6",
      "allowExtraneousGroups:Boolean=true"
    })
public class CompatibleGroupStore extends DistributedGroupStore {
  private final Logger log = LoggerFactory.getLogger(getClass());

  /**
   * Forgets the groups of one application on one device, without sending anything to the device.
   */
  @Override
  public void purgeGroupEntries(DeviceId deviceId, ApplicationId appId) {
    for (Group group : ImmutableList.copyOf(getGroups(deviceId))) {
      if (appId.equals(group.appId())) {
        removeGroupEntry(group);
      }
    }
  }

  @Override
  public void pushGroupMetrics(DeviceId deviceId, Collection<Group> observed) {
    super.pushGroupMetrics(deviceId, observed);
    if (!mastershipService.isLocalMaster(deviceId)) {
      return;
    }
    for (Group onSwitch : observed) {
      Group stored = getGroup(deviceId, onSwitch.id());
      if (stored != null && isWanted(stored) && !stored.equals(onSwitch)) {
        log.debug(
            "Group {} of {} differs from the stored one: sending it again", stored.id(), deviceId);
        notifyDelegate(new GroupEvent(GroupEvent.Type.GROUP_UPDATE_REQUESTED, stored));
      }
    }
  }

  private static boolean isWanted(Group stored) {
    GroupState state = stored.state();
    return state != GroupState.PENDING_DELETE && state != GroupState.WAITING_AUDIT_COMPLETE;
  }
}
