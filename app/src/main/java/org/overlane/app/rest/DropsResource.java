/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import com.google.common.collect.ImmutableSet;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.Optional;
import java.util.Set;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.overlane.flowrules.model.NodeId;

/** What switches have dropped. */
@Path("v1/drops")
@Produces(MediaType.APPLICATION_JSON)
public class DropsResource extends OverlaneResource {

  /**
   * The counters of the entries that drop, and of all meters.
   *
   * @param device only this switch, if given
   */
  @Operation(
      operationId = "readDrops",
      tags = "Packets",
      summary = "What switches have dropped, by entry, and what came to each meter",
      responses = {
        @ApiResponse(responseCode = "200", ref = "Drops"),
        @ApiResponse(responseCode = "404", ref = "NotFound")
      })
  @GET
  public Response drops(
      @Parameter(description = "Only this device, by its id") @QueryParam("device") String device) {
    Set<NodeId> nodes = overlane().statuses().keySet();
    Optional<NodeId> only = givenDevice(device).map(id -> known(id.toString()).id());
    if (only.isPresent()) {
      nodes = ImmutableSet.of(only.get());
    }
    return Answers.ok(DropsJson.of(overlane().drops(nodes)));
  }
}
