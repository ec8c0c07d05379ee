/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DefaultAnnotations;
import org.onosproject.net.meter.Band;
import org.onosproject.net.meter.DefaultBand;
import org.onosproject.net.meter.DefaultMeter;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterFailReason;
import org.onosproject.net.meter.MeterFeatures;
import org.onosproject.net.meter.MeterId;
import org.onosproject.net.meter.MeterOperation;
import org.onosproject.net.meter.MeterProviderRegistry;
import org.onosproject.net.meter.MeterProviderService;
import org.onosproject.net.meter.MeterService;
import org.onosproject.net.meter.MeterState;
import org.overlane.openflow.channel.ModOutcome;
import org.projectfloodlight.openflow.protocol.OFMeterConfig;
import org.projectfloodlight.openflow.protocol.OFMeterFlags;
import org.projectfloodlight.openflow.protocol.OFMeterMod;
import org.projectfloodlight.openflow.protocol.OFMeterModCommand;
import org.projectfloodlight.openflow.protocol.OFMeterModFailedCode;
import org.projectfloodlight.openflow.protocol.OFMeterStats;
import org.projectfloodlight.openflow.protocol.meterband.OFMeterBandDrop;
import org.projectfloodlight.openflow.protocol.meterband.OFMeterBandDscpRemark;
import org.projectfloodlight.openflow.types.U64;

class MeterTableProviderTest {

  private final FakeConnection connection = new FakeConnection();
  private final ManualTimer timer = new ManualTimer();
  private final MeterProviderService service = mock(MeterProviderService.class);
  private final MeterService meters = mock(MeterService.class);
  private final Switches switches = new Switches(Runnable::run, Runnable::run);
  private MeterTableProvider provider;

  @BeforeEach
  void connect() {
    provider =
        new MeterTableProvider(
            switches,
            meters,
            timer.executor(),
            Runnable::run,
            SouthboundProperties.of(ImmutableMap.of()));
    MeterProviderRegistry registry = mock(MeterProviderRegistry.class);
    when(registry.register(any())).thenReturn(service);
    provider.register(registry);
    switches.subscribe(ImmutableList.of(provider));
    connection.info =
        connection.info.toBuilder()
            .meterFeatures(
                FakeConnection.FACTORY
                    .buildMeterFeatures()
                    .setMaxMeter(200_000)
                    // drop and DSCP remark; kbps, packets and burst
                    .setBandTypes(0b110)
                    .setCapabilities(0b0111)
                    .setMaxBands((short) 8)
                    .setMaxColor((short) 0)
                    .build())
            .build();
    switches.connected(connection);
  }

  private static Meter meter(long id, Meter.Unit unit, Band... bands) {
    return DefaultMeter.builder()
        .forDevice(Rules.DEVICE)
        .withCellId(MeterId.meterId(id))
        .withUnit(unit)
        .burst()
        .withBands(ImmutableList.copyOf(bands))
        .build();
  }

  private static Band drop(long rate) {
    return DefaultBand.builder().ofType(Band.Type.DROP).withRate(rate).burstSize(20).build();
  }

  private void perform(MeterOperation.Type type, Meter meter) {
    provider.performMeterOperation(Rules.DEVICE, new MeterOperation(meter, type));
  }

  @Test
  void featuresAreReported() {
    ArgumentCaptor<MeterFeatures> features = ArgumentCaptor.forClass(MeterFeatures.class);
    verify(service).pushMeterFeatures(eq(Rules.DEVICE), features.capture());
    MeterFeatures known = features.getValue();
    assertThat(known.startIndex()).isEqualTo(1);
    assertThat(known.endIndex()).isEqualTo(200_000);
    assertThat(known.bandTypes()).containsExactlyInAnyOrder(Band.Type.DROP, Band.Type.REMARK);
    assertThat(known.unitTypes())
        .containsExactlyInAnyOrder(Meter.Unit.KB_PER_SEC, Meter.Unit.PKTS_PER_SEC);
    assertThat(known.isBurstSupported()).isTrue();
    assertThat(known.isStatsSupported()).isFalse();
  }

  @Test
  void meterIsSentWithFlagsAndBands() {
    Band remark =
        DefaultBand.builder()
            .ofType(Band.Type.REMARK)
            .withRate(50)
            .burstSize(5)
            .dropPrecedence((short) 2)
            .build();
    perform(MeterOperation.Type.ADD, meter(3, Meter.Unit.PKTS_PER_SEC, drop(100), remark));
    OFMeterMod mod = connection.meterMods.get(0);
    assertThat(mod.getCommand()).isEqualTo(OFMeterModCommand.ADD);
    assertThat(mod.getMeterId()).isEqualTo(3);
    assertThat(mod.getFlags())
        .containsExactlyInAnyOrder(OFMeterFlags.PKTPS, OFMeterFlags.BURST, OFMeterFlags.STATS);
    assertThat(((OFMeterBandDrop) mod.getMeters().get(0)).getRate()).isEqualTo(100);
    assertThat(((OFMeterBandDrop) mod.getMeters().get(0)).getBurstSize()).isEqualTo(20);
    assertThat(((OFMeterBandDscpRemark) mod.getMeters().get(1)).getPrecLevel())
        .isEqualTo((short) 2);
    perform(MeterOperation.Type.MODIFY, meter(3, Meter.Unit.KB_PER_SEC, drop(1)));
    perform(MeterOperation.Type.REMOVE, meter(3, Meter.Unit.KB_PER_SEC, drop(1)));
    assertThat(connection.meterMods.get(1).getCommand()).isEqualTo(OFMeterModCommand.MODIFY);
    assertThat(connection.meterMods.get(1).getFlags()).contains(OFMeterFlags.KBPS);
    assertThat(connection.meterMods.get(2).getCommand()).isEqualTo(OFMeterModCommand.DELETE);
    verify(service, never()).meterOperationFailed(any(), any());
  }

