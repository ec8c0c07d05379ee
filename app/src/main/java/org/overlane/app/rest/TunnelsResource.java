/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.Optional;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.overlane.app.probing.TunnelReport;
import org.overlane.flowrules.model.NodeId;

/** Tunnels between nodes that share a network: their state, and what has happened to them. */
@Path("v1/tunnels")
@Produces(MediaType.APPLICATION_JSON)
public class TunnelsResource extends OverlaneResource {
  private static final int FEW = 200;

  /**
   * A page of tunnels.
   *
   * @param device only those from or to this device, if given
   * @param state only those in this state, if given
   * @param limit at most so many, 1 to 1000; 200 if it is not given
   * @param after those behind this one: {@code next} of the page before
   */
  @Operation(
      operationId = "listTunnels",
      tags = "Packets",
      summary = "The tunnels between devices that share a network",
      responses = {@ApiResponse(responseCode = "200", ref = "Tunnels")})
  @GET
  public Response tunnels(
      @Parameter(description = "Only this device, by its id") @QueryParam("device") String device,
      @Parameter(
              description = "Only in this state",
              schema =
                  @Schema(
                      type = "string",
                      allowableValues = {
                        "configured",
                        "provisioned",
                        "unprobed",
                        "up",
                        "degraded",
                        "down"
                      }))
          @QueryParam("state")
          String state,
      @Parameter(
              description = "At most so many on a page",
              schema =
                  @Schema(type = "integer", minimum = "1", maximum = "1000", defaultValue = "200"))
          @QueryParam("limit")
          String limit,
      @Parameter(description = "Those behind this one: next of the page before")
          @QueryParam("after")
          String after) {
    Optional<NodeId> only = givenDevice(device);
    TunnelReport report = overlane().tunnels();
    return Answers.ok(
        TunnelsJson.of(
            report,
            TunnelsPage.of(
                report.tunnels(),
                TunnelsPage.filter(only, given(state).map(TunnelsPage::state)),
                given(after),
                limit(limit).orElse(FEW))));
  }

  /** What has happened to tunnels, newest first: the last thousand changes on this controller. */
  @Operation(
      operationId = "readTunnelEvents",
      tags = "Packets",
      summary = "The last changes of tunnels, newest first",
      responses = {@ApiResponse(responseCode = "200", ref = "TunnelEvents")})
  @GET
  @Path("events")
  public Response events() {
    return Answers.ok(TunnelsJson.ofEvents(overlane().tunnels()));
  }
}
