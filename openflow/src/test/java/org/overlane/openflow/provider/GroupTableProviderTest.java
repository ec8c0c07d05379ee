/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.BeforeTry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.onosproject.core.GroupId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.group.DefaultGroup;
import org.onosproject.net.group.DefaultGroupBucket;
import org.onosproject.net.group.Group;
import org.onosproject.net.group.GroupBucket;
import org.onosproject.net.group.GroupBuckets;
import org.onosproject.net.group.GroupDescription;
import org.onosproject.net.group.GroupOperation;
import org.onosproject.net.group.GroupOperation.GroupMsgErrorCode;
import org.onosproject.net.group.GroupOperations;
import org.onosproject.net.group.GroupProviderRegistry;
import org.onosproject.net.group.GroupProviderService;
import org.onosproject.net.group.GroupService;
import org.overlane.openflow.channel.ModOutcome;
import org.projectfloodlight.openflow.protocol.OFBucket;
import org.projectfloodlight.openflow.protocol.OFGroupAdd;
import org.projectfloodlight.openflow.protocol.OFGroupDelete;
import org.projectfloodlight.openflow.protocol.OFGroupDescStatsEntry;
import org.projectfloodlight.openflow.protocol.OFGroupMod;
import org.projectfloodlight.openflow.protocol.OFGroupModFailedCode;
import org.projectfloodlight.openflow.protocol.OFGroupModify;
import org.projectfloodlight.openflow.protocol.OFGroupType;
import org.projectfloodlight.openflow.protocol.OFMessage;

class GroupTableProviderTest {

  private static final GroupId ID = new GroupId(7);

  private final FakeConnection connection = new FakeConnection();
  private final ManualTimer timer = new ManualTimer();
  private final GroupProviderService service = mock(GroupProviderService.class);
  private final GroupService groups = mock(GroupService.class);
  private final Switches switches = new Switches(Runnable::run, Runnable::run);
  private GroupTableProvider provider;

  @BeforeEach
  @BeforeTry
  void connect() {
    provider =
        new GroupTableProvider(
            switches,
            groups,
            timer.executor(),
            Runnable::run,
            SouthboundProperties.of(ImmutableMap.of()));
    GroupProviderRegistry registry = mock(GroupProviderRegistry.class);
    when(registry.register(any())).thenReturn(service);
    when(groups.getGroups(Rules.DEVICE)).thenReturn(ImmutableList.of());
    provider.register(registry);
    switches.subscribe(ImmutableList.of(provider));
    switches.connected(connection);
  }

  private static TrafficTreatment output(int port) {
    return DefaultTrafficTreatment.builder().setOutput(PortNumber.portNumber(port)).build();
  }

  private static GroupBuckets all(int... ports) {
    ImmutableList.Builder<GroupBucket> buckets = ImmutableList.builder();
    for (int port : ports) {
      buckets.add(DefaultGroupBucket.createAllGroupBucket(output(port)));
    }
    return new GroupBuckets(buckets.build());
  }

  private static GroupOperation add(GroupBuckets buckets) {
    return GroupOperation.createAddGroupOperation(ID, GroupDescription.Type.ALL, buckets);
  }

  private void perform(GroupOperation operation) {
    provider.performGroupOperation(Rules.DEVICE, new GroupOperations(ImmutableList.of(operation)));
  }

  /** What the switch would report of the group. */
  private static OFGroupDescStatsEntry description(OFGroupMod mod) {
    return FakeConnection.FACTORY
        .buildGroupDescStatsEntry()
        .setGroup(mod.getGroup())
        .setGroupType(mod.getGroupType())
        .setBuckets(mod.getBuckets())
        .build();
  }

  private static ModOutcome refused(OFGroupModFailedCode code) {
    return ModOutcome.refused(
        FakeConnection.FACTORY.errorMsgs().buildGroupModFailedErrorMsg().setCode(code).build());
  }

  @Provide
  Arbitrary<List<List<Instruction>>> actionLists() {
    return Rules.actions().list().ofMaxSize(4).list().ofMaxSize(5);
  }

  @Property(tries = 300)
  void everyGroupIsReadBackExactly(
      @ForAll("actionLists") List<List<Instruction>> lists,
      @ForAll GroupDescription.Type type,
      @ForAll short number)
      throws UnsupportedRuleException {
    Assume.that(type != GroupDescription.Type.CLONE);
    Assume.that(type != GroupDescription.Type.INDIRECT || lists.size() == 1);
    ImmutableList.Builder<GroupBucket> buckets = ImmutableList.builder();
    for (List<Instruction> actions : lists) {
      TrafficTreatment.Builder treatment = DefaultTrafficTreatment.builder();
      actions.forEach(treatment::add);
      buckets.add(bucket(type, treatment.build(), (short) Math.max(1, number)));
    }
    GroupBuckets wanted = new GroupBuckets(buckets.build());
    OFGroupMod mod =
        GroupTranslator.groupMod(
            GroupOperation.createAddGroupOperation(ID, type, wanted), Rules.DEVICE);
    Group shown = GroupTranslator.group(description(mod), ImmutableMap.of(), Rules.DEVICE);
    assertThat(shown.type()).isEqualTo(type);
    assertThat(shown.id()).isEqualTo(ID);
    assertThat(GroupTranslator.isSame(wanted, shown.buckets())).isTrue();
    assertThat(shown.buckets()).isEqualTo(wanted);
  }

