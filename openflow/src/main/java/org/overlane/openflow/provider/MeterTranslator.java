/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.onosproject.net.DeviceId;
import org.onosproject.net.meter.Band;
import org.onosproject.net.meter.DefaultBand;
import org.onosproject.net.meter.DefaultMeter;
import org.onosproject.net.meter.DefaultMeterFeatures;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterCellId;
import org.onosproject.net.meter.MeterFailReason;
import org.onosproject.net.meter.MeterFeatures;
import org.onosproject.net.meter.MeterId;
import org.onosproject.net.meter.MeterOperation;
import org.onosproject.net.meter.MeterState;
import org.overlane.openflow.codec.Bytes;
import org.overlane.openflow.codec.CanonicalForm;
import org.overlane.openflow.codec.MalformedMessageException;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFMeterBandStats;
import org.projectfloodlight.openflow.protocol.OFMeterConfig;
import org.projectfloodlight.openflow.protocol.OFMeterFeatures;
import org.projectfloodlight.openflow.protocol.OFMeterFlags;
import org.projectfloodlight.openflow.protocol.OFMeterMod;
import org.projectfloodlight.openflow.protocol.OFMeterModCommand;
import org.projectfloodlight.openflow.protocol.OFMeterModFailedCode;
import org.projectfloodlight.openflow.protocol.OFMeterStats;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.protocol.meterband.OFMeterBand;

/** Meters of ONOS as meter-mods, and what switches report as meters. */
final class MeterTranslator {

  private static final OFFactory FACTORY = OFFactories.getFactory(OFVersion.OF_13);

  /**
   * Bits of the band types and capabilities in the meter features (OpenFlow 1.3.5 section
   * 7.3.5.14).
   */
  private static final long DROP_BIT = 1 << 1;

  private static final long REMARK_BIT = 1 << 2;
  private static final long KBPS_BIT = 1;
  private static final long PKTPS_BIT = 1 << 1;
  private static final long BURST_BIT = 1 << 2;
  private static final long STATS_BIT = 1 << 3;

  private MeterTranslator() {}

  static OFMeterMod meterMod(MeterOperation operation) throws UnsupportedRuleException {
    Meter meter = operation.meter();
    OFMeterMod.Builder mod = FACTORY.buildMeterMod().setMeterId(number(meter));
    if (operation.type() == MeterOperation.Type.REMOVE) {
      return mod.setCommand(OFMeterModCommand.DELETE).build();
    }
    return mod.setCommand(
            operation.type() == MeterOperation.Type.ADD
                ? OFMeterModCommand.ADD
                : OFMeterModCommand.MODIFY)
        .setFlags(flags(meter))
        .setMeters(bands(meter))
        .build();
  }

  /** The number of an OpenFlow meter. */
  static long number(Meter meter) throws UnsupportedRuleException {
    MeterCellId cell = meter.meterCellId();
    if (!(cell instanceof MeterId)) {
      throw new UnsupportedRuleException("meter cell " + cell + ": OpenFlow meters are numbers");
    }
    return ((MeterId) cell).id();
  }

  private static Set<OFMeterFlags> flags(Meter meter) throws UnsupportedRuleException {
    Set<OFMeterFlags> flags = EnumSet.of(OFMeterFlags.STATS);
    switch (meter.unit()) {
      case KB_PER_SEC:
        flags.add(OFMeterFlags.KBPS);
        break;
      case PKTS_PER_SEC:
        flags.add(OFMeterFlags.PKTPS);
        break;
      default:
        throw new UnsupportedRuleException(
            "meter unit " + meter.unit() + ": OpenFlow 1.3 knows KB_PER_SEC and PKTS_PER_SEC");
    }
    if (meter.isBurst()) {
      flags.add(OFMeterFlags.BURST);
    }
    return flags;
  }

  private static List<OFMeterBand> bands(Meter meter) throws UnsupportedRuleException {
    List<OFMeterBand> bands = new ArrayList<>();
    for (Band band : meter.bands()) {
      long burst = band.burst() == null ? 0 : band.burst();
      switch (band.type()) {
        case DROP:
          bands.add(
              FACTORY.meterBands().buildDrop().setRate(band.rate()).setBurstSize(burst).build());
          break;
        case REMARK:
          bands.add(
              FACTORY
                  .meterBands()
                  .buildDscpRemark()
                  .setRate(band.rate())
                  .setBurstSize(burst)
                  .setPrecLevel(band.dropPrecedence())
                  .build());
          break;
        default:
          throw new UnsupportedRuleException(
              "meter band " + band.type() + ": OpenFlow 1.3 knows DROP and REMARK");
      }
    }
    return bands;
  }

