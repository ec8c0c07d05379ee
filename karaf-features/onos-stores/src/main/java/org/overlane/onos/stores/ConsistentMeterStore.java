/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.onos.stores;

import static java.util.concurrent.Executors.newSingleThreadScheduledExecutor;
import static org.onlab.util.Tools.groupedThreads;
import static org.onosproject.net.meter.MeterStoreResult.fail;
import static org.onosproject.net.meter.MeterStoreResult.success;
import static org.overlane.onos.stores.MeterCells.indexOf;
import static org.overlane.onos.stores.MeterCells.keyOf;
import static org.overlane.onos.stores.MeterCells.scopeOf;
import static org.overlane.onos.stores.MeterCells.tableOf;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.onlab.util.KryoNamespace;
import org.onosproject.core.ApplicationId;
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
import org.onosproject.net.meter.MeterFeaturesFlag;
import org.onosproject.net.meter.MeterId;
import org.onosproject.net.meter.MeterKey;
import org.onosproject.net.meter.MeterOperation;
import org.onosproject.net.meter.MeterScope;
import org.onosproject.net.meter.MeterState;
import org.onosproject.net.meter.MeterStore;
import org.onosproject.net.meter.MeterStoreDelegate;
import org.onosproject.net.meter.MeterStoreResult;
import org.onosproject.net.meter.MeterTableKey;
import org.onosproject.net.pi.model.PiMeterId;
import org.onosproject.net.pi.runtime.PiMeterCellId;
import org.onosproject.store.AbstractStore;
import org.onosproject.store.serializers.KryoNamespaces;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.MapEvent;
import org.onosproject.store.service.MapEventListener;
import org.onosproject.store.service.Serializer;
import org.onosproject.store.service.StorageService;
import org.onosproject.store.service.Versioned;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The meter store of API 2.7.0, which the published DistributedMeterStore 2.4.0 does not implement.
 *
 * <p>Meters, meter features and taken indices live in three consistent maps, so that they survive a
 * restart and are the same on all nodes. A meter moves through
 *
 * <pre>
 * addOrUpdateMeter -> PENDING_ADD     (METER_ADD_REQ)  -> device reports it -> ADDED   (METER_ADDED)
 * deleteMeter      -> PENDING_REMOVE  (METER_REM_REQ)  -> purgeMeter        -> removed (METER_REMOVED)
 * failedMeter      -> after a refused addition the meter is removed; after anything else it stays as it is
 * </pre>
 *
 * The futures complete on the node that asked, when the device has confirmed or refused. Map
 * listeners run on threads of the storage service and must not wait for it: they only complete
 * futures, keep the view of this node current and notify the delegate.
 *
 * <p>Safe for use by several threads.
 */
