/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tracing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.Lists;
import java.util.List;
import java.util.Optional;
import org.overlane.config.FlowTablesJson;
import org.overlane.flowrules.feature.PacketClass;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.trace.Disposition;
import org.overlane.flowrules.trace.TracedPacket;
import org.overlane.flowrules.trace.path.ControllerDecision;
import org.overlane.flowrules.trace.path.PathEnd;
import org.overlane.flowrules.trace.path.PathStep;

/**
 * A way as JSON; lengths are bytes, those of frames with Ethernet header, those of outer packets
 * with IP header. Entries are as in {@link FlowTablesJson}, with the place of their documentation:
 *
 * <pre>
 * {"verdict": "Delivered to vm3.", "results": ["delivered"],
 *  "packet": {"description": "TCP ...", "length": 1514, "fragment": "whole", "inPort": 11},
 *  "from": {"device": "of:...", "endpoint": "vm1"}, "to": {"endpoint": "vm3"},
 *  "limit": {"mtu": 1450, "derivation": "1450 = ..."},
 *  "steps": [{"step": "switch", "depth": 0, "device": "of:...", "inPort": 11, "outer": false,
 *             "lengths": [1514], "entries": [{..., "documentation": "docs/pipeline.md#vm-ingress"}],
 *             "ends": [{"end": "output", "port": 100}]},
 *            {"step": "controller", "reason": "answered-ipv4", "explanation": "...",
 *             "answer": {"message": "ICMP type 3 code 4", "mtu": 1450, "source": "10.0.0.13"},
 *             "lengths": []},
 *            {"step": "encapsulated", "mode": "native", "vni": 100, "to": "of:...",
 *             "family": "ipv4", "source": "192.0.2.1", "destination": "192.0.2.2",
 *             "frames": [1514], "packets": [1550]},
 *            {"step": "fragmented", "by": "endpoint", "mtu": 1500, "before": 1550,
 *             "after": [1500, 70]},
 *            {"step": "reassembled", "fragments": 2, "length": 1550},
 *            {"step": "decapsulated", "mode": "native", "vni": 100, "port": 10, "frames": [1514]},
 *            {"step": "end", "kind": "delivered", "cause": "output", "port": 11,
 *             "endpoints": ["vm3"], "reason": "", "lengths": [1514]}]}
 * </pre>
 *
 * Kinds of ends are {@code delivered}, {@code to-management-os}, {@code to-underlay}, {@code
 * at-other-port}, {@code answered}, {@code dropped}, {@code lost} and {@code not-sent-back}. An end
 * that depends on the bucket which a switch chooses from a group of type select has {@code
 * "onlyIf": [{"device": "of:...", "group": 7, "bucket": 1, "buckets": 2}]}, buckets counted from 1.
 */
