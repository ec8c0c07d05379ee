/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import com.google.common.base.Enums;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.onosproject.core.GroupId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.group.Group;
import org.onosproject.net.group.GroupOperation;
import org.onosproject.net.group.GroupOperation.GroupMsgErrorCode;
import org.onosproject.net.group.GroupOperations;
import org.onosproject.net.group.GroupProvider;
import org.onosproject.net.group.GroupProviderRegistry;
import org.onosproject.net.group.GroupProviderService;
import org.onosproject.net.group.GroupService;
import org.onosproject.net.provider.AbstractProvider;
import org.overlane.monitoring.LimitedLog;
import org.overlane.openflow.channel.ModOutcome;
import org.projectfloodlight.openflow.protocol.OFErrorMsg;
import org.projectfloodlight.openflow.protocol.OFGroupDescStatsEntry;
import org.projectfloodlight.openflow.protocol.OFGroupMod;
import org.projectfloodlight.openflow.protocol.OFGroupModFailedCode;
import org.projectfloodlight.openflow.protocol.OFGroupStatsEntry;
import org.projectfloodlight.openflow.protocol.OFGroupStatsReply;
import org.projectfloodlight.openflow.protocol.errormsg.OFGroupModFailedErrorMsg;
import org.projectfloodlight.openflow.types.OFGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Installs groups and reports the groups of the switches to ONOS.
 *
 * <p>ONOS notices a group that is missing, but not one whose buckets somebody changed, so its store
 * is compared here with what the switch shows, and the group restored. Thread-safe.
 */
final class GroupTableProvider extends AbstractProvider implements GroupProvider, SwitchEvents {

  private static final Logger LOG = LoggerFactory.getLogger(GroupTableProvider.class);
  private static final LimitedLog LIMITED = new LimitedLog(LOG);

  private final Switches switches;
  private final GroupService groups;
  private final Executor workers;
  private final PollRounds rounds;
  private volatile GroupProviderService service;

  GroupTableProvider(
      Switches switches,
      GroupService groups,
      ScheduledExecutorService timer,
      Executor workers,
      SouthboundConfig config) {
    super(OpenFlowSouthbound.PROVIDER_ID);
    this.switches = switches;
    this.groups = groups;
    this.workers = workers;
    this.rounds =
        new PollRounds("groups", timer, workers, config::flowStatisticsInterval, this::read);
  }

  void register(GroupProviderRegistry registry) {
    service = registry.register(this);
  }

  @Override
  public void mastered(ConnectedSwitch device) {
    rounds.begin(device);
  }

  @Override
  public void unmastered(ConnectedSwitch device) {
    rounds.end(device);
  }

  @Override
  public void disconnected(ConnectedSwitch device) {
    rounds.end(device);
  }

  @Override
  public void performGroupOperation(DeviceId id, GroupOperations operations) {
    Optional<ConnectedSwitch> device = switches.get(id);
    for (GroupOperation operation : operations.operations()) {
      if (device.isPresent()) {
        perform(device.get(), operation);
      } else {
        failed(id, operation, GroupMsgErrorCode.EPERM);
      }
    }
  }

  private void perform(ConnectedSwitch device, GroupOperation operation) {
    try {
      send(device, operation, GroupTranslator.groupMod(operation, device.id()), true);
    } catch (UnsupportedRuleException e) {
      refused(device, operation, e.getMessage());
      failed(device.id(), operation, GroupMsgErrorCode.BAD_BUCKET);
    }
  }

  private void send(
      ConnectedSwitch device, GroupOperation operation, OFGroupMod mod, boolean mayRetry) {
    RecentChanges<GroupId> changed = device.groupChanges();
    RecentChanges.Change change = changed.begin(ImmutableList.of(operation.groupId()));
    device
        .connection()
        .sendGroupMods(ImmutableList.of(mod))
        .whenCompleteAsync(
            (outcomes, failure) -> {
              changed.settled(change);
              answered(device, operation, outcomes, failure, mayRetry);
              boolean isThere =
                  outcomes != null
                      && operation.opType() == GroupOperation.Type.ADD
                      && outcomes.get(0).isSuccess();
              if (isThere || PollRounds.isWorthARead(outcomes)) {
                rounds.soon(device);
              }
            },
            workers);
  }

  private void answered(
      ConnectedSwitch device,
      GroupOperation operation,
      List<ModOutcome> outcomes,
      Throwable failure,
      boolean mayRetry) {
    if (failure != null) {
      refused(device, operation, failure.toString());
      failed(device.id(), operation, GroupMsgErrorCode.EPERM);
      return;
    }
    ModOutcome outcome = outcomes.get(0);
    if (outcome.isSuccess()) {
      return;
    }
    Optional<OFGroupModFailedCode> code = outcome.error().flatMap(GroupTableProvider::code);
    Optional<OFGroupMod> other = mayRetry ? otherWay(device, operation, code) : Optional.empty();
    if (other.isPresent()) {
      send(device, operation, other.get(), false);
      return;
    }
    refused(device, operation, outcome.reason());
    failed(
        device.id(),
        operation,
        code.map(GroupTableProvider::onosCode).orElse(GroupMsgErrorCode.EPERM));
  }

