/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.gui;

import java.util.Optional;
import java.util.function.Supplier;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.ui.UiTopoOverlay;
import org.onosproject.ui.topo.ButtonId;
import org.onosproject.ui.topo.PropertyPanel;
import org.overlane.app.drift.DriftReport;
import org.overlane.app.probing.TunnelState;
import org.overlane.app.probing.TunnelStatus;
import org.overlane.app.reconcile.SwitchStatus;
import org.overlane.flowrules.model.NodeId;

/** What the panels beside the topology say while the overlay is chosen. */
final class OverlaneTopologyOverlay extends UiTopoOverlay {
  /** As in {@code overlane.js}. */
  static final String ID = "overlane-overlay";

  /** Opens the page at a switch; as in {@code overlane.js}. */
  static final ButtonId OPEN_PAGE = new ButtonId("overlanePage");

  private final Supplier<Overview> overview;

  OverlaneTopologyOverlay(Supplier<Overview> overview) {
    super(ID);
    this.overview = overview;
  }

  @Override
  public void modifySummary(PropertyPanel panel) {
    Overview now = overview.get();
    panel.addSeparator();
    now.problem().ifPresent(problem -> panel.addProp("overlaneProblem", "Overlane", problem));
    panel.addProp(
        "overlaneSwitches",
        "Switches in sync",
        now.switchesInState(SwitchStatus.State.IN_SYNC) + " of " + now.managed().size());
    panel.addProp("overlaneNetworks", "Overlay networks", now.document().networks().size());
    panel.addProp("overlaneEndpoints", "Declared endpoints", now.document().endpoints().size());
    panel.addProp("overlaneTunnels", "Overlay tunnels", counts(now.tunnels().values()));
  }

  @Override
  public void modifyDeviceDetails(PropertyPanel panel, DeviceId device) {
    Overview now = overview.get();
    NodeId id = NodeId.of(device.toString());
    SwitchStatus status = now.managed().get(id);
    if (status == null) {
      return;
    }
    panel.addSeparator();
    panel.addProp("overlaneState", "Overlane", status.state().name());
    status.reasons().stream()
        .findFirst()
        .ifPresent(reason -> panel.addProp("overlaneReason", "Reason", reason));
    panel.addProp("overlanePending", "Pending", status.pending().size());
    panel.addProp("overlaneTunnels", "Tunnels from here", counts(now.from(id)));
    now.mtuTrouble(status).ifPresent(trouble -> panel.addProp("overlaneMtu", "MTU", trouble));
    Optional.ofNullable(now.drift().get(id))
        .map(DriftReport::summary)
        .ifPresent(drift -> panel.addProp("overlaneDrift", "Entries", drift));
    panel.addButton(OPEN_PAGE);
  }

  @Override
  public void modifyInfraLinkDetails(PropertyPanel panel, ConnectPoint one, ConnectPoint two) {
    Overview now = overview.get();
    NodeId from = NodeId.of(one.deviceId().toString());
    int number = 0;
    for (TunnelStatus tunnel : now.between(from, NodeId.of(two.deviceId().toString()))) {
      if (number == 0) {
        panel.addSeparator();
      }
      number++;
      panel.addProp(
          "overlaneTunnel" + number,
          "Tunnel " + tunnel.tunnel().path(),
          tunnel.state().text() + ": " + tunnel.why());
    }
  }

  /** {@code 12 up, 1 down}, or {@code none}. */
  private static String counts(Iterable<TunnelStatus> tunnels) {
    StringBuilder words = new StringBuilder();
    for (TunnelState state : TunnelState.values()) {
      long count = Overview.inState(tunnels, state);
      if (count > 0) {
        words
            .append(words.length() == 0 ? "" : ", ")
            .append(count)
            .append(' ')
            .append(state.text());
      }
    }
    return words.length() == 0 ? "none" : words.toString();
  }
}
