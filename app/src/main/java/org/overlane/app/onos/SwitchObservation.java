/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.Streams;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowEntry.FlowEntryState;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.group.GroupBucket;
import org.onosproject.net.group.GroupDescription;
import org.onosproject.net.meter.MeterId;
import org.overlane.app.api.ObservedTables;
import org.overlane.app.api.OtherEntry;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.ActionSet;
import org.overlane.flowrules.openflow.Cookie;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.openflow.Group;
import org.overlane.flowrules.openflow.Instructions;
import org.overlane.flowrules.openflow.Match;
import org.overlane.flowrules.openflow.Meter;
import org.overlane.flowrules.text.OfctlFormat;

/**
 * Reads back what a switch has, whoever has written it. A rule that is exactly what a wanted entry
 * is translated to is this entry; any other is read as far as its fields are known here, and says
 * what could not be. Holds no state; may be called from any thread.
 */
final class SwitchObservation {
  /** States of a group that the switch has. */
  private static final ImmutableSet<org.onosproject.net.group.Group.GroupState> THERE =
      ImmutableSet.of(
          org.onosproject.net.group.Group.GroupState.ADDED,
          org.onosproject.net.group.Group.GroupState.PENDING_UPDATE);

  private final ApplicationId app;
  private final OnosServices services;
  private final Function<Short, Optional<String>> applications;
  private final Predicate<FlowRule> temporary;

  /**
   * Observation of the switches of ONOS.
   *
   * @param applications the names of applications by their ids
   * @param temporary entries of ours that no model asks for and that go by themselves
   */
  SwitchObservation(
      ApplicationId app,
      OnosServices services,
      Function<Short, Optional<String>> applications,
      Predicate<FlowRule> temporary) {
    this.app = app;
    this.services = services;
    this.applications = applications;
    this.temporary = temporary;
  }

  ObservedTables read(NodeId id, FlowTables desired) {
    return new Reading(OnosFabric.device(id), desired).read();
  }

  /** Groups that ONOS found on a switch have no application. */
  private String owner(ApplicationId application) {
    return application == null ? "nobody known" : owner(application.id());
  }

  private String owner(short application) {
    return "application " + applications.apply(application).orElseGet(() -> "of id " + application);
  }

  /** One switch, once. */
  private final class Reading {
    private final DeviceId device;
    private final FlowTables desired;
    private final long metadataInUse;
    private final FlowRuleTranslator translator;
    private final Map<Long, Meter> meters = new LinkedHashMap<>();
    private final Map<Long, Group> groups = new LinkedHashMap<>();
    private final List<FlowEntry> there = new ArrayList<>();
    private final List<FlowEntry> missing = new ArrayList<>();
    private final List<OtherEntry> others = new ArrayList<>();
    private final Set<FlowEntry.Key> taken = new HashSet<>();

    Reading(DeviceId device, FlowTables desired) {
      this.device = device;
      this.desired = desired;
      this.metadataInUse = FlowRuleTranslator.metadataInUse(desired);
      this.translator =
          new FlowRuleTranslator(
              app.id(),
              device,
              DriverExtensions.of(device, services.devices(), services.drivers()),
              metadataInUse);
    }

    ObservedTables read() {
      services.meters().getMeters(device).forEach(this::meter);
      readGroups();
      List<FlowRule> rest = wanted();
      TreatmentReader treatments = new TreatmentReader(groups.keySet(), meters.keySet());
      rest.forEach(rule -> other(rule, treatments));
      return ObservedTables.of(
          services.devices().isAvailable(device),
          new FlowTables(there, groups.values(), meters.values()),
          missing,
          others);
    }

    /** Finds the wanted entries among the rules. Returns the others. */
    private List<FlowRule> wanted() {
      ListMultimap<Object, FlowRule> ours = ArrayListMultimap.create();
      List<FlowRule> rest = new ArrayList<>();
      for (org.onosproject.net.flow.FlowEntry rule : services.rules().getFlowEntries(device)) {
        if (rule.state() != FlowEntryState.ADDED) {
          continue;
        }
        if (rule.appId() == app.id()) {
          ours.put(FlowRuleTranslator.item(rule).content(), rule);
        } else {
          rest.add(rule);
        }
      }
      for (FlowEntry entry : desired.entries()) {
        boolean found = content(entry).filter(c -> !ours.removeAll(c).isEmpty()).isPresent();
        if (found && hasGroups(entry)) {
          there.add(entry);
          taken.add(entry.key());
        } else {
          missing.add(entry);
        }
      }
      rest.addAll(0, ours.values());
      return rest;
    }

    /** An entry whose group is not there is not as it should be. */
    private boolean hasGroups(FlowEntry entry) {
      return Streams.stream(entry.instructions().allActions())
          .filter(Action.ToGroup.class::isInstance)
          .allMatch(a -> groups.containsKey(((Action.ToGroup) a).groupId()));
    }

    private Optional<Object> content(FlowEntry entry) {
      try {
        return Optional.of(FlowRuleTranslator.item(translator.rule(entry)).content());
      } catch (UntranslatableException e) {
        return Optional.empty(); // so it cannot be there
      }
    }

