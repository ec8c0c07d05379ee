/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.onosproject.core.GroupId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.group.DefaultGroup;
import org.onosproject.net.group.DefaultGroupBucket;
import org.onosproject.net.group.Group;
import org.onosproject.net.group.GroupBucket;
import org.onosproject.net.group.GroupBuckets;
import org.onosproject.net.group.GroupDescription;
import org.onosproject.net.group.GroupOperation;
import org.onosproject.net.group.StoredGroupBucketEntry;
import org.projectfloodlight.openflow.protocol.OFBucket;
import org.projectfloodlight.openflow.protocol.OFBucketCounter;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFGroupDescStatsEntry;
import org.projectfloodlight.openflow.protocol.OFGroupMod;
import org.projectfloodlight.openflow.protocol.OFGroupStatsEntry;
import org.projectfloodlight.openflow.protocol.OFGroupType;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.types.OFGroup;
import org.projectfloodlight.openflow.types.OFPort;

/** Groups of ONOS as group-mods, and what switches report as groups. */
final class GroupTranslator {

  private static final OFFactory FACTORY = OFFactories.getFactory(OFVersion.OF_13);

  private GroupTranslator() {}

  /** The group-mod for an ADD, MODIFY or DELETE. */
  static OFGroupMod groupMod(GroupOperation operation, DeviceId device)
      throws UnsupportedRuleException {
    switch (operation.opType()) {
      case ADD:
        return add(operation, device);
      case MODIFY:
        return modify(operation, device);
      default:
        return FACTORY
            .buildGroupDelete()
            .setGroup(ActionEncoder.group(operation.groupId()))
            .setGroupType(openFlowType(operation.groupType()))
            .build();
    }
  }

  static OFGroupMod add(GroupOperation operation, DeviceId device) throws UnsupportedRuleException {
    return FACTORY
        .buildGroupAdd()
        .setGroup(ActionEncoder.group(operation.groupId()))
        .setGroupType(openFlowType(operation.groupType()))
        .setBuckets(buckets(operation, device))
        .build();
  }

  static OFGroupMod modify(GroupOperation operation, DeviceId device)
      throws UnsupportedRuleException {
    return FACTORY
        .buildGroupModify()
        .setGroup(ActionEncoder.group(operation.groupId()))
        .setGroupType(openFlowType(operation.groupType()))
        .setBuckets(buckets(operation, device))
        .build();
  }

  private static List<OFBucket> buckets(GroupOperation operation, DeviceId device)
      throws UnsupportedRuleException {
    List<OFBucket> buckets = new ArrayList<>();
    boolean indirect = operation.groupType() == GroupDescription.Type.INDIRECT;
    if (indirect && operation.buckets().buckets().size() != 1) {
      throw new UnsupportedRuleException(
          "indirect group with " + operation.buckets().buckets().size() + " buckets: it has one");
    }
    for (GroupBucket bucket : operation.buckets().buckets()) {
      TrafficTreatment treatment = bucket.treatment();
      if (treatment.tableTransition() != null
          || treatment.writeMetadata() != null
          || !treatment.meters().isEmpty()
          || treatment.clearedDeferred()) {
        throw new UnsupportedRuleException(
            "bucket " + bucket + ": a bucket has actions only, no other instructions");
      }
      OFBucket encoded = bucket(bucket);
      GroupBucket readBack = bucket(encoded, operation.groupType(), device);
      if (!isSame(bucket, readBack)) {
        throw new UnsupportedRuleException(
            "bucket " + bucket + ": a switch would report " + readBack);
      }
      buckets.add(encoded);
    }
    return buckets;
  }

  private static OFBucket bucket(GroupBucket bucket) throws UnsupportedRuleException {
    boolean select = bucket.type() == GroupDescription.Type.SELECT;
    return FACTORY
        .buildBucket()
        .setWeight(select ? bucket.weight() : 0)
        .setWatchPort(
            bucket.watchPort() == null ? OFPort.ANY : Ports.toOpenFlow(bucket.watchPort()))
        .setWatchGroup(
            bucket.watchGroup() == null ? OFGroup.ANY : ActionEncoder.group(bucket.watchGroup()))
        .setActions(ActionEncoder.encode(bucket.treatment().allInstructions()))
        .build();
  }

