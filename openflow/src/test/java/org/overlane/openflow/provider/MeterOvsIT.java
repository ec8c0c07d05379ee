/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyShort;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.overlane.openflow.channel.RecordingListener.await;
import static org.overlane.openflow.channel.RecordingListener.next;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onosproject.core.CoreService;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.CompletedBatchOperation;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleProviderRegistry;
import org.onosproject.net.flow.FlowRuleProviderService;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.flow.criteria.Criteria;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchEntry;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchEntry.FlowRuleOperation;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchOperation;
import org.onosproject.net.meter.Band;
import org.onosproject.net.meter.DefaultBand;
import org.onosproject.net.meter.DefaultMeter;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterId;

/** Meters with chosen ids on a real Open vSwitch, with ONOS as {@link OnosMeters} plays it. */
@SuppressWarnings("deprecation") // FlowRuleProvider is defined in terms of ONOS's old batch classes
class MeterOvsIT {

  private static final long[] IDS = {5, 400, 262_141};
  private static final int APP = 9;

  private final BlockingQueue<CompletedBatchOperation> batches = new LinkedBlockingQueue<>();
  private final OnosMeters onos = new OnosMeters();
  private MeterTableProvider meters;
  private FlowProvider flows;
  private LiveSwitch live;
  private ConnectedSwitch device;

  @BeforeEach
  void start() throws Exception {
    CoreService core = mock(CoreService.class);
    when(core.getAppId(anyShort())).thenReturn(new DefaultApplicationId(APP, "app"));
    FlowRuleProviderService flowService = mock(FlowRuleProviderService.class);
    org.mockito.Mockito.doAnswer(call -> batches.add(call.getArgument(1)))
        .when(flowService)
        .batchOperationCompleted(org.mockito.ArgumentMatchers.anyLong(), any());
    FlowRuleProviderRegistry flowRegistry = mock(FlowRuleProviderRegistry.class);
    when(flowRegistry.register(any())).thenReturn(flowService);
    SouthboundConfig everySecond =
        SouthboundProperties.of(ImmutableMap.of(SouthboundProperties.FLOW_INTERVAL, 1));
    live =
        new LiveSwitch(
            me -> {
              meters =
                  new MeterTableProvider(
                      me.switches, onos.service(), me.timer, me.workers, everySecond);
              flows =
                  new FlowProvider(
                      me.switches, new OwnedEntries(core), me.timer, me.workers, everySecond);
              return ImmutableList.of(meters, flows);
            });
    onos.use(meters, live.workers);
    meters.register(onos.registry());
    flows.register(flowRegistry);
    device = live.connect();
    live.ovs.addPort(LiveSwitch.BRIDGE, "p1", 1);
    live.ovs.addPort(LiveSwitch.BRIDGE, "p2", 2);
  }

  @AfterEach
  void stop() throws Exception {
    if (live != null) {
      live.close();
    }
  }

  private static Meter meter(long id, long rate, long burst) {
    return DefaultMeter.builder()
        .forDevice(Rules.DEVICE)
        .withCellId(MeterId.meterId(id))
        .fromApp(new DefaultApplicationId(APP, "app"))
        .withUnit(Meter.Unit.PKTS_PER_SEC)
        .burst()
        .withBands(
            ImmutableList.of(
                DefaultBand.builder()
                    .ofType(Band.Type.DROP)
                    .withRate(rate)
                    .burstSize(burst)
                    .build()))
        .build();
  }

  private void installAll() throws InterruptedException {
    for (long id : IDS) {
      onos.submit(meter(id, 1000, 100));
    }
    for (long id : IDS) {
      await("meter " + id, () -> onos.isAdded(id));
    }
  }

  private String onSwitch(long id) throws Exception {
    return live.ovs
        .ofctl("dump-meters", LiveSwitch.BRIDGE)
        .lines()
        .dropWhile(line -> !line.contains("meter=" + id + " "))
        .limit(3)
        .reduce("", (one, other) -> one + other.trim() + " ");
  }

  private static FlowRule rule(int port, long meter, boolean forwards) {
    TrafficTreatment.Builder treatment =
        DefaultTrafficTreatment.builder().meter(MeterId.meterId(meter));
    if (forwards) {
      treatment.setOutput(PortNumber.portNumber(2));
    }
    return DefaultFlowRule.builder()
        .forDevice(Rules.DEVICE)
        .forTable(0)
        .withPriority(10)
        .withCookie((long) APP << 48 | port)
        .withSelector(
            DefaultTrafficSelector.builder()
                .add(Criteria.matchInPort(PortNumber.portNumber(port)))
                .build())
        .withTreatment(treatment.build())
        .makePermanent()
        .build();
  }

