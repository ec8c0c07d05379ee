/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.onos.stores;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableMultiset;
import com.google.common.collect.Maps;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.onosproject.net.meter.Band;
import org.onosproject.net.meter.DefaultBand;
import org.onosproject.net.meter.DefaultMeter;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterFailReason;
import org.onosproject.net.meter.MeterState;

/**
 * A meter as stored, with the reason if the device refused it. The meter inside is never changed
 * after construction: DefaultMeter has setters, so every change makes a copy.
 */
final class MeterRecord {
  private final DefaultMeter meter;

  /** Null unless the device refused the meter. An Optional would be written to disk as well. */
  private final MeterFailReason failure;

  private MeterRecord(DefaultMeter meter, MeterFailReason failure) {
    this.meter = meter;
    this.failure = failure;
  }

  /** A record of the meter as given. */
  static MeterRecord of(Meter meter) {
    return new MeterRecord(copy(meter, meter.state(), meter), null);
  }

  Meter meter() {
    return meter;
  }

  MeterState state() {
    return meter.state();
  }

  Optional<MeterFailReason> failure() {
    return Optional.ofNullable(failure);
  }

  MeterRecord withState(MeterState state) {
    return new MeterRecord(copy(meter, state, meter), null);
  }

  MeterRecord failed(MeterFailReason reason) {
    return new MeterRecord(meter, reason);
  }

  boolean isOfSameApplication(MeterRecord other) {
    return Objects.equals(meter.appId(), other.meter.appId());
  }

  /** True if the device has the other's meter: the content is the same and was confirmed. */
  boolean isThere(MeterRecord other) {
    return meter.state() == MeterState.ADDED && hasContentOf(other);
  }

  /** True if both ask the device for the same; bands are compared without their order. */
  boolean hasContentOf(MeterRecord other) {
    return meter.unit() == other.meter.unit()
        && meter.isBurst() == other.meter.isBurst()
        && bandsOf(meter).equals(bandsOf(other.meter))
        && annotationsOf(meter).equals(annotationsOf(other.meter));
  }

  private static ImmutableMultiset<ImmutableList<Object>> bandsOf(Meter meter) {
    return meter.bands().stream()
        .map(
            band ->
                ImmutableList.<Object>of(
                    band.type(),
                    band.rate(),
                    band.burst() == null ? 0L : band.burst(),
                    band.dropPrecedence() == null ? "" : band.dropPrecedence()))
        .collect(ImmutableMultiset.toImmutableMultiset());
  }

  private static Map<String, String> annotationsOf(Meter meter) {
    return meter.annotations() == null
        ? ImmutableMap.of()
        : Maps.toMap(meter.annotations().keys(), meter.annotations()::value);
  }

  boolean isSettledAs(Meter reported) {
    return hasCountersOf(reported) && state() != MeterState.PENDING_ADD;
  }

  private boolean hasCountersOf(Meter reported) {
    return meter.packetsSeen() == reported.packetsSeen()
        && meter.bytesSeen() == reported.bytesSeen()
        && meter.referenceCount() == reported.referenceCount()
        && bandCountersOf(meter).equals(bandCountersOf(reported));
  }

  private static List<Long> bandCountersOf(Meter meter) {
    return meter.bands().stream().map(Band::packets).collect(ImmutableList.toImmutableList());
  }

  /**
   * Takes over the counters that the device reports. A device that reports the meter has it, so a
   * meter that was waiting for installation counts as installed.
   */
  MeterRecord observed(Meter reported) {
    MeterState state = meter.state() == MeterState.PENDING_ADD ? MeterState.ADDED : meter.state();
    return new MeterRecord(copy(meter, state, reported), null);
  }

  private static DefaultMeter copy(Meter identity, MeterState state, Meter counters) {
    Meter.Builder builder =
        DefaultMeter.builder()
            .forDevice(identity.deviceId())
            .fromApp(identity.appId())
            .withBands(bands(identity.bands(), counters.bands()))
            .withCellId(identity.meterCellId())
            .withUnit(identity.unit())
            .withAnnotations(identity.annotations());
    if (identity.isBurst()) {
      builder.burst();
    }
    DefaultMeter copy = (DefaultMeter) builder.build();
    copy.setState(state);
    copy.setLife(counters.life());
    copy.setReferenceCount(counters.referenceCount());
    copy.setProcessedPackets(counters.packetsSeen());
    copy.setProcessedBytes(counters.bytesSeen());
    return copy;
  }

  /** The bands with the counters of those at the same places. */
  private static List<Band> bands(Collection<Band> identity, Collection<Band> counters) {
    Iterator<Band> counted = counters.iterator();
    ImmutableList.Builder<Band> bands = ImmutableList.builder();
    for (Band band : identity) {
      DefaultBand copy =
          new DefaultBand(band.type(), band.rate(), band.burst(), band.dropPrecedence());
      if (counted.hasNext()) {
        Band counter = counted.next();
        copy.setPackets(counter.packets());
        copy.setBytes(counter.bytes());
      }
      bands.add(copy);
    }
    return bands.build();
  }
}
