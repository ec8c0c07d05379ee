/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private static final String OBSERVED = "observed";
  private static final String FORMAT = "format";
  private static final String VERBOSE = "verbose";

  /**
   * The way of a packet. The parameters are the options of the offline command {@code trace}, those
   * without value as {@code df} or {@code df=true}; besides, {@code observed=true} follows the
   * packet through what switches have, and {@code format=text}, with {@code verbose=true} or
   * without, gives the text of the command.
   */
  @GET
  @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
  public Response trace(@Context UriInfo uri) {
    return trace(uri.getQueryParameters());
  }

  Response trace(MultivaluedMap<String, String> parameters) {
    Map<String, String> options = new LinkedHashMap<>();
    parameters.forEach((name, values) -> options.put(name, single(name, values)));
    boolean observed = flag(options, OBSERVED);
    boolean verbose = flag(options, VERBOSE);
    String format = options.containsKey(FORMAT) ? options.remove(FORMAT) : "json";
    if (!format.equals("json") && !format.equals("text")) {
      throw refusal(FORMAT, format, "must be json or text", "Use one of these");
    }
    LiveTrace trace = LiveTrace.of(overlane(), TraceQuery.parse(options), observed);
    return format.equals("json")
        ? Answers.ok(trace.json())
        : Response.ok(trace.text(verbose), MediaType.TEXT_PLAIN_TYPE).build();
  }

  private static String single(String name, List<String> values) {
    if (values.size() > 1) {
      throw refusal(name, values.get(1), "is given twice", "Give one value");
    }
    return values.isEmpty() ? "" : values.get(0);
  }

  private static boolean flag(Map<String, String> options, String name) {
    String value = options.remove(name);
    if (value != null && !value.isEmpty() && !value.equals("true") && !value.equals("false")) {
      throw refusal(name, value, "must be true or false", "Use one of these");
    }
    return value != null && !value.equals("false");
  }
}