  /** An ADD of a group that is there is meant as a change, and the other way round. */
  private static Optional<OFGroupMod> otherWay(
      ConnectedSwitch device, GroupOperation operation, Optional<OFGroupModFailedCode> code) {
    try {
      if (code.filter(c -> c == OFGroupModFailedCode.GROUP_EXISTS).isPresent()) {
        return Optional.of(GroupTranslator.modify(operation, device.id()));
      }
      boolean unknown = code.filter(c -> c == OFGroupModFailedCode.UNKNOWN_GROUP).isPresent();
      if (unknown && operation.opType() == GroupOperation.Type.MODIFY) {
        return Optional.of(GroupTranslator.add(operation, device.id()));
      }
      return Optional.empty();
    } catch (UnsupportedRuleException e) {
      // It was translated before; should the two ways ever differ, the switch's answer stands.
      LOG.debug("{}", e.getMessage());
      return Optional.empty();
    }
  }

  /** ONOS knows the codes of OpenFlow 1.3 by the same names; for later ones it has no word. */
  static GroupMsgErrorCode onosCode(OFGroupModFailedCode code) {
    return Enums.getIfPresent(GroupMsgErrorCode.class, code.name()).or(GroupMsgErrorCode.EPERM);
  }

  private static Optional<OFGroupModFailedCode> code(OFErrorMsg error) {
    return error instanceof OFGroupModFailedErrorMsg
        ? Optional.of(((OFGroupModFailedErrorMsg) error).getCode())
        : Optional.empty();
  }

  private void refused(ConnectedSwitch device, GroupOperation operation, String reason) {
    String what =
        operation.opType()
            + " of group "
            + Integer.toHexString(operation.groupId().id())
            + ": "
            + reason;
    device.refused(what);
    LIMITED.warn(device.toString(), "Not taken: device=" + device + " what=" + what);
  }

  private void failed(DeviceId id, GroupOperation operation, GroupMsgErrorCode code) {
    service.groupOperationFailed(id, GroupOperation.createFailedGroupOperation(operation, code));
  }

  private CompletableFuture<?> read(ConnectedSwitch device) {
    long started = device.groupChanges().startRead();
    CompletableFuture<ImmutableMap<OFGroup, OFGroupStatsEntry>> counters =
        device
            .connection()
            .<OFGroupStatsReply>requestStats(
                device
                    .connection()
                    .factory()
                    .buildGroupStatsRequest()
                    .setGroup(OFGroup.ALL)
                    .build())
            .thenApply(GroupTableProvider::byGroup);
    return device
        .connection()
        .readGroups()
        .thenCombineAsync(
            counters, (descriptions, counts) -> onosGroups(device, descriptions, counts), workers)
        .thenAccept(observed -> report(device, observed, started));
  }

  private List<Group> onosGroups(
      ConnectedSwitch device,
      List<OFGroupDescStatsEntry> descriptions,
      Map<OFGroup, OFGroupStatsEntry> counters) {
    ImmutableList.Builder<Group> groups = ImmutableList.builder();
    for (OFGroupDescStatsEntry description : descriptions) {
      try {
        groups.add(GroupTranslator.group(description, counters, device.id()));
      } catch (IllegalArgumentException e) {
        // ONOS refuses, for example, an indirect group without a bucket.
        LIMITED.warn(
            device.toString(),
            "ONOS has no words for a group: device="
                + device
                + " group="
                + description
                + " reason="
                + e.getMessage());
      }
    }
    return groups.build();
  }

  private static ImmutableMap<OFGroup, OFGroupStatsEntry> byGroup(List<OFGroupStatsReply> parts) {
    Map<OFGroup, OFGroupStatsEntry> entries = new HashMap<>();
    parts.forEach(part -> part.getEntries().forEach(entry -> entries.put(entry.getGroup(), entry)));
    return ImmutableMap.copyOf(entries);
  }

  private void report(ConnectedSwitch device, List<Group> observed, long readStart) {
    RecentChanges<GroupId> changed = device.groupChanges();
    if (!device.isMastered()) {
      return;
    }
    if (changed.isAnyChangedSince(readStart)) {
      // ONOS would install again what it misses in a stale report.
      rounds.soon(device);
      return;
    }
    changed.endRead(readStart);
    service.pushGroupMetrics(device.id(), observed);
    mend(device, observed);
  }

  private void mend(ConnectedSwitch device, List<Group> observed) {
    Map<GroupId, Group> byId = new HashMap<>();
    observed.forEach(group -> byId.put(group.id(), group));
    for (Group wanted : groups.getGroups(device.id())) {
      Group shown = wanted == null ? null : byId.get(wanted.id());
      if (shown != null
          && wanted.state() == Group.GroupState.ADDED
          && !(wanted.type() == shown.type()
              && GroupTranslator.isSame(wanted.buckets(), shown.buckets()))) {
        LIMITED.info(
            device.toString(), "Restoring a group: device=" + device + " group=" + shown.id());
        perform(
            device,
            GroupOperation.createModifyGroupOperation(
                wanted.id(), wanted.type(), wanted.buckets()));
      }
    }
  }
}