  private CompletedBatchOperation install(FlowRule rule) throws InterruptedException {
    flows.executeBatch(
        new FlowRuleBatchOperation(
            ImmutableList.of(new FlowRuleBatchEntry(FlowRuleOperation.ADD, rule)),
            Rules.DEVICE,
            1));
    return next(batches);
  }

  private static byte[][] frames(int count) {
    byte[] frame = new byte[60];
    Arrays.fill(frame, 0, 6, (byte) 2);
    frame[6] = 2;
    frame[12] = (byte) 0x88;
    frame[13] = (byte) 0xb5;
    byte[][] frames = new byte[count][];
    Arrays.fill(frames, frame);
    return frames;
  }

  @Test
  void metersOfAnyIdAreInstalledChangedAndRemoved() throws Exception {
    installAll();
    assertThat(onSwitch(262_141))
        .contains("pktps burst")
        .contains("type=drop rate=1000 burst_size=100");

    assertThat(install(rule(1, 400, true)).isSuccess()).isTrue();
    onos.submit(meter(400, 7, 3));
    await("the change", () -> onos.isAdded(400));
    assertThat(onSwitch(400)).contains("rate=7 burst_size=3");
    assertThat(live.ovs.ofctl("dump-flows", LiveSwitch.BRIDGE))
        .as("a change leaves the entries alone")
        .contains("actions=meter:400,output");

    onos.withdraw(5);
    await("the removal", () -> !onos.isStored(5));
    assertThat(onSwitch(5)).isEmpty();
    assertThat(onSwitch(262_141)).isNotEmpty();
    assertThat(onos.failures).isEmpty();
  }

  @Test
  void packetsAndDropsAreCounted() throws Exception {
    onos.submit(meter(262_141, 1, 5));
    await("the meter", () -> onos.isAdded(262_141));
    assertThat(install(rule(1, 262_141, false)).isSuccess()).isTrue();

    live.ovs.receive("p1", frames(50));

    await("the counters", () -> onos.stored(262_141).packetsSeen() == 50);
    Meter counted = onos.stored(262_141);
    long dropped = Iterables.getOnlyElement(counted.bands()).packets();
    assertThat(dropped).as("dropped at 1 packet/s with a burst of 5").isBetween(40L, 45L);
    assertThat(counted.referenceCount()).isEqualTo(1);
    assertThat(live.ovs.sent("p2")).isEmpty();
  }

  @Test
  void burstIsThatOfTheBand() throws Exception {
    onos.submit(meter(5, 1, 30));
    await("the meter", () -> onos.isAdded(5));
    assertThat(install(rule(1, 5, true)).isSuccess()).isTrue();
    live.ovs.receive("p1", frames(50));
    await("the counters", () -> onos.stored(5).packetsSeen() == 50);
    assertThat(live.ovs.sent("p2").size()).isBetween(30, 35);
  }

  @Test
  void metersThatTheSwitchLostAreBackWithinTwoReports() throws Exception {
    installAll();
    FlowRule rule = rule(1, 400, true);
    assertThat(install(rule).isSuccess()).isTrue();
    live.ovs.killDaemon();
    await("the end of the connection", () -> !live.switches.get(Rules.DEVICE).isPresent());
    onos.reports.clear();
    live.ovs.startDaemon();
    device = next(live.mastered);

    assertThat(next(onos.reports)).as("the first report").isZero();
    int unfinished = 0;
    while (next(onos.reports) < IDS.length) {
      unfinished++;
    }
    assertThat(unfinished).as("reports from the middle of the installation").isLessThan(3);
    assertThat(onSwitch(5)).contains("rate=1000 burst_size=100");
    assertThat(onSwitch(262_141)).contains("rate=1000 burst_size=100");
    assertThat(install(rule).isSuccess()).isTrue();
  }

  @Test
  void ruleWithoutItsMeterFailsWithAReason() throws Exception {
    CompletedBatchOperation failed = install(rule(1, 77, true));
    assertThat(failed.isSuccess()).isFalse();
    assertThat(device.lastRefusal().get()).contains("INVALID_METER").contains("METER:77");
  }

  @Test
  void meterThatSomebodyChangedIsRestored() throws Exception {
    installAll();
    live.ovs.ofctl(
        "mod-meter", LiveSwitch.BRIDGE, "meter=400,pktps,burst,band=type=drop,rate=1,burst_size=1");
    await("the restoration", () -> shows(400, "rate=1000 burst_size=100"));
    live.ovs.ofctl("del-meter", LiveSwitch.BRIDGE, "meter=5");
    await("the installation", () -> shows(5, "rate=1000 burst_size=100"));
  }

  private boolean shows(long id, String text) {
    try {
      return onSwitch(id).contains(text);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void switchAnnouncesEnoughIds() throws Exception {
    assertThat(next(onos.features).endIndex()).isGreaterThanOrEqualTo(262_143);
  }
}
