/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.overlane.app.api.OverlaneService;
import org.overlane.app.reconcile.Fabric;
import org.overlane.app.reconcile.Notice;
import org.overlane.app.reconcile.Progress;
import org.overlane.app.reconcile.SwitchStatus;
import org.overlane.config.CapabilityJson;
import org.overlane.config.FlowTablesJson;
import org.overlane.config.ModelDocument;
import org.overlane.config.ModelWriter;
import org.overlane.flowrules.model.NetworkModel;

/** The status of a switch as JSON. */
public final class StatusJson {
  private StatusJson() {}

  /** All switches; {@code inSync} if nothing is left to do on any of them. */
  static ObjectNode all(OverlaneService overlane) {
    ModelDocument document = overlane.model().document();
    boolean inSync =
        !overlane.problem().isPresent()
            && overlane.statuses().values().stream().allMatch(s -> isSettled(s, document));
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("inSync", inSync);
    overlane.problem().ifPresent(p -> body.put("problem", p));
    if (!overlane.unknownHosts().isEmpty()) {
      ArrayNode unknown = body.putArray("unknownHosts");
      overlane.unknownHosts().forEach(unknown::add);
    }
    ArrayNode list = body.putArray("switches");
    overlane
        .statuses()
        .values()
        .forEach(
            status -> {
              ObjectNode json = of(status, document);
              Optional.ofNullable(overlane.drift().reports().get(status.id()))
                  .ifPresent(r -> json.set("drift", VerificationStateJson.counts(r)));
              overlane.ovsdb(status.id()).ifPresent(r -> json.set("ovsdb", OvsdbJson.of(r)));
              list.add(json);
            });
    return body;
  }

  /** All switches, as text. */
  public static String text(OverlaneService overlane) {
    return ModelWriter.text(all(overlane));
  }

  /** One switch, with the endpoints that its ports announce, and what it can do. */
  public static ObjectNode one(OverlaneService overlane, SwitchStatus status) {
    ModelDocument document = overlane.model().document();
    ObjectNode json = of(status, document);
    overlane
        .ovsdb(status.id())
        .ifPresent(
            report -> {
              ObjectNode ovsdb = OvsdbJson.of(report);
              report.discovery().ifPresent(d -> ovsdb.set("endpoints", OvsdbJson.endpoints(d)));
              json.set("ovsdb", ovsdb);
            });
    NetworkModel model = overlane.assembly(document).model();
    if (model.node(status.id()).isPresent()) {
      json.set("capabilities", CapabilityJson.of(model, status.id()));
    }
    return json;
  }

  /** A switch that nobody declares, and that went away again, is not waited for. */
  private static boolean isSettled(SwitchStatus status, ModelDocument document) {
    switch (status.state()) {
      case IN_SYNC:
      case UNCONFIGURED:
        return true;
      case OFFLINE:
        return !document.devices().containsKey(status.id());
      default:
        return false;
    }
  }

  /** One switch; its name comes from the document. */
  static ObjectNode of(SwitchStatus status, ModelDocument document) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("device", status.id().toString());
    json.put("name", name(status, document));
    json.put("state", status.state().name());
    json.put("configured", document.devices().containsKey(status.id()));
    json.put("available", status.link() != Fabric.Link.OFFLINE);
    json.put("master", status.link() == Fabric.Link.HERE);
    json.set("entries", json(status.entries()));
    json.set("groups", json(status.groups()));
    json.set("meters", json(status.meters()));
    status.lastChange().ifPresent(at -> json.put("lastChange", at.toString()));
    status.lastError().ifPresent(error -> json.put("lastError", error));
    status.lastErrorAt().ifPresent(at -> json.put("lastErrorAt", at.toString()));
    ArrayNode reasons = json.putArray("reasons");
    status.reasons().forEach(reasons::add);
    ArrayNode pending = json.putArray("pending");
    status.pending().forEach(p -> pending.add(ModelWriter.toJson(p)));
    ArrayNode diagnostics = json.putArray("diagnostics");
    status.diagnostics().forEach(d -> diagnostics.add(FlowTablesJson.of(d)));
    ArrayNode warnings = json.putArray("warnings");
    status.notices().forEach(n -> warnings.add(json(n)));
    return json;
  }

  /** What people call a switch; its id if nobody has named it. */
  public static String name(SwitchStatus status, ModelDocument document) {
    return document.devices().containsKey(status.id())
        ? document.devices().get(status.id()).name().orElse(status.id().toString())
        : status.id().toString();
  }

  private static ObjectNode json(Progress progress) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("desired", progress.desired())
        .put("observed", progress.observed())
        .put("pending", progress.pending())
        .put("failed", progress.failed());
  }

  private static ObjectNode json(Notice notice) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("subject", notice.subject())
        .put("message", notice.message())
        .put("remedy", notice.remedy());
  }
}
