/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.mastership.MastershipService;
import org.onosproject.net.Device;
import org.onosproject.net.DeviceId;
import org.onosproject.net.Port;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.driver.DriverService;
import org.onosproject.net.flow.DefaultFlowEntry;
import org.onosproject.net.flow.FlowEntry.FlowEntryState;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleOperation;
import org.onosproject.net.flow.FlowRuleOperations;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.group.GroupService;
import org.onosproject.net.meter.DefaultMeter;
import org.onosproject.net.meter.MeterCellId;
import org.onosproject.net.meter.MeterId;
import org.onosproject.net.meter.MeterRequest;
import org.onosproject.net.meter.MeterService;
import org.onosproject.net.meter.MeterState;
import org.overlane.app.reconcile.Fabric;
import org.overlane.app.reconcile.ObservedItem;
import org.overlane.app.reconcile.Outcome;
import org.overlane.app.reconcile.Plan;
import org.overlane.app.reconcile.SwitchReconciler;
import org.overlane.app.reconcile.Timing;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.Cookie;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.openflow.Instructions;
import org.overlane.flowrules.openflow.Match;
import org.overlane.flowrules.openflow.Meter;

/** The way from tables to ONOS's flow rule service and back, with a service in memory. */
class OnosFabricTest {
  private static final NodeId NODE = NodeId.of("of:0000000000000001");
  private static final DeviceId DEVICE = DeviceId.deviceId("of:0000000000000001");
  private static final ApplicationId APP = new DefaultApplicationId(5, "org.overlane");

  private final DeviceService devices = mock(DeviceService.class);
  private final MastershipService mastership = mock(MastershipService.class);
  private final FlowRuleService rules = mock(FlowRuleService.class);
  private final GroupService groups = mock(GroupService.class);
  private final DriverService drivers = mock(DriverService.class);
  private final MeterService meters = mock(MeterService.class);
  private boolean meterIdsAreOurs = true;
  private final Set<Long> temporary = new HashSet<>();
  private final OnosFabric fabric =
      new OnosFabric(
          APP,
          OnosServices.of(devices, mastership, rules, groups, meters, drivers),
          id -> ImmutableList.of(),
          rule -> temporary.contains(rule.id().value()),
          () -> meterIdsAreOurs);

  /** By flow id, as ONOS's store keeps them; a rule of the same id replaces the treatment. */
  private final Map<Long, DefaultFlowEntry> store = new LinkedHashMap<>();

  private final List<String> log = new ArrayList<>();
  private Optional<Long> refused = Optional.empty();

  @BeforeEach
  void connect() {
    when(devices.isAvailable(DEVICE)).thenReturn(true);
    when(devices.getPorts(DEVICE)).thenReturn(ImmutableList.of(mock(Port.class)));
    when(mastership.isLocalMaster(DEVICE)).thenReturn(true);
    when(rules.getFlowEntries(DEVICE)).thenAnswer(call -> ImmutableList.copyOf(store.values()));
    when(groups.getGroups(DEVICE, APP)).thenReturn(ImmutableList.of());
    doAnswer(
            call -> {
              apply(call.getArgument(0));
              return null;
            })
        .when(rules)
        .apply(any());
  }

  private void apply(FlowRuleOperations operations) {
    assertThat(operations.stages()).hasSize(1);
    FlowRuleOperations.Builder failed = FlowRuleOperations.builder();
    boolean failure = false;
    for (FlowRuleOperation operation : operations.stages().get(0)) {
      FlowRule rule = operation.rule();
      log.add(operation.type() + " " + rule.tableId());
      if (refused.isPresent() && refused.get() == rule.id().value()) {
        failed.add(new DefaultFlowEntry(rule, 5, 1));
        failure = true;
      } else if (operation.type() == FlowRuleOperation.Type.ADD) {
        store.put(rule.id().value(), new DefaultFlowEntry(rule, FlowEntryState.PENDING_ADD));
      } else {
        store.get(rule.id().value()).setState(FlowEntryState.PENDING_REMOVE);
      }
    }
    if (failure) {
      operations.callback().onError(failed.build());
    } else {
      operations.callback().onSuccess(operations);
    }
  }

  private static FlowEntry entry(int table, long inPort, long out) {
    Match match = Match.of(ImmutableList.of(FieldValue.exact(Field.IN_PORT, inPort)));
    Instructions instructions =
        Instructions.builder()
            .applyActions(ImmutableList.of(Action.output(OfPort.of(out))))
            .build();
    return FlowEntry.of(table, 1, match, instructions, Cookie.of(1, table, 1, match), "test");
  }

