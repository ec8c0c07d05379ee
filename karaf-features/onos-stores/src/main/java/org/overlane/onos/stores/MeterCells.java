/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.onos.stores;

import static org.onosproject.net.meter.MeterCellId.MeterCellType.INDEX;

import org.onosproject.net.DeviceId;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterCellId;
import org.onosproject.net.meter.MeterId;
import org.onosproject.net.meter.MeterKey;
import org.onosproject.net.meter.MeterScope;
import org.onosproject.net.meter.MeterTableKey;
import org.onosproject.net.pi.runtime.PiMeterCellId;

/** The parts of a meter's identity: OpenFlow numbers, or cells of a P4 pipeline. */
final class MeterCells {
  private MeterCells() {}

  static MeterKey keyOf(Meter meter) {
    return MeterKey.key(meter.deviceId(), meter.meterCellId());
  }

  static MeterTableKey tableOf(DeviceId deviceId, MeterCellId cellId) {
    return MeterTableKey.key(deviceId, scopeOf(cellId));
  }

  static MeterScope scopeOf(MeterCellId cellId) {
    return cellId.type() == INDEX
        ? MeterScope.globalScope()
        : MeterScope.of(((PiMeterCellId) cellId).meterId().id());
  }

  static long indexOf(MeterCellId cellId) {
    return cellId.type() == INDEX ? ((MeterId) cellId).id() : ((PiMeterCellId) cellId).index();
  }
}
