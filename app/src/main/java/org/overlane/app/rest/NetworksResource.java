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
import java.util.Optional;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.overlane.config.ModelDocument;
import org.overlane.config.ModelWriter;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkId;

/** Networks. */
@Path("v1/networks")
@Produces(MediaType.APPLICATION_JSON)
public class NetworksResource extends OverlaneResource {

  /** All networks, by id. */
  @GET
  public Response list() {
    return Answers.ok(ModelJson.networks(overlane().model().document()));
  }

  @GET
  @Path("{id}")
  public Response read(@PathParam("id") String id) {
    Network network =
        find(overlane().model().document(), id).orElseThrow(() -> notFound("network", id));
    return Answers.tagged(Response.Status.OK, json(network));
  }

  /** Creates one network, or, from an array, several at once or none. None may exist already. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(InputStream body) throws IOException {
    String text = text(body);
    boolean several = text.trim().startsWith("[");
    ImmutableList<Network> networks =
        several ? READER.readNetworks(text) : ImmutableList.of(READER.readNetwork(text));
    overlane()
        .change(
            present -> {
              networks.forEach(
                  n ->
                      Existing.refuse(
                          present.networks().containsKey(n.id()), "networks", n.id().toString()));
              ModelDocument.Builder next = present.toBuilder();
              networks.forEach(next::add);
              return next.build();
            },
            false);
    if (!several) {
      return Answers.tagged(Response.Status.CREATED, json(networks.get(0)));
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("created", networks.size());
    return Response.status(Response.Status.CREATED).entity(ModelWriter.text(answer)).build();
  }

  /** Creates a network or replaces it. */
  @PUT
  @Path("{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response write(@PathParam("id") String id, InputStream body) throws IOException {
    Network network = READER.readNetwork(text(body));
    Existing.requireSameId(id, network.id().toString());
    boolean[] created = new boolean[1];
    overlane()
        .change(
            present -> {
              Optional<Network> before = find(present, id);
              requireMatch(before.map(NetworksResource::json));
              created[0] = !before.isPresent();
              return present.with(network);
            },
            false);
    return Answers.tagged(created[0] ? Response.Status.CREATED : Response.Status.OK, json(network));
  }

  /** Removes a network that has no endpoints any more. */
  @DELETE
  @Path("{id}")
  public Response remove(@PathParam("id") String id) {
    overlane()
        .change(
            present -> {
              Optional<Network> before = find(present, id);
              if (!before.isPresent()) {
                throw notFound("network", id);
              }
              requireMatch(before.map(NetworksResource::json));
              Existing.requireUnused(before.get().id(), present);
              return present.withoutNetwork(before.get().id());
            },
            false);
    return Response.noContent().build();
  }

  private static Optional<Network> find(ModelDocument document, String id) {
    return id.trim().isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(document.networks().get(NetworkId.of(id)));
  }

  private static ObjectNode json(Network network) {
    return ModelWriter.toJson(network);
  }
}
