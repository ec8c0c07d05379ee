/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.overlane.app.plan.LivePlan;
import org.overlane.config.ConfigException;
import org.overlane.config.Problem;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NodeId;
import org.overlane.tunnels.plan.MtuChange;
import org.overlane.tunnels.plan.MtuPlan;
import org.overlane.tunnels.plan.MtuPlanJson;
import org.overlane.tunnels.plan.MtuPlanText;
import org.overlane.tunnels.plan.WhatIf;
import org.overlane.tunnels.plan.WhatIfJson;
import org.overlane.tunnels.plan.WhatIfText;

/** Shows what fits, and what becomes of what does not. */
@Service
@Command(
    scope = "onos",
    name = "overlane-mtu",
    description =
        "Shows how large packets may be on each path, why, what becomes of larger ones, and what"
            + " another MTU would change")
public final class MtuCommand extends OverlaneCommand {
  @Option(name = "--network", description = "Only this network")
  @Completion(NetworkCompleter.class)
  private String network;

  @Option(name = "--device", description = "Only paths from this device")
  @Completion(SwitchCompleter.class)
  private String device;

  @Option(
      name = "--" + MtuChange.OPTION,
      description = "Underlay MTUs to try: device=MTU,...; all=MTU for all others")
  private String whatIf;

  @Override
  void run() {
    LivePlan live = LivePlan.of(overlane());
    if (whatIf != null) {
      tryOut(live);
      return;
    }
    Optional<NetworkId> onlyNetwork = given(network).map(NetworkId::of);
    Optional<NodeId> onlyDevice = given(device).map(NodeId::of);
    if (onlyNetwork.isPresent() && !live.model().networks().containsKey(onlyNetwork.get())) {
      throw unknown("network", network, "network", "overlane-networks");
    }
    if (onlyDevice.isPresent() && !live.model().node(onlyDevice.get()).isPresent()) {
      throw unknown("device", device, "configured switch", "overlane-nodes");
    }
    MtuPlan plan = live.plan(onlyNetwork, onlyDevice);
    show(MtuPlanJson.of(plan), MtuPlanText.lines(plan));
  }

  private static Optional<String> given(String option) {
    return Optional.ofNullable(option).filter(text -> !text.trim().isEmpty());
  }

  private void tryOut(LivePlan live) {
    if (network != null || device != null) {
      throw ConfigException.quoting(
          MtuChange.OPTION,
          whatIf,
          "shows all that changes, not that of one network or device",
          "Leave out --network and --device");
    }
    WhatIf answer = live.whatIf(ImmutableList.of(whatIf));
    show(WhatIfJson.of(answer), WhatIfText.lines(answer));
  }

  @Override
  String inWords(Problem problem) {
    return "--" + problem;
  }

  private void show(ObjectNode json, List<String> lines) {
    if (outputJson()) {
      show(json);
    } else {
      lines.forEach(line -> print("%s", line));
    }
  }
}
