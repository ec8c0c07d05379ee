/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.MultivaluedMap;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.UriInfo;
import org.overlane.app.trace.LiveTrace;
import org.overlane.tracing.TraceQuery;

/** What happens to a packet, and why. */
@Path("v1/trace")
public class TraceResource extends OverlaneResource {
  /**
   * The way of a packet. The parameters are the options of the offline command {@code trace}, those
   * without value as {@code df} or {@code df=true}; besides, {@code observed=true} follows the
   * packet through what switches have, and {@code format=text}, with {@code verbose=true} or
   * without, gives the text of the command.
   */
  @Operation(
      operationId = "trace",
      tags = "Packets",
      summary = "What happens to a packet, and why",
      responses = {@ApiResponse(responseCode = "200", ref = "Trace")})
  @Parameter(
      name = "from",
      in = ParameterIn.QUERY,
      description = "An endpoint, or a port as DEVICE/PORT",
      example = "vm1",
      schema = @Schema(type = "string"))
  @Parameter(
      name = "to",
      in = ParameterIn.QUERY,
      description = "An endpoint, a MAC address, or a VTEP address; or multicast instead",
      example = "vm3")
  @Parameter(
      name = "multicast",
      in = ParameterIn.QUERY,
      description = "To the group of the network",
      schema = @Schema(type = "boolean", defaultValue = "false"))
  @Parameter(
      name = "tcp",
      in = ParameterIn.QUERY,
      description = "A TCP packet",
      schema = @Schema(type = "boolean", defaultValue = "false"))
  @Parameter(
      name = "udp",
      in = ParameterIn.QUERY,
      description = "A UDP packet",
      schema = @Schema(type = "boolean", defaultValue = "false"))
  @Parameter(
      name = "icmp",
      in = ParameterIn.QUERY,
      description = "An ICMP packet, as without any of these",
      schema = @Schema(type = "boolean", defaultValue = "false"))
  @Parameter(
      name = "arp",
      in = ParameterIn.QUERY,
      description = "An ARP request",
      schema = @Schema(type = "boolean", defaultValue = "false"))
  @Parameter(
      name = "ethertype",
      in = ParameterIn.QUERY,
      description = "A frame that is not IP, of this type, such as 0x88cc")
  @Parameter(
      name = "ipv6",
      in = ParameterIn.QUERY,
      description = "Over IPv6",
      schema = @Schema(type = "boolean", defaultValue = "false"))
  @Parameter(
      name = "size",
      in = ParameterIn.QUERY,
      description = "Bytes with IP header, without Ethernet header",
      example = "1501",
      schema = @Schema(type = "integer"))
  @Parameter(
      name = "df",
      in = ParameterIn.QUERY,
      description = "Whether IPv4 may not fragment it",
      schema = @Schema(type = "boolean", defaultValue = "false"))
  @Parameter(
      name = "syn",
      in = ParameterIn.QUERY,
      description = "The first packet of a TCP connection",
      schema = @Schema(type = "boolean", defaultValue = "false"))
  @Parameter(
      name = "mss",
      in = ParameterIn.QUERY,
      description = "Its maximum segment size, bytes",
      schema = @Schema(type = "integer"))
  @Parameter(
      name = "fragment",
      in = ParameterIn.QUERY,
      description = "A fragment",
      schema =
          @Schema(
              type = "string",
              allowableValues = {"first", "later"}))
  @Parameter(
      name = "vlan",
      in = ParameterIn.QUERY,
      description = "A VLAN tag in the inner frame",
      schema = @Schema(type = "integer"))
  @Parameter(
      name = "src-ip",
      in = ParameterIn.QUERY,
      description = "Instead of what the model knows of from and to")
  @Parameter(
      name = "dst-ip",
      in = ParameterIn.QUERY,
      description = "Instead of what the model knows of from and to")
  @Parameter(
      name = "src-mac",
      in = ParameterIn.QUERY,
      description = "Instead of what the model knows of from and to")
  @Parameter(
      name = "dst-mac",
      in = ParameterIn.QUERY,
      description = "Instead of what the model knows of from and to")
  @Parameter(
      name = "src-port",
      in = ParameterIn.QUERY,
      description = "Port of TCP or UDP",
      schema = @Schema(type = "integer"))
  @Parameter(
      name = "dst-port",
      in = ParameterIn.QUERY,
      description = "Port of TCP or UDP",
      schema = @Schema(type = "integer"))
  @Parameter(
      name = "frag-mode",
      in = ParameterIn.QUERY,
      description = "What Open vSwitch sees of fragments",
      schema =
          @Schema(
              type = "string",
              allowableValues = {"normal", "nx-match", "drop"},
              defaultValue = "normal"))
  @Parameter(
      name = "observed",
      in = ParameterIn.QUERY,
      description = "Through what the switches have, instead of what the model asks for",
      schema = @Schema(type = "boolean", defaultValue = "false"))
  @Parameter(
      name = "format",
      in = ParameterIn.QUERY,
      description = "JSON, or the text of ./overlane trace",
      schema =
          @Schema(
              type = "string",
              allowableValues = {"json", "text"},
              defaultValue = "json"))
  @Parameter(
      name = "verbose",
      in = ParameterIn.QUERY,
      description = "With format=text: with every entry",
      schema = @Schema(type = "boolean", defaultValue = "false"))
  @GET
  @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
  public Response trace(@Context UriInfo uri) {
    return trace(uri.getQueryParameters());
  }

  Response trace(MultivaluedMap<String, String> parameters) {
    QueryParameters options = new QueryParameters(parameters);
    boolean observed = options.flag("observed");
    boolean verbose = options.flag("verbose");
    boolean text = options.isText();
    LiveTrace trace = LiveTrace.of(overlane(), TraceQuery.parse(options.rest()), observed);
    return text
        ? Response.ok(trace.text(verbose), MediaType.TEXT_PLAIN_TYPE).build()
        : Answers.ok(trace.json());
  }
}
