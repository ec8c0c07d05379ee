/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import java.util.Optional;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.overlane.app.probing.TunnelReport;
import org.overlane.flowrules.model.NodeId;

/** Tunnels between nodes that share a network: their state, and what has happened to them. */
@Path("v1/tunnels")
@Produces(MediaType.APPLICATION_JSON)
public class TunnelsResource extends OverlaneResource {
  private static final int FEW = 200;

  /**
   * A page of tunnels.
   *
   * @param device only those from or to this device, if given
   * @param state only those in this state, if given
   * @param limit at most so many, 1 to 1000; 200 if it is not given
   * @param after those behind this one: {@code next} of the page before
   */
  @GET
  public Response tunnels(
      @QueryParam("device") String device,
      @QueryParam("state") String state,
      @QueryParam("limit") String limit,
      @QueryParam("after") String after) {
    Optional<NodeId> only = given(device).map(NodeId::of);
    TunnelReport report = overlane().tunnels();
    return Answers.ok(
        TunnelsJson.of(
            report,
            TunnelsPage.of(
                report.tunnels(),
                TunnelsPage.filter(only, given(state).map(TunnelsPage::state)),
                given(after),
                given(limit).map(TunnelsPage::limit).orElse(FEW))));
  }

  /** What has happened to tunnels, newest first: the last thousand changes on this controller. */
  @GET
  @Path("events")
  public Response events() {
    return Answers.ok(TunnelsJson.ofEvents(overlane().tunnels()));
  }

  private static Optional<String> given(String parameter) {
    return Optional.ofNullable(parameter).map(String::trim).filter(p -> !p.isEmpty());
  }
}
