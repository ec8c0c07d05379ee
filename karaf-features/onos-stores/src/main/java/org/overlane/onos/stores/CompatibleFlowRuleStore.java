package org.overlane.onos.stores;

import java.util.ArrayList;
import java.util.List;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRuleStore;
import org.onosproject.store.flow.impl.ECFlowRuleStore;
import org.osgi.service.component.annotations.Component;

/** The flow rule store of ONOS 2.4.0 with the method that API 2.5 added. */
@Component(immediate = true, service = FlowRuleStore.class)
public class CompatibleFlowRuleStore extends ECFlowRuleStore {
  @Override
  public boolean purgeFlowRules(DeviceId deviceId, ApplicationId appId) {
    List<FlowEntry> ofApplication = new ArrayList<>();
    for (FlowEntry entry : getFlowEntries(deviceId)) {
      if (entry.appId() == appId.id()) {
        ofApplication.add(entry);
      }
    }
    ofApplication.forEach(this::removeFlowRule);
    return !ofApplication.isEmpty();
  }
}
