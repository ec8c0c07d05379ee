/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.overlane.app.rest.Existing;
import org.overlane.config.ModelWriter;
import org.overlane.flowrules.model.Network;

/** Adds a network. */
@Service
@Command(
    scope = "onos",
    name = "overlane-network-add",
    description = "Adds an overlay network; --vni is required")
public final class NetworkAddCommand extends NetworkEdit {
  @Argument(name = "network", description = "Its id, which no other network has", required = true)
  private String id;

  @Override
  void run() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("id", id);
    fields(json);
    Network network = READER.readNetwork(json.toString());
    edit(
        present -> {
          Existing.refuse(present.networks().containsKey(network.id()), "networks", id);
          return present.with(network);
        });
    tell("Network " + id, "added", ModelWriter.toJson(network));
  }
}
