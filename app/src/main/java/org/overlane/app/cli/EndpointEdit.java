/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.overlane.app.api.ModelView;
import org.overlane.config.EndpointConfig;
import org.overlane.config.ModelWriter;

/** The fields of an endpoint as options. */
abstract class EndpointEdit extends EditCommand {
  @Option(name = "--network", description = "Id of its network")
  @Completion(NetworkCompleter.class)
  private String network;

  @Option(name = "--mac", description = "MAC address of the VM's interface, unicast")
  private String mac;

  @Option(name = "--device", description = "Device id of its switch")
  @Completion(SwitchCompleter.class)
  private String device;

  @Option(name = "--port", description = "Port of the switch: number, LOCAL, or name")
  private String port;

  @Option(name = "--ips", description = "IP addresses that the endpoint owns: ADDRESS,...")
  private String ips;

  /** Sets what was given. */
  final Fields fields(ObjectNode json) {
    return new Fields(json)
        .text("network", Optional.ofNullable(network))
        .text("mac", Optional.ofNullable(mac))
        .text("device", Optional.ofNullable(device))
        .numberOrText("port", Optional.ofNullable(port))
        .list("ips", Optional.ofNullable(ips));
  }

  /** Says what has been done, and what the endpoint waits for. */
  final void tell(EndpointConfig endpoint, String done, ModelView result) {
    tell("Endpoint " + endpoint.id(), done, ModelWriter.toJson(endpoint));
    if (!outputJson()) {
      overlane().assembly(result.document()).pending().stream()
          .filter(p -> p.endpoint().filter(endpoint.id()::equals).isPresent())
          .forEach(p -> print("It waits: %s. %s", p.reason(), p.remedy()));
    }
  }
}