  private static FlowTables tables(FlowEntry... entries) {
    return new FlowTables(ImmutableList.copyOf(entries), ImmutableList.of());
  }

  /** Lets the reconciler look once, and carries out what it decides. */
  private Optional<Outcome> round(SwitchReconciler reconciler, long now) {
    Optional<Plan> plan = reconciler.decide(fabric.observe(NODE), now);
    List<Outcome> outcomes = new ArrayList<>();
    plan.ifPresent(p -> fabric.apply(NODE, p, outcomes::add));
    outcomes.forEach(o -> reconciler.completed(plan.get(), o, now));
    return outcomes.stream().findFirst();
  }

  /** What goes by itself is neither wanted nor unwanted. */
  @Test
  void doesNotLookAtExceptions() {
    FlowEntry exception = entry(51, 1, 2);
    SwitchReconciler reconciler = new SwitchReconciler(Timing.DEFAULT);
    reconciler.desire(fabric.translate(NODE, tables(exception)).items());
    round(reconciler, 0);
    confirm();
    reconciler.desire(ImmutableList.of());
    temporary.addAll(store.keySet());
    assertThat(fabric.observe(NODE)).isEmpty();
    assertThat(round(reconciler, 1)).isEmpty();
    temporary.clear();
    assertThat(round(reconciler, 2)).isPresent();
    assertThat(log).containsExactly("ADD 51", "REMOVE 51");
  }

  /** Meters by their own ids; an entry waits for the one that it refers to. */
  @Test
  void writesMetersBeforeTheEntriesThatNeedThem() {
    Map<MeterId, DefaultMeter> meterStore = new LinkedHashMap<>();
    when(meters.getMeters(DEVICE)).thenAnswer(call -> ImmutableList.copyOf(meterStore.values()));
    when(meters.submit(any()))
        .thenAnswer(
            call -> {
              MeterRequest request = call.getArgument(0);
              MeterId id = MeterId.meterId(request.index().get());
              DefaultMeter meter =
                  (DefaultMeter)
                      DefaultMeter.builder()
                          .forDevice(DEVICE)
                          .fromApp(APP)
                          .withCellId(id)
                          .withUnit(request.unit())
                          .withBands(request.bands())
                          .build();
              meter.setState(MeterState.PENDING_ADD);
              meterStore.put(id, meter);
              return meter;
            });
    Match match = Match.of(ImmutableList.of(FieldValue.exact(Field.IN_PORT, 1)));
    FlowEntry metered =
        FlowEntry.of(
            51,
            1,
            match,
            Instructions.builder().meter(45).build(),
            Cookie.of(19, 51, 1, match),
            "test");
    SwitchReconciler reconciler = new SwitchReconciler(Timing.DEFAULT);
    FlowTables wanted =
        new FlowTables(
            ImmutableList.of(metered),
            ImmutableList.of(),
            ImmutableList.of(Meter.of(45, 100, 100, "test")));
    reconciler.desire(fabric.translate(NODE, wanted).items());

    round(reconciler, 0);
    assertThat(meterStore.keySet()).containsExactly(MeterId.meterId(45));
    assertThat(log).isEmpty();
    meterStore.values().forEach(m -> m.setState(MeterState.ADDED));
    round(reconciler, 1);
    assertThat(log).containsExactly("ADD 51");
    confirm();
    assertThat(round(reconciler, 2)).isEmpty();
    assertThat(reconciler.isInSync()).isTrue();

    reconciler.desire(ImmutableList.of());
    round(reconciler, 3);
    confirm();
    round(reconciler, 4);
    verify(meters).withdraw(any(), eq((MeterCellId) MeterId.meterId(45)));
  }

  private void confirm() {
    store.values().removeIf(e -> e.state() == FlowEntryState.PENDING_REMOVE);
    store.values().forEach(e -> e.setState(FlowEntryState.ADDED));
  }

  @Test
  void writesConfirmsChangesAndRemoves() {
    SwitchReconciler reconciler = new SwitchReconciler(Timing.DEFAULT);
    FlowTables first = tables(entry(0, 1, 2), entry(30, 1, 3));
    reconciler.desire(fabric.translate(NODE, first).items());
    assertThat(round(reconciler, 0).get().failed()).isEmpty();
    assertThat(log).containsExactly("ADD 30", "ADD 0");
    confirm();
    assertThat(round(reconciler, 1)).isEmpty();
    assertThat(reconciler.isInSync()).isTrue();

    // A changed treatment is another content of the same rule: ONOS's equality does not see it.
    log.clear();
    reconciler.desire(fabric.translate(NODE, tables(entry(30, 1, 4))).items());
    round(reconciler, 2);
    assertThat(log).containsExactly("ADD 30", "REMOVE 0");
    confirm();
    assertThat(round(reconciler, 3)).isEmpty();
    assertThat(reconciler.isInSync()).isTrue();
    assertThat(store.values().iterator().next().treatment().toString()).contains("OUTPUT:4");
  }

