/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import javax.ws.rs.GET;
import javax.ws.rs.NotFoundException;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.onlab.rest.BaseResource;
import org.onosproject.net.DeviceId;
import org.projectfloodlight.openflow.protocol.OFType;

/** The connected switches with their counters: GET switches, GET switches/of:0000000000000001. */
@Path("switches")
public final class SwitchesResource extends BaseResource {

  /** All switches that are connected to this node. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Response list() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ArrayNode list = root.putArray("switches");
    get(SwitchStatisticsService.class)
        .switches()
        .forEach(device -> describe(device, list.addObject()));
    return Response.ok(root.toString()).build();
  }

  /** One switch; 404 if it is not connected to this node. */
  @GET
  @Path("{id}")
  @Produces(MediaType.APPLICATION_JSON)
  public Response one(@PathParam("id") String id) {
    SwitchSnapshot device =
        get(SwitchStatisticsService.class)
            .get(DeviceId.deviceId(id))
            .orElseThrow(() -> new NotFoundException(id + " is not connected to this node"));
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    describe(device, root);
    return Response.ok(root.toString()).build();
  }

  private static void describe(SwitchSnapshot device, ObjectNode json) {
    json.put("id", device.id().toString());
    json.put("connectedSince", device.connectedSince().toString());
    json.put("remoteAddress", address(device));
    json.put("openFlowVersion", device.info().version().toString());
    json.put("role", device.role());
    json.put("manufacturer", device.info().manufacturer());
    json.put("hardware", device.info().hardware());
    json.put("software", device.info().software());
    ArrayNode fragments = json.putArray("fragmentHandling");
    device.info().configFlags().forEach(flag -> fragments.add(flag.name()));
    json.put("flowModsSent", device.counters().flowModsSent());
    json.put("flowModsSuppressed", device.counters().suppressed());
    json.put("packetInsReceived", device.counters().received(OFType.PACKET_IN));
    json.put("packetInsDropped", device.packetInsDropped());
    json.put("packetOutsSent", device.counters().sent(OFType.PACKET_OUT));
    json.put("undecodable", device.counters().undecodable());
    put(json.putObject("sent"), device.counters().sent());
    put(json.putObject("received"), device.counters().received());
    device.lastRefusal().ifPresent(reason -> json.put("lastRefusal", reason));
  }

  private static String address(SwitchSnapshot device) {
    return device.info().remoteAddress().getAddress().getHostAddress()
        + ":"
        + device.info().remoteAddress().getPort();
  }

  private static void put(ObjectNode json, Map<OFType, Long> counters) {
    counters.forEach((type, count) -> json.put(type.name(), count));
  }
}
