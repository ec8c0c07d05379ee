/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import com.google.common.io.Resources;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;

/** What this interface can be asked, made from the other resources by the build. */
@Path("v1/openapi.json")
@Produces(MediaType.APPLICATION_JSON)
@ApiResponse(responseCode = "400", ref = "BadRequest")
@ApiResponse(responseCode = "401", ref = "Unauthorized")
@ApiResponse(responseCode = "406", ref = "NotAcceptable")
public class OpenApiResource {

  /** The document, as the build has written it. */
  @Operation(
      operationId = "readDocument",
      tags = "Switches",
      summary = "This document",
      responses = {@ApiResponse(responseCode = "200", ref = "OpenApi")})
  @GET
  public Response document() throws IOException {
    return Response.ok(
            Resources.toString(
                Resources.getResource(OpenApiResource.class, "openapi.json"),
                StandardCharsets.UTF_8))
        .build();
  }
}
