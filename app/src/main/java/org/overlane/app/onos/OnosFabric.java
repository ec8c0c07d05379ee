/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.onosproject.core.ApplicationId;
import org.onosproject.mastership.MastershipService;
import org.onosproject.net.Device;
import org.onosproject.net.DeviceId;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.driver.DriverService;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.group.GroupService;
import org.onosproject.net.meter.MeterService;
import org.overlane.app.reconcile.Fabric;
import org.overlane.app.reconcile.Item;
import org.overlane.app.reconcile.Notice;
import org.overlane.app.reconcile.ObservedItem;
import org.overlane.app.reconcile.Outcome;
import org.overlane.app.reconcile.Plan;
import org.overlane.app.reconcile.Translation;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.openflow.Group;
import org.overlane.flowrules.openflow.Meter;

/**
 * The OpenFlow switches of this ONOS cluster. What is observed is what ONOS's stores hold for our
 * application id, which ONOS itself keeps in line with what the switches report.
 */
final class OnosFabric implements Fabric {
  private static final String SCHEME = "of";

  private final ApplicationId app;
  private final DeviceService devices;
  private final MastershipService mastership;
  private final FlowRuleService rules;
  private final GroupService groups;
  private final MeterService meters;
  private final DriverService drivers;
  private final Predicate<FlowRule> temporary;
  private final PlanExecution execution;
  private final Function<NodeId, ImmutableList<Notice>> otherNotices;
  private final BooleanSupplier meterIdsAreOurs;
  private final Map<NodeId, Translated> translated = new HashMap<>();

  /**
   * The switches of ONOS.
   *
   * @param otherNotices what people should know about a switch, besides what it cannot do
   * @param temporary entries of ours that no model asks for and that go by themselves: not looked
   *     at
   * @param meterIdsAreOurs whether ONOS lets applications choose the ids of meters
   */
  OnosFabric(
      ApplicationId app,
      OnosServices services,
      Function<NodeId, ImmutableList<Notice>> otherNotices,
      Predicate<FlowRule> temporary,
      BooleanSupplier meterIdsAreOurs) {
    this.app = app;
    this.devices = services.devices();
    this.mastership = services.mastership();
    this.rules = services.rules();
    this.groups = services.groups();
    this.meters = services.meters();
    this.temporary = temporary;
    this.drivers = services.drivers();
    this.execution = new PlanExecution(app, services);
    this.otherNotices = otherNotices;
    this.meterIdsAreOurs = meterIdsAreOurs;
  }

  static DeviceId device(NodeId id) {
    return DeviceId.deviceId(id.toString());
  }

  static boolean isOpenFlow(DeviceId id) {
    return SCHEME.equals(id.uri().getScheme());
  }

  @Override
  public ImmutableSet<NodeId> switches() {
    ImmutableSet.Builder<NodeId> ids = ImmutableSet.builder();
    for (Device device : devices.getDevices()) {
      if (isOpenFlow(device.id())) {
        ids.add(NodeId.of(device.id().toString()));
      }
    }
    return ids.build();
  }

  @Override
  public Link link(NodeId id) {
    DeviceId device = device(id);
    // A switch becomes available before its ports are known. All have some, LOCAL at least.
    if (!devices.isAvailable(device) || devices.getPorts(device).isEmpty()) {
      return Link.OFFLINE;
    }
    return mastership.isLocalMaster(device) ? Link.HERE : Link.ELSEWHERE;
  }

  @Override
  public Translation translate(NodeId id, FlowTables tables) {
    DeviceId device = device(id);
    DriverExtensions extensions = DriverExtensions.of(device, devices, drivers);
    String driver = extensions.driver();
    long metadata = FlowRuleTranslator.metadataInUse(tables);
    FlowRuleTranslator rule = new FlowRuleTranslator(app.id(), device, extensions, metadata);
    GroupTranslator group = new GroupTranslator(app, device, rule);
    Translated last = translated.get(id);
    Translated next = new Translated(driver, metadata, meterIdsAreOurs.getAsBoolean());
    boolean reusable = last != null && last.madeFor(next);
    for (FlowEntry entry : tables.entries()) {
      next.entry(entry, rule, reusable ? last.entries.get(entry) : null);
    }
    tables.groups().values().forEach(g -> next.group(g, group));
    tables.meters().values().forEach(next::meter);
    translated.put(id, next);
    return next.result();
  }

