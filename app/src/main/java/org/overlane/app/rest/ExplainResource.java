/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
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
import org.overlane.config.ConfigException;

/** What an entry of a switch is for. */
@Path("v1/explain")
public class ExplainResource extends OverlaneResource {

  /**
   * What an entry is for: {@code cookie=} as ovs-ofctl or ONOS writes it, or {@code entry=} a line
   * of ovs-ofctl dump-flows. With {@code device=}, also what in the model caused it, and whether it
   * is wanted on this switch. The answer is that of {@code overlane explain --json}; {@code
   * format=text} gives its text.
   */
  @Operation(
      operationId = "explain",
      tags = "Packets",
      summary = "What an entry is for, and whether it is wanted",
      responses = {@ApiResponse(responseCode = "200", ref = "Explanation")})
  @Parameter(
      name = "cookie",
      in = ParameterIn.QUERY,
      description = "As ovs-ofctl or ONOS shows it",
      example = "0x31268c07136")
  @Parameter(
      name = "entry",
      in = ParameterIn.QUERY,
      description = "A line of ovs-ofctl dump-flows, instead of a cookie")
  @Parameter(
      name = "device",
      in = ParameterIn.QUERY,
      description =
          "Also what in the model caused the entry, and whether this switch should have it")
  @Parameter(
      name = "format",
      in = ParameterIn.QUERY,
      description = "JSON, or text for people",
      schema =
          @Schema(
              type = "string",
              allowableValues = {"json", "text"},
              defaultValue = "json"))
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
    throw ConfigException.quoting(
        name, "", "is no parameter of explain", "Use cookie or entry, device and format");
  }
}
