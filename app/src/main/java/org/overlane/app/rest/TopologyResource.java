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
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;

/** What there is, in one answer: for maps. */
@Path("v1/topology")
@Produces(MediaType.APPLICATION_JSON)
public class TopologyResource extends OverlaneResource {

  /** Switches, networks and endpoints, those that ports announce included. */
  @Operation(
      operationId = "readTopology",
      tags = "Switches",
      summary = "Switches, networks and endpoints in one answer",
      responses = {@ApiResponse(responseCode = "200", ref = "Topology")})
  @GET
  public Response all() {
    return Answers.ok(TopologyJson.of(overlane()));
  }
}
