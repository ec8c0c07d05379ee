/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.CharMatcher;

/**
 * The JSON Schema (draft 7) of the model document, for editors and checks elsewhere. It takes
 * whatever {@link ModelReader} takes, and refuses what is wrong within one object. What objects say
 * about each other, it cannot see.
 */
public final class ModelSchema {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ModelSchema() {}

  /** The schema; the caller may change it. */
  public static ObjectNode json() {
    ObjectNode schema = JSON.objectNode().put("$schema", "http://json-schema.org/draft-07/schema#");
    schema.put("title", "Overlane model document");
    schema.setAll(of(ModelObject.DOCUMENT));
    ObjectNode definitions = schema.putObject("definitions");
    for (ModelObject object : ModelObject.values()) {
      if (object != ModelObject.DOCUMENT) {
        definitions.set(object.definition(), of(object));
      }
    }
    device(definitions.with(ModelObject.DEVICE.definition()));
    tunnel(definitions.with(ModelObject.TUNNEL.definition()));
    return schema;
  }

  private static ObjectNode of(ModelObject object) {
    ObjectNode schema = JSON.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = JSON.arrayNode();
    for (ModelField field : object.fields()) {
      ObjectNode property = field.type().schema();
      // Draft 7 disregards what stands beside a reference.
      if (property.has("$ref")) {
        ObjectNode reference = property;
        property = JSON.objectNode();
        property.putArray("allOf").add(reference);
      }
      properties.set(field.name(), property.put("description", plain(field.meaning())));
      if (field.required()) {
        required.add(field.name());
      }
    }
    if (required.size() > 0) {
      schema.set("required", required);
    }
    return schema.put("additionalProperties", false);
  }

  /** Without the marks of Markdown; links go by their text. */
  private static String plain(String markdown) {
    return CharMatcher.is('`').removeFrom(markdown.replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1"));
  }

  /** What one field of a device means for others. */
  private static void device(ObjectNode device) {
    device.putObject("dependencies").putArray("provision").add("ovsdb");
    ArrayNode all = device.putArray("allOf");
    ObjectNode plain = all.addObject();
    ObjectNode condition = plain.putObject("if");
    condition.putObject("properties").putObject("profile").put("const", "openflow13");
    condition.putArray("required").add("profile");
    ObjectNode then = plain.putObject("then").putObject("properties");
    then.put("fragmentRate", false);
    then.putObject("tunnel")
        .putObject("properties")
        .putObject("mode")
        .putObject("not")
        .put("const", "native");
  }

  /** Which of port and ports a mode has. */
  private static void tunnel(ObjectNode tunnel) {
    ObjectNode condition = tunnel.putObject("if").putObject("properties");
    condition.putObject("mode").put("const", "native");
    tunnel.putObject("then").putObject("properties").put("ports", false);
    ObjectNode otherwise = tunnel.putObject("else");
    otherwise.putObject("properties").put("port", false);
    otherwise.putArray("required").add("ports");
  }
}
