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
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.overlane.config.EndpointConfig;
import org.overlane.config.ModelWriter;

/** Lists the endpoints. */
@Service
@Command(
    scope = "onos",
    name = "overlane-endpoints",
    description = "Lists the endpoints of the overlay networks")
public final class EndpointsCommand extends OverlaneCommand {
  @Option(name = "-n", aliases = "--network", description = "Only endpoints of this network")
  private String network;

  @Override
  protected void doExecute() {
    List<EndpointConfig> endpoints =
        overlane().model().document().endpoints().values().stream()
            .filter(e -> network == null || network.equals(e.network().toString()))
            .collect(Collectors.toList());
    if (outputJson()) {
      endpoints.forEach(e -> print("%s", ModelWriter.toJson(e)));
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(ImmutableList.of("ENDPOINT", "NETWORK", "MAC", "DEVICE", "PORT", "IPS"));
    for (EndpointConfig endpoint : endpoints) {
      rows.add(
          ImmutableList.of(
              endpoint.id(),
              endpoint.network().toString(),
              endpoint.mac().toString(),
              endpoint.device().toString(),
              endpoint.port().toString(),
              endpoint.ips().stream().map(Object::toString).collect(Collectors.joining(","))));
    }
    table(rows);
  }
}