  private static GroupBucket bucket(
      GroupDescription.Type type, TrafficTreatment treatment, short number) {
    switch (type) {
      case ALL:
        return DefaultGroupBucket.createAllGroupBucket(treatment);
      case INDIRECT:
        return DefaultGroupBucket.createIndirectGroupBucket(treatment);
      case FAILOVER:
        return number % 2 == 0
            ? DefaultGroupBucket.createFailoverGroupBucket(treatment, null, new GroupId(number))
            : DefaultGroupBucket.createFailoverGroupBucket(
                treatment, PortNumber.portNumber(number), null);
      default:
        return DefaultGroupBucket.createSelectGroupBucket(treatment, number);
    }
  }

  @Test
  void operationsBecomeGroupMods() {
    perform(add(all(1, 2)));
    perform(GroupOperation.createModifyGroupOperation(ID, GroupDescription.Type.ALL, all(3)));
    perform(GroupOperation.createDeleteGroupOperation(ID, GroupDescription.Type.ALL));
    assertThat(connection.groupMods.get(0)).isInstanceOf(OFGroupAdd.class);
    assertThat(connection.groupMods.get(1)).isInstanceOf(OFGroupModify.class);
    assertThat(connection.groupMods.get(2)).isInstanceOf(OFGroupDelete.class);
    assertThat(connection.groupMods.get(0).getBuckets()).hasSize(2);
    verify(service, never()).groupOperationFailed(any(), any());
  }

  @Test
  void addOfAnExistingGroupChangesItAndTheOtherWayRound() {
    connection.answer =
        mod ->
            mod instanceof OFGroupAdd
                ? refused(OFGroupModFailedCode.GROUP_EXISTS)
                : ModOutcome.done();
    perform(add(all(1)));
    assertThat(connection.groupMods.get(1)).isInstanceOf(OFGroupModify.class);
    connection.groupMods.clear();
    connection.answer =
        mod ->
            mod instanceof OFGroupModify
                ? refused(OFGroupModFailedCode.UNKNOWN_GROUP)
                : ModOutcome.done();
    perform(GroupOperation.createModifyGroupOperation(ID, GroupDescription.Type.ALL, all(3)));
    assertThat(connection.groupMods.get(1)).isInstanceOf(OFGroupAdd.class);
    verify(service, never()).groupOperationFailed(any(), any());
  }

  @Test
  void refusalIsReportedWithItsCode() {
    connection.answer = mod -> refused(OFGroupModFailedCode.OUT_OF_GROUPS);
    perform(add(all(1)));
    assertThat(failure().failureCode()).isEqualTo(GroupMsgErrorCode.OUT_OF_GROUPS);
    assertThat(failure().groupId()).isEqualTo(ID);
    assertThat(connection.groupMods).hasSize(1);
  }

  @Test
  void codesOfOpenFlow13KeepTheirNamesAndLaterOnesAreGeneral() {
    assertThat(GroupTableProvider.onosCode(OFGroupModFailedCode.LOOP))
        .isEqualTo(GroupMsgErrorCode.LOOP);
    assertThat(GroupTableProvider.onosCode(OFGroupModFailedCode.UNKNOWN_BUCKET))
        .isEqualTo(GroupMsgErrorCode.EPERM);
  }

  @Test
  void indirectGroupHasOneBucket() {
    perform(
        GroupOperation.createAddGroupOperation(
            ID,
            GroupDescription.Type.INDIRECT,
            new GroupBuckets(
                ImmutableList.of(
                    DefaultGroupBucket.createIndirectGroupBucket(output(1)),
                    DefaultGroupBucket.createIndirectGroupBucket(output(2))))));
    assertThat(connection.groupMods).isEmpty();
    assertThat(switches.get(Rules.DEVICE).get().lastRefusal().get()).contains("it has one");
  }

  @Test
  void groupThatOnosHasNoWordsForHidesNoOther() throws UnsupportedRuleException {
    OFGroupDescStatsEntry odd =
        description(GroupTranslator.add(add(all(1)), Rules.DEVICE))
            .createBuilder()
            .setGroupType(OFGroupType.INDIRECT)
            .setBuckets(ImmutableList.of())
            .build();
    connection.groups =
        ImmutableList.of(odd, description(GroupTranslator.add(add(all(1)), Rules.DEVICE)));
    readOnce();
    verify(service).pushGroupMetrics(eq(Rules.DEVICE), argThat(pushed -> pushed.size() == 1));
  }

