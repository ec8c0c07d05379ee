/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.onos.stores;

import java.util.Optional;
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
            .withBands(identity.bands())
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
}
