/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.anyShort;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Lists;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.ArgumentCaptor;
import org.onosproject.core.CoreService;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.CompletedBatchOperation;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleProviderRegistry;
import org.onosproject.net.flow.FlowRuleProviderService;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.flow.criteria.Criteria;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchEntry;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchEntry.FlowRuleOperation;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchOperation;
import org.onosproject.net.meter.MeterId;
import org.overlane.openflow.channel.ModOutcome;
import org.overlane.openflow.channel.ObservedFlow;
import org.projectfloodlight.openflow.protocol.OFErrorMsg;
import org.projectfloodlight.openflow.protocol.OFFlowAdd;
import org.projectfloodlight.openflow.protocol.OFFlowDeleteStrict;
import org.projectfloodlight.openflow.protocol.OFFlowModFailedCode;
import org.projectfloodlight.openflow.protocol.OFMeterModFailedCode;
import org.projectfloodlight.openflow.types.OFPort;

@SuppressWarnings(
    "deprecation") // ONOS's provider interface is defined in terms of old batch classes
class FlowProviderTest {

  private static final short APP = 0x42;

  private final FakeConnection connection = new FakeConnection();
  private final ManualTimer timer = new ManualTimer();
  private final FlowRuleProviderService service = mock(FlowRuleProviderService.class);
  private final CoreService core = mock(CoreService.class);
  private final Switches switches = new Switches(Runnable::run, Runnable::run);
  private final SouthboundConfig config = SouthboundProperties.of(ImmutableMap.of());
  private FlowProvider provider;

  @BeforeEach
  void connect() {
    when(core.getAppId(anyShort()))
        .thenAnswer(
            call ->
                call.<Short>getArgument(0) == APP ? new DefaultApplicationId(APP, "app") : null);
    provider =
        new FlowProvider(switches, new OwnedEntries(core), timer.executor(), Runnable::run, config);
    FlowRuleProviderRegistry registry = mock(FlowRuleProviderRegistry.class);
    when(registry.register(any())).thenReturn(service);
    provider.register(registry);
    switches.subscribe(ImmutableList.of(provider));
    switches.connected(connection);
  }

  private static FlowRule rule(int port, int application, TrafficTreatment treatment) {
    return DefaultFlowRule.builder()
        .forDevice(Rules.DEVICE)
        .forTable(0)
        .withPriority(10)
        .withCookie((long) application << 48 | port)
        .withSelector(
            DefaultTrafficSelector.builder()
                .add(Criteria.matchInPort(PortNumber.portNumber(port)))
                .build())
        .withTreatment(treatment)
        .makePermanent()
        .build();
  }

  private static FlowRule rule(int port) {
    return rule(port, APP, output(1));
  }

  private static TrafficTreatment output(int port) {
    return DefaultTrafficTreatment.builder().setOutput(PortNumber.portNumber(port)).build();
  }

  private static ObservedFlow observed(FlowRule rule) {
    try {
      return FlowRuleRoundTripTest.observed(FlowRuleTranslator.add(rule));
    } catch (UnsupportedRuleException e) {
      throw new AssertionError(e);
    }
  }

  private static FlowRuleBatchOperation batch(FlowRuleOperation operation, FlowRule... rules) {
    List<FlowRuleBatchEntry> entries =
        Lists.transform(
            ImmutableList.copyOf(rules), rule -> new FlowRuleBatchEntry(operation, rule));
    return new FlowRuleBatchOperation(entries, Rules.DEVICE, 77);
  }

  private CompletedBatchOperation completed() {
    ArgumentCaptor<CompletedBatchOperation> result =
        ArgumentCaptor.forClass(CompletedBatchOperation.class);
    verify(service).batchOperationCompleted(eq(77L), result.capture());
    return result.getValue();
  }

  /** What ONOS was given, gone through as ONOS does. */
  private List<FlowEntry> pushed(boolean withMissing) {
    ArgumentCaptor<Iterable<FlowEntry>> entries = captor();
    if (withMissing) {
      verify(service).pushFlowMetrics(eq(Rules.DEVICE), entries.capture());
    } else {
      verify(service).pushFlowMetricsWithoutFlowMissing(eq(Rules.DEVICE), entries.capture());
    }
    return ImmutableList.copyOf(entries.getValue());
  }

  @SuppressWarnings("unchecked") // no class literal for a generic type
  private static ArgumentCaptor<Iterable<FlowEntry>> captor() {
    return ArgumentCaptor.forClass(Iterable.class);
  }

