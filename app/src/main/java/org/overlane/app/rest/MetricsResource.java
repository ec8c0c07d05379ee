/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Response;
import org.overlane.app.metrics.OverlayMetrics;
import org.overlane.monitoring.Exposition;

/** What Prometheus scrapes. */
@Path("v1/metrics")
@Produces(Exposition.CONTENT_TYPE)
public class MetricsResource extends OverlaneResource {

  /** All metrics of the application, in the text format 0.0.4. */
  @GET
  public Response metrics() {
    String text = get(OverlayMetrics.class).scrape().text();
    return Response.ok(text, Exposition.CONTENT_TYPE).build();
  }
}
