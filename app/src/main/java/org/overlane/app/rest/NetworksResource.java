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
import org.overlane.config.ModelDocument;
import org.overlane.config.ModelWriter;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkId;

/** Networks. */
@Path("v1/networks")
@Produces(MediaType.APPLICATION_JSON)
public class NetworksResource extends OverlaneResource {

  /**
   * All networks, by id.
   *
   * @param limit at most so many, 1 to 1000; all if it is not given
   * @param after those behind this one: {@code next} of the page before
   */
  @Operation(
      operationId = "listNetworks",
      tags = "Declared",
      summary = "All networks, or a page of them",
      responses = {@ApiResponse(responseCode = "200", ref = "Networks")})
  @GET
  public Response list(
      @Parameter(
              description = "At most so many on a page; all if it is not given",
              schema = @Schema(type = "integer", minimum = "1", maximum = "1000"))
          @QueryParam("limit")
          String limit,
      @Parameter(description = "Those behind this one: next of the page before")
          @QueryParam("after")
          String after) {
    ModelDocument document = overlane().model().document();
    if (!given(limit).isPresent() && !given(after).isPresent()) {
      return Answers.tagged(Response.Status.OK, ModelJson.networks(document));
    }
    Page<Network> page =
        Page.of(
            document.networks().values(),
            network -> network.id().toString(),
            network -> true,
            given(after),
            limit(limit).orElse(Integer.MAX_VALUE));
    return Answers.ok(Answers.page("networks", page, NetworksResource::json));
  }

  /** One network. */
  @Operation(
      operationId = "readNetwork",
      tags = "Declared",
      summary = "One network",
      responses = {
        @ApiResponse(responseCode = "200", ref = "Network"),
        @ApiResponse(responseCode = "404", ref = "NotFound")
      })
  @GET
  @Path("{id}")
  public Response read(
      @Parameter(description = "Network id", example = "blue") @PathParam("id") String id) {
    Network network = find(overlane().model().document(), id).orElseThrow(() -> unknown(id));
    return Answers.tagged(Response.Status.OK, json(network));
  }

  /** Creates one network, or, from an array, several at once or none. None may exist already. */
  @Operation(
      operationId = "createNetworks",
      tags = "Declared",
      summary = "Creates a network, or all of an array or none",
      description = "If-Match names the ETag of the whole list.",
      responses = {
        @ApiResponse(responseCode = "201", ref = "NetworkCreated"),
        @ApiResponse(responseCode = "409", ref = "Conflict")
      })
  @TakesJson
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(@RequestBody(ref = "Networks") InputStream body) throws IOException {
    String text = text(body);
    boolean several = text.trim().startsWith("[");
    ImmutableList<Network> networks =
        several ? READER.readNetworks(text) : ImmutableList.of(READER.readNetwork(text));
    overlane()
        .change(
            present -> {
              requireMatch(() -> ModelJson.networks(present));
              networks.forEach(
                  n ->
                      Existing.refuse(
                          present.networks().containsKey(n.id()), "networks", n.id().toString()));
              ModelDocument.Builder next = present.toBuilder();
              networks.forEach(next::add);
              return next.build();
            },
            false);
    return Answers.created(networks, several, NetworksResource::json);
  }

  /** Creates a network or replaces it. */
  @Operation(
      operationId = "writeNetwork",
      tags = "Declared",
      summary = "Creates or replaces a network",
      responses = {
        @ApiResponse(responseCode = "200", ref = "Network"),
        @ApiResponse(responseCode = "201", ref = "Network"),
        @ApiResponse(responseCode = "409", ref = "Conflict")
      })
  @TakesJson
  @PUT
  @Path("{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response write(
      @Parameter(description = "Network id", example = "blue") @PathParam("id") String id,
      @RequestBody(ref = "Network") InputStream body)
      throws IOException {
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
  @Operation(
      operationId = "removeNetwork",
      tags = "Declared",
      summary = "Removes a network that has no endpoints any more",
      responses = {
        @ApiResponse(responseCode = "204", ref = "Removed"),
        @ApiResponse(responseCode = "404", ref = "NotFound"),
        @ApiResponse(responseCode = "409", ref = "Conflict")
      })
  @Changes
  @DELETE
  @Path("{id}")
  public Response remove(
      @Parameter(description = "Network id", example = "spare") @PathParam("id") String id) {
    overlane()
        .change(
            present -> {
              Optional<Network> before = find(present, id);
              if (!before.isPresent()) {
                throw unknown(id);
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

  private static NotThere unknown(String id) {
    return notFound("id", "network", id, "GET v1/networks lists all");
  }

  private static ObjectNode json(Network network) {
    return ModelWriter.toJson(network);
  }
}
