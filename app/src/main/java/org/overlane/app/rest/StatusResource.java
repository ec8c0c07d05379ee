/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.overlane.app.reconcile.SwitchStatus;
import org.overlane.app.tunnels.OvsdbReport;
import org.overlane.config.CapabilityJson;
import org.overlane.config.ModelDocument;
import org.overlane.flowrules.model.NetworkModel;

/** How the switches are doing. */
@Path("v1/status")
@Produces(MediaType.APPLICATION_JSON)
public class StatusResource extends OverlaneResource {

  /** All switches that are configured or connected. */
  @GET
  public Response all() {
    return Answers.ok(StatusJson.all(overlane()));
  }

  /** One switch, and what it does with each kind of large packet. */
  @GET
  @Path("{device}")
  public Response one(@PathParam("device") String device) {
    SwitchStatus status = known(device);
    ModelDocument document = overlane().model().document();
    ObjectNode body = StatusJson.of(status, document);
    overlane().ovsdb(status.id()).ifPresent(report -> addTo(body, report));
    NetworkModel model = overlane().assembly(document).model();
    if (model.node(status.id()).isPresent()) {
      body.set("capabilities", CapabilityJson.of(model, status.id()));
    }
    return Answers.ok(body);
  }

  private static void addTo(ObjectNode body, OvsdbReport report) {
    ObjectNode ovsdb = OvsdbJson.of(report);
    report.discovery().ifPresent(found -> ovsdb.set("endpoints", OvsdbJson.endpoints(found)));
    body.set("ovsdb", ovsdb);
  }
}
