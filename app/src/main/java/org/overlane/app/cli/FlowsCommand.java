/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.overlane.config.FlowTablesJson;
import org.overlane.flowrules.compile.CompileResult;
import org.overlane.flowrules.feature.PacketClass;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.text.OfctlFormat;

/** Shows the entries that the model asks for on a switch. */
@Service
@Command(
    scope = "onos",
    name = "overlane-flows",
    description =
        "Shows the entries, groups and meters that the overlay model asks for on a device")
public final class FlowsCommand extends OverlaneCommand {
  @Argument(name = "device", description = "Device id", required = true)
  @Completion(SwitchCompleter.class)
  private String device;

  @Option(name = "--ofctl", description = "In the syntax of ovs-ofctl, nothing else")
  private boolean ofctl;

  @Option(name = "--class", description = "Only entries of this packet class; not with --json")
  @Completion(PacketClassCompleter.class)
  private String packetClass;

  @Override
  void run() {
    CompileResult result =
        (device.trim().isEmpty()
                ? Optional.<CompileResult>empty()
                : overlane().compile(NodeId.of(device)))
            .orElseThrow(() -> unknown("device", device, "configured switch", "overlane-nodes"));
    Optional<PacketClass> only = Optional.ofNullable(packetClass).map(PacketClasses::named);
    if (outputJson()) {
      show(FlowTablesJson.of(result));
      return;
    }
    if (!only.isPresent()) {
      result.tables().meters().values().forEach(m -> line(OfctlFormat.meter(m), m.source()));
      result.tables().groups().values().forEach(g -> line(OfctlFormat.group(g), g.source()));
    }
    for (FlowEntry entry : result.tables().entries()) {
      if (!only.isPresent() || only.equals(PacketClass.of(entry.cookie()))) {
        line(OfctlFormat.entry(entry), entry.source());
      }
    }
    if (!ofctl) {
      result
          .diagnostics()
          .forEach(d -> print("%s: %s: %s", d.severity(), d.subject(), d.message()));
    }
  }

  private void line(String line, String source) {
    print("%s", ofctl ? line : line + "  # " + source);
  }
}
