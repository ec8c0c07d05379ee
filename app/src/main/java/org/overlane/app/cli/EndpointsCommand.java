/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.overlane.app.rest.EndpointFilter;
import org.overlane.app.rest.ModelJson;
import org.overlane.config.EndpointConfig;
import org.overlane.config.ModelDocument;
import org.overlane.config.ModelWriter;

/** Lists the endpoints. */
@Service
@Command(
    scope = "onos",
    name = "overlane-endpoints",
    description = "Lists the endpoints of the overlay networks")
public final class EndpointsCommand extends OverlaneCommand {
  @Argument(name = "endpoint", description = "Only this one")
  @Completion(EndpointCompleter.class)
  private String id;

  @Option(name = "-n", aliases = "--network", description = "Only endpoints of this network")
  @Completion(NetworkCompleter.class)
  private String network;

  @Option(name = "--device", description = "Only endpoints of this switch")
  @Completion(SwitchCompleter.class)
  private String device;

  @Option(name = "--mac", description = "Only endpoints with this MAC address")
  private String mac;

  @Option(name = "--port", description = "Only endpoints at this port")
  private String port;

  @Override
  void run() {
    if (id != null && outputJson()) {
      show(ModelWriter.toJson(Declared.endpoint(overlane().model().document(), id)));
      return;
    }
    List<EndpointConfig> endpoints = chosen(overlane().model().document());
    if (outputJson()) {
      show(ModelJson.endpoints(endpoints.stream()));
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

  private List<EndpointConfig> chosen(ModelDocument document) {
    if (id != null) {
      return ImmutableList.of(Declared.endpoint(document, id));
    }
    return document.endpoints().values().stream()
        .filter(
            EndpointFilter.of(
                Optional.ofNullable(network),
                Optional.ofNullable(device),
                Optional.ofNullable(mac).map(text -> text.toLowerCase(Locale.ROOT)),
                Optional.ofNullable(port)))
        .collect(Collectors.toList());
  }
}