  @Test
  void batchIsOneSendAndSucceeds() {
    provider.executeBatch(batch(FlowRuleOperation.ADD, rule(1), rule(2)));
    assertThat(connection.flowBatches).containsExactly(2);
    assertThat(connection.flowMods).allMatch(mod -> mod instanceof OFFlowAdd);
    assertThat(completed().isSuccess()).isTrue();
  }

  @Test
  void modifyIsAnAddSoThatItCanBeRepeated() {
    provider.executeBatch(batch(FlowRuleOperation.MODIFY, rule(1)));
    assertThat(connection.flowMods.get(0)).isInstanceOf(OFFlowAdd.class);
  }

  @Test
  void refusedRuleFailsWithTheNumbersOfTheError() {
    OFErrorMsg full =
        FakeConnection.FACTORY
            .errorMsgs()
            .buildFlowModFailedErrorMsg()
            .setCode(OFFlowModFailedCode.TABLE_FULL)
            .build();
    connection.answer =
        mod ->
            ((OFFlowAdd) mod).getCookie().getValue() == rule(2).id().value()
                ? ModOutcome.refused(full)
                : ModOutcome.done();
    provider.executeBatch(batch(FlowRuleOperation.ADD, rule(1), rule(2), rule(3)));
    CompletedBatchOperation result = completed();
    assertThat(result.isSuccess()).isFalse();
    assertThat(result.failedItems()).containsExactly(rule(2));
    FlowEntry failed = (FlowEntry) result.failedItems().iterator().next();
    // OFPET_FLOW_MOD_FAILED, OFPFMFC_TABLE_FULL
    assertThat(failed.errType()).isEqualTo(5);
    assertThat(failed.errCode()).isEqualTo(1);
    assertThat(switches.get(Rules.DEVICE).get().lastRefusal().get()).contains("TABLE_FULL");
  }

  @Test
  void ruleWhoseMeterIsMissingSaysSoAndHasAnotherChanceWhenAMeterCame() {
    FlowRule metered =
        rule(
            2,
            APP,
            DefaultTrafficTreatment.builder()
                .meter(MeterId.meterId(5))
                .setOutput(PortNumber.portNumber(1))
                .build());
    connection.answer =
        mod ->
            ModOutcome.refused(
                FakeConnection.FACTORY
                    .errorMsgs()
                    .buildMeterModFailedErrorMsg()
                    .setCode(OFMeterModFailedCode.INVALID_METER)
                    .build());
    provider.mastered(switches.get(Rules.DEVICE).get());
    timer.pass(0);
    provider.executeBatch(batch(FlowRuleOperation.ADD, metered));
    timer.pass(1_000);
    assertThat(completed().failedItems()).containsExactly(metered);
    assertThat(switches.get(Rules.DEVICE).get().lastRefusal().get())
        .contains("INVALID_METER")
        .contains("METER:5");
    clearInvocations(service);

    switches.meterInstalled(switches.get(Rules.DEVICE).get());
    timer.pass(1_000);
    verify(service).pushFlowMetrics(eq(Rules.DEVICE), any());
    switches.meterInstalled(switches.get(Rules.DEVICE).get());
    timer.pass(1_000);
    verify(service).pushFlowMetrics(eq(Rules.DEVICE), any());
  }

  @Test
  void ruleThatCannotBeSaidFailsAndTheOthersAreSent() {
    FlowRule impossible =
        rule(
            2,
            APP,
            DefaultTrafficTreatment.builder()
                .add(org.onosproject.net.flow.instructions.Instructions.truncate(64))
                .build());
    provider.executeBatch(batch(FlowRuleOperation.ADD, rule(1), impossible));
    assertThat(connection.flowBatches).containsExactly(1);
    assertThat(completed().failedItems()).containsExactly(impossible);
    assertThat(switches.get(Rules.DEVICE).get().lastRefusal().get()).contains("TRUNCATE");
  }

  @Test
  void batchForAnAbsentSwitchFails() {
    switches.disconnected(connection, "test");
    provider.executeBatch(batch(FlowRuleOperation.ADD, rule(1)));
    assertThat(completed().failedItems()).containsExactly(rule(1));
  }

  @Test
  void firstReadIsMadeAtOnceAndThenEveryInterval() {
    connection.flows = CompletableFuture.completedFuture(ImmutableList.of(observed(rule(1))));
    provider.mastered(switches.get(Rules.DEVICE).get());
    timer.pass(0);
    assertThat(pushed(true)).containsExactly(entryOf(rule(1)));
    timer.pass(4_999);
    verify(service, times(1)).pushFlowMetrics(any(), any());
    timer.pass(1);
    verify(service, times(2)).pushFlowMetrics(any(), any());
    provider.unmastered(switches.get(Rules.DEVICE).get());
    timer.pass(60_000);
    verify(service, times(2)).pushFlowMetrics(any(), any());
  }

