/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.base.CharMatcher;
import com.google.common.io.ByteStreams;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Supplier;
import javax.ws.rs.BadRequestException;
import javax.ws.rs.ClientErrorException;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.HttpHeaders;
import org.onlab.rest.BaseResource;
import org.overlane.app.api.OverlaneService;
import org.overlane.app.api.StaleException;
import org.overlane.app.reconcile.SwitchStatus;
import org.overlane.config.ConfigException;
import org.overlane.config.ModelReader;
import org.overlane.config.Problem;
import org.overlane.config.ReaderLimits;
import org.overlane.flowrules.model.NodeId;

/** What the resources have in common. */
@ApiResponse(responseCode = "400", ref = "BadRequest")
@ApiResponse(responseCode = "401", ref = "Unauthorized")
@ApiResponse(responseCode = "406", ref = "NotAcceptable")
@ApiResponse(responseCode = "503", ref = "NotRunning")
abstract class OverlaneResource extends BaseResource {
  static final ModelReader READER = new ModelReader();

  private static final int SHOWN = 60;

  @Context HttpHeaders headers;

  OverlaneService overlane() {
    return get(OverlaneService.class);
  }

  /** The body as text; refuses what is longer than any document may be, without reading it all. */
  static String text(InputStream body) throws IOException {
    int limit = ReaderLimits.DEFAULT.bytes();
    byte[] bytes = read(ByteStreams.limit(body, limit + 1L));
    if (bytes.length > limit) {
      throw new ClientErrorException("The body is longer than " + limit + " bytes", 413);
    }
    return READER.readText(new ByteArrayInputStream(bytes));
  }

  /** A client that breaks off, or that cannot count its chunks, is no failure of ours. */
  private static byte[] read(InputStream body) {
    try {
      return ByteStreams.toByteArray(body);
    } catch (IOException
        | RuntimeException e) { // of either kind, as the server's HTTP parser likes
      throw new BadRequestException("The body cannot be read to its end", e);
    }
  }

  /**
   * Enforces If-Match.
   *
   * @param present what is there now, if anything
   */
  void requireMatch(Optional<? extends JsonNode> present) {
    requireMatch(() -> present.orElse(null));
  }

  /**
   * Enforces If-Match.
   *
   * @param present gives what is there now, null if there is nothing; asked only where it matters
   */
  void requireMatch(Supplier<? extends JsonNode> present) {
    String wanted = headers == null ? null : headers.getHeaderString(HttpHeaders.IF_MATCH);
    if (wanted == null) {
      return;
    }
    JsonNode json = present.get();
    boolean matches =
        json != null
            && (wanted.trim().equals("*") || wanted.contains("\"" + Answers.tag(json) + "\""));
    if (!matches) {
      throw new StaleException(
          "If-Match does not name the present state; read it again and repeat the change");
    }
  }

  /** A name that a client sends, short enough for a message and free of control characters. */
  static String shown(String name) {
    String printable = CharMatcher.inRange('!', '~').negate().replaceFrom(name, '?');
    return printable.length() > SHOWN ? printable.substring(0, SHOWN - 3) + "..." : printable;
  }

  /** A query parameter; one without a value is as good as none. */
  static Optional<String> given(String parameter) {
    return Optional.ofNullable(parameter).map(String::trim).filter(p -> !p.isEmpty());
  }

  /**
   * The device that a query parameter names.
   *
   * @throws ConfigException if it can be none
   */
  static Optional<NodeId> givenDevice(String device) {
    Optional<String> id = given(device);
    if (id.isPresent() && !ModelReader.isDeviceId(id.get())) {
      throw ConfigException.quoting(
          "device",
          id.get(),
          "must be a device id: of: and 16 lower-case hexadecimal digits",
          "Write it as in of:0000000000000001");
    }
    return id.map(NodeId::of);
  }

  /** A query parameter that is {@code true} or {@code false}; false if it is not given. */
  static boolean flag(String name, String value) {
    String word = given(value).orElse("false");
    if (!word.equals("true") && !word.equals("false")) {
      throw ConfigException.quoting(name, value, "must be true or false", "Use one of these");
    }
    return word.equals("true");
  }

  /** How many objects a page may have, if the client says so. */
  static Optional<Integer> limit(String limit) {
    return given(limit).map(Page::limit);
  }

  /** A switch that is configured or connected, by its device id. */
  SwitchStatus known(String device) {
    SwitchStatus status =
        device.trim().isEmpty() ? null : overlane().statuses().get(NodeId.of(device));
    if (status == null) {
      throw notFound("device", "configured or connected switch", device, "GET v1/status lists all");
    }
    return status;
  }

  static NotThere unconfigured(String device) {
    return notFound(
        "device", "configured switch", device, "GET v1/status tells which are configured");
  }

  /**
   * The answer to a name that nothing has.
   *
   * @param field where the name is given
   */
  static NotThere notFound(String field, String what, String name, String remedy) {
    Problem problem = Problem.quoting(field, name, "there is no such " + what, remedy);
    return new NotThere(problem, "There is no " + what + " " + problem.value());
  }
}
