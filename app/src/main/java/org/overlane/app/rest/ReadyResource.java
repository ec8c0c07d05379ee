/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.overlane.app.health.Readiness;
import org.overlane.config.ConfigException;

/** Whether the network is as declared. */
@Path("v1/ready")
@Produces(MediaType.APPLICATION_JSON)
public class ReadyResource extends OverlaneResource {
  private static final int MOST = 50;
  private static final String OFFLINE = "offline";

  /**
   * {@code {"ready": false, "number": 1, "reasons": [{"device", "name", "state", "message"}]}}, at
   * most fifty of them; 503 unless ready.
   *
   * @param ignore {@code offline} to leave out switches that are not connected
   */
  @Operation(
      operationId = "readReadiness",
      tags = "Health",
      summary = "Whether the network is as declared, and which switches are not",
      responses = {
        @ApiResponse(responseCode = "200", ref = "Ready"),
        @ApiResponse(responseCode = "503", ref = "NotReady")
      })
  @GET
  public Response ready(
      @Parameter(
              description = "offline, to leave out switches that are not connected",
              schema = @Schema(allowableValues = "offline"))
          @QueryParam("ignore")
          String ignore) {
    if (ignore != null && !ignore.equals(OFFLINE)) {
      throw ConfigException.quoting(
          "ignore", ignore, "is not known", "Use " + OFFLINE + ", or leave it out");
    }
    Readiness readiness =
        Readiness.of(
            overlane().model().document(),
            overlane().problem(),
            overlane().statuses(),
            ignore != null);
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("ready", readiness.isReady())
            .put("number", readiness.reasons().size());
    ArrayNode reasons = body.putArray("reasons");
    readiness.reasons().stream().limit(MOST).forEach(r -> add(reasons.addObject(), r));
    return Answers.health(readiness.isReady(), body);
  }

  private static void add(ObjectNode json, Readiness.Reason reason) {
    reason.device().ifPresent(d -> json.put("device", d.toString()));
    reason.name().ifPresent(n -> json.put("name", n));
    reason.state().ifPresent(s -> json.put("state", s.name()));
    json.put("message", reason.message());
  }
}
