/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.MultivaluedMap;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.UriInfo;
import org.overlane.app.trace.LiveTrace;
import org.overlane.tracing.TraceQuery;

/** What happens to a packet, and why. */
@Path("v1/trace")
public class TraceResource extends OverlaneResource {
  /**
   * The way of a packet. The parameters are the options of the offline command {@code trace}, those
   * without value as {@code df} or {@code df=true}; besides, {@code observed=true} follows the
   * packet through what switches have, and {@code format=text}, with {@code verbose=true} or
   * without, gives the text of the command.
   */
  @GET
  @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
  public Response trace(@Context UriInfo uri) {
    return trace(uri.getQueryParameters());
  }

  Response trace(MultivaluedMap<String, String> parameters) {
    QueryParameters options = new QueryParameters(parameters);
    boolean observed = options.flag("observed");
    boolean verbose = options.flag("verbose");
    boolean text = options.isText();
    LiveTrace trace = LiveTrace.of(overlane(), TraceQuery.parse(options.rest()), observed);
    return text
        ? Response.ok(trace.text(verbose), MediaType.TEXT_PLAIN_TYPE).build()
        : Answers.ok(trace.json());
  }
}
