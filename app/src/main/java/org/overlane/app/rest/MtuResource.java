/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.List;
import java.util.Optional;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.overlane.app.plan.LivePlan;
import org.overlane.config.ConfigException;
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
  @Operation(
      operationId = "readMtu",
      tags = "Packets",
      summary =
          "How large packets may be on each path, why, and what each device does with larger ones",
      responses = {
        @ApiResponse(responseCode = "200", ref = "Mtu"),
        @ApiResponse(responseCode = "404", ref = "NotFound")
      })
  @GET
  public Response mtu(
      @Parameter(description = "Only this network") @QueryParam("network") String network,
      @Parameter(description = "Only this device, by its id") @QueryParam("device") String device,
      @Parameter(
              description =
                  "Underlay MTUs to try, DEVICE=MTU or all=MTU, with commas or given again; not with the others")
          @QueryParam(MtuChange.OPTION)
          List<String> whatIf) {
    Optional<NetworkId> onlyNetwork = given(network).map(NetworkId::of);
    Optional<NodeId> onlyDevice = givenDevice(device);
    LivePlan live = LivePlan.of(overlane());
    if (!whatIf.isEmpty()) {
      if (onlyNetwork.isPresent() || onlyDevice.isPresent()) {
        throw ConfigException.quoting(
            MtuChange.OPTION,
            whatIf.get(0),
            "shows all that changes, not that of one network or device",
            "Leave out network and device");
      }
      return Answers.ok(WhatIfJson.of(live.whatIf(whatIf)));
    }
    if (onlyNetwork.isPresent() && !live.model().networks().containsKey(onlyNetwork.get())) {
      throw notFound("network", "network", network, "GET v1/networks lists all");
    }
    if (onlyDevice.isPresent() && !live.model().node(onlyDevice.get()).isPresent()) {
      throw unconfigured(device);
    }
    return Answers.ok(MtuPlanJson.of(live.plan(onlyNetwork, onlyDevice)));
  }
}
