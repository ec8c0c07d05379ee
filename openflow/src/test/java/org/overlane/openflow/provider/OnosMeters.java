/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.onosproject.net.DeviceId;
import org.onosproject.net.meter.DefaultMeter;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterCellId;
import org.onosproject.net.meter.MeterFailReason;
import org.onosproject.net.meter.MeterFeatures;
import org.onosproject.net.meter.MeterId;
import org.onosproject.net.meter.MeterOperation;
import org.onosproject.net.meter.MeterProvider;
import org.onosproject.net.meter.MeterProviderRegistry;
import org.onosproject.net.meter.MeterProviderService;
import org.onosproject.net.meter.MeterService;
import org.onosproject.net.meter.MeterState;

/**
 * The meters of ONOS as its MeterManager 2.5.6 treats them: with each report it asks for an ADD of
 * those that are missing, takes over the others, and forgets those that were to go.
 */
final class OnosMeters implements MeterProviderService {

  /** Sizes of the reports. */
  final BlockingQueue<Integer> reports = new LinkedBlockingQueue<>();

  final BlockingQueue<MeterFeatures> features = new LinkedBlockingQueue<>();
  final List<MeterFailReason> failures = new CopyOnWriteArrayList<>();
  private final Map<MeterCellId, DefaultMeter> stored = new ConcurrentHashMap<>();
  private MeterTableProvider provider;
  private Executor installers;

  void use(MeterTableProvider meters, Executor executor) {
    provider = meters;
    installers = executor;
  }

  MeterService service() {
    MeterService service = mock(MeterService.class);
    when(service.getMeters(Rules.DEVICE)).thenAnswer(call -> ImmutableList.copyOf(stored.values()));
    return service;
  }

  MeterProviderRegistry registry() {
    MeterProviderRegistry registry = mock(MeterProviderRegistry.class);
    when(registry.register(any())).thenReturn(this);
    return registry;
  }

  void submit(Meter meter) {
    ((DefaultMeter) meter).setState(MeterState.PENDING_ADD);
    stored.put(meter.meterCellId(), (DefaultMeter) meter);
    perform(meter, MeterOperation.Type.ADD);
  }

  void withdraw(long id) {
    DefaultMeter meter = stored.get(MeterId.meterId(id));
    meter.setState(MeterState.PENDING_REMOVE);
    perform(meter, MeterOperation.Type.REMOVE);
  }

  private void perform(Meter meter, MeterOperation.Type type) {
    installers.execute(
        () -> provider.performMeterOperation(Rules.DEVICE, new MeterOperation(meter, type)));
  }

  boolean isStored(long id) {
    return stored.containsKey(MeterId.meterId(id));
  }

  boolean isAdded(long id) {
    return Optional.ofNullable(stored.get(MeterId.meterId(id)))
        .filter(meter -> meter.state() == MeterState.ADDED)
        .isPresent();
  }

  Meter stored(long id) {
    return stored.get(MeterId.meterId(id));
  }

  @Override
  public void pushMeterMetrics(DeviceId device, Collection<Meter> observed) {
    Set<MeterCellId> shown = observed.stream().map(Meter::meterCellId).collect(Collectors.toSet());
    for (DefaultMeter meter : stored.values()) {
      if (meter.state() == MeterState.PENDING_REMOVE) {
        stored.remove(meter.meterCellId(), meter);
      } else if (!shown.contains(meter.meterCellId())) {
        perform(meter, MeterOperation.Type.ADD);
      }
    }
    for (Meter meter : observed) {
      stored.computeIfPresent(meter.meterCellId(), (id, old) -> (DefaultMeter) meter);
    }
    reports.add(observed.size());
  }

  @Override
  public void meterOperationFailed(MeterOperation operation, MeterFailReason reason) {
    failures.add(reason);
  }

  @Override
  public void pushMeterFeatures(DeviceId device, MeterFeatures announced) {
    features.add(announced);
  }

  @Override
  public void pushMeterFeatures(DeviceId device, Collection<MeterFeatures> announced) {
    features.addAll(announced);
  }

  @Override
  public void deleteMeterFeatures(DeviceId device) {}

  @Override
  public MeterProvider provider() {
    return provider;
  }
}
