/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.meter.Band;
import org.onosproject.net.meter.DefaultBand;
import org.onosproject.net.meter.DefaultMeterRequest;
import org.onosproject.net.meter.MeterId;
import org.onosproject.net.meter.MeterRequest;
import org.overlane.app.reconcile.Item;
import org.overlane.flowrules.openflow.Meter;

/** From meters to ONOS meter requests, for one device. The id of a meter is ours, not ONOS's. */
final class MeterTranslator {
  private final ApplicationId app;
  private final DeviceId device;

  MeterTranslator(ApplicationId app, DeviceId device) {
    this.app = app;
    this.device = device;
  }

  /** A desired meter as the reconciler sees it; its subject is what {@link #request} takes. */
  static Item item(Meter meter) {
    MeterId id = MeterId.meterId(meter.id());
    return Item.meter(id, id, content(meter.rate(), meter.burst()), meter);
  }

  /** An observed meter as the reconciler sees it. */
  static Item item(org.onosproject.net.meter.Meter meter) {
    return Item.meter(
        meter.meterCellId(), meter.meterCellId(), content(meter.unit(), meter.bands()), meter);
  }

  private static ImmutableList<Object> content(
      org.onosproject.net.meter.Meter.Unit unit, Collection<Band> bands) {
    if (unit != org.onosproject.net.meter.Meter.Unit.PKTS_PER_SEC || bands.size() != 1) {
      return ImmutableList.of(unit, bands);
    }
    Band band = bands.iterator().next();
    return content(band.rate(), band.burst() == null ? 0 : band.burst());
  }

  private static ImmutableList<Object> content(long rate, long burst) {
    return ImmutableList.of(rate, burst);
  }

  /** Why there are no meters where ONOS chooses their ids: no entry could refer to one. */
  static UntranslatableException idsAreNotOurs() {
    return new UntranslatableException(
        "what would go through a meter is left out, since ONOS chooses the ids of meters",
        "See the notice about the controller");
  }

  /** Asks ONOS to add the meter. */
  MeterRequest add(Meter meter) {
    return request(meter.rate(), meter.burst()).withIndex(meter.id()).add();
  }

  /** Asks ONOS to remove a meter; what it says about it does not matter. */
  MeterRequest remove() {
    return request(1, 1).remove();
  }

  private MeterRequest.Builder request(long rate, long burst) {
    Band band =
        DefaultBand.builder().ofType(Band.Type.DROP).withRate(rate).burstSize(burst).build();
    return DefaultMeterRequest.builder()
        .forDevice(device)
        .fromApp(app)
        .withUnit(org.onosproject.net.meter.Meter.Unit.PKTS_PER_SEC)
        .burst()
        .withBands(ImmutableList.of(band));
  }
}
