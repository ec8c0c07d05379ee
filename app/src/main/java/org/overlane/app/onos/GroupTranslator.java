/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import java.util.ArrayList;
import java.util.List;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.GroupId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.group.DefaultGroupBucket;
import org.onosproject.net.group.DefaultGroupDescription;
import org.onosproject.net.group.DefaultGroupKey;
import org.onosproject.net.group.GroupBucket;
import org.onosproject.net.group.GroupBuckets;
import org.onosproject.net.group.GroupDescription;
import org.onosproject.net.group.GroupKey;
import org.overlane.app.reconcile.Item;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.Group;

/**
 * From groups to ONOS group descriptions, for one device. All groups are of type ALL. The key under
 * which ONOS knows a group follows from its id alone, so that it is the same after a restart.
 */
final class GroupTranslator {
  private static final byte[] KEY_PREFIX = {'o', 'v', 'l', 'n'};

  private final ApplicationId app;
  private final DeviceId device;
  private final FlowRuleTranslator treatments;

  GroupTranslator(ApplicationId app, DeviceId device, FlowRuleTranslator treatments) {
    this.app = app;
    this.device = device;
    this.treatments = treatments;
  }

  /**
   * The description of a group.
   *
   * @throws UntranslatableException if ONOS or the device's driver cannot express it
   */
  GroupDescription description(Group group) throws UntranslatableException {
    if (group.type() != Group.Type.ALL) {
      throw new UntranslatableException(
          "Overlane sends groups of type all only, and group "
              + group.id()
              + " is of type "
              + group.type().text(),
          FlowRuleTranslator.REMEDY);
    }
    List<GroupBucket> buckets = new ArrayList<>();
    for (ImmutableList<Action> actions : group.buckets()) {
      buckets.add(DefaultGroupBucket.createAllGroupBucket(treatments.treatment(actions)));
    }
    int id = (int) group.id();
    return new DefaultGroupDescription(
        device, GroupDescription.Type.ALL, new GroupBuckets(buckets), key(id), id, app);
  }

  static GroupKey key(int id) {
    byte[] octets = new byte[KEY_PREFIX.length + Integer.BYTES];
    System.arraycopy(KEY_PREFIX, 0, octets, 0, KEY_PREFIX.length);
    System.arraycopy(Ints.toByteArray(id), 0, octets, KEY_PREFIX.length, Integer.BYTES);
    return new DefaultGroupKey(octets);
  }

  /** A desired group as the reconciler sees it. */
  static Item item(GroupDescription group) {
    return Item.group(new GroupId(group.givenGroupId()), group.appCookie(), content(group), group);
  }

  /** An observed group as the reconciler sees it. */
  static Item item(org.onosproject.net.group.Group group) {
    return Item.group(group.id(), group.appCookie(), content(group), group);
  }

  /** Bucket equality of ONOS leaves the order of actions out; a switch does not. */
  private static ImmutableList<Object> content(GroupDescription group) {
    ImmutableList.Builder<Object> content = ImmutableList.builder();
    content.add(group.type());
    for (GroupBucket bucket : group.buckets().buckets()) {
      content.add(instructions(bucket.treatment()));
    }
    return content.build();
  }

  private static ImmutableList<Instruction> instructions(TrafficTreatment treatment) {
    return ImmutableList.copyOf(treatment.allInstructions());
  }
}