  @Test
  void bucketThatGoesToATableIsRefusedWithoutAskingTheSwitch() {
    GroupBucket bucket =
        DefaultGroupBucket.createAllGroupBucket(
            DefaultTrafficTreatment.builder().transition(3).build());
    perform(add(new GroupBuckets(ImmutableList.of(bucket))));
    assertThat(connection.groupMods).isEmpty();
    assertThat(failure().failureCode()).isEqualTo(GroupMsgErrorCode.BAD_BUCKET);
    assertThat(switches.get(Rules.DEVICE).get().lastRefusal().get()).contains("actions only");
  }

  @Test
  void operationForAnAbsentSwitchFails() {
    switches.disconnected(connection, "test");
    perform(add(all(1)));
    assertThat(failure().groupId()).isEqualTo(ID);
  }

  private GroupOperation failure() {
    ArgumentCaptor<GroupOperation> operation = ArgumentCaptor.forClass(GroupOperation.class);
    verify(service).groupOperationFailed(eq(Rules.DEVICE), operation.capture());
    return operation.getValue();
  }

  private void readOnce() {
    provider.mastered(switches.get(Rules.DEVICE).get());
    timer.pass(0);
  }

  @Test
  void groupsOfTheSwitchAreReported() throws UnsupportedRuleException {
    connection.groups =
        ImmutableList.of(description(GroupTranslator.add(add(all(1, 2)), Rules.DEVICE)));
    readOnce();
    @SuppressWarnings("unchecked") // no class literal for a generic type
    ArgumentCaptor<Collection<Group>> pushed = ArgumentCaptor.forClass(Collection.class);
    verify(service).pushGroupMetrics(eq(Rules.DEVICE), pushed.capture());
    Group group = pushed.getValue().iterator().next();
    assertThat(group.buckets()).isEqualTo(all(1, 2));
    assertThat(group.state()).isEqualTo(Group.GroupState.ADDED);
  }

  private static DefaultGroup stored(GroupBuckets buckets, Group.GroupState state) {
    DefaultGroup group = new DefaultGroup(ID, Rules.DEVICE, GroupDescription.Type.ALL, buckets);
    group.setState(state);
    return group;
  }

  @Test
  void groupThatSomebodyChangedIsRestored() throws UnsupportedRuleException {
    when(groups.getGroups(Rules.DEVICE))
        .thenReturn(ImmutableList.of(stored(all(1, 2), Group.GroupState.ADDED)));
    connection.groups =
        ImmutableList.of(description(GroupTranslator.add(add(all(2, 1)), Rules.DEVICE)));
    readOnce();
    assertThat(connection.groupMods).hasSize(1);
    assertThat(connection.groupMods.get(0)).isInstanceOf(OFGroupModify.class);
    OFBucket first = connection.groupMods.get(0).getBuckets().get(0);
    assertThat(first.getActions().toString()).contains("port=1");
  }

  @Test
  void groupThatIsAsWantedOrOnItsWayIsLeftAlone() throws UnsupportedRuleException {
    connection.groups =
        ImmutableList.of(description(GroupTranslator.add(add(all(1, 2)), Rules.DEVICE)));
    when(groups.getGroups(Rules.DEVICE))
        .thenReturn(ImmutableList.of(stored(all(1, 2), Group.GroupState.ADDED)));
    readOnce();
    when(groups.getGroups(Rules.DEVICE))
        .thenReturn(ImmutableList.of(stored(all(5), Group.GroupState.PENDING_UPDATE)));
    timer.pass(5_000);
    verify(service, times(2)).pushGroupMetrics(any(), any());
    assertThat(connection.groupMods).isEmpty();
  }

  @Test
  void staleReportIsNotGivenToOnos() {
    connection.barrier = new CompletableFuture<>();
    perform(add(all(1)));
    readOnce();
    verify(service, never()).pushGroupMetrics(any(), any());
    connection.barrier.complete(null);
    timer.pass(1_000);
    verify(service).pushGroupMetrics(any(), any());
  }

  @Test
  void weightsAreKeptForSelectOnly() throws UnsupportedRuleException {
    GroupBucket heavy = DefaultGroupBucket.createSelectGroupBucket(output(1), (short) 9);
    OFGroupMod select =
        GroupTranslator.groupMod(
            GroupOperation.createAddGroupOperation(
                ID, GroupDescription.Type.SELECT, new GroupBuckets(ImmutableList.of(heavy))),
            Rules.DEVICE);
    assertThat(select.getBuckets().get(0).getWeight()).isEqualTo(9);
    OFMessage any = GroupTranslator.groupMod(add(all(1)), Rules.DEVICE);
    assertThat(((OFGroupMod) any).getBuckets().get(0).getWeight()).isZero();
  }
}