  private static FlowEntry entryOf(FlowRule rule) {
    return new org.onosproject.net.flow.DefaultFlowEntry(rule);
  }

  @Test
  void changeBringsTheNextReadForward() {
    provider.mastered(switches.get(Rules.DEVICE).get());
    timer.pass(0);
    provider.executeBatch(batch(FlowRuleOperation.ADD, rule(1)));
    timer.pass(500);
    verify(service, times(2)).pushFlowMetrics(any(), any());
  }

  @Test
  void entriesOfOthersAreNotReported() {
    FlowRule foreign = rule(5, 0, output(9));
    FlowRule unregistered = rule(6, 0x77, output(9));
    connection.flows =
        CompletableFuture.completedFuture(
            ImmutableList.of(observed(foreign), observed(rule(1)), observed(unregistered)));
    provider.mastered(switches.get(Rules.DEVICE).get());
    timer.pass(0);
    assertThat(pushed(true)).containsExactly(entryOf(rule(1)));
  }

  @Test
  void nothingIsReportedByANodeThatIsNotMaster() {
    connection.role = org.projectfloodlight.openflow.protocol.OFControllerRole.ROLE_SLAVE;
    provider.mastered(switches.get(Rules.DEVICE).get());
    timer.pass(0);
    verify(service, never()).pushFlowMetrics(any(), any());
  }

  @Test
  void entryThatIsChangedWhileItIsReadIsNotReported() {
    CompletableFuture<List<ObservedFlow>> slow = new CompletableFuture<>();
    connection.flows = slow;
    provider.mastered(switches.get(Rules.DEVICE).get());
    timer.pass(0);
    provider.executeBatch(batch(FlowRuleOperation.ADD, rule(1, APP, output(2))));
    slow.complete(ImmutableList.of(observed(rule(1)), observed(rule(3))));
    // The stale entry 1 is left out, and nothing is taken for missing.
    assertThat(pushed(false)).containsExactly(entryOf(rule(3)));
    verify(service, never()).pushFlowMetrics(any(), any());
    connection.flows =
        CompletableFuture.completedFuture(
            ImmutableList.of(observed(rule(1, APP, output(2))), observed(rule(3))));
    timer.pass(500);
    assertThat(pushed(true)).hasSize(2);
  }

  @Test
  void entryThatIsStillOnItsWayIsNotReported() {
    CompletableFuture<Void> barrier = new CompletableFuture<>();
    connection.barrier = barrier;
    provider.executeBatch(batch(FlowRuleOperation.REMOVE, rule(1)));
    connection.flows = CompletableFuture.completedFuture(ImmutableList.of(observed(rule(1))));
    provider.mastered(switches.get(Rules.DEVICE).get());
    timer.pass(0);
    assertThat(pushed(false)).isEmpty();
    barrier.complete(null);
  }

  @Test
  void entryThatChangesWhileOnosGoesThroughTheReportIsLeftOut() {
    List<Integer> seen = new ArrayList<>();
    doAnswer(
            call -> {
              for (FlowEntry entry : call.<Iterable<FlowEntry>>getArgument(1)) {
                if (seen.isEmpty()) {
                  provider.executeBatch(batch(FlowRuleOperation.REMOVE, rule(2)));
                }
                seen.add((int) (entry.id().value() & 0xff));
              }
              return null;
            })
        .when(service)
        .pushFlowMetrics(any(), any());
    connection.flows =
        CompletableFuture.completedFuture(
            ImmutableList.of(observed(rule(1)), observed(rule(2)), observed(rule(3))));
    provider.mastered(switches.get(Rules.DEVICE).get());
    timer.pass(0);
    assertThat(seen).startsWith(1, 3);
  }

  @Test
  void missingEntriesAreLookedForInTheEndEvenIfChangesNeverStop() {
    connection.barrier = new CompletableFuture<>();
    provider.executeBatch(batch(FlowRuleOperation.ADD, rule(9)));
    provider.mastered(switches.get(Rules.DEVICE).get());
    timer.pass(2_000);
    verify(service, times(1)).pushFlowMetrics(any(), any());
  }

