/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalInt;
import org.overlane.app.probing.Tunnel;
import org.overlane.app.probing.TunnelEvent;
import org.overlane.app.probing.TunnelReport;
import org.overlane.app.probing.TunnelState;
import org.overlane.app.probing.TunnelStatus;
import org.overlane.app.probing.WireCounters;
import org.overlane.config.ModelWriter;
import org.overlane.tunnels.probing.PathState;
import org.overlane.tunnels.probing.ProbePath;
import org.overlane.tunnels.probing.ProbingReport;

/** Tunnels and their events, as JSON. */
public final class TunnelsJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private TunnelsJson() {}

  /** One page, as text. */
  public static String text(TunnelReport report, Page<TunnelStatus> page) {
    return ModelWriter.text(of(report, page));
  }

  /** The events, as text. */
  public static String events(TunnelReport report) {
    return ModelWriter.text(ofEvents(report));
  }

  static ObjectNode of(TunnelReport report, Page<TunnelStatus> page) {
    ObjectNode json = JSON.objectNode();
    json.set("probing", probing(report));
    ArrayNode tunnels = json.putArray("tunnels");
    page.rows().forEach(t -> tunnels.add(of(t)));
    page.next().ifPresent(next -> json.put("next", next));
    return json;
  }

  static ObjectNode ofEvents(TunnelReport report) {
    ObjectNode json = JSON.objectNode();
    ArrayNode events = json.putArray("events");
    report.events().forEach(e -> events.add(of(e)));
    return json;
  }

  private static ObjectNode probing(TunnelReport report) {
    ObjectNode json = JSON.objectNode().put("mode", report.config().mode().text());
    report.prober().ifPresent(p -> put(json, p));
    WireCounters wire = report.wire();
    return json.put("forged", wire.forged())
        .put("malformed", wire.malformed())
        .put("repeated", wire.repeated())
        .put("misdirected", wire.misdirected());
  }

  private static void put(ObjectNode json, ProbingReport prober) {
    json.put("planned", prober.planned())
        .put("probed", prober.probed())
        .put("waiting", prober.waiting())
        .put("behindMillis", prober.behind())
        .put("sent", prober.sent())
        .put("notSent", prober.notSent())
        .put("arrived", prober.arrived())
        .put("late", prober.late())
        .put("lost", prober.lost());
  }

  static ObjectNode of(TunnelStatus status) {
    Tunnel tunnel = status.tunnel();
    ObjectNode json = JSON.objectNode();
    put(json, tunnel.path());
    tunnel.source().ifPresent(a -> json.put("source", a.toString()));
    tunnel.destination().ifPresent(a -> json.put("destination", a.toString()));
    json.put("state", status.state().text())
        .put("since", status.since().toString())
        .put("why", status.why())
        .put("network", tunnel.network().toString())
        .put("endpoints", tunnel.use())
        .put("underlayMtu", tunnel.bound());
    put(json, "limit", status.limit());
    status.probed().ifPresent(p -> json.set("probed", of(status, p)));
    return json;
  }

  private static ObjectNode of(TunnelStatus status, PathState path) {
    ObjectNode json = JSON.objectNode().put("status", path.status().text());
    put(json, "confirmed", path.confirmed());
    put(json, "smallestLost", path.smallestLost());
    json.put("lost", path.lost()).put("judged", path.judged());
    path.fastestMicros().ifPresent(micros -> json.put("fastestMicros", micros));
    path.smoothedMicros().ifPresent(micros -> json.put("smoothedMicros", micros));
    status.lastArrival().ifPresent(at -> json.put("lastArrival", at.toString()));
    return json;
  }

  private static ObjectNode of(TunnelEvent event) {
    ObjectNode json = JSON.objectNode().put("at", event.at().toString());
    put(json, event.path());
    event.before().map(TunnelState::text).ifPresent(s -> json.put("before", s));
    event.after().map(TunnelState::text).ifPresent(s -> json.put("after", s));
    put(json, "limitBefore", event.limitBefore());
    put(json, "limitAfter", event.limitAfter());
    return json.put("why", event.why());
  }

  private static void put(ObjectNode json, ProbePath path) {
    json.put("from", path.from().toString())
        .put("to", path.to().toString())
        .put("family", path.family().text());
  }

  private static void put(ObjectNode json, String name, OptionalInt bytes) {
    bytes.ifPresent(b -> json.put(name, b));
  }
}
