/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.stream.Stream;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.overlane.config.ConfigException;
import org.overlane.config.EndpointConfig;
import org.overlane.config.ModelDocument;
import org.overlane.config.ModelWriter;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.NodeId;

/** Endpoints. An id may contain slashes and colons, as the default id does. */
@Path("v1/endpoints")
@Produces(MediaType.APPLICATION_JSON)
public class EndpointsResource extends OverlaneResource {

  /**
   * The endpoints that satisfy every given filter, by id.
   *
   * @param limit at most so many, 1 to 1000; all if it is not given
   * @param after those behind this one: {@code next} of the page before
   */
  @Operation(
      operationId = "listEndpoints",
      tags = "Declared",
      summary = "The declared endpoints, those that satisfy every filter, or a page of them",
      responses = {@ApiResponse(responseCode = "200", ref = "Endpoints")})
  @GET
  public Response list(
      @Parameter(description = "Only of this network") @QueryParam("network") String network,
      @Parameter(description = "Only this device, by its id") @QueryParam("device") String device,
      @Parameter(description = "Only with this MAC address") @QueryParam("mac") String mac,
      @Parameter(description = "Only at this port, as a number or a name") @QueryParam("port")
          String port,
      @Parameter(
              description = "At most so many on a page; all if it is not given",
              schema = @Schema(type = "integer", minimum = "1", maximum = "1000"))
          @QueryParam("limit")
          String limit,
      @Parameter(description = "Those behind this one: next of the page before")
          @QueryParam("after")
          String after) {
    ModelDocument document = overlane().model().document();
    boolean all =
        Stream.of(network, device, mac, port, limit, after).noneMatch(p -> given(p).isPresent());
    if (all) {
      return Answers.tagged(Response.Status.OK, json(document));
    }
    Page<EndpointConfig> page =
        Page.of(
            document.endpoints().values(),
            EndpointConfig::id,
            EndpointFilter.of(
                given(network),
                givenDevice(device).map(NodeId::toString),
                given(mac).map(EndpointsResource::mac),
                given(port)),
            given(after),
            limit(limit).orElse(Integer.MAX_VALUE));
    return Answers.ok(Answers.page("endpoints", page, EndpointsResource::json));
  }

  private static String mac(String text) {
    try {
      return MacAddress.parse(text).toString();
    } catch (IllegalArgumentException e) {
      throw ConfigException.quoting(
          "mac",
          text,
          "must be a MAC address: six hexadecimal octets with colons",
          "Write it as in 02:00:00:00:00:01");
    }
  }

  /** One endpoint. */
  @Operation(
      operationId = "readEndpoint",
      tags = "Declared",
      summary = "One endpoint",
      responses = {
        @ApiResponse(responseCode = "200", ref = "Endpoint"),
        @ApiResponse(responseCode = "404", ref = "NotFound")
      })
  @GET
  @Path("{id: .+}")
  public Response read(
      @Parameter(description = "Endpoint id; it may contain slashes", example = "vm1")
          @PathParam("id")
          String id) {
    EndpointConfig endpoint =
        find(overlane().model().document(), id).orElseThrow(() -> unknown(id));
    return Answers.tagged(Response.Status.OK, json(endpoint));
  }

  /** Creates one endpoint, or, from an array, several at once or none. None may exist already. */
  @Operation(
      operationId = "createEndpoints",
      tags = "Declared",
      summary = "Creates an endpoint, or all of an array or none",
      description = "If-Match names the ETag of the whole list.",
      responses = {
        @ApiResponse(responseCode = "201", ref = "EndpointCreated"),
        @ApiResponse(responseCode = "409", ref = "Conflict")
      })
  @TakesJson
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(@RequestBody(ref = "Endpoints") InputStream body) throws IOException {
    String text = text(body);
    boolean several = text.trim().startsWith("[");
    ImmutableList<EndpointConfig> endpoints =
        several ? READER.readEndpoints(text) : ImmutableList.of(READER.readEndpoint(text));
    overlane()
        .change(
            present -> {
              requireMatch(() -> json(present));
              endpoints.forEach(
                  e ->
                      Existing.refuse(
                          present.endpoints().containsKey(e.id()), "endpoints", e.id()));
              ModelDocument.Builder next = present.toBuilder();
              endpoints.forEach(next::add);
              return next.build();
            },
            false);
    return Answers.created(endpoints, several, EndpointsResource::json);
  }

  /** Creates an endpoint or replaces it. */
  @Operation(
      operationId = "writeEndpoint",
      tags = "Declared",
      summary = "Creates or replaces an endpoint",
      responses = {
        @ApiResponse(responseCode = "200", ref = "Endpoint"),
        @ApiResponse(responseCode = "201", ref = "Endpoint"),
        @ApiResponse(responseCode = "409", ref = "Conflict")
      })
  @TakesJson
  @PUT
  @Path("{id: .+}")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response write(
      @Parameter(description = "Endpoint id; it may contain slashes", example = "vm1")
          @PathParam("id")
          String id,
      @RequestBody(ref = "Endpoint") InputStream body)
      throws IOException {
    EndpointConfig endpoint = READER.readEndpoint(text(body));
    Existing.requireSameId(id, endpoint.id());
    boolean[] created = new boolean[1];
    overlane()
        .change(
            present -> {
              Optional<EndpointConfig> before = find(present, id);
              requireMatch(before.map(EndpointsResource::json));
              created[0] = !before.isPresent();
              return present.with(endpoint);
            },
            false);
    return Answers.tagged(
        created[0] ? Response.Status.CREATED : Response.Status.OK, json(endpoint));
  }

  @Operation(
      operationId = "removeEndpoint",
      tags = "Declared",
      summary = "Removes an endpoint",
      responses = {
        @ApiResponse(responseCode = "204", ref = "Removed"),
        @ApiResponse(responseCode = "404", ref = "NotFound")
      })
  @Changes
  @DELETE
  @Path("{id: .+}")
  public Response remove(
      @Parameter(description = "Endpoint id; it may contain slashes", example = "vm1")
          @PathParam("id")
          String id) {
    overlane()
        .change(
            present -> {
              Optional<EndpointConfig> before = find(present, id);
              if (!before.isPresent()) {
                throw unknown(id);
              }
              requireMatch(before.map(EndpointsResource::json));
              return present.withoutEndpoint(id);
            },
            false);
    return Response.noContent().build();
  }

  private static Optional<EndpointConfig> find(ModelDocument document, String id) {
    return Optional.ofNullable(document.endpoints().get(id));
  }

  private static NotThere unknown(String id) {
    return notFound("id", "endpoint", id, "GET v1/endpoints lists all");
  }

  private static ObjectNode json(ModelDocument document) {
    return ModelJson.endpoints(document.endpoints().values().stream());
  }

  private static ObjectNode json(EndpointConfig endpoint) {
    return ModelWriter.toJson(endpoint);
  }
}
