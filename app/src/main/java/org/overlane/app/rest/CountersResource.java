/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.overlane.app.api.ClassCounters;
import org.overlane.config.FlowTablesJson;
import org.overlane.flowrules.model.NodeId;

/** What the entries of a switch have counted. */
@Path("v1/counters")
@Produces(MediaType.APPLICATION_JSON)
public class CountersResource extends OverlaneResource {

  /**
   * The sums by packet class, some seconds old: {@code {"device": "of:...", "classes":
   * [{"packetClass": "vxlan-receive", "title": "...", "entries": 1, "packets": 7, "bytes": 700}]}}.
   */
  @GET
  @Path("{device}")
  public Response ofDevice(@PathParam("device") String device) {
    NodeId id = known(device).id();
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("device", device);
    ArrayNode classes = body.putArray("classes");
    for (ClassCounters counters : overlane().counters(id)) {
      classes
          .addObject()
          .put("packetClass", FlowTablesJson.word(counters.packetClass()))
          .put("title", counters.packetClass().title())
          .put("entries", counters.entries())
          .put("packets", counters.packets())
          .put("bytes", counters.bytes());
    }
    return Answers.ok(body);
  }
}
