/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.UnaryOperator;
import javax.ws.rs.Consumes;
import javax.ws.rs.DefaultValue;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.overlane.app.api.ModelView;
import org.overlane.config.ModelDocument;
import org.overlane.config.ModelWriter;

/** The whole model: devices, networks, endpoints, in one document. */
@Path("v1/model")
@Produces(MediaType.APPLICATION_JSON)
public class ModelResource extends OverlaneResource {

  /** The model document, in the form in which PUT takes it. */
  @Operation(
      operationId = "readModel",
      tags = "Declared",
      summary = "The model document, as PUT takes it",
      responses = {@ApiResponse(responseCode = "200", ref = "Model")})
  @GET
  public Response read() {
    return Answers.tagged(Response.Status.OK, ModelWriter.toJson(overlane().model().document()));
  }

  /**
   * Makes this the model: whatever is not in the document is removed.
   *
   * @param dryRun whether to check only
   */
  @Operation(
      operationId = "replaceModel",
      tags = "Declared",
      summary = "Makes this the model: what is not in it is removed",
      responses = {@ApiResponse(responseCode = "200", ref = "ModelChange")})
  @TakesJson
  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  public Response replace(
      @Parameter(
              description = "Whether to check only",
              schema = @Schema(type = "boolean", defaultValue = "false"))
          @QueryParam("dryRun")
          @DefaultValue("false")
          String dryRun,
      @RequestBody(ref = "Model") InputStream body)
      throws IOException {
    boolean checkOnly = flag("dryRun", dryRun);
    ModelDocument wanted = READER.readDocument(text(body));
    return change(present -> wanted, checkOnly);
  }

  /**
   * Adds to the model: objects in the document replace those of the same id, all others stay.
   *
   * @param dryRun whether to check only
   */
  @Operation(
      operationId = "addToModel",
      tags = "Declared",
      summary = "Adds to the model: objects of the same id are replaced, all others stay",
      responses = {
        @ApiResponse(responseCode = "200", ref = "ModelChange"),
        @ApiResponse(responseCode = "409", ref = "Conflict")
      })
  @TakesJson
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response merge(
      @Parameter(
              description = "Whether to check only",
              schema = @Schema(type = "boolean", defaultValue = "false"))
          @QueryParam("dryRun")
          @DefaultValue("false")
          String dryRun,
      @RequestBody(ref = "Model") InputStream body)
      throws IOException {
    boolean checkOnly = flag("dryRun", dryRun);
    ModelDocument fragment = READER.readFragment(text(body));
    return change(present -> present.with(fragment), checkOnly);
  }

  private Response change(UnaryOperator<ModelDocument> change, boolean dryRun) {
    ModelView result =
        overlane()
            .change(
                present -> {
                  requireMatch(() -> ModelWriter.toJson(present));
                  return change.apply(present);
                },
                dryRun);
    ModelDocument document = result.document();
    ObjectNode body = ModelJson.changed(result, overlane().assembly(document).pending(), dryRun);
    return Response.ok(ModelWriter.text(body), MediaType.APPLICATION_JSON_TYPE)
        .tag(Answers.tag(ModelWriter.toJson(document)))
        .build();
  }
}
