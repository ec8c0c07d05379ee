/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.plan;

import com.google.common.collect.ImmutableList;
import java.util.List;

/** A {@link WhatIf} for people. Not thread-safe. */
public final class WhatIfText {
  /** Rows of a table, and effects, that are shown. */
  private static final int SHOWN = 20;

  private final WhatIf whatIf;
  private final ImmutableList.Builder<String> lines = ImmutableList.builder();

  private WhatIfText(WhatIf whatIf) {
    this.whatIf = whatIf;
  }

  /** Lines without their ends; an empty one between the parts. */
  public static ImmutableList<String> lines(WhatIf whatIf) {
    WhatIfText text = new WhatIfText(whatIf);
    text.devices();
    if (whatIf.paths().isEmpty()) {
      text.part("No path changes.");
    } else {
      text.networks();
      text.endpoints();
      text.paths();
    }
    text.switches();
    text.steps();
    text.effects();
    text.warnings("Warnings that this adds", whatIf.newWarnings());
    text.warnings("Warnings that this ends", whatIf.goneWarnings());
    return text.lines.build();
  }

  private void devices() {
    TextTable table = new TextTable("DEVICE", "UNDERLAY MTU", "THEN", "REMARK");
    for (WhatIf.OfDevice device : whatIf.devices()) {
      table.add(
          device.device().toString(),
          Integer.toString(device.before()),
          Integer.toString(device.after()),
          device.remark().orElse(device.before() == device.after() ? "as it is" : "-"));
    }
    lines.addAll(table.lines());
  }

  private void part(String heading) {
    lines.add("").add(heading);
  }

  private void table(TextTable table, int total) {
    lines.add("").addAll(table.lines());
    if (total > SHOWN) {
      lines.add("... and " + (total - SHOWN) + " more; --json lists up to " + WhatIf.MOST);
    }
  }

  private static <T> List<T> shown(List<T> all) {
    return all.subList(0, Math.min(all.size(), SHOWN));
  }

  private void networks() {
    if (whatIf.networks().isEmpty()) {
      part("The MTU of every network stays as it is.");
      return;
    }
    TextTable table = new TextTable("NETWORK", "MTU", "THEN");
    for (WhatIf.OfNetwork network : shown(whatIf.networks())) {
      table.add(
          network.network().toString(),
          Integer.toString(network.before()),
          Integer.toString(network.after()));
    }
    table(table, whatIf.networks().size());
  }

  private void endpoints() {
    if (whatIf.endpointsTotal() == 0) {
      return;
    }
    TextTable table = new TextTable("ENDPOINT", "NETWORK", "DEVICE", "MTU", "THEN");
    for (WhatIf.OfEndpoint endpoint : shown(whatIf.endpoints())) {
      table.add(
          endpoint.endpoint(),
          endpoint.network().toString(),
          endpoint.device().toString(),
          Integer.toString(endpoint.before()),
          Integer.toString(endpoint.after()));
    }
    table(table, whatIf.endpointsTotal());
  }

  private void paths() {
    TextTable table = new TextTable("NETWORK", "FROM", "TO", "MTU", "THEN", "DERIVATION");
    for (WhatIf.OfPath path : shown(whatIf.paths())) {
      table.add(
          path.network().toString(),
          path.after().from().toString(),
          path.after().to().toString(),
          Integer.toString(path.before().ipMtu()),
          Integer.toString(path.after().ipMtu()),
          path.after().derivation());
    }
    table(table, whatIf.pathsTotal());
  }

  private void switches() {
    if (whatIf.switches().isEmpty()) {
      part("No entry of any switch changes.");
      return;
    }
    TextTable table = new TextTable("SWITCH", "ENTRIES CHANGED", "ADDED", "REMOVED");
    for (WhatIf.OfSwitch one : shown(whatIf.switches())) {
      table.add(
          one.device().toString(),
          Integer.toString(one.modified()),
          Integer.toString(one.added()),
          Integer.toString(one.removed()));
    }
    table(table, whatIf.switches().size());
  }

  private void steps() {
    if (whatIf.steps().isEmpty()) {
      return;
    }
    part("Steps, in this order:");
    int number = 0;
    for (MtuStep step : whatIf.steps()) {
      lines.add("  " + ++number + ". " + step.text() + ": " + step.why());
    }
  }

  private void effects() {
    if (whatIf.effects().isEmpty()) {
      return;
    }
    part("What becomes of running traffic:");
    for (WhatIf.Effect effect : shown(whatIf.effects())) {
      int others = effect.pairs() - 1;
      lines.add(
          "  network "
              + effect.network()
              + ", packets of "
              + (effect.least() == effect.most() ? "" : effect.least() + " to ")
              + effect.most()
              + " bytes from "
              + effect.from()
              + " to "
              + effect.to()
              + (others == 0 ? "" : " and on " + Names.count(others, "other path", "other paths"))
              + (effect.fitAfterwards()
                  ? " do not fit now and will. Until then:"
                  : " fit now and will not. Then:"));
      for (Fate fate : effect.fates()) {
        String result = fate.result() == Fate.Result.AS_OTHERS ? "" : fate.result().text() + ", ";
        lines.add(
            "    " + fate.about().id() + " " + fate.about().title() + ": " + result + fate.means());
      }
    }
    if (whatIf.effects().size() > SHOWN) {
      lines.add("  ... and " + (whatIf.effects().size() - SHOWN) + " more; --json lists them");
    }
  }

  private void warnings(String heading, List<PlanWarning> warnings) {
    if (!warnings.isEmpty()) {
      part(heading + ":");
      shown(warnings).forEach(w -> lines.add("  " + w));
      if (warnings.size() > SHOWN) {
        lines.add("  ... and " + (warnings.size() - SHOWN) + " more; --json lists them");
      }
    }
  }
}
