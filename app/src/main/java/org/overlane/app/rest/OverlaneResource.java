/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import com.google.common.io.ByteStreams;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import javax.ws.rs.ClientErrorException;
import javax.ws.rs.NotFoundException;
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
abstract class OverlaneResource extends BaseResource {
  static final ModelReader READER = new ModelReader();

  @Context HttpHeaders headers;

  OverlaneService overlane() {
    return get(OverlaneService.class);
  }

  /** The body as text; refuses what is longer than any document may be, without reading it all. */
  static String text(InputStream body) throws IOException {
    int limit = ReaderLimits.DEFAULT.bytes();
    byte[] bytes = ByteStreams.toByteArray(ByteStreams.limit(body, limit + 1L));
    if (bytes.length > limit) {
      throw new ClientErrorException("The body is longer than " + limit + " bytes", 413);
    }
    return READER.readText(new ByteArrayInputStream(bytes));
  }

  /**
   * Enforces If-Match.
   *
   * @param present what is there now, if anything
   */
  void requireMatch(Optional<? extends JsonNode> present) {
    String wanted = headers == null ? null : headers.getHeaderString(HttpHeaders.IF_MATCH);
    if (wanted == null) {
      return;
    }
    boolean matches =
        present.isPresent()
            && (wanted.trim().equals("*")
                || wanted.contains("\"" + Answers.tag(present.get()) + "\""));
    if (!matches) {
      throw new StaleException(
          "If-Match does not name the present state; read it again and repeat the change");
    }
  }

  /** The answer to a query parameter that cannot be. */
  static ConfigException refusal(String name, String value, String message, String remedy) {
    return new ConfigException(
        ImmutableList.of(Problem.of(name, "\"" + value + "\"", message, remedy)));
  }

  /** A switch that is configured or connected, by its device id. */
  SwitchStatus known(String device) {
    SwitchStatus status =
        device.trim().isEmpty() ? null : overlane().statuses().get(NodeId.of(device));
    if (status == null) {
      throw notFound("configured or connected switch", device);
    }
    return status;
  }

  static NotFoundException notFound(String what, String id) {
    return new NotFoundException("There is no " + what + " " + id);
  }
}
