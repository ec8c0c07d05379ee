/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.gui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.overlane.app.gui.Scene.ONE;
import static org.overlane.app.gui.Scene.STRANGER;
import static org.overlane.app.gui.Scene.TWO;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.onosproject.net.DeviceId;
import org.onosproject.ui.topo.PropertyPanel;
import org.onosproject.ui.topo.TopoConstants;
import org.overlane.app.probing.TunnelState;
import org.overlane.app.reconcile.SwitchStatus.State;
import org.overlane.flowrules.model.NodeId;

class OverlaneTopologyOverlayTest {
  private final PropertyPanel panel = new PropertyPanel("title", "glyph").addProp("own", "Own", 1);
  private final Scene scene =
      new Scene()
          .tunnel(ONE, TWO, TunnelState.DOWN, OptionalInt.of(1404))
          .tunnel(TWO, ONE, TunnelState.UP)
          .harmful(ONE, 2);

  private OverlaneTopologyOverlay overlay() {
    Overview now = scene.overview();
    return new OverlaneTopologyOverlay(() -> now);
  }

  /** Labels and values; separators left out. */
  private Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    panel.properties().stream()
        .filter(p -> !p.key().equals(TopoConstants.Properties.SEPARATOR))
        .forEach(p -> properties.put(p.label(), p.value()));
    return properties;
  }

  private void details(NodeId id) {
    overlay().modifyDeviceDetails(panel, DeviceId.deviceId(id.toString()));
  }

  @Test
  void theSummaryCountsWhatIsDeclared() {
    scene.status(TWO, State.FAILED);
    overlay().modifySummary(panel);
    assertThat(properties())
        .containsExactly(
            entry("Own", "1"),
            entry("Switches in sync", "2 of 3"),
            entry("Overlay networks", "1"),
            entry("Declared endpoints", "0"),
            entry("Overlay tunnels", "1 up, 1 down"));
  }

  @Test
  void aSwitchTellsHowItIsDoing() {
    scene.status(ONE, State.FAILED);
    details(ONE);
    assertThat(properties())
        .containsExactly(
            entry("Own", "1"),
            entry("Overlane", "FAILED"),
            entry("Reason", "table full"),
            entry("Pending", "0"),
            entry("Tunnels from here", "1 down"),
            entry(
                "MTU",
                "the underlay to of:0000000000000002 carries 1404 bytes, less than the 1500"
                    + " declared"),
            entry("Entries", "2 harmful"));
    assertThat(panel.buttons()).containsExactly(OverlaneTopologyOverlay.OPEN_PAGE);
  }

  @Test
  void aSwitchThatNobodyDeclaredStaysAsItWas() {
    details(STRANGER);
    details(NodeId.of("netconf:192.0.2.9:830"));
    assertThat(properties()).containsExactly(entry("Own", "1"));
    assertThat(panel.buttons()).isEmpty();
  }

  @Test
  void aLinkTellsOfItsTunnelsBothWays() {
    overlay().modifyInfraLinkDetails(panel, Scene.point(TWO), Scene.point(ONE));
    assertThat(properties())
        .containsExactly(
            entry("Own", "1"),
            entry(
                "Tunnel of:0000000000000002 -> of:0000000000000001 over IPv4", "up: for a reason"),
            entry(
                "Tunnel of:0000000000000001 -> of:0000000000000002 over IPv4",
                "down: for a reason"));
  }

  @Test
  void aLinkWithoutTunnelsStaysAsItWas() {
    overlay().modifyInfraLinkDetails(panel, Scene.point(ONE), Scene.point(STRANGER));
    assertThat(panel.properties()).hasSize(1);
  }
}