  /** True if the buckets do the same; ONOS's own equality ignores order and parameters. */
  static boolean isSame(GroupBucket one, GroupBucket other) {
    return one.type() == other.type()
        && one.treatment().allInstructions().equals(other.treatment().allInstructions())
        && one.hasSameParameters(other);
  }

  /** True if both have the same buckets in the same order. */
  static boolean isSame(GroupBuckets one, GroupBuckets other) {
    List<GroupBucket> left = one.buckets();
    List<GroupBucket> right = other.buckets();
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!isSame(left.get(i), right.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The group that a switch reports, with its counters if the switch has them. */
  static Group group(
      OFGroupDescStatsEntry description,
      Map<OFGroup, OFGroupStatsEntry> counters,
      DeviceId device) {
    GroupDescription.Type type = onosType(description.getGroupType());
    ImmutableList<GroupBucket> buckets =
        description.getBuckets().stream()
            .map(bucket -> bucket(bucket, type, device))
            .collect(ImmutableList.toImmutableList());
    GroupId id = new GroupId(description.getGroup().getGroupNumber());
    DefaultGroup group = new DefaultGroup(id, device, type, new GroupBuckets(buckets));
    group.setState(Group.GroupState.ADDED);
    OFGroupStatsEntry counter = counters.get(description.getGroup());
    if (counter != null) {
      group.setLife(counter.getDurationSec());
      group.setReferenceCount(counter.getRefCount());
      group.setPackets(counter.getPacketCount().getValue());
      group.setBytes(counter.getByteCount().getValue());
      List<OFBucketCounter> each = counter.getBucketStats();
      for (int i = 0; i < Math.min(each.size(), buckets.size()); i++) {
        StoredGroupBucketEntry bucket = (StoredGroupBucketEntry) buckets.get(i);
        bucket.setPackets(each.get(i).getPacketCount().getValue());
        bucket.setBytes(each.get(i).getByteCount().getValue());
      }
    }
    return group;
  }

  private static GroupBucket bucket(OFBucket bucket, GroupDescription.Type type, DeviceId device) {
    TrafficTreatment.Builder builder = DefaultTrafficTreatment.builder();
    ActionDecoder.decode(bucket.getActions(), device, builder);
    TrafficTreatment treatment = builder.build();
    switch (type) {
      case ALL:
        return DefaultGroupBucket.createAllGroupBucket(treatment);
      case INDIRECT:
        return DefaultGroupBucket.createIndirectGroupBucket(treatment);
      case FAILOVER:
        OFPort port = bucket.getWatchPort();
        OFGroup group = bucket.getWatchGroup();
        GroupId watchGroup = group.equals(OFGroup.ANY) ? null : new GroupId(group.getGroupNumber());
        PortNumber watchPort = port.equals(OFPort.ANY) ? null : Ports.toOnos(port);
        // ONOS wants one of them; a bucket that watches nothing is always live.
        return DefaultGroupBucket.createFailoverGroupBucket(
            treatment,
            watchPort == null && watchGroup == null ? PortNumber.ANY : watchPort,
            watchGroup);
      default:
        // A weight of 0, which ONOS cannot say, never gets a packet: the nearest is the lightest.
        return DefaultGroupBucket.createSelectGroupBucket(
            treatment, (short) Math.max(1, bucket.getWeight()));
    }
  }

  private static OFGroupType openFlowType(GroupDescription.Type type)
      throws UnsupportedRuleException {
    switch (type) {
      case ALL:
        return OFGroupType.ALL;
      case INDIRECT:
        return OFGroupType.INDIRECT;
      case SELECT:
        return OFGroupType.SELECT;
      case FAILOVER:
        return OFGroupType.FF;
      default:
        throw new UnsupportedRuleException("group type " + type + ": OpenFlow 1.3 has none such");
    }
  }

  private static GroupDescription.Type onosType(OFGroupType type) {
    switch (type) {
      case ALL:
        return GroupDescription.Type.ALL;
      case INDIRECT:
        return GroupDescription.Type.INDIRECT;
      case FF:
        return GroupDescription.Type.FAILOVER;
      default:
        return GroupDescription.Type.SELECT;
    }
  }
}
