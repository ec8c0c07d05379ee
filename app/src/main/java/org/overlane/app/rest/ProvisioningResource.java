/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

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
  @GET
  public Response all() {
    return Answers.ok(OvsdbJson.of(overlane().provisioning()));
  }

  /** One device. */
  @GET
  @Path("{device}")
  public Response one(@PathParam("device") String device) {
    Optional<ProvisionReport> report =
        device.trim().isEmpty()
            ? Optional.empty()
            : overlane().ovsdb(NodeId.of(device)).flatMap(OvsdbReport::provisioning);
    return Answers.ok(
        OvsdbJson.of(
            report.orElseThrow(() -> notFound("device that allows provisioning", device))));
  }
}