  @Test
  void seesOnlyItsOwnEntries() throws Exception {
    FlowRule foreign =
        new FlowRuleTranslator(
                (short) 6, DEVICE, new DriverExtensions("d", Optional.empty(), Optional.empty()), 0)
            .rule(entry(0, 9, 9));
    store.put(foreign.id().value(), new DefaultFlowEntry(foreign, FlowEntryState.ADDED));
    assertThat(fabric.observe(NODE)).isEmpty();
  }

  @Test
  void passesOnWhyTheSwitchRefused() {
    SwitchReconciler reconciler = new SwitchReconciler(Timing.DEFAULT);
    FlowEntry bad = entry(30, 1, 3);
    refused = Optional.of(5L << 48 | bad.cookie().toLong());
    reconciler.desire(fabric.translate(NODE, tables(bad, entry(0, 1, 2))).items());
    Outcome outcome = round(reconciler, 0).get();
    assertThat(outcome.failed()).hasSize(1);
    assertThat(reconciler.reasons().get(0))
        .startsWith("table 30, priority 1, ")
        .endsWith("refused by the switch, flow mod failed: table full");
    // The other stage went on.
    assertThat(log).containsExactly("ADD 30", "ADD 0");
    refused = Optional.empty();
    round(reconciler, 1_000);
    confirm();
    round(reconciler, 1_001);
    assertThat(reconciler.isInSync()).isTrue();
  }

  @Test
  void readsStates() throws Exception {
    FlowRule rule =
        new FlowRuleTranslator(
                (short) 5, DEVICE, new DriverExtensions("d", Optional.empty(), Optional.empty()), 0)
            .rule(entry(0, 1, 1));
    DefaultFlowEntry seen = new DefaultFlowEntry(rule, FlowEntryState.ADDED);
    store.put(1L, seen);
    List<ObservedItem.State> states = new ArrayList<>();
    for (FlowEntryState state : FlowEntryState.values()) {
      seen.setState(state);
      fabric.observe(NODE).forEach(o -> states.add(o.state()));
    }
    assertThat(states)
        .containsExactly(
            ObservedItem.State.ADDING,
            ObservedItem.State.PRESENT,
            ObservedItem.State.REMOVING,
            ObservedItem.State.FAILED);
  }

  @Test
  void knowsWhoseASwitchIs() {
    assertThat(fabric.link(NODE)).isEqualTo(Fabric.Link.HERE);
    when(mastership.isLocalMaster(DEVICE)).thenReturn(false);
    assertThat(fabric.link(NODE)).isEqualTo(Fabric.Link.ELSEWHERE);
    when(devices.isAvailable(DEVICE)).thenReturn(false);
    assertThat(fabric.link(NODE)).isEqualTo(Fabric.Link.OFFLINE);
  }

  @Test
  void leavesOtherProtocolsAlone() {
    Device netconf = mock(Device.class);
    when(netconf.id()).thenReturn(DeviceId.deviceId("netconf:192.0.2.9:830"));
    Device openflow = mock(Device.class);
    when(openflow.id()).thenReturn(DEVICE);
    when(devices.getDevices()).thenReturn(ImmutableSet.of(netconf, openflow));
    assertThat(fabric.switches()).containsExactly(NODE);
  }

  @Test
  void saysWhatTheDriverCannotDoAndTranslatesTheRest() {
    Match match = Match.of(ImmutableList.of(FieldValue.exact(Field.IN_PORT, 5)));
    FlowEntry tunnel =
        FlowEntry.of(
            30,
            1,
            match,
            Instructions.builder()
                .applyActions(
                    ImmutableList.of(Action.setField(FieldValue.exact(Field.TUN_DST, 0xc0000202L))))
                .build(),
            Cookie.of(1, 30, 1, match),
            "endpoint vm2");
    org.overlane.app.reconcile.Translation translation =
        fabric.translate(NODE, tables(tunnel, entry(0, 1, 2)));
    assertThat(translation.items()).hasSize(1);
    assertThat(translation.refused().stream().map(Object::toString).collect(Collectors.toList()))
        .containsExactly(
            "endpoint vm2: driver (none) cannot set tunnel destination (IPv4). Use Overlane's own"
                + " southbound, or a driver that has it (devices/<id>/basic/driver in the network"
                + " configuration)");
  }
}
