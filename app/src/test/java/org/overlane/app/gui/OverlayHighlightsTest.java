/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.gui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.overlane.app.gui.Scene.ONE;
import static org.overlane.app.gui.Scene.STRANGER;
import static org.overlane.app.gui.Scene.THREE;
import static org.overlane.app.gui.Scene.TWO;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onosproject.net.DefaultEdgeLink;
import org.onosproject.net.Link;
import org.onosproject.ui.topo.Highlights;
import org.onosproject.ui.topo.LinkHighlight;
import org.onosproject.ui.topo.NodeBadge;
import org.overlane.app.probing.TunnelState;
import org.overlane.app.reconcile.SwitchStatus.State;
import org.overlane.flowrules.compile.Diagnostic;

class OverlayHighlightsTest {
  private static Highlights all(Scene scene, Iterable<Link> links) {
    return new OverlayHighlights(scene.overview()).all(links);
  }

  private static Highlights trouble(Scene scene, Iterable<Link> links) {
    return new OverlayHighlights(scene.overview()).trouble(links);
  }

  private static NodeBadge badge(Scene scene) {
    return trouble(scene, ImmutableList.of()).getDevice(ONE.toString()).badge();
  }

  @ParameterizedTest
  @CsvSource({
    "DOWN, port-traffic-red, true",
    "DEGRADED, port-traffic-orange, true",
    "CONFIGURED, port-traffic-yellow, false",
    "PROVISIONED, '', false",
    "UNPROBED, '', false",
    "UP, port-traffic-green, false"
  })
  void aLinkHasTheColourOfItsTunnels(TunnelState state, String colour, boolean trouble) {
    Scene scene = new Scene().tunnel(ONE, TWO, state);
    LinkHighlight link = Iterables.getOnlyElement(all(scene, Scene.link(ONE, TWO)).links());
    assertThat(link.cssClasses()).isEqualTo(("secondary " + colour).trim());
    assertThat(link.label()).isEqualTo(state.text());
    assertThat(trouble(scene, Scene.link(ONE, TWO)).links()).hasSize(trouble ? 1 : 0);
  }

  @Test
  void theWorstDirectionCounts() {
    Scene scene = new Scene().tunnel(ONE, TWO, TunnelState.UP).tunnel(TWO, ONE, TunnelState.DOWN);
    assertThat(Iterables.getOnlyElement(all(scene, Scene.link(ONE, TWO)).links()).label())
        .isEqualTo("down");
  }

  @Test
  void tellsHowMuchANarrowUnderlayCarries() {
    Scene scene = new Scene().tunnel(ONE, TWO, TunnelState.DEGRADED, OptionalInt.of(1404));
    assertThat(Iterables.getOnlyElement(all(scene, Scene.link(ONE, TWO)).links()).label())
        .isEqualTo("degraded, 1404 B");
    assertThat(badge(scene).status()).isEqualTo(NodeBadge.Status.WARN);
    assertThat(badge(scene).message())
        .contains("to " + TWO + " carries 1404 bytes, less than the 1500 declared");
  }

  @Test
  void leavesOtherLinksAlone() {
    Scene scene = new Scene().tunnel(ONE, TWO, TunnelState.DOWN);
    assertThat(all(scene, Scene.link(ONE, THREE)).links()).isEmpty();
    assertThat(all(scene, Scene.link(ONE, STRANGER)).links()).isEmpty();
    Link toAHost = DefaultEdgeLink.createEdgeLink(Scene.point(ONE), true);
    assertThat(all(scene, ImmutableList.of(toAHost)).links()).isEmpty();
  }

  @Test
  void badgesSayTheWorst() {
    Scene scene = new Scene();
    assertThat(trouble(scene, ImmutableList.of()).devices()).isEmpty();

    scene.status(ONE, State.PENDING);
    assertThat(badge(scene).text()).isEqualTo("...");
    assertThat(badge(scene).status()).isEqualTo(NodeBadge.Status.INFO);

    scene.status(
        ONE,
        State.IN_SYNC,
        Diagnostic.of(Diagnostic.Code.NO_SIZE_CHECK, "network blue", "too wide"));
    assertThat(badge(scene).text()).isEqualTo("MTU");
    assertThat(badge(scene).message()).isEqualTo("Overlane: too wide");

    scene.tunnel(ONE, TWO, TunnelState.DOWN).tunnel(ONE, THREE, TunnelState.DOWN);
    assertThat(badge(scene).text()).isEqualTo("T");
    assertThat(badge(scene).message()).contains("2 tunnels");

    scene.harmful(ONE, 3);
    assertThat(badge(scene).text()).isEqualTo("D");
    assertThat(badge(scene).message()).contains("3 harmful entries");

    scene.status(ONE, State.FAILED);
    assertThat(badge(scene).text()).isEqualTo("!");
    assertThat(badge(scene).message()).isEqualTo("Overlane: table full");
    assertThat(trouble(scene, ImmutableList.of()).devices()).hasSize(1);
  }
}