  @Override
  public ImmutableList<ObservedItem> observe(NodeId id) {
    DeviceId device = device(id);
    ImmutableList.Builder<ObservedItem> observed = ImmutableList.builder();
    for (org.onosproject.net.flow.FlowEntry entry : rules.getFlowEntries(device)) {
      if (entry.appId() == app.id() && !temporary.test(entry)) {
        state(entry)
            .ifPresent(s -> observed.add(ObservedItem.of(FlowRuleTranslator.item(entry), s)));
      }
    }
    for (org.onosproject.net.group.Group group : groups.getGroups(device, app)) {
      observed.add(ObservedItem.of(GroupTranslator.item(group), state(group)));
    }
    for (org.onosproject.net.meter.Meter meter : meters.getMeters(device)) {
      if (meter.appId().equals(app)) {
        observed.add(ObservedItem.of(MeterTranslator.item(meter), state(meter)));
      }
    }
    return observed.build();
  }

  private static ObservedItem.State state(org.onosproject.net.meter.Meter meter) {
    switch (meter.state()) {
      case ADDED:
        return ObservedItem.State.PRESENT;
      case PENDING_REMOVE:
        return ObservedItem.State.REMOVING;
      default:
        return ObservedItem.State.ADDING;
    }
  }

  private static Optional<ObservedItem.State> state(org.onosproject.net.flow.FlowEntry entry) {
    switch (entry.state()) {
      case ADDED:
        return Optional.of(ObservedItem.State.PRESENT);
      case PENDING_ADD:
        return Optional.of(ObservedItem.State.ADDING);
      case PENDING_REMOVE:
        return Optional.of(ObservedItem.State.REMOVING);
      case FAILED:
        return Optional.of(ObservedItem.State.FAILED);
      default:
        return Optional.empty();
    }
  }

  private static ObservedItem.State state(org.onosproject.net.group.Group group) {
    switch (group.state()) {
      case ADDED:
        return ObservedItem.State.PRESENT;
      case PENDING_UPDATE:
        return ObservedItem.State.UPDATING;
      case PENDING_DELETE:
        return ObservedItem.State.REMOVING;
      default:
        return ObservedItem.State.ADDING;
    }
  }

  @Override
  public void apply(NodeId id, Plan plan, Consumer<Outcome> done) {
    execution.start(device(id), plan, done);
  }

  @Override
  public ImmutableList<Notice> notices(NodeId id) {
    return otherNotices.apply(id);
  }

  /** What the tables of one switch were translated to. */
  private static final class Translated {
    private final String driver;
    private final long metadata;
    private final boolean metered;
    private final Map<FlowEntry, Item> entries = new LinkedHashMap<>();
    private final ImmutableList.Builder<Item> groups = ImmutableList.builder();
    private final ImmutableList.Builder<Item> meters = ImmutableList.builder();
    private final Map<String, Notice> refused = new LinkedHashMap<>();

    Translated(String driver, long metadata, boolean metered) {
      this.driver = driver;
      this.metadata = metadata;
      this.metered = metered;
    }

    boolean madeFor(Translated other) {
      return driver.equals(other.driver) && metadata == other.metadata && metered == other.metered;
    }

    /** An entry that would be metered is none without: an attack would get through. */
    void entry(FlowEntry entry, FlowRuleTranslator translator, Item known) {
      try {
        if (!metered && entry.instructions().meter().isPresent()) {
          throw MeterTranslator.idsAreNotOurs();
        }
        entries.put(entry, known != null ? known : FlowRuleTranslator.item(translator.rule(entry)));
      } catch (UntranslatableException e) {
        refuse(entry.source(), e);
      }
    }

    void group(Group group, GroupTranslator translator) {
      try {
        groups.add(GroupTranslator.item(translator.description(group)));
      } catch (UntranslatableException e) {
        refuse(group.source(), e);
      }
    }

    void meter(Meter meter) {
      if (metered) {
        meters.add(MeterTranslator.item(meter));
      } else {
        refuse(meter.source(), MeterTranslator.idsAreNotOurs());
      }
    }

    private void refuse(String source, UntranslatableException e) {
      refused.putIfAbsent(e.getMessage(), Notice.of(source, e.getMessage(), e.remedy()));
    }

    Translation result() {
      ImmutableList.Builder<Item> items = ImmutableList.builder();
      items.addAll(meters.build()).addAll(groups.build()).addAll(entries.values());
      return Translation.of(items.build(), refused.values());
    }
  }
}
