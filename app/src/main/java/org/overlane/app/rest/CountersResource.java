/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.overlane.flowrules.model.NodeId;

/** What the entries of a switch have counted. */
@Path("v1/counters")
@Produces(MediaType.APPLICATION_JSON)
public class CountersResource extends OverlaneResource {

  /** The sums by packet class, some seconds old, see {@link CountersJson}. */
  @Operation(
      operationId = "readCounters",
      tags = "Switches",
      summary = "What the entries of a switch have counted, by packet class; some seconds old",
      responses = {
        @ApiResponse(responseCode = "200", ref = "Counters"),
        @ApiResponse(responseCode = "404", ref = "NotFound")
      })
  @GET
  @Path("{device}")
  public Response ofDevice(
      @Parameter(description = "Device id", example = "of:0000000000000001") @PathParam("device")
          String device) {
    NodeId id = known(device).id();
    return Answers.ok(CountersJson.of(id, overlane().counters(id)));
  }
}
