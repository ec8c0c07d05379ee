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
import org.onosproject.cli.net.DeviceIdCompleter;
import org.overlane.app.plan.LivePlan;
import org.overlane.config.ConfigException;
import org.overlane.config.ModelWriter;
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
  private String network;

  @Option(name = "--device", description = "Only paths from this device")
  @Completion(DeviceIdCompleter.class)
  private String device;

  @Option(
      name = "--" + MtuChange.OPTION,
      description = "Underlay MTUs to try: device=MTU,...; all=MTU for all others")
  private String whatIf;

  @Override
  protected void doExecute() {
    LivePlan live = LivePlan.of(overlane());
    if (whatIf != null) {
      tryOut(live);
      return;
    }
    Optional<NetworkId> onlyNetwork = Optional.ofNullable(network).map(NetworkId::of);
    Optional<NodeId> onlyDevice = Optional.ofNullable(device).map(NodeId::of);
    if (onlyNetwork.isPresent() && !live.model().networks().containsKey(onlyNetwork.get())) {
      error("There is no network %s", network);
    } else if (onlyDevice.isPresent() && !live.model().node(onlyDevice.get()).isPresent()) {
      error("There is no configured switch %s", device);
    } else {
      MtuPlan plan = live.plan(onlyNetwork, onlyDevice);
      show(MtuPlanJson.of(plan), MtuPlanText.lines(plan));
    }
  }

  private void tryOut(LivePlan live) {
    if (network != null || device != null) {
      error("--what-if shows all that changes: leave out --network and --device");
      return;
    }
    try {
      WhatIf answer = live.whatIf(ImmutableList.of(whatIf));
      show(WhatIfJson.of(answer), WhatIfText.lines(answer));
    } catch (ConfigException e) {
      for (Problem problem : e.problems()) {
        error("--%s", problem);
      }
    }
  }

  private void show(ObjectNode json, List<String> lines) {
    if (outputJson()) {
      print("%s", ModelWriter.text(json));
    } else {
      lines.forEach(line -> print("%s", line));
    }
  }
}