public final class PathJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private PathJson() {}

  public static ObjectNode of(TraceAnswer answer) {
    ObjectNode json = JSON.objectNode().put("verdict", Conclusion.of(answer));
    ArrayNode results = json.putArray("results");
    Conclusion.kinds(answer).forEach(k -> results.add(FlowTablesJson.word(k)));
    TraceStart start = answer.start();
    TracedPacket packet = start.packet();
    ObjectNode sent =
        json.putObject("packet")
            .put("description", Words.packet(packet))
            .put("length", packet.length())
            .put("fragment", FlowTablesJson.word(packet.fragment()));
    FlowTablesJson.putPort(sent, "inPort", packet.inPort());
    ObjectNode from = json.putObject("from").put("device", start.node().toString());
    start.from().ifPresent(e -> from.put("endpoint", e.id()));
    start.to().ifPresent(e -> json.putObject("to").put("endpoint", e.id()));
    answer
        .limit()
        .ifPresent(
            l -> json.putObject("limit").put("mtu", l.ipMtu()).put("derivation", l.derivation()));
    ArrayNode steps = json.putArray("steps");
    answer.trace().steps().forEach(s -> steps.add(s.accept(new Steps())));
    return json;
  }

  private static void lengths(ObjectNode json, String name, List<Integer> bytes) {
    ArrayNode list = json.putArray(name);
    bytes.forEach(list::add);
  }

  private static ObjectNode entry(FlowEntry entry) {
    ObjectNode json = FlowTablesJson.of(entry);
    PacketClass.of(entry.cookie())
        .ifPresent(c -> json.put("purpose", c.purpose()).put("documentation", c.documentation()));
    return json;
  }

  /** One object for each step. */
  private static final class Steps implements PathStep.Visitor<ObjectNode> {
    private static ObjectNode step(PathStep step, String name) {
      return JSON.objectNode()
          .put("step", name)
          .put("depth", step.depth())
          .put("device", step.node().toString());
    }

    @Override
    public ObjectNode inSwitch(PathStep.InSwitch step) {
      ObjectNode json = step(step, step.isPacketOut() ? "packet-out" : "switch");
      FlowTablesJson.putPort(json, "inPort", step.trace().packet().inPort());
      json.put("outer", step.isOuter());
      lengths(
          json,
          "lengths",
          step.isOuter() ? Words.packetLengths(step.packets()) : frames(step.packets()));
      ArrayNode entries = json.putArray("entries");
      step.trace().entries().forEach(e -> entries.add(entry(e)));
      ArrayNode ends = json.putArray("ends");
      for (Disposition end : step.trace().dispositions()) {
        ObjectNode one = ends.addObject().put("end", FlowTablesJson.word(end.kind()));
        end.port().ifPresent(p -> FlowTablesJson.putPort(one, "port", p));
      }
      return json;
    }

    private static List<Integer> frames(List<TracedPacket> packets) {
      return Lists.transform(packets, TracedPacket::length);
    }

    @Override
    public ObjectNode atController(PathStep.AtController step) {
      ControllerDecision decision = step.decision();
      ObjectNode json =
          step(step, "controller")
              .put("decision", FlowTablesJson.word(decision.kind()))
              .put("reason", decision.reason())
              .put("explanation", decision.explanation());
      decision
          .answer()
          .ifPresent(
              a ->
                  json.putObject("answer")
                      .put("message", a.message())
                      .put("mtu", a.mtu())
                      .put("source", a.source().toString()));
      lengths(json, "lengths", frames(decision.packets()));
      decision.packets().stream()
          .map(TracedPacket::mss)
          .filter(Optional::isPresent)
          .findFirst()
          .ifPresent(mss -> json.put("mss", mss.get()));
      decision.exception().ifPresent(e -> json.set("exception", entry(e)));
      return json;
    }

    @Override
    public ObjectNode encapsulated(PathStep.Encapsulated step) {
      ObjectNode json = step(step, "encapsulated").put("mode", step.mode().text());
      FlowTablesJson.putPort(json, "port", step.port());
      json.put("vni", step.vni().toInt())
          .put("to", step.to().toString())
          .put("family", step.family().text());
      step.source().ifPresent(a -> json.put("source", a.toString()));
      step.destination().ifPresent(a -> json.put("destination", a.toString()));
      lengths(json, "frames", step.frames());
      lengths(json, "packets", step.packets());
      return json;
    }

    @Override
    public ObjectNode fragmented(PathStep.Fragmented step) {
      ObjectNode json =
          step(step, "fragmented")
              .put("by", step.byUnderlay() ? "underlay" : "endpoint")
              .put("narrow", step.narrow().toString())
              .put("mtu", step.mtu())
              .put("before", step.before());
      lengths(json, "after", step.after());
      return json;
    }

    @Override
    public ObjectNode reassembled(PathStep.Reassembled step) {
      return step(step, "reassembled")
          .put("fragments", step.fragments())
          .put("length", step.length());
    }

    @Override
    public ObjectNode decapsulated(PathStep.Decapsulated step) {
      ObjectNode json =
          step(step, "decapsulated").put("mode", step.mode().text()).put("vni", step.vni().toInt());
      FlowTablesJson.putPort(json, "port", step.port());
      lengths(json, "frames", step.frames());
      return json;
    }

    @Override
    public ObjectNode ended(PathStep.Ended step) {
      PathEnd end = step.end();
      ObjectNode json =
          step(step, "end")
              .put("kind", FlowTablesJson.word(end.kind()))
              .put("cause", end.cause().text());
      end.port().ifPresent(p -> FlowTablesJson.putPort(json, "port", p));
      ArrayNode endpoints = json.putArray("endpoints");
      end.endpoints().forEach(e -> endpoints.add(e.id()));
      end.entry().ifPresent(e -> json.set("entry", entry(e)));
      json.put("reason", end.reason());
      if (!end.choices().isEmpty()) {
        ArrayNode choices = json.putArray("onlyIf");
        end.choices()
            .forEach(
                c ->
                    choices
                        .addObject()
                        .put("device", c.node().toString())
                        .put("group", c.choice().groupId())
                        .put("bucket", c.choice().bucket() + 1)
                        .put("buckets", c.choice().buckets()));
      }
      lengths(json, "lengths", frames(end.packets()));
      return json;
    }
  }
}