@Component(immediate = true, service = MeterStore.class)
public class ConsistentMeterStore extends AbstractStore<MeterEvent, MeterStoreDelegate>
    implements MeterStore {
  private static final Serializer SERIALIZER =
      Serializer.using(
          KryoNamespace.newBuilder()
              .register(KryoNamespaces.API)
              .nextId(KryoNamespaces.BEGIN_USER_CUSTOM_ID)
              .register(MeterKey.class, MeterTableKey.class, MeterScope.class)
              .register(MeterRecord.class, DefaultMeter.class, MeterState.class, Meter.Unit.class)
              .register(DefaultBand.class, Band.Type.class)
              .register(DefaultMeterFeatures.class, MeterFeaturesFlag.class)
              .build("OverlaneMeterStore"));

  private static final long REFRESH_SECONDS = 60;

  private final Logger log = LoggerFactory.getLogger(getClass());

  @Reference protected StorageService storageService;

  /** Not used: the manager, which waits for this store, must not start before its defaults. */
  @Reference protected ControllerDefaults defaults;

  private ConsistentMap<MeterKey, MeterRecord> meters;
  private SupportedMeters supported;
  private MeterIndices indices;
  private final MapEventListener<MeterKey, MeterRecord> listener = this::meterChanged;

  private final MeterRequests requests = new MeterRequests();
  private final MeterView view = new MeterView();
  private ScheduledExecutorService refresher;
  private volatile boolean userDefinedIndices;

  @Activate
  protected void activate() {
    meters = map("overlane-meters");
    supported = new SupportedMeters(map("overlane-meter-features"));
    indices = new MeterIndices(map("overlane-meter-indices"));
    meters.addListener(listener);
    refreshView();
    refresher = newSingleThreadScheduledExecutor(groupedThreads("overlane/meters", "view", log));
    refresher.scheduleWithFixedDelay(
        this::refreshView, REFRESH_SECONDS, REFRESH_SECONDS, TimeUnit.SECONDS);
    log.info("Started");
  }

  private <K, V> ConsistentMap<K, V> map(String name) {
    return storageService
        .<K, V>consistentMapBuilder()
        .withName(name)
        .withSerializer(SERIALIZER)
        .build();
  }

  private void refreshView() {
    try {
      view.load(meters);
    } catch (RuntimeException e) {
      // The store may fail in ways of its own; the next refresh must take place all the same.
      log.warn("The view of the meters is not refreshed: {}", e.getMessage(), e);
    }
  }

  @Deactivate
  protected void deactivate() {
    refresher.shutdownNow();
    meters.removeListener(listener);
    log.info("Stopped");
  }

  /**
   * Asks for a meter. What this application has already, is answered at once; with another content
   * the meter is changed in place. A meter of another application stays as it is: EXISTING_METER.
   */
  @Override
  public CompletableFuture<MeterStoreResult> addOrUpdateMeter(Meter meter) {
    MeterCellId cell = meter.meterCellId();
    MeterTableKey table = tableOf(meter.deviceId(), cell);
    if (userDefinedIndices && !supported.has(table, indexOf(cell))) {
      return CompletableFuture.completedFuture(fail(MeterFailReason.INVALID_METER));
    }
    MeterKey key = keyOf(meter);
    MeterRecord wanted = MeterRecord.of(meter);
    return requests.start(
        key,
        Optional.of(wanted),
        () -> {
          MeterRecord stored = Versioned.valueOrNull(meters.get(key));
          if (stored == null || stored.isOfSameApplication(wanted) && !stored.isThere(wanted)) {
            indices.mark(table, indexOf(cell));
            stored = store(key, wanted);
          }
          return answerTo(key, wanted, stored);
        });
  }

  /** Writes the record unless another application was faster; returns what is stored then. */
  private MeterRecord store(MeterKey key, MeterRecord wanted) {
    Versioned<MeterRecord> stored =
        meters.computeIf(
            key,
            before -> before == null || before.isOfSameApplication(wanted),
            (same, before) -> wanted);
    view.stored(key, stored);
    return stored.value();
  }

  private Optional<MeterStoreResult> answerTo(
      MeterKey key, MeterRecord wanted, MeterRecord stored) {
    if (!stored.isOfSameApplication(wanted)) {
      log.warn(
          "Meter {} stays as it is: {} asks for it, but it belongs to {}",
          key,
          wanted.meter().appId(),
          stored.meter().appId());
      return Optional.of(fail(MeterFailReason.EXISTING_METER));
    }
    return stored.isThere(wanted) ? Optional.of(success()) : Optional.empty();
  }

  @Override
  public CompletableFuture<MeterStoreResult> deleteMeter(Meter meter) {
    MeterKey key = keyOf(meter);
    return requests.start(
        key,
        Optional.empty(),
        () -> {
          Versioned<MeterRecord> stored =
              meters.computeIfPresent(
                  key, (same, before) -> before.withState(MeterState.PENDING_REMOVE));
          return stored == null ? Optional.of(success()) : Optional.empty();
        });
  }

  @Override
  public MeterStoreResult storeMeterFeatures(MeterFeatures features) {
    return supported.put(features);
  }

  @Override
  public MeterStoreResult storeMeterFeatures(Collection<MeterFeatures> features) {
    return firstFailure(features, supported::put);
  }

  @Override
  public MeterStoreResult deleteMeterFeatures(DeviceId deviceId) {
    return firstFailure(supported.tablesOf(deviceId), supported::remove);
  }

  @Override
  public MeterStoreResult deleteMeterFeatures(Collection<MeterFeatures> features) {
    return firstFailure(
        features, each -> supported.remove(MeterTableKey.key(each.deviceId(), each.scope())));
  }

  @Override
  public Meter updateMeterState(Meter reported) {
    MeterKey key = keyOf(reported);
    MeterRecord known = Versioned.valueOrNull(view.find(key));
    if (known != null && known.isSettledAs(reported)) {
      // This runs for every meter in every round: a read of each would ask the leader each time.
      return known.meter();
    }
    MeterRecord stored = Versioned.valueOrNull(meters.get(key));
    if (stored == null) {
      return null;
    }
    if (stored.isSettledAs(reported)) {
      // Nothing to write: a write goes to the disks of all nodes.
      return stored.meter();
    }
    MeterRecord updated =
        Versioned.valueOrNull(
            meters.computeIfPresent(key, (sameKey, record) -> record.observed(reported)));
    return updated == null ? null : updated.meter();
  }

  @Override
  public Meter getMeter(MeterKey key) {
    MeterRecord stored = Versioned.valueOrNull(meters.get(key));
    return stored == null ? null : stored.meter();
  }

  @Override
  public Collection<Meter> getAllMeters() {
    return view.all();
  }

  /** Asked for every device in every round of statistics; as current as the events of the map. */
  @Override
  public Collection<Meter> getAllMeters(DeviceId deviceId) {
    return view.of(deviceId, meter -> true);
  }

  @Override
  public Collection<Meter> getAllMeters(DeviceId deviceId, MeterScope scope) {
    return view.of(deviceId, meter -> scopeOf(meter.meterCellId()).equals(scope));
  }

  private List<Meter> select(Predicate<Meter> wanted) {
    return meters.values().stream()
        .map(versioned -> versioned.value().meter())
        .filter(wanted)
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * A refused addition is forgotten. But a meter that was there stays if it is only unknown what
   * became of it: the device lost it or its connection, and ONOS asks again at the next report.
   */
  @Override
  public void failedMeter(MeterOperation operation, MeterFailReason reason) {
    MeterKey key = keyOf(operation.meter());
    MeterRecord refused = MeterRecord.of(operation.meter());
    MeterRecord stored = Versioned.valueOrNull(meters.get(key));
    boolean isAddition = operation.type() == MeterOperation.Type.ADD;
    if (stored == null || isAddition && !stored.hasContentOf(refused)) {
      log.debug("The device refused meter {} ({}), which nobody wants any more", key, reason);
    } else if (isAddition && stored.state() == MeterState.ADDED && isUncertain(reason)) {
      log.debug("Meter {} of the device is not restored yet: {}", key, reason);
    } else if (meters.computeIfPresent(key, (same, before) -> before.failed(reason)) != null
        && isAddition) {
      forget(key);
    }
  }

  private static boolean isUncertain(MeterFailReason reason) {
    return reason == MeterFailReason.TIMEOUT || reason == MeterFailReason.UNKNOWN_DEVICE;
  }

  /** Forgets a meter that the device has removed, unless it was asked for again meanwhile. */
  @Override
  public void purgeMeter(Meter meter) {
    MeterKey key = keyOf(meter);
    if (meter.state() != MeterState.PENDING_REMOVE) {
      forget(key);
      return;
    }
    Versioned<MeterRecord> stored = meters.get(key);
    if (stored != null
        && stored.value().state() == MeterState.PENDING_REMOVE
        && meters.remove(key, stored.version())) {
      forgotten(key, stored);
    }
  }

  private void forget(MeterKey key) {
    Versioned<MeterRecord> last = meters.remove(key);
    if (last != null) {
      forgotten(key, last);
    }
  }

  private void forgotten(MeterKey key, Versioned<MeterRecord> last) {
    view.removed(key, last);
    indices.release(tableOf(key.deviceId(), key.meterCellId()), indexOf(key.meterCellId()));
  }

  @Override
  public void purgeMeters(DeviceId deviceId) {
    select(meter -> meter.deviceId().equals(deviceId)).forEach(meter -> forget(keyOf(meter)));
  }

  @Override
  public void purgeMeters(DeviceId deviceId, ApplicationId appId) {
    select(meter -> meter.deviceId().equals(deviceId) && appId.equals(meter.appId()))
        .forEach(meter -> forget(keyOf(meter)));
  }

  @Override
  public MeterCellId allocateMeterId(DeviceId deviceId, MeterScope scope) {
    if (userDefinedIndices) {
      return null;
    }
    MeterTableKey table = MeterTableKey.key(deviceId, scope);
    Optional<MeterFeatures> features = supported.find(table);
    if (!features.isPresent()) {
      log.warn("No meter for {}: the device has not announced any", table);
      return null;
    }
    OptionalLong index =
        indices.take(table, features.get().startIndex(), features.get().endIndex());
    if (!index.isPresent()) {
      log.warn("No meter for {}: all {} are taken", table, features.get().maxMeter());
      return null;
    }
    return scope.isGlobal()
        ? MeterId.meterId(index.getAsLong())
        : PiMeterCellId.ofIndirect(PiMeterId.of(scope.id()), index.getAsLong());
  }

  @Override
  @Deprecated
  public void freeMeterId(DeviceId deviceId, MeterId meterId) {
    // An index is given back when its meter goes; an application that frees it before would let
    // another meter take it.
    if (getMeter(MeterKey.key(deviceId, (MeterCellId) meterId)) == null) {
      indices.release(tableOf(deviceId, meterId), indexOf(meterId));
    }
  }

  /**
   * Lets applications choose the indices of their meters, or takes that from them; at any time.
   *
   * <p>Other stores refuse while meters exist. Here allocated and chosen indices come from one set
   * of taken ones: none is allocated that somebody chose, and one that is taken is not given to
   * another application. And after a restart the meters of before are there when the mode is set,
   * so that a store that refused would silently stay in the wrong mode.
   */
  @Override
  public boolean userDefinedIndexMode(boolean enable) {
    userDefinedIndices = enable;
    return enable;
  }

  private void meterChanged(MapEvent<MeterKey, MeterRecord> event) {
    view.changed(event);
    MeterRecord before = Versioned.valueOrNull(event.oldValue());
    MeterRecord after = Versioned.valueOrNull(event.newValue());
    if (after == null) {
      boolean refused = before.failure().isPresent() && before.state() == MeterState.PENDING_ADD;
      if (!refused) {
        requests.removalAnswered(event.key(), success());
        requests.dropped(event.key(), before);
        notifyDelegate(new MeterEvent(MeterEvent.Type.METER_REMOVED, before.meter()));
      }
    } else if (after.failure().isPresent()) {
      failed(event.key(), after, fail(after.failure().get()));
    } else {
      meterStored(event.key(), before, after);
    }
  }

  private void failed(MeterKey key, MeterRecord record, MeterStoreResult result) {
    if (record.state() == MeterState.PENDING_REMOVE) {
      requests.removalAnswered(key, result);
    } else {
      requests.answered(key, record, result);
    }
  }

  private void meterStored(MeterKey key, MeterRecord before, MeterRecord after) {
    MeterState state = after.state();
    boolean stateChanged = before == null || before.state() != state;
    if (state == MeterState.PENDING_ADD) {
      notifyDelegate(new MeterEvent(MeterEvent.Type.METER_ADD_REQ, after.meter()));
    } else if (state == MeterState.PENDING_REMOVE && stateChanged) {
      notifyDelegate(new MeterEvent(MeterEvent.Type.METER_REM_REQ, after.meter()));
    } else if (state == MeterState.ADDED && stateChanged) {
      requests.answered(key, after, success());
      notifyDelegate(new MeterEvent(MeterEvent.Type.METER_ADDED, after.meter()));
    } else if (state == MeterState.ADDED
        && before.meter().referenceCount() > 0
        && after.meter().referenceCount() == 0) {
      notifyDelegate(new MeterEvent(MeterEvent.Type.METER_REFERENCE_COUNT_ZERO, after.meter()));
    }
  }

  private static <T> MeterStoreResult firstFailure(
      Collection<T> items, Function<T, MeterStoreResult> action) {
    return items.stream().map(action).collect(ImmutableList.toImmutableList()).stream()
        .filter(result -> result.type() == MeterStoreResult.Type.FAIL)
        .findFirst()
        .orElseGet(MeterStoreResult::success);
  }
}
