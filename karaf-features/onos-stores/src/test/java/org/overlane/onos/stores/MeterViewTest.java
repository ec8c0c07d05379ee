/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.onos.stores;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.onosproject.net.DeviceId;
import org.onosproject.net.meter.Band;
import org.onosproject.net.meter.DefaultBand;
import org.onosproject.net.meter.DefaultMeter;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterCellId;
import org.onosproject.net.meter.MeterId;
import org.onosproject.net.meter.MeterKey;
import org.onosproject.store.serializers.KryoNamespaces;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.MapEvent;
import org.onosproject.store.service.Serializer;
import org.onosproject.store.service.TestConsistentMap;
import org.onosproject.store.service.Versioned;

/** News about meters in every order in which a map may bring them. */
class MeterViewTest {
  private static final int DEVICES = 1000;
  private static final MeterKey KEY = key(1, 5);

  private final MeterView view = new MeterView();

  private static DeviceId device(int number) {
    return DeviceId.deviceId(String.format("of:%016x", number));
  }

  private static MeterKey key(int device, long id) {
    return MeterKey.key(device(device), (MeterCellId) MeterId.meterId(id));
  }

  /** The rate tells the records of one meter apart. */
  private static Versioned<MeterRecord> record(MeterKey key, long version, long rate) {
    Meter meter =
        DefaultMeter.builder()
            .forDevice(key.deviceId())
            .withCellId(key.meterCellId())
            .withBands(
                ImmutableList.of(
                    DefaultBand.builder().ofType(Band.Type.DROP).withRate(rate).build()))
            .build();
    return new Versioned<>(MeterRecord.of(meter), version);
  }

  private List<Long> rates(int device) {
    return view.of(device(device), meter -> true).stream()
        .map(meter -> meter.bands().iterator().next().rate())
        .collect(Collectors.toList());
  }

  private static MapEvent<MeterKey, MeterRecord> event(
      MeterKey key, Versioned<MeterRecord> before, Versioned<MeterRecord> after) {
    return new MapEvent<>("meters", key, after, before);
  }

  @Test
  void metersOfManyDevicesAreKeptApart() {
    for (int device = 1; device <= DEVICES; device++) {
      view.stored(key(device, 5), record(key(device, 5), 1, device));
      view.stored(key(device, 6), record(key(device, 6), 1, device));
    }
    view.removed(key(7, 5), record(key(7, 5), 1, 7));

    assertThat(rates(1)).containsExactly(1L, 1L);
    assertThat(rates(7)).containsExactly(7L);
    assertThat(rates(DEVICES)).hasSize(2);
    assertThat(rates(DEVICES + 1)).isEmpty();
    assertThat(view.of(device(2), meter -> meter.id().id() == 6)).hasSize(1);
    assertThat(view.all()).hasSize(2 * DEVICES - 1);
  }

  @Test
  void anEventThatIsOlderThanWhatIsHeldChangesNothing() {
    view.stored(KEY, record(KEY, 9, 90));
    view.changed(event(KEY, record(KEY, 7, 70), record(KEY, 8, 80)));
    assertThat(rates(1)).containsExactly(90L);

    view.changed(event(KEY, record(KEY, 9, 90), record(KEY, 10, 100)));
    assertThat(rates(1)).containsExactly(100L);
  }

  @Test
  void aRemovalCountsForWhatIsNotNewer() {
    view.stored(KEY, record(KEY, 9, 90));
    view.changed(event(KEY, record(KEY, 8, 80), null));
    assertThat(rates(1)).containsExactly(90L);

    view.changed(event(KEY, record(KEY, 9, 90), null));
    assertThat(rates(1)).isEmpty();
    assertThat(view.all()).isEmpty();
  }

  @Test
  void whatIsRemovedDoesNotComeBackWithALateEvent() {
    view.changed(event(KEY, record(KEY, 9, 90), null));
    view.changed(event(KEY, record(KEY, 8, 80), record(KEY, 9, 90)));
    assertThat(rates(1)).isEmpty();

    view.changed(event(KEY, null, record(KEY, 12, 120)));
    assertThat(rates(1)).containsExactly(120L);
  }

  @Test
  void fullReadTakesOverWhatEventsDidNotTell() {
    TestConsistentMap.Builder<MeterKey, MeterRecord> builder = builder();
    ConsistentMap<MeterKey, MeterRecord> map = builder.build();
    view.stored(key(1, 1), record(key(1, 1), 0, 10));
    view.stored(key(1, 2), record(key(1, 2), 100, 20));
    map.put(key(1, 2), record(key(1, 2), 0, 1).value());
    map.put(key(2, 3), record(key(2, 3), 0, 30).value());

    view.load(map);

    // The first is gone, of the second the view has heard later news, the third is new.
    assertThat(rates(1)).containsExactly(20L);
    assertThat(rates(2)).containsExactly(30L);
  }

  @SuppressWarnings("unchecked") // the builder is raw
  private static TestConsistentMap.Builder<MeterKey, MeterRecord> builder() {
    TestConsistentMap.Builder<MeterKey, MeterRecord> builder = TestConsistentMap.builder();
    builder.withName("meters").withSerializer(Serializer.using(KryoNamespaces.API));
    return builder;
  }
}
