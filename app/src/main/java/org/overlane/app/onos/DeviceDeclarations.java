/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Sets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.onosproject.net.DeviceId;
import org.onosproject.net.config.NetworkConfigService;
import org.overlane.app.config.OverlaneDeviceConfig;
import org.overlane.app.model.DeviceTable;
import org.overlane.config.ConfigException;
import org.overlane.config.DeviceConfig;
import org.overlane.config.ModelWriter;
import org.overlane.flowrules.model.NodeId;
import org.overlane.monitoring.LimitedLog;
import org.slf4j.LoggerFactory;

/** The declared devices, in ONOS's network configuration. */
final class DeviceDeclarations implements DeviceTable {
  private static final LimitedLog LOG =
      new LimitedLog(LoggerFactory.getLogger(DeviceDeclarations.class));

  private final NetworkConfigService netcfg;
  private final AtomicLong generation = new AtomicLong();
  private volatile Optional<Snapshot> last = Optional.empty();

  DeviceDeclarations(NetworkConfigService netcfg) {
    this.netcfg = netcfg;
  }

  /** Something in the network configuration has changed. */
  void changed() {
    generation.incrementAndGet();
  }

  /** As it was after the last change that ONOS has reported: reading it all takes its time. */
  @Override
  public SortedMap<NodeId, DeviceConfig> read() {
    long present = generation.get();
    Optional<Snapshot> known = last.filter(s -> s.generation == present);
    if (!known.isPresent()) {
      known = Optional.of(new Snapshot(present, readAll()));
      last = known;
    }
    return known.get().devices;
  }

  private ImmutableSortedMap<NodeId, DeviceConfig> readAll() {
    SortedMap<NodeId, DeviceConfig> devices = new TreeMap<>();
    for (DeviceId id : netcfg.getSubjects(DeviceId.class, OverlaneDeviceConfig.class)) {
      OverlaneDeviceConfig config = netcfg.getConfig(id, OverlaneDeviceConfig.class);
      if (config != null) {
        try {
          DeviceConfig device = config.read();
          devices.put(device.id(), device);
        } catch (ConfigException e) {
          // ONOS refuses it when it is offered; only an older version can have left it behind.
          LOG.warn(id, "Leaving out a configuration: device=" + id + " reason=" + e.getMessage());
        }
      }
    }
    return ImmutableSortedMap.copyOf(devices);
  }

  @Override
  public void write(Map<NodeId, DeviceConfig> wanted) {
    SortedMap<NodeId, DeviceConfig> present = readAll();
    wanted.forEach(
        (id, device) -> {
          if (!device.equals(present.get(id))) {
            netcfg.applyConfig(
                OnosFabric.device(id), OverlaneDeviceConfig.class, ModelWriter.toJson(device));
          }
        });
    for (NodeId id : Sets.difference(present.keySet(), wanted.keySet()).immutableCopy()) {
      netcfg.removeConfig(OnosFabric.device(id), OverlaneDeviceConfig.class);
    }
    changed();
  }

  private static final class Snapshot {
    private final long generation;
    private final ImmutableSortedMap<NodeId, DeviceConfig> devices;

    Snapshot(long generation, ImmutableSortedMap<NodeId, DeviceConfig> devices) {
      this.generation = generation;
      this.devices = devices;
    }
  }
}
