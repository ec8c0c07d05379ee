/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import org.overlane.app.api.ModelView;
import org.overlane.config.EndpointConfig;
import org.overlane.config.ModelDocument;
import org.overlane.config.ModelWriter;
import org.overlane.config.Pending;

/** Lists of what is declared, and what a change came to, as JSON. */
public final class ModelJson {
  private ModelJson() {}

  /** {@code {"networks": [...]}}, by id. */
  public static ObjectNode networks(ModelDocument document) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode list = json.putArray("networks");
    document.networks().values().forEach(n -> list.add(ModelWriter.toJson(n)));
    return json;
  }

  /** {@code {"endpoints": [...]}}, in their order. */
  public static ObjectNode endpoints(Stream<EndpointConfig> endpoints) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode list = json.putArray("endpoints");
    endpoints.forEach(e -> list.add(ModelWriter.toJson(e)));
    return json;
  }

  /**
   * What a document has, and what of it cannot be put to work yet.
   *
   * @param dryRun whether nothing was changed
   */
  public static ObjectNode changed(ModelView result, Iterable<Pending> pending, boolean dryRun) {
    ModelDocument document = result.document();
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("dryRun", dryRun)
            .put("revision", result.revision())
            .put("devices", document.devices().size())
            .put("networks", document.networks().size())
            .put("endpoints", document.endpoints().size());
    return addTo(json, pending);
  }

  /** {@code {"pending": [...]}}. */
  public static ObjectNode pending(Iterable<Pending> pending) {
    return addTo(JsonNodeFactory.instance.objectNode(), pending);
  }

  private static ObjectNode addTo(ObjectNode json, Iterable<Pending> pending) {
    ArrayNode list = json.putArray("pending");
    pending.forEach(p -> list.add(ModelWriter.toJson(p)));
    return json;
  }
}
