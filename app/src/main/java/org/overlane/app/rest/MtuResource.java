/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import java.util.Optional;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.overlane.config.MtuJson;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;

/** What fits: MTUs by network, path and device, each with its derivation. */
@Path("v1/mtu")
@Produces(MediaType.APPLICATION_JSON)
public class MtuResource extends OverlaneResource {

  /**
   * The MTUs in force.
   *
   * @param network only this network, if given
   * @param device only paths from or to this device, if given
   */
  @GET
  public Response mtu(@QueryParam("network") String network, @QueryParam("device") String device) {
    NetworkModel model = overlane().assembly(overlane().model().document()).model();
    Optional<NetworkId> onlyNetwork =
        Optional.ofNullable(network).filter(n -> !n.isEmpty()).map(NetworkId::of);
    Optional<NodeId> onlyDevice =
        Optional.ofNullable(device).filter(d -> !d.isEmpty()).map(NodeId::of);
    if (onlyNetwork.isPresent() && !model.networks().containsKey(onlyNetwork.get())) {
      throw notFound("network", network);
    }
    if (onlyDevice.isPresent() && !model.node(onlyDevice.get()).isPresent()) {
      throw notFound("configured switch", device);
    }
    return Answers.ok(MtuJson.of(model, onlyNetwork, onlyDevice));
  }
}
