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
import org.onosproject.cli.net.DeviceIdCompleter;
import org.overlane.config.FlowTablesJson;
import org.overlane.config.ModelWriter;
import org.overlane.flowrules.compile.CompileResult;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.Group;
import org.overlane.flowrules.openflow.Meter;
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
  @Completion(DeviceIdCompleter.class)
  private String device;

  @Option(name = "--ofctl", description = "In the syntax of ovs-ofctl, nothing else")
  private boolean ofctl;

  @Override
  protected void doExecute() {
    Optional<CompileResult> result =
        device.trim().isEmpty() ? Optional.empty() : overlane().compile(NodeId.of(device));
    if (!result.isPresent()) {
      error("There is no configured switch %s", device);
      return;
    }
    if (outputJson()) {
      print("%s", ModelWriter.text(FlowTablesJson.of(result.get())));
      return;
    }
    for (Meter meter : result.get().tables().meters().values()) {
      show(OfctlFormat.meter(meter), meter.source());
    }
    for (Group group : result.get().tables().groups().values()) {
      show(OfctlFormat.group(group), group.source());
    }
    for (FlowEntry entry : result.get().tables().entries()) {
      show(OfctlFormat.entry(entry), entry.source());
    }
    if (!ofctl) {
      result
          .get()
          .diagnostics()
          .forEach(d -> print("%s: %s: %s", d.severity(), d.subject(), d.message()));
    }
  }

  private void show(String line, String source) {
    print("%s", ofctl ? line : line + "  # " + source);
  }
}
