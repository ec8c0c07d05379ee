/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.overlane.flowrules.compile.Capability;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;

/** What a node does with large packets, as JSON. */
public final class CapabilityJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private CapabilityJson() {}

  /** All cases of one node of the model; none for a node without a tunnel. */
  public static ArrayNode of(NetworkModel model, NodeId node) {
    return of(Capability.of(model, node));
  }

  public static ArrayNode of(Iterable<Capability> capabilities) {
    ArrayNode json = JSON.arrayNode();
    capabilities.forEach(c -> json.add(of(c)));
    return json;
  }

  /** {@code {"case", "title", "holds", "means"}}. */
  public static ObjectNode of(Capability capability) {
    return JSON.objectNode()
        .put("case", capability.about().id())
        .put("title", capability.about().title())
        .put("holds", capability.holds())
        .put("means", capability.means());
  }
}
