/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.overlane.config.DeviceConfig;
import org.overlane.config.ModelWriter;

/** Lists the declared devices. */
@Service
@Command(
    scope = "onos",
    name = "overlane-nodes",
    description = "Lists the devices that are configured for the overlay")
public final class NodesCommand extends OverlaneCommand {
  @Override
  void run() {
    if (outputJson()) {
      show(ModelWriter.toJson(overlane().model().document()).retain("devices"));
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(ImmutableList.of("DEVICE", "NAME", "PROFILE", "VTEPS", "TUNNEL", "UPLINKS", "MTU"));
    for (DeviceConfig device : overlane().model().document().devices().values()) {
      rows.add(
          ImmutableList.of(
              device.id().toString(),
              device.name().orElse("-"),
              device.profile().text(),
              device.vteps().stream().map(Object::toString).collect(Collectors.joining(",")),
              device.tunnel().map(t -> t.mode().text()).orElse("-"),
              device.uplinks().stream()
                  .map(u -> u.port().toString())
                  .collect(Collectors.joining(",")),
              device.underlayMtu().isPresent()
                  ? Integer.toString(device.underlayMtu().getAsInt())
                  : "-"));
    }
    table(rows);
  }
}
