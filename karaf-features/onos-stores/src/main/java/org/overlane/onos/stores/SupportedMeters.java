/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.onos.stores;

import static org.onosproject.net.meter.MeterStoreResult.fail;
import static org.onosproject.net.meter.MeterStoreResult.success;

import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import java.util.Set;
import org.onosproject.net.DeviceId;
import org.onosproject.net.meter.DefaultMeterFeatures;
import org.onosproject.net.meter.MeterFailReason;
import org.onosproject.net.meter.MeterFeatures;
import org.onosproject.net.meter.MeterStoreResult;
import org.onosproject.net.meter.MeterTableKey;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.StorageException;
import org.onosproject.store.service.Versioned;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What each meter table (device and scope) has announced to support, shared by all nodes of the
 * cluster. Safe for use by several threads and nodes.
 */
final class SupportedMeters {
  private static final Logger LOG = LoggerFactory.getLogger(SupportedMeters.class);

  private final ConsistentMap<MeterTableKey, MeterFeatures> features;

  SupportedMeters(ConsistentMap<MeterTableKey, MeterFeatures> features) {
    this.features = features;
  }

  MeterStoreResult put(MeterFeatures announced) {
    MeterTableKey table = MeterTableKey.key(announced.deviceId(), announced.scope());
    return change(table, () -> features.put(table, serializable(announced)));
  }

  MeterStoreResult remove(MeterTableKey table) {
    return change(table, () -> features.remove(table));
  }

  /** The features of a table; empty if the device has announced none, or no meters at all. */
  Optional<MeterFeatures> find(MeterTableKey table) {
    return Optional.ofNullable(Versioned.valueOrNull(features.get(table)))
        .filter(announced -> announced.maxMeter() > 0);
  }

  boolean has(MeterTableKey table, long index) {
    return find(table)
        .filter(announced -> index >= announced.startIndex() && index <= announced.endIndex())
        .isPresent();
  }

  Set<MeterTableKey> tablesOf(DeviceId deviceId) {
    return features.keySet().stream()
        .filter(table -> table.deviceId().equals(deviceId))
        .collect(ImmutableSet.toImmutableSet());
  }

  private static MeterStoreResult change(MeterTableKey table, Runnable change) {
    try {
      change.run();
      return success();
    } catch (StorageException e) {
      LOG.warn("Meter features of {} stay as they are: {}", table, e.getMessage(), e);
      return fail(MeterFailReason.UNKNOWN);
    }
  }

  /** A copy whose sets are of a class that the serialiser knows. */
  private static MeterFeatures serializable(MeterFeatures original) {
    return DefaultMeterFeatures.builder()
        .forDevice(original.deviceId())
        .withStartIndex(original.startIndex())
        .withEndIndex(original.endIndex())
        .withMaxBands(original.maxBands())
        .withMaxColors(original.maxColor())
        .withBandTypes(ImmutableSet.copyOf(original.bandTypes()))
        .withUnits(ImmutableSet.copyOf(original.unitTypes()))
        .hasBurst(original.isBurstSupported())
        .hasStats(original.isStatsSupported())
        .withFeatures(ImmutableSet.copyOf(original.features()))
        .withScope(original.scope())
        .build();
  }
}
