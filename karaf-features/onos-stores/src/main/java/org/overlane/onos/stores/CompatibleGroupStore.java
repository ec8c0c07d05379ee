package org.overlane.onos.stores;

import java.util.ArrayList;
import java.util.List;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.group.Group;
import org.onosproject.net.group.GroupStore;
import org.onosproject.store.group.impl.DistributedGroupStore;
import org.osgi.service.component.annotations.Component;

/** The group store of ONOS 2.4.0 with the method that API 2.5 added. */
@Component(immediate = true, service = GroupStore.class)
public class CompatibleGroupStore extends DistributedGroupStore {
  @Override
  public void purgeGroupEntries(DeviceId deviceId, ApplicationId appId) {
    List<Group> ofApplication = new ArrayList<>();
    for (Group group : getGroups(deviceId)) {
      if (group.appId().equals(appId)) {
        ofApplication.add(group);
      }
    }
    ofApplication.forEach(this::removeGroupEntry);
  }
}
