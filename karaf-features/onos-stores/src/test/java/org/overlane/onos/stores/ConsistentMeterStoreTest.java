/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.onos.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.onosproject.net.meter.MeterEvent.Type.METER_ADDED;
import static org.onosproject.net.meter.MeterEvent.Type.METER_ADD_REQ;
import static org.onosproject.net.meter.MeterEvent.Type.METER_REFERENCE_COUNT_ZERO;
import static org.onosproject.net.meter.MeterEvent.Type.METER_REMOVED;
import static org.onosproject.net.meter.MeterEvent.Type.METER_REM_REQ;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.meter.Band;
import org.onosproject.net.meter.DefaultBand;
import org.onosproject.net.meter.DefaultMeter;
import org.onosproject.net.meter.DefaultMeterFeatures;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterCellId;
import org.onosproject.net.meter.MeterEvent;
import org.onosproject.net.meter.MeterFailReason;
import org.onosproject.net.meter.MeterFeatures;
import org.onosproject.net.meter.MeterId;
import org.onosproject.net.meter.MeterKey;
import org.onosproject.net.meter.MeterOperation;
import org.onosproject.net.meter.MeterScope;
import org.onosproject.net.meter.MeterState;
import org.onosproject.net.meter.MeterStoreResult;
import org.onosproject.net.pi.model.PiMeterId;
import org.onosproject.net.pi.runtime.PiMeterCellId;
import org.onosproject.store.service.ConsistentMap;

@SuppressWarnings("FutureReturnValueIgnored") // where the test is not about the answer
class ConsistentMeterStoreTest {
  private static final DeviceId SWITCH = DeviceId.deviceId("of:0000000000000001");
  private static final DeviceId OTHER = DeviceId.deviceId("of:0000000000000002");
  private static final MeterScope GLOBAL = MeterScope.globalScope();
  private static final ApplicationId APP = new DefaultApplicationId(7, "app");
  private static final ApplicationId OTHER_APP = new DefaultApplicationId(8, "other");

  private final SharedMaps maps = new SharedMaps();
  private ConsistentMeterStore store = new ConsistentMeterStore();
  private final List<MeterEvent.Type> events = new ArrayList<>();

  @BeforeEach
  void start() {
    activate();
    store.storeMeterFeatures(features(SWITCH, GLOBAL, 1, 3));
  }

  private void activate() {
    store.storageService = maps;
    store.activate();
    store.setDelegate(event -> events.add(event.type()));
  }

  private void restart() {
    store.deactivate();
    store = new ConsistentMeterStore();
    events.clear();
    activate();
  }

  @AfterEach
  void stop() {
    store.deactivate();
  }

  @Test
  void takesTheLowestFreeIndexOfEachTable() {
    store.storeMeterFeatures(features(OTHER, GLOBAL, 5, 6));

    assertThat(store.allocateMeterId(SWITCH, GLOBAL)).isEqualTo(MeterId.meterId(1));
    assertThat(store.allocateMeterId(SWITCH, GLOBAL)).isEqualTo(MeterId.meterId(2));
    assertThat(store.allocateMeterId(OTHER, GLOBAL)).isEqualTo(MeterId.meterId(5));
  }

  @Test
  void hasNoIndexWithoutFeaturesOrWhenAllAreTaken() {
    assertThat(store.allocateMeterId(OTHER, GLOBAL)).isNull();
    store.storeMeterFeatures(DefaultMeterFeatures.noMeterFeatures(OTHER));
    assertThat(store.allocateMeterId(OTHER, GLOBAL)).isNull();

    for (int index = 1; index <= 3; index++) {
      assertThat(store.allocateMeterId(SWITCH, GLOBAL)).isNotNull();
    }
    assertThat(store.allocateMeterId(SWITCH, GLOBAL)).isNull();
  }

