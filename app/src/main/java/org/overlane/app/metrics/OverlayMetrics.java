/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.metrics;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.jar.Manifest;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.overlane.app.api.OverlaneService;
import org.overlane.monitoring.Exposition;

/**
 * What Prometheus is told: made anew for each scrape out of the reports that REST and console show,
 * so that all three say the same.
 *
 * <p><b>Cardinality.</b> Samples are by device (a few dozen each), by network (as many as reasons
 * that have occurred), or there is a fixed number of them. Nothing is by tunnel, VM or port: a
 * fleet of 200 hosts has 40,000 tunnels. Who wants to know which one, asks {@code GET tunnels}.
 *
 * <p>Thread-safe; one scrape at a time is made.
 */
@Component(service = OverlayMetrics.class)
public final class OverlayMetrics {
  @Reference OverlaneService overlane;

  private final PacketMetrics packets = new PacketMetrics();

  private final String version;

  public OverlayMetrics() {
    this(ownVersion());
  }

  OverlayMetrics(String version) {
    this.version = version;
  }

  /** As the manifest of the bundle says. */
  private static String ownVersion() {
    try (InputStream manifest = OverlayMetrics.class.getResourceAsStream("/META-INF/MANIFEST.MF")) {
      return new Manifest(manifest).getMainAttributes().getValue("Bundle-Version");
    } catch (IOException e) {
      throw new UncheckedIOException("the bundle cannot be read", e);
    }
  }

  /** All samples, as they are now; counters of switches are some seconds old. */
  public synchronized Exposition scrape() {
    Exposition to = new Exposition();
    to.info(
        "overlane_build_info",
        "Always 1; its label is the version.",
        s -> s.add(1, "version", version));
    SwitchMetrics.addTo(to, overlane);
    packets.addTo(to, overlane);
    DatabaseMetrics.addTo(to, overlane);
    LoopMetrics.addTo(to, overlane);
    SlowPathMetrics.addTo(to, overlane);
    TunnelMetrics.addTo(to, overlane);
    VerificationMetrics.addTo(to, overlane);
    JvmMetrics.addTo(to);
    return to;
  }
}