  @Test
  void changedEntryIsReplacedAndNotRemovedFirst() {
    FlowRule changed = rule(1, APP, output(9));
    // What ONOS does when it finds the entry changed, and another one missing.
    doAnswer(
            call -> {
              provider.removeFlowRule(changed);
              provider.applyFlowRule(rule(1));
              provider.applyFlowRule(rule(2));
              return null;
            })
        .when(service)
        .pushFlowMetrics(any(), any());
    provider.mastered(switches.get(Rules.DEVICE).get());
    timer.pass(0);
    assertThat(connection.flowBatches).containsExactly(2);
    assertThat(connection.flowMods).allMatch(mod -> mod instanceof OFFlowAdd);
    OFFlowAdd add = (OFFlowAdd) connection.flowMods.get(0);
    assertThat(add.getInstructions().toString()).contains("port=1");
    timer.pass(100);
    assertThat(connection.flowBatches).containsExactly(2);
  }

  @Test
  void entryThatNobodyWantsIsRemovedStrictly() {
    provider.removeFlowRule(rule(4));
    timer.pass(20);
    assertThat(connection.flowMods).hasSize(1);
    assertThat(connection.flowMods.get(0)).isInstanceOf(OFFlowDeleteStrict.class);
    assertThat(connection.flowMods.get(0).getOutPort()).isEqualTo(OFPort.ANY);
  }

  @Test
  void newerBatchWinsOverACorrectionThatIsWaiting() {
    provider.applyFlowRule(rule(1));
    provider.executeBatch(batch(FlowRuleOperation.REMOVE, rule(1)));
    timer.pass(100);
    assertThat(connection.flowMods).hasSize(1);
    assertThat(connection.flowMods.get(0)).isInstanceOf(OFFlowDeleteStrict.class);
  }

  @Test
  void removalIsReportedForOwnEntriesOnly() throws UnsupportedRuleException {
    switches.flowRemoved(connection, removed(rule(1)));
    switches.flowRemoved(connection, removed(rule(2, 0x77, output(1))));
    ArgumentCaptor<FlowEntry> entry = ArgumentCaptor.forClass(FlowEntry.class);
    verify(service).flowRemoved(entry.capture());
    assertThat((Object) entry.getValue()).isEqualTo(rule(1));
    assertThat(entry.getValue().reason()).isEqualTo(FlowRule.FlowRemoveReason.DELETE);
  }

  private static org.projectfloodlight.openflow.protocol.OFFlowRemoved removed(FlowRule rule)
      throws UnsupportedRuleException {
    org.projectfloodlight.openflow.protocol.OFFlowMod mod = FlowRuleTranslator.add(rule);
    return FakeConnection.FACTORY
        .buildFlowRemoved()
        .setCookie(mod.getCookie())
        .setTableId(mod.getTableId())
        .setPriority(mod.getPriority())
        .setMatch(mod.getMatch())
        .setReason(org.projectfloodlight.openflow.protocol.OFFlowRemovedReason.DELETE)
        .setPacketCount(org.projectfloodlight.openflow.types.U64.ZERO)
        .setByteCount(org.projectfloodlight.openflow.types.U64.ZERO)
        .build();
  }

  static Stream<ModOutcome> outcomesWithoutChange() {
    return Stream.of(
        ModOutcome.suppressed(),
        ModOutcome.refused(
            FakeConnection.FACTORY
                .errorMsgs()
                .buildFlowModFailedErrorMsg()
                .setCode(OFFlowModFailedCode.TABLE_FULL)
                .build()));
  }

  /** ONOS asks for it again at every report: hurrying would be a loop without end. */
  @ParameterizedTest
  @MethodSource("outcomesWithoutChange")
  void correctionThatChangesNothingIsNoReasonToHurry(ModOutcome outcome) {
    connection.answer = mod -> outcome;
    doAnswer(
            call -> {
              provider.applyFlowRule(rule(1));
              return null;
            })
        .when(service)
        .pushFlowMetrics(any(), any());
    provider.mastered(switches.get(Rules.DEVICE).get());
    timer.pass(4_999);
    verify(service, times(1)).pushFlowMetrics(any(), any());
    provider.executeBatch(batch(FlowRuleOperation.ADD, rule(2)));
    timer.pass(500);
    verify(service, times(2)).pushFlowMetrics(any(), any());
  }

  @Test
  void failingSwitchEndsNoRounds() {
    CompletableFuture<List<ObservedFlow>> broken = new CompletableFuture<>();
    broken.completeExceptionally(new IllegalStateException("cut off"));
    connection.flows = broken;
    provider.mastered(switches.get(Rules.DEVICE).get());
    timer.pass(0);
    connection.flows = CompletableFuture.completedFuture(ImmutableList.of());
    timer.pass(5_000);
    verify(service).pushFlowMetrics(any(), any());
    verify(service, never()).batchOperationCompleted(anyLong(), any());
  }
}