  private static ModOutcome refused(OFMeterModFailedCode code) {
    return ModOutcome.refused(
        FakeConnection.FACTORY.errorMsgs().buildMeterModFailedErrorMsg().setCode(code).build());
  }

  private List<OFMeterModCommand> commands() {
    return connection.meterMods.stream().map(OFMeterMod::getCommand).collect(Collectors.toList());
  }

  @Test
  void refusalIsReportedWithItsReason() {
    connection.answer = mod -> refused(OFMeterModFailedCode.OUT_OF_METERS);
    perform(MeterOperation.Type.ADD, meter(3, Meter.Unit.PKTS_PER_SEC, drop(100)));
    verify(service).meterOperationFailed(any(), eq(MeterFailReason.OUT_OF_METERS));
    assertThat(connection.meterMods).hasSize(1);
  }

  @Test
  void additionOfWhatIsThereBecomesAChange() {
    connection.answer =
        mod ->
            ((OFMeterMod) mod).getCommand() == OFMeterModCommand.ADD
                ? refused(OFMeterModFailedCode.METER_EXISTS)
                : ModOutcome.done();
    perform(MeterOperation.Type.ADD, meter(3, Meter.Unit.PKTS_PER_SEC, drop(100)));
    assertThat(commands()).containsExactly(OFMeterModCommand.ADD, OFMeterModCommand.MODIFY);
    assertThat(connection.meterMods.get(1).getMeters())
        .isEqualTo(connection.meterMods.get(0).getMeters());
    verify(service, never()).meterOperationFailed(any(), any());
  }

  @Test
  void refusedChangeIsAFailedAddition() {
    connection.answer =
        mod ->
            refused(
                ((OFMeterMod) mod).getCommand() == OFMeterModCommand.ADD
                    ? OFMeterModFailedCode.METER_EXISTS
                    : OFMeterModFailedCode.BAD_RATE);
    Meter meter = meter(3, Meter.Unit.PKTS_PER_SEC, drop(100));
    perform(MeterOperation.Type.ADD, meter);
    verify(service)
        .meterOperationFailed(
            argThat(operation -> operation.type() == MeterOperation.Type.ADD),
            eq(MeterFailReason.BAD_RATE));
  }

  @Test
  void lostConnectionLeavesItOpenWhatBecameOfTheMeter() {
    connection.answer = mod -> ModOutcome.disconnected("disconnected: test");
    perform(MeterOperation.Type.ADD, meter(3, Meter.Unit.PKTS_PER_SEC, drop(100)));
    verify(service).meterOperationFailed(any(), eq(MeterFailReason.TIMEOUT));
  }

  private void known(Meter... known) {
    when(meters.getMeters(Rules.DEVICE)).thenReturn(ImmutableList.copyOf(known));
  }

  private void onSwitch(Meter... shown) throws UnsupportedRuleException {
    ImmutableList.Builder<OFMeterConfig> configurations = ImmutableList.builder();
    ImmutableList.Builder<OFMeterStats> statistics = ImmutableList.builder();
    for (Meter meter : shown) {
      OFMeterMod mod = MeterTranslator.meterMod(new MeterOperation(meter, MeterOperation.Type.ADD));
      configurations.add(
          FakeConnection.FACTORY
              .buildMeterConfig()
              .setMeterId(mod.getMeterId())
              .setFlags(mod.getFlags())
              .setEntries(mod.getMeters())
              .build());
      statistics.add(stats(mod.getMeterId()));
    }
    connection.meters = configurations.build();
    connection.statistics =
        request ->
            FakeConnection.FACTORY.buildMeterStatsReply().setEntries(statistics.build()).build();
  }

  /** The next report that ONOS is given. */
  private Collection<Meter> report() {
    clearInvocations(service);
    provider.mastered(switches.get(Rules.DEVICE).get());
    timer.pass(0);
    @SuppressWarnings("unchecked") // no class literal for a generic type
    ArgumentCaptor<Collection<Meter>> pushed = ArgumentCaptor.forClass(Collection.class);
    verify(service).pushMeterMetrics(eq(Rules.DEVICE), pushed.capture());
    return pushed.getValue();
  }

