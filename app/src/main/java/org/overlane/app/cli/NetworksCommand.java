/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.overlane.config.ModelDocument;
import org.overlane.config.ModelWriter;
import org.overlane.flowrules.model.Network;

/** Lists the networks. */
@Service
@Command(scope = "onos", name = "overlane-networks", description = "Lists the overlay networks")
public final class NetworksCommand extends OverlaneCommand {
  @Override
  protected void doExecute() {
    ModelDocument document = overlane().model().document();
    if (outputJson()) {
      document.networks().values().forEach(n -> print("%s", ModelWriter.toJson(n)));
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(ImmutableList.of("NETWORK", "VNI", "UNDERLAY", "ENDPOINTS"));
    for (Network network : document.networks().values()) {
      long endpoints =
          document.endpoints().values().stream()
              .filter(e -> e.network().equals(network.id()))
              .count();
      rows.add(
          ImmutableList.of(
              network.id().toString(),
              network.vni().toString(),
              network.underlay().map(f -> f.text()).orElse("any"),
              Long.toString(endpoints)));
    }
    table(rows);
  }
}