  @Test
  void takesIndicesOfOtherScopesAsCells() {
    MeterScope scope = MeterScope.of("ingress.meter");
    store.storeMeterFeatures(features(SWITCH, scope, 0, 1));

    MeterCellId cell = PiMeterCellId.ofIndirect(PiMeterId.of("ingress.meter"), 0);
    assertThat(store.allocateMeterId(SWITCH, scope)).isEqualTo(cell);
    store.addOrUpdateMeter(meter(SWITCH, cell, APP));

    assertThat(store.getAllMeters(SWITCH, scope)).hasSize(1);
    assertThat(store.getAllMeters(SWITCH, GLOBAL)).isEmpty();
  }

  @Test
  void addedMeterIsDoneWhenTheDeviceReportsIt() {
    CompletableFuture<MeterStoreResult> request = store.addOrUpdateMeter(meter(1));
    assertThat(request).isNotDone();
    assertThat(store.getMeter(key(1)).state()).isEqualTo(MeterState.PENDING_ADD);

    Meter updated = store.updateMeterState(reported(1, 10, 2));

    assertThat(request.join().type()).isEqualTo(MeterStoreResult.Type.SUCCESS);
    assertThat(updated.state()).isEqualTo(MeterState.ADDED);
    assertThat(updated.appId()).isEqualTo(APP);
    assertThat(updated.packetsSeen()).isEqualTo(10);
    assertThat(store.getMeter(key(1))).isEqualTo(updated);
    assertThat(events).containsExactly(METER_ADD_REQ, METER_ADDED);
  }

  /** What this node knows already is not asked of the consensus store, in every round. */
  @Test
  void reportWithoutNewsDoesNotReadTheStore() {
    add(1);
    Meter updated = store.updateMeterState(reported(1, 10, 2));
    ConsistentMap<?, ?> map = maps.consistentMapBuilder().withName("overlane-meters").build();
    clearInvocations(map);

    assertThat(store.updateMeterState(reported(1, 10, 2))).isEqualTo(updated);
    verifyNoInteractions(map);
  }

  @Test
  void tellsWhenTheLastReferenceGoes() {
    add(1);
    store.updateMeterState(reported(1, 10, 2));
    events.clear();

    store.updateMeterState(reported(1, 11, 0));
    store.updateMeterState(reported(1, 12, 0));

    assertThat(events).containsExactly(METER_REFERENCE_COUNT_ZERO);
    assertThat(store.getMeter(key(1)).packetsSeen()).isEqualTo(12);
  }

  @Test
  void reportOfAnUnknownMeterChangesNothing() {
    assertThat(store.updateMeterState(reported(1, 10, 2))).isNull();
    assertThat(store.getAllMeters()).isEmpty();
    assertThat(events).isEmpty();
  }

  @Test
  void deletedMeterIsDoneWhenItIsPurgedAndGivesItsIndexBack() {
    MeterCellId taken = store.allocateMeterId(SWITCH, GLOBAL);
    add(1);
    events.clear();

    CompletableFuture<MeterStoreResult> request = store.deleteMeter(meter(1));
    assertThat(store.updateMeterState(reported(1, 5, 0)).state())
        .isEqualTo(MeterState.PENDING_REMOVE);
    assertThat(request).isNotDone();

    store.purgeMeter(store.getMeter(key(1)));

    assertThat(request.join().type()).isEqualTo(MeterStoreResult.Type.SUCCESS);
    assertThat(store.getMeter(key(1))).isNull();
    assertThat(events).containsExactly(METER_REM_REQ, METER_REMOVED);
    assertThat(store.allocateMeterId(SWITCH, GLOBAL)).isEqualTo(taken);
  }

  @Test
  void deletingAMissingMeterSucceedsAtOnce() {
    assertThat(store.deleteMeter(meter(1)).join().type()).isEqualTo(MeterStoreResult.Type.SUCCESS);
    assertThat(events).isEmpty();
  }

