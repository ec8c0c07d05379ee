/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.cli;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import com.google.common.collect.Multimaps;
import com.google.common.collect.Sets;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.overlane.config.Assembly;
import org.overlane.config.ModelWriter;
import org.overlane.config.MtuJson;
import org.overlane.config.MtuReport;
import org.overlane.flowrules.compile.Capability;
import org.overlane.flowrules.compile.Diagnostic;
import org.overlane.flowrules.compile.PipelineCompiler;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.PathLimit;
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
          + " and each path between two devices, and what each device does with larger ones."
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
  private static final ImmutableSet<Diagnostic.Code> ABOUT_SIZES =
      Sets.immutableEnumSet(
          Diagnostic.Code.CONTROLLER_FRAGMENTS,
          Diagnostic.Code.NO_SIZE_CHECK,
          Diagnostic.Code.NO_MSS_CLAMPING,
          Diagnostic.Code.BELOW_IPV6_MINIMUM);

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

  @Option(names = "--json", description = "Print JSON, as GET /onos/overlane/v1/mtu does.")
  private boolean json;

  @Override
  public Integer call() {
    Assembly assembly = model.read();
    Optional<NetworkId> onlyNetwork =
        Optional.ofNullable(network).map(id -> ModelInput.network(id, assembly, model.name()));
    Optional<NodeId> onlyDevice =
        Optional.ofNullable(device).map(id -> ModelInput.node(id, assembly, model.name()));
    MtuReport report = MtuReport.of(assembly.model(), onlyNetwork, onlyDevice);
    if (onlyNetwork.isPresent() && onlyDevice.isPresent() && report.nodes().isEmpty()) {
      throw CommandFailure.inUsage(
          "overlane: network '" + network + "' has no endpoint on device '" + device + "'");
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(ModelWriter.text(MtuJson.of(report)));
    } else {
      printPaths(report, out);
      printNodes(report, out);
    }
    out.flush();
    printFindings(assembly, report, spec.commandLine().getErr());
    return 0;
  }

  private static void printPaths(MtuReport report, PrintWriter out) {
    if (report.networks().isEmpty()) {
      out.println("no network");
      return;
    }
    TextTable table = new TextTable("NETWORK", "FROM", "TO", "MTU", "DERIVATION");
    for (MtuReport.OfNetwork network : report.networks()) {
      String id = network.network().id().toString();
      if (!network.smallest().isPresent()) {
        table.add(id, "-", "-", "-", network.derivation());
      } else if (network.paths().isEmpty()) {
        String mtu = Integer.toString(network.smallest().get().ipMtu());
        table.add(id, "-", "-", mtu, "no path from this device; " + network.derivation());
      }
      for (PathLimit path : network.paths()) {
        table.add(
            id,
            path.from().toString(),
            path.to().toString(),
            Integer.toString(path.ipMtu()),
            path.derivation());
      }
      network.hint().ifPresent(hint -> table.add(id, "...", "...", "...", hint));
    }
    table.print(out);
  }

  /** Devices that do the same with large packets stand together. */
  private static void printNodes(MtuReport report, PrintWriter out) {
    Map<List<Capability>, List<MtuReport.OfNode>> alike = new LinkedHashMap<>();
    report
        .nodes()
        .forEach(n -> alike.computeIfAbsent(n.capabilities(), c -> new ArrayList<>()).add(n));
    alike.forEach(
        (capabilities, nodes) -> {
          out.println();
          for (MtuReport.OfNode node : nodes) {
            String mtu = node.smallest().map(s -> ", MTU " + s.ipMtu()).orElse("");
            out.println(node.device() + ": underlay MTU " + node.underlayMtu() + mtu);
          }
          capabilities.forEach(c -> out.println("  " + line(c)));
          if (capabilities.isEmpty()) {
            out.println("  no tunnel");
          }
        });
  }

  private static String line(Capability capability) {
    return capability.about().id()
        + " "
        + capability.about().title()
        + ": "
        + (capability.holds() ? "" : "NO: ")
        + capability.means();
  }

  /** Findings about sizes, those that several devices share only once. */
  private void printFindings(Assembly assembly, MtuReport report, PrintWriter err) {
    PipelineCompiler compiler = new PipelineCompiler();
    ListMultimap<List<Object>, Diagnostic> alike =
        MultimapBuilder.linkedHashKeys().arrayListValues().build();
    Map<List<Object>, NodeId> first = new HashMap<>();
    for (MtuReport.OfNode node : report.nodes()) {
      Messages.pending(err, assembly, node.device());
      for (Diagnostic d : compiler.compile(assembly.model(), node.device()).diagnostics()) {
        if (ABOUT_SIZES.contains(d.code()) && isAskedFor(d)) {
          alike.put(List.of(d.subject(), d.code()), d);
          first.putIfAbsent(List.of(d.subject(), d.code()), node.device());
        }
      }
    }
    Multimaps.asMap(alike)
        .forEach(
            (key, findings) -> {
              int others = findings.size() - 1;
              String more =
                  others == 0 ? "" : " and " + others + (others == 1 ? " other" : " others");
              Messages.finding(err, first.get(key) + more, findings.get(0));
            });
  }

  private boolean isAskedFor(Diagnostic diagnostic) {
    return network == null || diagnostic.subject().equals("network " + network);
  }
}
