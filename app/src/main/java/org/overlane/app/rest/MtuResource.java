/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import java.util.List;
import java.util.Optional;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.overlane.app.plan.LivePlan;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NodeId;
import org.overlane.tunnels.plan.MtuChange;
import org.overlane.tunnels.plan.MtuPlanJson;
import org.overlane.tunnels.plan.WhatIfJson;

/** What fits: MTUs by network, path and device, each with its derivation; and what would. */
@Path("v1/mtu")
@Produces(MediaType.APPLICATION_JSON)
public class MtuResource extends OverlaneResource {

  /**
   * The MTUs in force, see {@link MtuPlanJson}; or what others would change, see {@link
   * WhatIfJson}.
   *
   * @param network only this network, if given
   * @param device only paths from this device, if given
   * @param whatIf underlay MTUs to try, as {@link MtuChange#parse} takes them; not with the others
   */
  @GET
  public Response mtu(
      @QueryParam("network") String network,
      @QueryParam("device") String device,
      @QueryParam(MtuChange.OPTION) List<String> whatIf) {
    Optional<NetworkId> onlyNetwork =
        Optional.ofNullable(network).filter(n -> !n.isEmpty()).map(NetworkId::of);
    Optional<NodeId> onlyDevice =
        Optional.ofNullable(device).filter(d -> !d.isEmpty()).map(NodeId::of);
    LivePlan live = LivePlan.of(overlane());
    if (!whatIf.isEmpty()) {
      if (onlyNetwork.isPresent() || onlyDevice.isPresent()) {
        throw refusal(
            MtuChange.OPTION,
            whatIf.get(0),
            "shows all that changes, not that of one network or device",
            "Leave out network and device");
      }
      return Answers.ok(WhatIfJson.of(live.whatIf(whatIf)));
    }
    if (onlyNetwork.isPresent() && !live.model().networks().containsKey(onlyNetwork.get())) {
      throw notFound("network", network);
    }
    if (onlyDevice.isPresent() && !live.model().node(onlyDevice.get()).isPresent()) {
      throw notFound("configured switch", device);
    }
    return Answers.ok(MtuPlanJson.of(live.plan(onlyNetwork, onlyDevice)));
  }
}
