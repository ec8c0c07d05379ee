/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.onosproject.cli.net.DeviceIdCompleter;
import org.overlane.config.ModelWriter;
import org.overlane.config.MtuJson;
import org.overlane.config.MtuReport;
import org.overlane.flowrules.compile.Capability;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.PathLimit;

/** Shows what fits, and what becomes of what does not. */
@Service
@Command(
    scope = "onos",
    name = "overlane-mtu",
    description =
        "Shows how large packets may be on each path, why, and what becomes of larger ones")
public final class MtuCommand extends OverlaneCommand {
  @Option(name = "--network", description = "Only this network")
  private String network;

  @Option(name = "--device", description = "Only paths from this device")
  @Completion(DeviceIdCompleter.class)
  private String device;

  @Override
  protected void doExecute() {
    NetworkModel model = overlane().assembly(overlane().model().document()).model();
    Optional<NetworkId> onlyNetwork = Optional.ofNullable(network).map(NetworkId::of);
    Optional<NodeId> onlyDevice = Optional.ofNullable(device).map(NodeId::of);
    if (onlyNetwork.isPresent() && !model.networks().containsKey(onlyNetwork.get())) {
      error("There is no network %s", network);
      return;
    }
    if (onlyDevice.isPresent() && !model.node(onlyDevice.get()).isPresent()) {
      error("There is no configured switch %s", device);
      return;
    }
    MtuReport report = MtuReport.of(model, onlyNetwork, onlyDevice);
    if (outputJson()) {
      print("%s", ModelWriter.text(MtuJson.of(report)));
      return;
    }
    table(paths(report));
    for (MtuReport.OfNode node : report.nodes()) {
      print("");
      print("%s: underlay MTU %d", node.device(), node.underlayMtu());
      for (Capability capability : node.capabilities()) {
        print(
            "  %s %s: %s%s",
            capability.about().id(),
            capability.about().title(),
            capability.holds() ? "" : "NO: ",
            capability.means());
      }
    }
  }

  private static List<List<String>> paths(MtuReport report) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(ImmutableList.of("NETWORK", "FROM", "TO", "MTU", "DERIVATION"));
    for (MtuReport.OfNetwork network : report.networks()) {
      String id = network.network().id().toString();
      if (network.paths().isEmpty()) {
        rows.add(ImmutableList.of(id, "-", "-", "-", network.derivation()));
      }
      for (PathLimit path : network.paths()) {
        rows.add(
            ImmutableList.of(
                id,
                path.from().toString(),
                path.to().toString(),
                Integer.toString(path.ipMtu()),
                path.derivation()));
      }
      network.hint().ifPresent(hint -> rows.add(ImmutableList.of(id, "...", "...", "...", hint)));
    }
    return rows;
  }
}
