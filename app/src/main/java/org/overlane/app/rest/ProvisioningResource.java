/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.Optional;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.overlane.app.tunnels.OvsdbReport;
import org.overlane.app.tunnels.ProvisionReport;
import org.overlane.flowrules.model.NodeId;

/** What is, or would be, set up for devices in the databases of their hosts. */
@Path("v1/provisioning")
@Produces(MediaType.APPLICATION_JSON)
public class ProvisioningResource extends OverlaneResource {

  /** All devices that allow anything, or from which something is being removed. */
  @Operation(
      operationId = "listProvisioning",
      tags = "Switches",
      summary = "What is, or would be, set up in the databases of hosts",
      responses = {@ApiResponse(responseCode = "200", ref = "ProvisioningList")})
  @GET
  public Response all() {
    return Answers.ok(OvsdbJson.of(overlane().provisioning()));
  }

  /** One device. */
  @Operation(
      operationId = "readProvisioning",
      tags = "Switches",
      summary = "The same for one device",
      responses = {
        @ApiResponse(responseCode = "200", ref = "Provisioning"),
        @ApiResponse(responseCode = "404", ref = "NotFound")
      })
  @GET
  @Path("{device}")
  public Response one(
      @Parameter(description = "Device id", example = "of:0000000000000001") @PathParam("device")
          String device) {
    Optional<ProvisionReport> report =
        device.trim().isEmpty()
            ? Optional.empty()
            : overlane().ovsdb(NodeId.of(device)).flatMap(OvsdbReport::provisioning);
    return Answers.ok(
        OvsdbJson.of(
            report.orElseThrow(
                () ->
                    notFound(
                        "device",
                        "device that allows provisioning",
                        device,
                        "GET v1/provisioning lists all"))));
  }
}
