/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.onlab.osgi.ServiceDirectory;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.behaviour.PipelinerContext;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleOperation;
import org.onosproject.net.flow.FlowRuleOperations;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.flowobjective.DefaultForwardingObjective;
import org.onosproject.net.flowobjective.ForwardingObjective;
import org.onosproject.net.flowobjective.Objective;
import org.onosproject.net.flowobjective.ObjectiveContext;
import org.onosproject.net.flowobjective.ObjectiveError;

class SingleTablePipelinerTest {

  private final FlowRuleService rules = mock(FlowRuleService.class);
  private final ObjectiveContext context = mock(ObjectiveContext.class);
  private final SingleTablePipeliner pipeliner = new SingleTablePipeliner();

  @BeforeEach
  void init() {
    ServiceDirectory directory = mock(ServiceDirectory.class);
    when(directory.get(FlowRuleService.class)).thenReturn(rules);
    PipelinerContext pipelinerContext = mock(PipelinerContext.class);
    when(pipelinerContext.directory()).thenReturn(directory);
    pipeliner.init(DeviceId.deviceId("of:0000000000000001"), pipelinerContext);
  }

  private static ForwardingObjective.Builder punt() {
    return DefaultForwardingObjective.builder()
        .withSelector(DefaultTrafficSelector.builder().matchEthType((short) 0x806).build())
        .withTreatment(DefaultTrafficTreatment.builder().punt().wipeDeferred().build())
        .withFlag(ForwardingObjective.Flag.VERSATILE)
        .withPriority(40_000)
        .fromApp(new DefaultApplicationId(1, "core"))
        .makePermanent();
  }

  private FlowRuleOperations applied() {
    ArgumentCaptor<FlowRuleOperations> operations =
        ArgumentCaptor.forClass(FlowRuleOperations.class);
    verify(rules).apply(operations.capture());
    return operations.getValue();
  }

  private static FlowRuleOperation single(FlowRuleOperations operations) {
    return operations.stages().get(0).iterator().next();
  }

  @Test
  void packetRequestBecomesAnEntryOfTableZero() {
    pipeliner.forward(punt().add(context));
    FlowRuleOperation operation = single(applied());
    FlowRule rule = operation.rule();
    assertThat(operation.type()).isEqualTo(FlowRuleOperation.Type.ADD);
    assertThat(rule.tableId()).isZero();
    assertThat(rule.priority()).isEqualTo(40_000);
    assertThat(rule.appId()).isEqualTo((short) 1);
    assertThat(rule.isPermanent()).isTrue();
    applied().callback().onSuccess(applied());
    verify(context).onSuccess(any(Objective.class));
  }

  @Test
  void withdrawnRequestRemovesTheEntry() {
    pipeliner.forward(punt().remove(context));
    assertThat(single(applied()).type()).isEqualTo(FlowRuleOperation.Type.REMOVE);
    applied().callback().onError(applied());
    verify(context).onError(any(Objective.class), any(ObjectiveError.class));
  }

  @Test
  void objectiveThatNeedsMoreTablesFails() {
    pipeliner.forward(punt().nextStep(5).add(context));
    verify(context).onError(any(Objective.class), any(ObjectiveError.class));
    verify(rules, never()).apply(any());
  }
}
