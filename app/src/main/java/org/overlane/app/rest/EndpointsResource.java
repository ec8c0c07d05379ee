/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
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
import org.overlane.config.EndpointConfig;
import org.overlane.config.ModelDocument;
import org.overlane.config.ModelWriter;

/** Endpoints. An id may contain slashes and colons, as the default id does. */
@Path("v1/endpoints")
@Produces(MediaType.APPLICATION_JSON)
public class EndpointsResource extends OverlaneResource {

  /** The endpoints that satisfy every given filter, by id. */
  @GET
  public Response list(
      @QueryParam("network") String network,
      @QueryParam("device") String device,
      @QueryParam("mac") String mac,
      @QueryParam("port") String port) {
    return Answers.ok(
        ModelJson.endpoints(
            overlane().model().document().endpoints().values().stream()
                .filter(e -> network == null || network.equals(e.network().toString()))
                .filter(e -> device == null || device.equals(e.device().toString()))
                .filter(e -> mac == null || mac.toLowerCase(Locale.ROOT).equals(e.mac().toString()))
                .filter(e -> port == null || port.equals(e.port().toString()))));
  }

  @GET
  @Path("{id: .+}")
  public Response read(@PathParam("id") String id) {
    EndpointConfig endpoint =
        find(overlane().model().document(), id).orElseThrow(() -> notFound("endpoint", id));
    return Answers.tagged(Response.Status.OK, json(endpoint));
  }

  /** Creates one endpoint, or, from an array, several at once or none. None may exist already. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(InputStream body) throws IOException {
    String text = text(body);
    boolean several = text.trim().startsWith("[");
    ImmutableList<EndpointConfig> endpoints =
        several ? READER.readEndpoints(text) : ImmutableList.of(READER.readEndpoint(text));
    overlane()
        .change(
            present -> {
              endpoints.forEach(
                  e ->
                      Existing.refuse(
                          present.endpoints().containsKey(e.id()), "endpoints", e.id()));
              ModelDocument.Builder next = present.toBuilder();
              endpoints.forEach(next::add);
              return next.build();
            },
            false);
    if (!several) {
      return Answers.tagged(Response.Status.CREATED, json(endpoints.get(0)));
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("created", endpoints.size());
    return Response.status(Response.Status.CREATED).entity(ModelWriter.text(answer)).build();
  }

  /** Creates an endpoint or replaces it. */
  @PUT
  @Path("{id: .+}")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response write(@PathParam("id") String id, InputStream body) throws IOException {
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

  @DELETE
  @Path("{id: .+}")
  public Response remove(@PathParam("id") String id) {
    overlane()
        .change(
            present -> {
              Optional<EndpointConfig> before = find(present, id);
              if (!before.isPresent()) {
                throw notFound("endpoint", id);
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

  private static ObjectNode json(EndpointConfig endpoint) {
    return ModelWriter.toJson(endpoint);
  }
}
