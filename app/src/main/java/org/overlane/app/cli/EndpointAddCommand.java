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
import org.overlane.app.api.ModelView;
import org.overlane.app.rest.Existing;
import org.overlane.config.EndpointConfig;

/** Adds an endpoint. */
@Service
@Command(
    scope = "onos",
    name = "overlane-endpoint-add",
    description = "Adds an endpoint; --network, --mac, --device and --port are required")
public final class EndpointAddCommand extends EndpointEdit {
  @Argument(name = "endpoint", description = "Its id; without it, NETWORK/MAC")
  private String id;

  @Override
  void run() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (id != null) {
      json.put("id", id);
    }
    fields(json);
    EndpointConfig endpoint = READER.readEndpoint(json.toString());
    ModelView result =
        edit(
            present -> {
              Existing.refuse(
                  present.endpoints().containsKey(endpoint.id()), "endpoints", endpoint.id());
              return present.with(endpoint);
            });
    tell(endpoint, "added", result);
  }
}
