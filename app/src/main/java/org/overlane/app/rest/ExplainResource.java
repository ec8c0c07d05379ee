/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import java.util.Optional;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.MultivaluedMap;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.UriInfo;
import org.overlane.app.trace.LiveExplanation;

/** What an entry of a switch is for. */
@Path("v1/explain")
public class ExplainResource extends OverlaneResource {

  /**
   * What an entry is for: {@code cookie=} as ovs-ofctl or ONOS writes it, or {@code entry=} a line
   * of ovs-ofctl dump-flows. With {@code device=}, also what in the model caused it, and whether it
   * is wanted on this switch. The answer is that of {@code overlane explain --json}; {@code
   * format=text} gives its text.
   */
  @GET
  @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
  public Response explain(@Context UriInfo uri) {
    return explain(uri.getQueryParameters());
  }

  Response explain(MultivaluedMap<String, String> parameters) {
    QueryParameters options = new QueryParameters(parameters);
    Optional<String> cookie = options.take("cookie");
    Optional<String> entry = options.take("entry");
    Optional<String> device = options.take("device");
    boolean text = options.isText();
    options.rest().keySet().stream().findFirst().ifPresent(ExplainResource::refuseUnknown);
    LiveExplanation explanation = LiveExplanation.of(overlane(), cookie, entry, device);
    return text
        ? Response.ok(explanation.text(), MediaType.TEXT_PLAIN_TYPE).build()
        : Answers.ok(explanation.json());
  }

  private static void refuseUnknown(String name) {
    throw refusal(name, "", "is no parameter of explain", "Use cookie or entry, device and format");
  }
}