  @Test
  void refusedMeterIsForgottenAndTheReasonReachesTheCaller() {
    MeterCellId taken = store.allocateMeterId(SWITCH, GLOBAL);
    CompletableFuture<MeterStoreResult> request = store.addOrUpdateMeter(meter(1));

    store.failedMeter(
        new MeterOperation(meter(1), MeterOperation.Type.ADD), MeterFailReason.OUT_OF_METERS);

    assertThat(request.join().reason()).contains(MeterFailReason.OUT_OF_METERS);
    assertThat(store.getAllMeters()).isEmpty();
    assertThat(events).containsExactly(METER_ADD_REQ);
    assertThat(store.allocateMeterId(SWITCH, GLOBAL)).isEqualTo(taken);
  }

  @Test
  void refusedRemovalKeepsTheMeter() {
    add(1);
    CompletableFuture<MeterStoreResult> request = store.deleteMeter(meter(1));

    store.failedMeter(
        new MeterOperation(meter(1), MeterOperation.Type.REMOVE), MeterFailReason.UNKNOWN);

    assertThat(request.join().reason()).contains(MeterFailReason.UNKNOWN);
    assertThat(store.getMeter(key(1))).isNotNull();
  }

  @Test
  void freeingTheIndexOfALivingMeterDoesNotGiveItAway() {
    store.allocateMeterId(SWITCH, GLOBAL);
    store.allocateMeterId(SWITCH, GLOBAL);
    add(1);

    free(1);
    free(2);

    assertThat(store.allocateMeterId(SWITCH, GLOBAL)).isEqualTo(MeterId.meterId(2));
  }

  @Test
  void purgesByDeviceAndApplication() {
    store.storeMeterFeatures(features(OTHER, GLOBAL, 1, 3));
    store.addOrUpdateMeter(meter(SWITCH, MeterId.meterId(1), APP));
    store.addOrUpdateMeter(meter(SWITCH, MeterId.meterId(2), OTHER_APP));
    store.addOrUpdateMeter(meter(OTHER, MeterId.meterId(1), APP));

    store.purgeMeters(SWITCH, APP);
    assertThat(store.getAllMeters(SWITCH)).extracting(Meter::appId).containsExactly(OTHER_APP);

    store.purgeMeters(SWITCH);
    assertThat(store.getAllMeters(SWITCH)).isEmpty();
    assertThat(store.getAllMeters()).hasSize(1);
  }

  @Test
  void meterOfAnotherApplicationIsNotOverwritten() {
    add(1);
    events.clear();

    Meter other = meter(SWITCH, MeterId.meterId(1), OTHER_APP, 500);
    assertThat(store.addOrUpdateMeter(other).join().reason())
        .contains(MeterFailReason.EXISTING_METER);

    assertThat(store.getMeter(key(1)).appId()).isEqualTo(APP);
    assertThat(rates(store.getMeter(key(1)))).containsExactly(100L);
    assertThat(events).isEmpty();
    store.purgeMeter(store.getMeter(key(1)));
    assertThat(store.addOrUpdateMeter(other)).isNotDone();
  }

  @Test
  void whatIsThereIsAnsweredAtOnceAndNotAskedForAgain() {
    add(1);
    events.clear();
    assertThat(store.addOrUpdateMeter(meter(1)).join().type())
        .isEqualTo(MeterStoreResult.Type.SUCCESS);
    assertThat(events).isEmpty();
    assertThat(store.getMeter(key(1)).state()).isEqualTo(MeterState.ADDED);
  }

  @Test
  void repeatedRequestsShareTheAnswer() {
    CompletableFuture<MeterStoreResult> first = store.addOrUpdateMeter(meter(1));
    CompletableFuture<MeterStoreResult> second = store.addOrUpdateMeter(meter(1));
    assertThat(first).isNotDone();

    store.updateMeterState(reported(1, 0, 0));

    assertThat(first.join().type()).isEqualTo(MeterStoreResult.Type.SUCCESS);
    assertThat(second.join().type()).isEqualTo(MeterStoreResult.Type.SUCCESS);
  }

