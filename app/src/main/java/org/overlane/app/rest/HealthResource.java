/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.overlane.app.health.Health;

/** Whether this controller is alive. */
@Path("v1/health")
@Produces(MediaType.APPLICATION_JSON)
public class HealthResource extends OverlaneResource {

  /** {@code {"healthy": true, "reasons": []}}; 503 if a restart is called for. */
  @Operation(
      operationId = "readHealth",
      tags = "Health",
      summary = "Whether the controller is alive; if it is not, a restart is called for",
      responses = {
        @ApiResponse(responseCode = "200", ref = "Health"),
        @ApiResponse(responseCode = "503", ref = "NotHealthy")
      })
  @GET
  public Response health() {
    ImmutableList<String> problems = Health.problems(overlane().activity().loop());
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("healthy", problems.isEmpty());
    ArrayNode reasons = body.putArray("reasons");
    problems.forEach(reasons::add);
    return Answers.health(problems.isEmpty(), body);
  }
}
