/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.plan;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.overlane.flowrules.compile.Capability;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.PathLimit;

/** A {@link MtuPlan} for people: networks, paths, devices, warnings. */
public final class MtuPlanText {
  /** The worst come first. */
  private static final int MOST_WARNINGS = 50;

  private static final String NONE = "-";

  private MtuPlanText() {}

  /** Lines without their ends; an empty one between the parts. */
  public static ImmutableList<String> lines(MtuPlan plan) {
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    if (plan.networks().isEmpty()) {
      lines.add("no network");
    } else {
      lines.addAll(networks(plan)).add("").addAll(paths(plan));
    }
    lines.addAll(nodes(plan));
    if (!plan.warnings().isEmpty()) {
      lines.add("").addAll(warnings(plan.warnings()));
    }
    return lines.build();
  }

  private static List<String> networks(MtuPlan plan) {
    TextTable table = new TextTable("NETWORK", "MTU", "MSS IPV4", "MSS IPV6", "DERIVATION");
    for (MtuPlan.OfNetwork network : plan.networks()) {
      table.add(
          network.network().id().toString(),
          text(network.mtu()),
          text(network.mss(AddressFamily.IPV4)),
          text(network.mss(AddressFamily.IPV6)),
          network.derivation());
    }
    return table.lines();
  }

  private static String text(Optional<Integer> bytes) {
    return bytes.map(Object::toString).orElse(NONE);
  }

  private static List<String> paths(MtuPlan plan) {
    TextTable table = new TextTable("NETWORK", "FROM", "TO", "MTU", "DERIVATION");
    for (MtuPlan.OfNetwork network : plan.networks()) {
      String id = network.network().id().toString();
      if (network.paths().isEmpty()) {
        String which = network.smallest().isPresent() ? "no path from this device" : "no path";
        table.add(id, NONE, NONE, NONE, which);
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
    return table.lines();
  }

  /** Devices that do the same with large packets stand together. */
  private static List<String> nodes(MtuPlan plan) {
    Map<List<Capability>, List<MtuPlan.OfNode>> alike = new LinkedHashMap<>();
    plan.nodes()
        .forEach(n -> alike.computeIfAbsent(n.capabilities(), c -> new ArrayList<>()).add(n));
    List<String> lines = new ArrayList<>();
    alike.forEach(
        (capabilities, nodes) -> {
          lines.add("");
          for (MtuPlan.OfNode node : nodes) {
            String mtu = node.smallest().map(s -> ", MTU " + s.ipMtu()).orElse("");
            lines.add(node.device() + ": underlay MTU " + node.underlayMtu() + mtu);
          }
          capabilities.forEach(c -> lines.add("  " + line(c)));
          if (capabilities.isEmpty()) {
            lines.add("  no tunnel");
          }
        });
    return lines;
  }

  private static String line(Capability capability) {
    return capability.about().id()
        + " "
        + capability.about().title()
        + ": "
        + (capability.holds() ? "" : "NO: ")
        + capability.means();
  }

  private static List<String> warnings(List<PlanWarning> warnings) {
    List<String> lines = new ArrayList<>();
    warnings.stream().limit(MOST_WARNINGS).forEach(w -> lines.add("warning: " + w));
    if (warnings.size() > MOST_WARNINGS) {
      lines.add("... and " + (warnings.size() - MOST_WARNINGS) + " more; --json lists them");
    }
    return lines;
  }
}
