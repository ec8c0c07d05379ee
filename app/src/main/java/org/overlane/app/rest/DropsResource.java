/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import com.google.common.collect.ImmutableSet;
import java.util.Set;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.overlane.flowrules.model.NodeId;

/** What switches have dropped. */
@Path("v1/drops")
@Produces(MediaType.APPLICATION_JSON)
public class DropsResource extends OverlaneResource {

  /**
   * The counters of the entries that drop, and of all meters.
   *
   * @param device only this switch, if given
   */
  @GET
  public Response drops(@QueryParam("device") String device) {
    Set<NodeId> nodes = overlane().statuses().keySet();
    if (device != null && !device.isEmpty()) {
      NodeId only = NodeId.of(device);
      if (!nodes.contains(only)) {
        throw notFound("configured or connected switch", device);
      }
      nodes = ImmutableSet.of(only);
    }
    return Answers.ok(DropsJson.of(overlane().drops(nodes)));
  }
}
