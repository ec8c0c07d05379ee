/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A {@link WhatIf} as JSON; all sizes are bytes:
 *
 * <pre>
 * {"devices": [{"device": "of:...", "before": 9000, "after": 1400, "remark": "..."}],
 *  "networks": [{"network": "blue", "before": 1450, "after": 1350}],
 *  "endpoints": [{"endpoint": "vm1", "network": "blue", "device": "of:...", "before": 1450,
 *                 "after": 1350}], "endpointsTotal": 1,
 *  "paths": [{"network": "blue", "from": "of:...", "to": "of:...", "before": 1450, "after": 1350,
 *             "derivation": "1350 = ..."}], "pathsTotal": 1,
 *  "switches": [{"device": "of:...", "added": 0, "modified": 3, "removed": 0}],
 *  "steps": [{"step": 1, "action": "lower-limit", "subject": "of:...", "mtu": 1400, "text": "...",
 *             "why": "..."}],
 *  "effects": [{"network": "blue", "from": "of:...", "to": "of:...", "pairs": 4,
 *               "packets": {"least": 1351, "most": 1450}, "fit": "before",
 *               "fates": [{"case": "TX-4", "title": "IPv4, DF clear", "result": "delivered",
 *                          "means": "..."}]}],
 *  "warnings": {"new": [...], "gone": [...]}}
 * </pre>
 *
 * Of an effect, {@code from} and {@code to} are the first of its pairs; {@code fit} is {@code
 * before} or {@code after}. There is no {@code remark} where there is nothing to say. Warnings are
 * those of {@link MtuPlanJson}.
 */
public final class WhatIfJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private WhatIfJson() {}

  public static ObjectNode of(WhatIf whatIf) {
    ObjectNode json = JSON.objectNode();
    ArrayNode devices = json.putArray("devices");
    whatIf.devices().forEach(d -> devices.add(of(d)));
    ArrayNode networks = json.putArray("networks");
    whatIf
        .networks()
        .forEach(
            n ->
                networks
                    .addObject()
                    .put("network", n.network().toString())
                    .put("before", n.before())
                    .put("after", n.after()));
    ArrayNode endpoints = json.putArray("endpoints");
    whatIf.endpoints().forEach(e -> endpoints.add(of(e)));
    json.put("endpointsTotal", whatIf.endpointsTotal());
    ArrayNode paths = json.putArray("paths");
    whatIf.paths().forEach(p -> paths.add(of(p)));
    json.put("pathsTotal", whatIf.pathsTotal());
    ArrayNode switches = json.putArray("switches");
    whatIf.switches().forEach(s -> switches.add(of(s)));
    json.set("steps", steps(whatIf));
    ArrayNode effects = json.putArray("effects");
    whatIf.effects().forEach(e -> effects.add(of(e)));
    ObjectNode warnings = json.putObject("warnings");
    warnings.set("new", MtuPlanJson.of(whatIf.newWarnings()));
    warnings.set("gone", MtuPlanJson.of(whatIf.goneWarnings()));
    return json;
  }

  private static ObjectNode of(WhatIf.OfDevice device) {
    ObjectNode json =
        JSON.objectNode()
            .put("device", device.device().toString())
            .put("before", device.before())
            .put("after", device.after());
    device.remark().ifPresent(remark -> json.put("remark", remark));
    return json;
  }

  private static ObjectNode of(WhatIf.OfEndpoint endpoint) {
    return JSON.objectNode()
        .put("endpoint", endpoint.endpoint())
        .put("network", endpoint.network().toString())
        .put("device", endpoint.device().toString())
        .put("before", endpoint.before())
        .put("after", endpoint.after());
  }

  private static ObjectNode of(WhatIf.OfPath path) {
    return JSON.objectNode()
        .put("network", path.network().toString())
        .put("from", path.after().from().toString())
        .put("to", path.after().to().toString())
        .put("before", path.before().ipMtu())
        .put("after", path.after().ipMtu())
        .put("derivation", path.after().derivation());
  }

  private static ObjectNode of(WhatIf.OfSwitch one) {
    return JSON.objectNode()
        .put("device", one.device().toString())
        .put("added", one.added())
        .put("modified", one.modified())
        .put("removed", one.removed());
  }

  private static ArrayNode steps(WhatIf whatIf) {
    ArrayNode json = JSON.arrayNode();
    for (MtuStep step : whatIf.steps()) {
      ObjectNode one =
          json.addObject().put("step", json.size()).put("action", step.action().text());
      if (!step.subject().isEmpty()) {
        one.put("subject", step.subject());
      }
      step.mtu().ifPresent(mtu -> one.put("mtu", mtu));
      one.put("text", step.text()).put("why", step.why());
    }
    return json;
  }

  private static ObjectNode of(WhatIf.Effect effect) {
    ObjectNode json =
        JSON.objectNode()
            .put("network", effect.network().toString())
            .put("from", effect.from().toString())
            .put("to", effect.to().toString())
            .put("pairs", effect.pairs());
    json.putObject("packets").put("least", effect.least()).put("most", effect.most());
    json.put("fit", effect.fitAfterwards() ? "after" : "before");
    ArrayNode fates = json.putArray("fates");
    effect
        .fates()
        .forEach(
            f ->
                fates
                    .addObject()
                    .put("case", f.about().id())
                    .put("title", f.about().title())
                    .put("result", f.result().text())
                    .put("means", f.means()));
    return json;
  }
}
