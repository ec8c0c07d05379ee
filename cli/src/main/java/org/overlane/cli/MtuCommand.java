/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.overlane.config.Assembly;
import org.overlane.config.ConfigException;
import org.overlane.config.ModelWriter;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NodeId;
import org.overlane.tunnels.plan.MtuChange;
import org.overlane.tunnels.plan.MtuPlan;
import org.overlane.tunnels.plan.MtuPlanJson;
import org.overlane.tunnels.plan.MtuPlanText;
import org.overlane.tunnels.plan.PlanFacts;
import org.overlane.tunnels.plan.WhatIf;
import org.overlane.tunnels.plan.WhatIfJson;
import org.overlane.tunnels.plan.WhatIfText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** From a model file to the sizes that fit, and what becomes of what does not. */
@Command(
    name = "mtu",
    mixinStandardHelpOptions = true,
    description = {
      "Shows how large the VMs' IP packets may be so that they fit the underlay, for each network"
          + " and each path between two devices, what each device does with larger ones, and what"
          + " should be mended. Or what another MTU would change, and how to go about it."
    },
    footer = {
      "",
      "The MTU of a network is that of its narrowest path, shown or not; that of a",
      "device the smallest of all its paths. In a model of many devices, only some of",
      "the narrowest paths are shown, unless a network or device is given.",
      "",
      "Exit status: 0 done, 1 the model has problems, 2 the command line has."
    })
final class MtuCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ModelInput model;

  @Option(names = "--network", paramLabel = "ID", description = "Only this network; default: all.")
  private String network;

  @Option(
      names = "--device",
      paramLabel = "ID",
      description =
          "Only paths from this device, as in of:0000000000000001, and its networks; default: all.")
  private String device;

  @Option(
      names = "--" + MtuChange.OPTION,
      paramLabel = "ID=MTU",
      description =
          "What if the underlay of this device carried so many bytes, IP header included? Several"
              + " may be given; all=MTU is for all others.")
  private List<String> whatIf = new ArrayList<>();

  @Option(names = "--json", description = "Print JSON, as GET /onos/overlane/v1/mtu does.")
  private boolean json;

  @Override
  public Integer call() {
    if (!whatIf.isEmpty() && (network != null || device != null)) {
      throw CommandFailure.inUsage(
          "overlane: --what-if shows all that changes: leave out --network and --device");
    }
    Assembly assembly = model.read();
    PrintWriter out = spec.commandLine().getOut();
    if (whatIf.isEmpty()) {
      MtuPlan plan = plan(assembly);
      print(out, MtuPlanJson.of(plan), MtuPlanText.lines(plan));
      plan.nodes()
          .forEach(n -> Messages.pending(spec.commandLine().getErr(), assembly, n.device()));
    } else {
      WhatIf answer = answer(assembly);
      print(out, WhatIfJson.of(answer), WhatIfText.lines(answer));
    }
    return 0;
  }

  private MtuPlan plan(Assembly assembly) {
    Optional<NetworkId> onlyNetwork =
        Optional.ofNullable(network).map(id -> ModelInput.network(id, assembly, model.name()));
    Optional<NodeId> onlyDevice =
        Optional.ofNullable(device).map(id -> ModelInput.node(id, assembly, model.name()));
    MtuPlan plan = MtuPlan.of(assembly.model(), PlanFacts.NONE, onlyNetwork, onlyDevice);
    if (onlyNetwork.isPresent() && onlyDevice.isPresent() && plan.nodes().isEmpty()) {
      throw CommandFailure.inUsage(
          "overlane: network '" + network + "' has no endpoint on device '" + device + "'");
    }
    return plan;
  }

  private WhatIf answer(Assembly assembly) {
    try {
      return WhatIf.of(assembly.model(), PlanFacts.NONE, MtuChange.parse(whatIf, assembly.model()));
    } catch (ConfigException e) {
      throw CommandFailure.inUsage(
          e.problems().stream().map(p -> "overlane: --" + p).collect(Collectors.joining("\n")));
    }
  }

  private void print(PrintWriter out, ObjectNode answer, List<String> lines) {
    if (json) {
      out.print(ModelWriter.text(answer));
    } else {
      lines.forEach(out::println);
    }
    out.flush();
  }
}
