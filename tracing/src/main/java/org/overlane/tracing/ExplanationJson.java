/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tracing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.overlane.config.FlowTablesJson;
import org.overlane.flowrules.openflow.FlowTables;

/**
 * Explanations as JSON; {@code entry}, {@code wanted} and {@code missing} are as in {@link
 * FlowTablesJson}:
 *
 * <pre>
 * {"entries": [
 *   {"cookie": "0x31268c07136", "applicationId": 42, "origin": "overlane",
 *    "packetClass": "vxlan-receive", "title": "VXLAN receive", "purpose": "...",
 *    "documentation": "docs/pipeline.md#vxlan-receive", "entry": {...}, "packets": 12,
 *    "comparison": "same", "wanted": {...}, "differences": []}],
 *  "missing": [{...}]}
 * </pre>
 *
 * {@code origin} is {@code overlane}, {@code overlane-by-cookie}, {@code cookie-differs} or {@code
 * other}; {@code comparison} is {@code same}, {@code differs}, {@code not-wanted}, {@code
 * exception}, or {@code unknown} without a model.
 */
public final class ExplanationJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ExplanationJson() {}

  /**
   * Explanations of some entries.
   *
   * @param desired what the model wants on the switch whose entries these are all of; without it,
   *     there is no {@code missing}
   */
  public static ObjectNode of(List<Explanation> explanations, Optional<FlowTables> desired) {
    ObjectNode json = JSON.objectNode();
    ArrayNode entries = json.putArray("entries");
    explanations.forEach(e -> entries.add(of(e)));
    desired.ifPresent(
        wanted -> {
          ArrayNode missing = json.putArray("missing");
          Explanation.missing(explanations, wanted).forEach(e -> missing.add(FlowTablesJson.of(e)));
        });
    return json;
  }

  /** One of the {@code entries}. */
  public static ObjectNode of(Explanation explanation) {
    ObservedEntry observed = explanation.observed();
    ObjectNode json =
        JSON.objectNode()
            .put("cookie", observed.cookie().toString())
            .put("applicationId", observed.applicationId())
            .put("origin", explanation.origin().text());
    explanation
        .packetClass()
        .ifPresent(
            c ->
                json.put("packetClass", c.anchor())
                    .put("title", c.title())
                    .put("purpose", c.purpose())
                    .put("documentation", c.documentation()));
    observed.entry().ifPresent(e -> json.set("entry", FlowTablesJson.of(e)));
    observed.unreadable().ifPresent(why -> json.put("unreadable", why));
    observed.packets().ifPresent(n -> json.put("packets", n));
    observed.idleTimeout().ifPresent(s -> json.put("idleTimeout", s));
    json.put("comparison", explanation.comparison().text());
    explanation.wanted().ifPresent(e -> json.set("wanted", FlowTablesJson.of(e)));
    ArrayNode differences = json.putArray("differences");
    explanation.differences().forEach(differences::add);
    return json;
  }
}
