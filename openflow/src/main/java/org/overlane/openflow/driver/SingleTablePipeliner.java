/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.driver;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.behaviour.NextGroup;
import org.onosproject.net.behaviour.Pipeliner;
import org.onosproject.net.behaviour.PipelinerContext;
import org.onosproject.net.driver.AbstractHandlerBehaviour;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleOperations;
import org.onosproject.net.flow.FlowRuleOperationsContext;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.flowobjective.FilteringObjective;
import org.onosproject.net.flowobjective.ForwardingObjective;
import org.onosproject.net.flowobjective.NextObjective;
import org.onosproject.net.flowobjective.Objective;
import org.onosproject.net.flowobjective.ObjectiveError;

/**
 * Puts forwarding objectives into table 0, which is what ONOS's packet requests (ARP, LLDP) need.
 * Filtering and next objectives have no meaning in one table and fail.
 */
public final class SingleTablePipeliner extends AbstractHandlerBehaviour implements Pipeliner {

  private static final int TABLE = 0;

  private DeviceId device;
  private FlowRuleService rules;

  @Override
  public void init(DeviceId deviceId, PipelinerContext context) {
    device = deviceId;
    rules = context.directory().get(FlowRuleService.class);
  }

  @Override
  public void forward(ForwardingObjective objective) {
    if (objective.treatment() == null || objective.nextId() != null) {
      fail(objective, ObjectiveError.UNSUPPORTED);
      return;
    }
    FlowRule.Builder rule =
        DefaultFlowRule.builder()
            .forDevice(device)
            .forTable(TABLE)
            .withSelector(objective.selector())
            .withTreatment(objective.treatment())
            .withPriority(objective.priority())
            .fromApp(objective.appId());
    if (objective.permanent()) {
      rule.makePermanent();
    } else {
      rule.makeTemporary(objective.timeout());
    }
    FlowRuleOperations.Builder operations = FlowRuleOperations.builder();
    switch (objective.op()) {
      case ADD:
      case MODIFY:
        operations.add(rule.build());
        break;
      case REMOVE:
        operations.remove(rule.build());
        break;
      default:
        fail(objective, ObjectiveError.UNSUPPORTED);
        return;
    }
    rules.apply(operations.build(answering(objective)));
  }

  private static FlowRuleOperationsContext answering(Objective objective) {
    return new FlowRuleOperationsContext() {
      @Override
      public void onSuccess(FlowRuleOperations operations) {
        objective.context().ifPresent(context -> context.onSuccess(objective));
      }

      @Override
      public void onError(FlowRuleOperations operations) {
        fail(objective, ObjectiveError.FLOWINSTALLATIONFAILED);
      }
    };
  }

  @Override
  public void filter(FilteringObjective objective) {
    fail(objective, ObjectiveError.UNSUPPORTED);
  }

  @Override
  public void next(NextObjective objective) {
    fail(objective, ObjectiveError.UNSUPPORTED);
  }

  private static void fail(Objective objective, ObjectiveError error) {
    objective.context().ifPresent(context -> context.onError(objective, error));
  }

  @Override
  public void purgeAll(ApplicationId appId) {
    rules.purgeFlowRules(device, appId);
  }

  @Override
  public List<String> getNextMappings(NextGroup nextGroup) {
    return ImmutableList.of();
  }
}
