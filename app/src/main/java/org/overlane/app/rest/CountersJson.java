/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.overlane.app.api.ClassCounters;
import org.overlane.config.FlowTablesJson;
import org.overlane.flowrules.model.NodeId;

/**
 * What the entries of a switch have counted, as JSON: {@code {"device": "of:...", "classes":
 * [{"packetClass": "vxlan-receive", "title": "...", "entries": 1, "packets": 7, "bytes": 700}]}}.
 */
public final class CountersJson {
  private CountersJson() {}

  public static ObjectNode of(NodeId device, Iterable<ClassCounters> counters) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("device", device.toString());
    ArrayNode classes = json.putArray("classes");
    for (ClassCounters counted : counters) {
      classes
          .addObject()
          .put("packetClass", FlowTablesJson.word(counted.packetClass()))
          .put("title", counted.packetClass().title())
          .put("entries", counted.entries())
          .put("packets", counted.packets())
          .put("bytes", counted.bytes());
    }
    return json;
  }
}
