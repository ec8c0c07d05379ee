/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import java.util.function.Function;
import javax.ws.rs.core.EntityTag;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.overlane.app.api.ModelView;
import org.overlane.config.ModelWriter;
import org.overlane.config.Problem;

/**
 * The forms of answers. A refusal is {@code {"code": 400, "message": "...", "problems": [{"path",
 * "value", "message", "remedy"}]}}; the list is empty where the message says it all.
 */
final class Answers {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Answers() {}

  static Response ok(ObjectNode body) {
    return ok(Response.Status.OK, body);
  }

  static Response ok(Response.Status status, ObjectNode body) {
    return Response.status(status)
        .entity(ModelWriter.text(body))
        .type(MediaType.APPLICATION_JSON_TYPE)
        .build();
  }

  /** {@code {NAME: [...], "next": "..."}}, next only where more come after. */
  static <T> ObjectNode page(String name, Page<T> page, Function<T, ObjectNode> json) {
    ObjectNode body = JSON.objectNode();
    ArrayNode list = body.putArray(name);
    page.rows().forEach(row -> list.add(json.apply(row)));
    page.next().ifPresent(next -> body.put("next", next));
    return body;
  }

  /** 200 if all is well, else 503; for those who look at the code only. */
  static Response health(boolean well, ObjectNode body) {
    return ok(well ? Response.Status.OK : Response.Status.SERVICE_UNAVAILABLE, body);
  }

  /**
   * 201, with what was created: the object, or how many of an array.
   *
   * @param several whether it was an array, be it of one
   */
  static <T> Response created(
      ImmutableList<T> created, boolean several, Function<T, ObjectNode> json) {
    return several
        ? ok(Response.Status.CREATED, JSON.objectNode().put("created", created.size()))
        : tagged(Response.Status.CREATED, json.apply(created.get(0)));
  }

  /** With an entity tag that follows from the content, for If-Match. */
  static Response tagged(Response.Status status, ObjectNode body) {
    String text = ModelWriter.text(body);
    return Response.status(status)
        .entity(text)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .tag(new EntityTag(tag(body)))
        .build();
  }

  static String tag(JsonNode body) {
    return ModelView.tagOf(body.toString());
  }

  static Response refusal(int code, String message, Iterable<Problem> problems) {
    return Response.status(code)
        .entity(refusalText(code, message, problems))
        .type(MediaType.APPLICATION_JSON_TYPE)
        .build();
  }

  static String refusalText(int code, String message, Iterable<Problem> problems) {
    ObjectNode body = JSON.objectNode().put("code", code).put("message", message);
    ArrayNode list = body.putArray("problems");
    problems.forEach(p -> list.add(ModelWriter.toJson(p)));
    return ModelWriter.text(body);
  }

  static Response refusal(int code, String message, Problem problem) {
    return refusal(code, message, ImmutableList.of(problem));
  }
}
