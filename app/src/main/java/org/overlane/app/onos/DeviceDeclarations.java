/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import com.google.common.collect.Sets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.onosproject.net.DeviceId;
import org.onosproject.net.config.NetworkConfigService;
import org.overlane.app.config.OverlaneDeviceConfig;
import org.overlane.app.model.DeviceTable;
import org.overlane.config.ConfigException;
import org.overlane.config.DeviceConfig;
import org.overlane.config.ModelWriter;
import org.overlane.flowrules.model.NodeId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The declared devices, in ONOS's network configuration. */
final class DeviceDeclarations implements DeviceTable {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceDeclarations.class);

  private final NetworkConfigService netcfg;

  DeviceDeclarations(NetworkConfigService netcfg) {
    this.netcfg = netcfg;
  }

  @Override
  public SortedMap<NodeId, DeviceConfig> read() {
    SortedMap<NodeId, DeviceConfig> devices = new TreeMap<>();
    for (DeviceId id : netcfg.getSubjects(DeviceId.class, OverlaneDeviceConfig.class)) {
      OverlaneDeviceConfig config = netcfg.getConfig(id, OverlaneDeviceConfig.class);
      if (config != null) {
        try {
          DeviceConfig device = config.read();
          devices.put(device.id(), device);
        } catch (ConfigException e) {
          // ONOS refuses it when it is offered; only an older version can have left it behind.
          LOG.warn("Leaving out the configuration of {}: {}", id, e.getMessage());
        }
      }
    }
    return devices;
  }

  @Override
  public void write(Map<NodeId, DeviceConfig> wanted) {
    SortedMap<NodeId, DeviceConfig> present = read();
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
  }
}
