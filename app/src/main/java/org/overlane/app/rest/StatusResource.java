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

/** How the switches are doing. */
@Path("v1/status")
@Produces(MediaType.APPLICATION_JSON)
public class StatusResource extends OverlaneResource {

  /** All switches that are configured or connected. */
  @Operation(
      operationId = "readStatuses",
      tags = "Switches",
      summary = "How the switches are doing",
      responses = {@ApiResponse(responseCode = "200", ref = "Statuses")})
  @GET
  public Response all() {
    return Answers.ok(StatusJson.all(overlane()));
  }

  /** One switch, and what it does with each kind of large packet. */
  @Operation(
      operationId = "readStatus",
      tags = "Switches",
      summary = "How one switch is doing, and what it does with each kind of large packet",
      responses = {
        @ApiResponse(responseCode = "200", ref = "Status"),
        @ApiResponse(responseCode = "404", ref = "NotFound")
      })
  @GET
  @Path("{device}")
  public Response one(
      @Parameter(description = "Device id", example = "of:0000000000000001") @PathParam("device")
          String device) {
    return Answers.ok(StatusJson.one(overlane(), known(device)));
  }
}