  @Test
  void anotherContentIsAnUpdateThatWaitsForTheDevice() {
    add(1);
    events.clear();
    CompletableFuture<MeterStoreResult> update = store.addOrUpdateMeter(faster(1));

    assertThat(update).isNotDone();
    assertThat(store.getMeter(key(1)).state()).isEqualTo(MeterState.PENDING_ADD);
    store.updateMeterState(reported(1, 0, 0));

    assertThat(update.join().type()).isEqualTo(MeterStoreResult.Type.SUCCESS);
    assertThat(rates(store.getMeter(key(1)))).containsExactly(200L);
    assertThat(events).containsExactly(METER_ADD_REQ, METER_ADDED);
  }

  @Test
  void anOvertakenRequestAndItsRefusalDoNotHarmTheNextOne() {
    CompletableFuture<MeterStoreResult> first = store.addOrUpdateMeter(meter(1));
    CompletableFuture<MeterStoreResult> second = store.addOrUpdateMeter(faster(1));
    assertThat(first.join().reason()).contains(MeterFailReason.UNKNOWN);

    refuse(meter(1), MeterFailReason.BAD_RATE);

    assertThat(second).isNotDone();
    assertThat(rates(store.getMeter(key(1)))).containsExactly(200L);
  }

  @Test
  void meterThatADeviceLostStaysUntilItIsRestoredOrRefused() {
    add(1);
    refuse(meter(1), MeterFailReason.UNKNOWN_DEVICE);
    refuse(meter(1), MeterFailReason.TIMEOUT);
    assertThat(store.getMeter(key(1)).state()).isEqualTo(MeterState.ADDED);

    refuse(meter(1), MeterFailReason.OUT_OF_METERS);
    assertThat(store.getMeter(key(1))).isNull();
    assertThat(events).endsWith(METER_REMOVED);
  }

  @Test
  void meterThatIsAskedForAgainDuringItsRemovalStays() {
    add(1);
    CompletableFuture<MeterStoreResult> removal = store.deleteMeter(meter(1));
    Meter going = store.getMeter(key(1));
    CompletableFuture<MeterStoreResult> addition = store.addOrUpdateMeter(meter(1));
    assertThat(removal.join().reason()).contains(MeterFailReason.UNKNOWN);

    store.purgeMeter(going);
    assertThat(store.getMeter(key(1)).state()).isEqualTo(MeterState.PENDING_ADD);
    store.updateMeterState(reported(1, 0, 0));
    assertThat(addition.join().type()).isEqualTo(MeterStoreResult.Type.SUCCESS);
  }

  @Test
  void pendingRequestFailsWhenItsMeterIsDropped() {
    CompletableFuture<MeterStoreResult> request = store.addOrUpdateMeter(meter(1));
    store.purgeMeters(SWITCH, APP);
    assertThat(request.join().reason()).contains(MeterFailReason.UNKNOWN);
  }

  @Test
  void keepsWhatTheBandsCounted() {
    store.addOrUpdateMeter(meter(1));
    store.updateMeterState(reported(1, 10, 2));
    DefaultMeter report = (DefaultMeter) reported(1, 10, 2);
    ((DefaultBand) report.bands().iterator().next()).setPackets(7);

    store.updateMeterState(report);

    Band stored = store.getMeter(key(1)).bands().iterator().next();
    assertThat(stored.packets()).isEqualTo(7);
    assertThat(stored.burst()).isEqualTo(20L);
  }

  @Test
  void userDefinedIndicesMustFitTheFeatures() {
    assertThat(store.userDefinedIndexMode(true)).isTrue();

    assertThat(store.allocateMeterId(SWITCH, GLOBAL)).isNull();
    assertThat(store.addOrUpdateMeter(meter(4)).join().reason())
        .contains(MeterFailReason.INVALID_METER);
    assertThat(store.addOrUpdateMeter(meter(3))).isNotDone();
  }

