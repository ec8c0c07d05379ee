/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.gui;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Collection;
import java.util.function.Supplier;
import org.onlab.osgi.ServiceDirectory;
import org.onosproject.net.Link;
import org.onosproject.ui.RequestHandler;
import org.onosproject.ui.UiConnection;
import org.onosproject.ui.UiMessageHandler;
import org.onosproject.ui.topo.DeviceHighlight;
import org.onosproject.ui.topo.Highlights;
import org.onosproject.ui.topo.TopoJson;

/**
 * One browser. The legacy GUI asks for highlights when somebody chooses the overlay, and is told
 * all. GUI2 has no such choice: it is told of trouble, as long as there is some. Messages of one
 * GUI mean nothing to the other.
 */
final class OverlaneMessages extends UiMessageHandler {
  /** As in {@code overlane.js}. */
  static final String START = "overlaneOverlayStart";

  static final String STOP = "overlaneOverlayStop";

  private final GuiRefresh refresh;
  private final Supplier<Iterable<Link>> links;
  private final Supplier<HighlightMode> mode;

  /** Of GUI2, which keeps a badge until it is told of none. */
  private ImmutableSet<String> badged = ImmutableSet.of();

  private boolean overlayChosen;
  private Runnable endOfOverlay = () -> {};
  private Runnable endOfTrouble = () -> {};

  OverlaneMessages(
      GuiRefresh refresh, Supplier<Iterable<Link>> links, Supplier<HighlightMode> mode) {
    this.refresh = refresh;
    this.links = links;
    this.mode = mode;
  }

  @Override
  public void init(UiConnection connection, ServiceDirectory directory) {
    super.init(connection, directory);
    endOfTrouble = refresh.start(this::sendTrouble);
  }

  @Override
  public synchronized void destroy() {
    endOfTrouble.run();
    endOfOverlay.run();
    super.destroy();
  }

  @Override
  protected Collection<RequestHandler> createRequestHandlers() {
    return ImmutableList.of(handler(START, this::startOverlay), handler(STOP, this::stopOverlay));
  }

  private static RequestHandler handler(String event, Runnable action) {
    return new RequestHandler(event) {
      @Override
      public void process(ObjectNode payload) {
        action.run();
      }
    };
  }

  private synchronized void startOverlay() {
    endOfOverlay.run();
    overlayChosen = true;
    endOfOverlay = refresh.start(this::sendAll);
  }

  private synchronized void stopOverlay() {
    endOfOverlay.run();
    overlayChosen = false;
    sendMessage(TopoJson.highlightsMessage(new Highlights()));
  }

  /** The last round may still be under way when the overlay is left. */
  private synchronized void sendAll() {
    if (overlayChosen) {
      OverlayHighlights highlights = new OverlayHighlights(refresh.overview());
      sendMessage(TopoJson.highlightsMessage(highlights.all(links.get())));
    }
  }

  /** What was badged and is in trouble no more loses its badge, once. */
  private void sendTrouble() {
    Highlights highlights = mode.get().of(new OverlayHighlights(refresh.overview()), links.get());
    ImmutableSet<String> now =
        highlights.devices().stream()
            .map(DeviceHighlight::elementId)
            .collect(ImmutableSet.toImmutableSet());
    for (String device : badged) {
      if (!now.contains(device)) {
        highlights.add(new DeviceHighlight(device));
      }
    }
    badged = now;
    if (!highlights.devices().isEmpty() || !highlights.links().isEmpty()) {
      sendMessage(TopoJson.topo2HighlightsMessage(highlights));
    }
  }
}