  /** Flags and bands as they should be and as the switch has them; empty if they are the same. */
  static Optional<ImmutableList<Bytes>> difference(Meter known, OFMeterConfig onSwitch) {
    try {
      Bytes mod =
          Oxm.written(meterMod(new MeterOperation(known, MeterOperation.Type.ADD))::writeTo);
      Bytes config = Oxm.written(onSwitch::writeTo);
      Bytes wanted = CanonicalForm.meter(mod.u16(10), mod, 16);
      Bytes shown = CanonicalForm.meter(config.u16(2), config, 8);
      return wanted.equals(shown) ? Optional.empty() : Optional.of(ImmutableList.of(wanted, shown));
    } catch (UnsupportedRuleException | MalformedMessageException e) {
      // It cannot be sent anew, so a difference could not be mended.
      return Optional.empty();
    }
  }

  /** The known meter with the counters of the switch. */
  static Meter observed(Meter known, OFMeterStats stats) {
    Meter.Builder builder =
        DefaultMeter.builder()
            .forDevice(known.deviceId())
            .withCellId(known.meterCellId())
            .withUnit(known.unit())
            .withAnnotations(known.annotations());
    builder.fromApp(known.appId()).withBands(bands(known, stats.getBandStats()));
    if (known.isBurst()) {
      builder.burst();
    }
    DefaultMeter meter = (DefaultMeter) builder.build();
    meter.setState(MeterState.ADDED);
    meter.setLife(stats.getDurationSec());
    meter.setReferenceCount(stats.getFlowCount());
    meter.setProcessedPackets(stats.getPacketInCount().getValue());
    meter.setProcessedBytes(stats.getByteInCount().getValue());
    return meter;
  }

  private static List<Band> bands(Meter known, List<OFMeterBandStats> counters) {
    ImmutableList.Builder<Band> bands = ImmutableList.builder();
    int i = 0;
    for (Band band : known.bands()) {
      DefaultBand copy =
          new DefaultBand(band.type(), band.rate(), band.burst(), band.dropPrecedence());
      if (i < counters.size()) {
        copy.setPackets(counters.get(i).getPacketBandCount().getValue());
        copy.setBytes(counters.get(i).getByteBandCount().getValue());
      }
      bands.add(copy);
      i++;
    }
    return bands.build();
  }

  static MeterFeatures features(OFMeterFeatures features, DeviceId device) {
    Set<Band.Type> bands = new HashSet<>();
    if ((features.getBandTypes() & DROP_BIT) != 0) {
      bands.add(Band.Type.DROP);
    }
    if ((features.getBandTypes() & REMARK_BIT) != 0) {
      bands.add(Band.Type.REMARK);
    }
    Set<Meter.Unit> units = new HashSet<>();
    if ((features.getCapabilities() & KBPS_BIT) != 0) {
      units.add(Meter.Unit.KB_PER_SEC);
    }
    if ((features.getCapabilities() & PKTPS_BIT) != 0) {
      units.add(Meter.Unit.PKTS_PER_SEC);
    }
    return DefaultMeterFeatures.builder()
        .forDevice(device)
        .withStartIndex(1)
        .withEndIndex(Math.max(1, Math.min(features.getMaxMeter(), MeterId.MAX)))
        .withMaxBands(features.getMaxBands())
        .withMaxColors(features.getMaxColor())
        .withBandTypes(bands)
        .withUnits(units)
        .hasBurst((features.getCapabilities() & BURST_BIT) != 0)
        .hasStats((features.getCapabilities() & STATS_BIT) != 0)
        .build();
  }

  static MeterFailReason reason(OFMeterModFailedCode code) {
    switch (code) {
      case METER_EXISTS:
        return MeterFailReason.EXISTING_METER;
      case INVALID_METER:
      case UNKNOWN_METER:
        return MeterFailReason.INVALID_METER;
      case BAD_COMMAND:
        return MeterFailReason.UNKNOWN_COMMAND;
      case BAD_FLAGS:
        return MeterFailReason.UNKNOWN_FLAGS;
      case BAD_RATE:
        return MeterFailReason.BAD_RATE;
      case BAD_BURST:
        return MeterFailReason.BAD_BURST;
      case BAD_BAND:
        return MeterFailReason.BAD_BAND;
      case BAD_BAND_VALUE:
        return MeterFailReason.BAD_BAND_VALUE;
      case OUT_OF_METERS:
        return MeterFailReason.OUT_OF_METERS;
      case OUT_OF_BANDS:
        return MeterFailReason.OUT_OF_BANDS;
      default:
        return MeterFailReason.UNKNOWN;
    }
  }
}