  @Test
  void observedMeterKeepsWhatOnosKnows() throws UnsupportedRuleException {
    Meter known =
        DefaultMeter.builder()
            .forDevice(Rules.DEVICE)
            .withCellId(MeterId.meterId(5))
            .withUnit(Meter.Unit.PKTS_PER_SEC)
            .withAnnotations(DefaultAnnotations.builder().set("port", "7").build())
            .fromApp(new DefaultApplicationId(9, "app"))
            .burst()
            .withBands(ImmutableList.of(drop(100)))
            .build();
    known(known);
    onSwitch(known);
    Meter observed = report().iterator().next();
    assertThat(observed).isEqualTo(known);
    assertThat(observed.isBurst()).isTrue();
    assertThat(observed.annotations().value("port")).isEqualTo("7");
    assertThat(observed.bands().iterator().next().burst()).isEqualTo(20);
  }

  @Test
  void meterThatTheSwitchHasDifferentlyIsMissingInTheReportOnce() throws UnsupportedRuleException {
    Meter wanted = meter(5, Meter.Unit.PKTS_PER_SEC, drop(100));
    known(wanted);
    onSwitch(meter(5, Meter.Unit.PKTS_PER_SEC, drop(99)));
    assertThat(report()).isEmpty();
    // ONOS has asked for it again, and the switch still shows the same: that is its way to put it.
    assertThat(report()).hasSize(1);
    onSwitch(wanted);
    assertThat(report()).hasSize(1);
    onSwitch(meter(5, Meter.Unit.PKTS_PER_SEC, drop(99)));
    assertThat(report()).isEmpty();
    onSwitch();
    assertThat(report()).isEmpty();
  }

  @Test
  void meterThatIsStillThereAfterItsRemovalIsRemovedAgain() throws UnsupportedRuleException {
    DefaultMeter going = (DefaultMeter) meter(5, Meter.Unit.PKTS_PER_SEC, drop(100));
    going.setState(MeterState.PENDING_REMOVE);
    known(going);
    onSwitch(going);
    provider.mastered(switches.get(Rules.DEVICE).get());
    timer.pass(0);
    assertThat(commands()).containsExactly(OFMeterModCommand.DELETE);
    verify(service, never()).pushMeterMetrics(any(), any());
    onSwitch();
    assertThat(report()).isEmpty();
    assertThat(connection.meterMods).hasSize(1);
  }

  @Test
  void unitThatOpenFlowLacksIsRefusedWithoutAskingTheSwitch() {
    perform(MeterOperation.Type.ADD, meter(3, Meter.Unit.BYTES_PER_SEC, drop(100)));
    assertThat(connection.meterMods).isEmpty();
    verify(service).meterOperationFailed(any(), any());
    assertThat(switches.get(Rules.DEVICE).get().lastRefusal().get()).contains("BYTES_PER_SEC");
  }

  @Test
  void metersOfOthersAreNotReported() {
    when(meters.getMeters(Rules.DEVICE))
        .thenReturn(ImmutableList.of(meter(1, Meter.Unit.KB_PER_SEC, drop(5))));
    connection.statistics =
        request ->
            FakeConnection.FACTORY
                .buildMeterStatsReply()
                .setEntries(ImmutableList.of(stats(1), stats(77)))
                .build();
    provider.mastered(switches.get(Rules.DEVICE).get());
    timer.pass(0);
    @SuppressWarnings("unchecked") // no class literal for a generic type
    ArgumentCaptor<Collection<Meter>> pushed = ArgumentCaptor.forClass(Collection.class);
    verify(service).pushMeterMetrics(eq(Rules.DEVICE), pushed.capture());
    assertThat(pushed.getValue()).hasSize(1);
    Meter own = pushed.getValue().iterator().next();
    assertThat(own.meterCellId()).isEqualTo(MeterId.meterId(1));
    assertThat(own.packetsSeen()).isEqualTo(11);
    assertThat(own.bytesSeen()).isEqualTo(12);
    assertThat(own.state()).isEqualTo(MeterState.ADDED);
    assertThat(own.bands()).extracting(Band::rate).containsExactly(5L);
    assertThat(own.bands()).extracting(Band::packets).containsExactly(13L);
  }

  private static OFMeterStats stats(long id) {
    return FakeConnection.FACTORY
        .buildMeterStats()
        .setMeterId(id)
        .setPacketInCount(U64.of(11))
        .setByteInCount(U64.of(12))
        .setBandStats(
            ImmutableList.of(
                FakeConnection.FACTORY
                    .buildMeterBandStats()
                    .setPacketBandCount(U64.of(13))
                    .setByteBandCount(U64.of(14))
                    .build()))
        .build();
  }

  @Test
  void switchWithoutMetersIsNotAskedForThem() {
    FakeConnection without = new FakeConnection();
    switches.connected(without);
    provider.mastered(switches.get(Rules.DEVICE).get());
    timer.pass(60_000);
    verify(service, never()).pushMeterMetrics(any(), any());
  }
}
