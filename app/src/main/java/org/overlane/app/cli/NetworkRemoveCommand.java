/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.overlane.app.rest.Existing;
import org.overlane.config.ModelDocument;
import org.overlane.flowrules.model.NetworkId;

/** Removes networks. */
@Service
@Command(
    scope = "onos",
    name = "overlane-network-remove",
    description = "Removes overlay networks that have no endpoints any more; all of them or none")
public final class NetworkRemoveCommand extends EditCommand {
  @Argument(name = "network", description = "Their ids", required = true, multiValued = true)
  @Completion(NetworkCompleter.class)
  private List<String> ids;

  @Override
  void run() {
    edit(
        present -> {
          ModelDocument next = present;
          for (String id : ids) {
            NetworkId network = Declared.network(next, id).id();
            Existing.requireUnused(network, next);
            next = next.withoutNetwork(network);
          }
          return next;
        });
    ids.forEach(id -> tell("Network " + id, "removed"));
  }
}
