/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.gui;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import org.onosproject.net.DeviceId;
import org.onosproject.net.Link;
import org.onosproject.ui.topo.BaseLink;
import org.onosproject.ui.topo.BaseLinkMap;
import org.onosproject.ui.topo.DeviceHighlight;
import org.onosproject.ui.topo.Highlights;
import org.onosproject.ui.topo.LinkHighlight;
import org.onosproject.ui.topo.LinkHighlight.Flavor;
import org.onosproject.ui.topo.Mod;
import org.onosproject.ui.topo.NodeBadge;
import org.onosproject.ui.topo.NodeBadge.Status;
import org.overlane.app.probing.TunnelState;
import org.overlane.app.probing.TunnelStatus;
import org.overlane.app.reconcile.SwitchStatus;
import org.overlane.flowrules.model.NodeId;

/**
 * Badges for switches in trouble, and colours for the links of ONOS's topology between switches
 * with a tunnel. A link has the worst state of all tunnels between its ends. Pure.
 */
final class OverlayHighlights {
  /** Worst first. */
  private static final ImmutableList<TunnelState> WORST =
      ImmutableList.of(
          TunnelState.DOWN,
          TunnelState.DEGRADED,
          TunnelState.CONFIGURED,
          TunnelState.PROVISIONED,
          TunnelState.UNPROBED,
          TunnelState.UP);

  /** Classes of the style sheets of both GUIs. */
  private static final ImmutableMap<TunnelState, Mod> COLOURS =
      ImmutableMap.of(
          TunnelState.DOWN, new Mod("port-traffic-red"),
          TunnelState.DEGRADED, new Mod("port-traffic-orange"),
          TunnelState.CONFIGURED, new Mod("port-traffic-yellow"),
          TunnelState.UP, new Mod("port-traffic-green"));

  private final Overview overview;

  OverlayHighlights(Overview overview) {
    this.overview = overview;
  }

  /** Everything that there is to see. */
  Highlights all(Iterable<Link> links) {
    return build(links, WORST);
  }

  /** Only what somebody should look at; empty if all is well. */
  Highlights trouble(Iterable<Link> links) {
    return build(links, ImmutableList.of(TunnelState.DOWN, TunnelState.DEGRADED));
  }

  private Highlights build(Iterable<Link> links, ImmutableList<TunnelState> shown) {
    Highlights highlights = new Highlights();
    for (SwitchStatus status : overview.managed().values()) {
      badge(status)
          .ifPresent(
              badge -> {
                DeviceHighlight device = new DeviceHighlight(status.id().toString());
                device.setBadge(badge);
                highlights.add(device);
              });
    }
    for (BaseLink link : pairs(links).biLinks()) {
      worst(link.one())
          .filter(tunnel -> shown.contains(tunnel.state()))
          .ifPresent(tunnel -> highlights.add(highlight(link.linkId(), tunnel)));
    }
    return highlights;
  }

  private static BaseLinkMap pairs(Iterable<Link> links) {
    BaseLinkMap pairs = new BaseLinkMap();
    for (Link link : links) {
      if (link.src().elementId() instanceof DeviceId
          && link.dst().elementId() instanceof DeviceId) {
        pairs.add(link);
      }
    }
    return pairs;
  }

  private Optional<TunnelStatus> worst(Link link) {
    return overview
        .between(
            NodeId.of(link.src().deviceId().toString()),
            NodeId.of(link.dst().deviceId().toString()))
        .stream()
        .min(Comparator.comparingInt(tunnel -> WORST.indexOf(tunnel.state())));
  }

  private static LinkHighlight highlight(String link, TunnelStatus tunnel) {
    LinkHighlight highlight = new LinkHighlight(link, Flavor.SECONDARY_HIGHLIGHT);
    Optional.ofNullable(COLOURS.get(tunnel.state())).ifPresent(highlight::addMod);
    OptionalInt limit = tunnel.limit();
    return highlight.setLabel(
        tunnel.state().text() + (limit.isPresent() ? ", " + limit.getAsInt() + " B" : ""));
  }

  /** The worst that there is to say about a switch, in three letters and a sentence. */
  private Optional<NodeBadge> badge(SwitchStatus status) {
    if (status.state() == SwitchStatus.State.FAILED) {
      String reason = status.reasons().isEmpty() ? "not in sync" : status.reasons().get(0);
      return Optional.of(NodeBadge.text(Status.ERROR, "!", "Overlane: " + reason));
    }
    int harmful = overview.harmful(status.id());
    if (harmful > 0) {
      return Optional.of(
          NodeBadge.text(Status.ERROR, "D", "Overlane: " + harmful + " harmful entries"));
    }
    long down = Overview.inState(overview.from(status.id()), TunnelState.DOWN);
    if (down > 0) {
      return Optional.of(
          NodeBadge.text(Status.ERROR, "T", "Overlane: " + down + " tunnels from here are down"));
    }
    Optional<String> mtu = overview.mtuTrouble(status);
    if (mtu.isPresent()) {
      return Optional.of(NodeBadge.text(Status.WARN, "MTU", "Overlane: " + mtu.get()));
    }
    return status.state() == SwitchStatus.State.PENDING
        ? Optional.of(NodeBadge.text(Status.INFO, "...", "Overlane: changes on their way"))
        : Optional.empty();
  }
}