  @Test
  void indexModeCanBeSetAfterARestartWithMeters() {
    store.userDefinedIndexMode(true);
    add(2);
    restart();

    assertThat(store.userDefinedIndexMode(true)).isTrue();
    assertThat(store.getMeter(key(2)).state()).isEqualTo(MeterState.ADDED);
    assertThat(store.addOrUpdateMeter(meter(4)).join().reason())
        .contains(MeterFailReason.INVALID_METER);
    assertThat(store.addOrUpdateMeter(meter(3))).isNotDone();
  }

  @Test
  void noIndexIsAllocatedThatSomebodyChose() {
    store.userDefinedIndexMode(true);
    add(1);
    store.userDefinedIndexMode(false);
    assertThat(store.allocateMeterId(SWITCH, GLOBAL)).isEqualTo(MeterId.meterId(2));
  }

  @Test
  void knowsTheMetersOfEachDeviceAfterARestart() {
    add(1);
    store.addOrUpdateMeter(meter(OTHER, MeterId.meterId(2), APP));
    restart();

    assertThat(store.getAllMeters(SWITCH)).extracting(Meter::meterCellId).containsExactly(id(1));
    assertThat(store.getAllMeters(OTHER)).hasSize(1);
    assertThat(store.getAllMeters()).hasSize(2);
    store.purgeMeters(SWITCH);
    assertThat(store.getAllMeters(SWITCH)).isEmpty();
  }

  @Test
  void forgetsFeatures() {
    store.deleteMeterFeatures(SWITCH);
    assertThat(store.allocateMeterId(SWITCH, GLOBAL)).isNull();
  }

  private void add(long index) {
    store.addOrUpdateMeter(meter(index));
    store.updateMeterState(reported(index, 0, 0));
  }

  @SuppressWarnings("deprecation") // the deprecated call is what the test is about
  private void free(long index) {
    store.freeMeterId(SWITCH, MeterId.meterId(index));
  }

  private static MeterKey key(long index) {
    return MeterKey.key(SWITCH, (MeterCellId) MeterId.meterId(index));
  }

  private static MeterCellId id(long index) {
    return MeterId.meterId(index);
  }

  private static Meter meter(long index) {
    return meter(SWITCH, MeterId.meterId(index), APP);
  }

  private static Meter faster(long index) {
    return meter(SWITCH, MeterId.meterId(index), APP, 200);
  }

  private void refuse(Meter meter, MeterFailReason reason) {
    store.failedMeter(new MeterOperation(meter, MeterOperation.Type.ADD), reason);
  }

  private static List<Long> rates(Meter meter) {
    return meter.bands().stream().map(Band::rate).collect(Collectors.toList());
  }

  private static Meter meter(DeviceId device, MeterCellId cell, ApplicationId app) {
    return meter(device, cell, app, 100);
  }

  private static Meter meter(DeviceId device, MeterCellId cell, ApplicationId app, long rate) {
    Band band = DefaultBand.builder().ofType(Band.Type.DROP).withRate(rate).burstSize(20).build();
    DefaultMeter meter =
        (DefaultMeter)
            DefaultMeter.builder()
                .forDevice(device)
                .fromApp(app)
                .withCellId(cell)
                .withUnit(Meter.Unit.PKTS_PER_SEC)
                .withBands(Set.of(band))
                .build();
    meter.setState(MeterState.PENDING_ADD);
    return meter;
  }

  /** What a southbound reports: it knows neither the application nor the state. */
  private static Meter reported(long index, long packets, long references) {
    DefaultMeter meter = (DefaultMeter) meter(SWITCH, MeterId.meterId(index), null);
    meter.setProcessedPackets(packets);
    meter.setReferenceCount(references);
    return meter;
  }

  private static MeterFeatures features(DeviceId device, MeterScope scope, long first, long last) {
    return DefaultMeterFeatures.builder()
        .forDevice(device)
        .withScope(scope)
        .withStartIndex(first)
        .withEndIndex(last)
        .withBandTypes(Set.of(Band.Type.DROP))
        .build();
  }
}
