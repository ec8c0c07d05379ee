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
import org.overlane.config.ModelDocument;

/** Removes endpoints. */
@Service
@Command(
    scope = "onos",
    name = "overlane-endpoint-remove",
    description = "Removes endpoints; all of them or none")
public final class EndpointRemoveCommand extends EditCommand {
  @Argument(name = "endpoint", description = "Their ids", required = true, multiValued = true)
  @Completion(EndpointCompleter.class)
  private List<String> ids;

  @Override
  void run() {
    edit(
        present -> {
          ModelDocument next = present;
          for (String id : ids) {
            next = next.withoutEndpoint(Declared.endpoint(next, id).id());
          }
          return next;
        });
    ids.forEach(id -> tell("Endpoint " + id, "removed"));
  }
}
