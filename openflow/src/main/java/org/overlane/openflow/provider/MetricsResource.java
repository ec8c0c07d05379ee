/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Response;
import org.onlab.rest.BaseResource;
import org.overlane.monitoring.Exposition;

/** What Prometheus scrapes: GET metrics, in the text format 0.0.4. */
@Path("metrics")
public final class MetricsResource extends BaseResource {

  /** The southbound and the connected switches. */
  @GET
  @Produces(Exposition.CONTENT_TYPE)
  public Response metrics() {
    String text = SouthboundMetrics.of(get(SwitchStatisticsService.class)).text();
    return Response.ok(text, Exposition.CONTENT_TYPE).build();
  }
}
