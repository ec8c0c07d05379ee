/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.overlane.app.rest.ModelJson;
import org.overlane.config.EndpointConfig;
import org.overlane.config.ModelDocument;
import org.overlane.config.ModelWriter;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.Announcement;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkId;

/** Lists the networks. */
@Service
@Command(scope = "onos", name = "overlane-networks", description = "Lists the overlay networks")
public final class NetworksCommand extends OverlaneCommand {
  @Argument(name = "network", description = "Only this one")
  @Completion(NetworkCompleter.class)
  private String id;

  @Override
  void run() {
    ModelDocument document = overlane().model().document();
    Optional<Network> only = Optional.ofNullable(id).map(text -> Declared.network(document, text));
    if (outputJson()) {
      show(only.map(ModelWriter::toJson).orElseGet(() -> ModelJson.networks(document)));
      return;
    }
    Map<NetworkId, Long> endpoints =
        document.endpoints().values().stream()
            .collect(Collectors.groupingBy(EndpointConfig::network, Collectors.counting()));
    List<List<String>> rows = new ArrayList<>();
    rows.add(ImmutableList.of("NETWORK", "VNI", "UNDERLAY", "MSS CLAMPING", "MTU IN", "ENDPOINTS"));
    for (Network network :
        only.<Collection<Network>>map(ImmutableList::of).orElse(document.networks().values())) {
      rows.add(
          ImmutableList.of(
              network.id().toString(),
              network.vni().toString(),
              network.underlay().map(AddressFamily::text).orElse("any"),
              network.mssClamping() ? "yes" : "no",
              network.advertiseMtu().isEmpty()
                  ? "-"
                  : network.advertiseMtu().stream()
                      .map(Announcement::text)
                      .collect(Collectors.joining(",")),
              Long.toString(endpoints.getOrDefault(network.id(), 0L))));
    }
    table(rows);
  }
}
