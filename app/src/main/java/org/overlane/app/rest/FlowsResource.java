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
import javax.ws.rs.DefaultValue;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.overlane.config.ConfigException;
import org.overlane.config.FlowTablesJson;
import org.overlane.flowrules.compile.CompileResult;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.text.OfctlFormat;

/** What the model asks for on a switch. */
@Path("v1/flows")
public class FlowsResource extends OverlaneResource {

  /**
   * The desired entries, groups and meters of a configured switch.
   *
   * @param format {@code json}, or {@code ofctl} for the syntax of ovs-ofctl
   */
  @Operation(
      operationId = "readFlows",
      tags = "Switches",
      summary = "The entries, groups and meters that the model asks for",
      responses = {
        @ApiResponse(responseCode = "200", ref = "Flows"),
        @ApiResponse(responseCode = "404", ref = "NotFound")
      })
  @GET
  @Path("{device}")
  @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
  public Response desired(
      @Parameter(description = "Device id", example = "of:0000000000000001") @PathParam("device")
          String device,
      @Parameter(
              description = "JSON, or the syntax of ovs-ofctl",
              schema =
                  @Schema(
                      allowableValues = {"json", "ofctl"},
                      defaultValue = "json"))
          @QueryParam("format")
          @DefaultValue("json")
          String format) {
    if (!format.equals("json") && !format.equals("ofctl")) {
      throw ConfigException.quoting("format", format, "must be json or ofctl", "Use one of these");
    }
    CompileResult result =
        (device.trim().isEmpty()
                ? Optional.<CompileResult>empty()
                : overlane().compile(NodeId.of(device)))
            .orElseThrow(() -> unconfigured(device));
    return format.equals("json")
        ? Answers.ok(FlowTablesJson.of(result))
        : Response.ok(
                OfctlFormat.meters(result.tables())
                    + OfctlFormat.groups(result.tables())
                    + OfctlFormat.flows(result.tables()),
                MediaType.TEXT_PLAIN_TYPE)
            .build();
  }
}
