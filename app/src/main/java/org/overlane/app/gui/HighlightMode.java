/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.gui;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.onosproject.net.Link;
import org.onosproject.ui.topo.Highlights;

/** What GUI2 is told without being asked. */
enum HighlightMode {
  OFF {
    @Override
    Highlights of(OverlayHighlights highlights, Iterable<Link> links) {
      return new Highlights();
    }
  },
  TROUBLE {
    @Override
    Highlights of(OverlayHighlights highlights, Iterable<Link> links) {
      return highlights.trouble(links);
    }
  },
  ALL {
    @Override
    Highlights of(OverlayHighlights highlights, Iterable<Link> links) {
      return highlights.all(links);
    }
  };

  abstract Highlights of(OverlayHighlights highlights, Iterable<Link> links);

  static Optional<HighlightMode> named(String text) {
    return Arrays.stream(values())
        .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst();
  }
}
