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

/** What the verifier says about the tables that switches should have, and those they have. */
@Path("v1/verification")
@Produces(MediaType.APPLICATION_JSON)
public class VerificationResource extends OverlaneResource {

  /** Policy, the last verdict about each switch, and what it was seen to have. */
  @Operation(
      operationId = "readVerification",
      tags = "Switches",
      summary = "Whether the tables of each switch are proven, and what else it was seen to have",
      responses = {@ApiResponse(responseCode = "200", ref = "Verification")})
  @GET
  public Response verification() {
    return Answers.ok(VerificationStateJson.of(overlane().verification(), overlane().drift()));
  }
}
