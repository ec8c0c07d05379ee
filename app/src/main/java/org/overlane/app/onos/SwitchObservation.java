/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.Multiset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowEntry.FlowEntryState;
import org.onosproject.net.flow.FlowRule;
import org.overlane.app.api.ObservedTables;
import org.overlane.app.reconcile.Item;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.openflow.Group;

/**
 * Reads back what a switch has. ONOS's rules cannot be turned into entries again in general; but
 * those that are exactly what a wanted entry is translated to are this entry. Holds no state; may
 * be called from any thread.
 */
final class SwitchObservation {
  private final ApplicationId app;
  private final OnosServices services;
  private final DeviceId device;
  private final FlowTables desired;
  private final FlowRuleTranslator translator;

  private SwitchObservation(
      ApplicationId app, OnosServices services, DeviceId device, FlowTables desired) {
    this.app = app;
    this.services = services;
    this.device = device;
    this.desired = desired;
    this.translator =
        new FlowRuleTranslator(
            app.id(),
            device,
            DriverExtensions.of(device, services.devices(), services.drivers()),
            FlowRuleTranslator.metadataInUse(desired));
  }

  static ObservedTables read(
      ApplicationId app, OnosServices services, NodeId id, FlowTables desired) {
    return new SwitchObservation(app, services, OnosFabric.device(id), desired).read();
  }

  private ObservedTables read() {
    ListMultimap<Object, FlowRule> present = ArrayListMultimap.create();
    List<String> others = new ArrayList<>();
    for (org.onosproject.net.flow.FlowEntry rule : services.rules().getFlowEntries(device)) {
      if (rule.state() != FlowEntryState.ADDED) {
        continue;
      }
      if (rule.appId() == app.id()) {
        Item item = FlowRuleTranslator.item(rule);
        present.put(item.content(), (FlowRule) item.subject());
      } else {
        others.add(words(rule));
      }
    }
    List<Group> groups = groups();
    List<FlowEntry> there = new ArrayList<>();
    List<FlowEntry> missing = new ArrayList<>();
    for (FlowEntry entry : desired.entries()) {
      boolean found = content(entry).filter(c -> !present.removeAll(c).isEmpty()).isPresent();
      (found && hasGroups(entry, groups) ? there : missing).add(entry);
    }
    present.values().forEach(rule -> others.add(words(rule)));
    return ObservedTables.of(
        services.devices().isAvailable(device),
        new FlowTables(there, groups, desired.meters().values()),
        missing,
        others);
  }

  /** An entry whose group is not as it should be is not as it should be, either. */
  private static boolean hasGroups(FlowEntry entry, List<Group> groups) {
    for (Action action : entry.instructions().applyActions()) {
      if (action instanceof Action.ToGroup) {
        long id = ((Action.ToGroup) action).groupId();
        if (groups.stream().noneMatch(g -> g.id() == id)) {
          return false;
        }
      }
    }
    return true;
  }

  private Optional<Object> content(FlowEntry entry) {
    try {
      return Optional.of(FlowRuleTranslator.item(translator.rule(entry)).content());
    } catch (UntranslatableException e) {
      return Optional.empty(); // so it cannot be there
    }
  }

  private List<Group> groups() {
    Multiset<Object> present = HashMultiset.create();
    services
        .groups()
        .getGroups(device, app)
        .forEach(g -> present.add(named(GroupTranslator.item(g))));
    GroupTranslator groups = new GroupTranslator(app, device, translator);
    List<Group> there = new ArrayList<>();
    for (Group group : desired.groups().values()) {
      try {
        if (present.contains(named(GroupTranslator.item(groups.description(group))))) {
          there.add(group);
        }
      } catch (UntranslatableException e) {
        // Then it cannot be there.
      }
    }
    return there;
  }

  private static Object named(Item item) {
    return ImmutableList.of(item.name(), item.content());
  }

  private static String words(FlowRule rule) {
    return Refusal.place(rule)
        + " -> "
        + rule.treatment().allInstructions()
        + ", application id "
        + rule.appId();
  }
}
