/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
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
  @Operation(
      operationId = "readMetrics",
      tags = "Health",
      summary = "All of it in numbers, for Prometheus",
      responses = {@ApiResponse(responseCode = "200", ref = "Metrics")})
  @GET
  public Response metrics() {
    String text = get(OverlayMetrics.class).scrape().text();
    return Response.ok(text, Exposition.CONTENT_TYPE).build();
  }
}
