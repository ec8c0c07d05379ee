/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;

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
    return Answers.ok(StatusJson.one(overlane(), known(device)));
  }
}
