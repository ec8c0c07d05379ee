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

/** What became of packets that were too large. */
@Path("v1/oversize")
@Produces(MediaType.APPLICATION_JSON)
public class OversizeResource extends OverlaneResource {

  /** Counters by network, device and reason; those of the meters; and what is remembered. */
  @Operation(
      operationId = "readOversize",
      tags = "Packets",
      summary = "What became of packets that were too large",
      responses = {@ApiResponse(responseCode = "200", ref = "Oversize")})
  @GET
  public Response counters() {
    return Answers.ok(OversizeJson.of(overlane().largePackets()));
  }
}