    private void other(FlowRule rule, TreatmentReader treatments) {
      List<String> unread = new ArrayList<>();
      String owner = rule.appId() == app.id() ? "Overlane" : owner(rule.appId());
      Optional<FlowEntry> entry = entry(rule, treatments, owner, unread);
      if (entry.isPresent() && !taken.add(entry.get().key())) {
        entry = Optional.empty();
        unread.add(
            "another entry has the same table, priority and match, and a switch only one of both");
      }
      entry.ifPresent(there::add);
      others.add(
          OtherEntry.builder()
              .kind(kind(rule))
              .owner(owner)
              .text(unread.isEmpty() ? OfctlFormat.entry(entry.get()) : words(rule))
              .table(rule.tableId())
              .priority(rule.priority())
              .entry(entry)
              .unread(unread)
              .build());
    }

    private OtherEntry.Kind kind(FlowRule rule) {
      if (rule.appId() != app.id()) {
        return OtherEntry.Kind.FOREIGN;
      }
      return temporary.test(rule) ? OtherEntry.Kind.EXCEPTION : OtherEntry.Kind.OURS;
    }

    private Optional<FlowEntry> entry(
        FlowRule rule, TreatmentReader treatments, String owner, List<String> unread) {
      Optional<Match> match = SelectorReader.read(rule.selector(), metadataInUse, unread);
      Instructions instructions = treatments.instructions(rule.treatment(), unread);
      try {
        return match.map(
            m ->
                FlowEntry.of(
                    rule.tableId(),
                    rule.priority(),
                    m,
                    instructions,
                    Cookie.ofBits(rule.id().value()),
                    owner));
      } catch (IllegalArgumentException e) {
        unread.add(e.getMessage());
        return Optional.empty();
      }
    }

    /** A meter of another kind is none: nobody could say what passes it. */
    private void meter(org.onosproject.net.meter.Meter meter) {
      boolean there = meter.state() == org.onosproject.net.meter.MeterState.ADDED;
      boolean packets = meter.unit() == org.onosproject.net.meter.Meter.Unit.PKTS_PER_SEC;
      boolean known = there && packets && meter.meterCellId() instanceof MeterId;
      if (!known || meter.bands().size() != 1) {
        return;
      }
      org.onosproject.net.meter.Band band = Iterables.getOnlyElement(meter.bands());
      long burst = band.burst() == null ? 1 : band.burst();
      long id = ((MeterId) meter.meterCellId()).id();
      try {
        Meter read =
            Meter.of(
                id, Math.toIntExact(band.rate()), Math.toIntExact(burst), owner(meter.appId()));
        Meter wanted = desired.meters().get(id);
        meters.put(id, wanted != null && wanted.sameOnSwitch(read) ? wanted : read);
      } catch (IllegalArgumentException | ArithmeticException e) {
        // Out of the range of what passes packets at all.
      }
    }

    /** Groups of types that can be followed, see {@link Group}. */
    private void readGroups() {
      List<org.onosproject.net.group.Group> all = new ArrayList<>();
      services.groups().getGroups(device).forEach(all::add);
      Set<Long> ids = new HashSet<>();
      all.forEach(g -> ids.add(id(g)));
      TreatmentReader buckets = new TreatmentReader(ids, meters.keySet());
      all.forEach(g -> group(g, buckets).ifPresent(read -> groups.put(read.id(), read)));
      dropIncomplete();
    }

    private Optional<Group> group(
        org.onosproject.net.group.Group group, TreatmentReader treatments) {
      boolean there = THERE.contains(group.state());
      Optional<Group.Type> type = type(group.type());
      if (!there || !type.isPresent() || id(group) > Group.MAX_ID) {
        return Optional.empty();
      }
      List<String> unread = new ArrayList<>();
      List<ImmutableList<Action>> buckets = new ArrayList<>();
      for (GroupBucket bucket : group.buckets().buckets()) {
        buckets.add(ImmutableList.copyOf(treatments.bucket(bucket.treatment(), unread)));
      }
      boolean possible = type.get() != Group.Type.INDIRECT || buckets.size() == 1;
      if (!possible || !unread.isEmpty() || !buckets.stream().allMatch(ActionSet::allows)) {
        return Optional.empty();
      }
      Group read = Group.of(id(group), type.get(), buckets, owner(group.appId()));
      Group wanted = desired.groups().get(read.id());
      return Optional.of(wanted != null && wanted.sameOnSwitch(read) ? wanted : read);
    }

    /** A group that leads to one that could not be read is as little known. */
    private void dropIncomplete() {
      boolean dropped;
      do {
        dropped = groups.values().removeIf(g -> !isComplete(g));
      } while (dropped);
    }

    private boolean isComplete(Group group) {
      return group.buckets().stream()
          .flatMap(List::stream)
          .filter(Action.ToGroup.class::isInstance)
          .allMatch(a -> groups.containsKey(((Action.ToGroup) a).groupId()));
    }
  }

  /** Which bucket of a group of type FAILOVER is alive is not known here. */
  private static Optional<Group.Type> type(GroupDescription.Type type) {
    switch (type) {
      case ALL:
        return Optional.of(Group.Type.ALL);
      case SELECT:
        return Optional.of(Group.Type.SELECT);
      case INDIRECT:
        return Optional.of(Group.Type.INDIRECT);
      default:
        return Optional.empty();
    }
  }

  private static long id(org.onosproject.net.group.Group group) {
    return group.id().id() & 0xffffffffL;
  }

  private static String words(FlowRule rule) {
    return Refusal.place(rule) + " -> " + rule.treatment().allInstructions();
  }
}
