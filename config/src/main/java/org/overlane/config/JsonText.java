/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Turns text into a JSON tree more strictly than Jackson's own tree reader, which recurses as
 * deeply as the text nests, takes the last of duplicate keys, and converts numbers of any length.
 */
final class JsonText {
  private static final JsonFactory FACTORY =
      // A symbol table shared between documents can be filled with colliding names.
      new JsonFactory().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES);

  private static final int LONGEST_LONG = 18;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Problems problems;
  private final ReaderLimits limits;
  private final Deque<Frame> open = new ArrayDeque<>();
  private int values;

  private JsonText(ReaderLimits limits, Problems problems) {
    this.limits = limits;
    this.problems = problems;
  }

  /** A number that is no integer of 64 bits: kept as text, since nothing can use it. */
  static final class OddNumber extends POJONode {
    private static final long serialVersionUID = 1L;

    OddNumber(String text) {
      super(text);
    }

    @Override
    public String toString() {
      return getPojo().toString();
    }
  }

  /** The tree, or nothing but a problem. Duplicate keys are problems too, the first one counts. */
  static Optional<JsonNode> parse(String text, ReaderLimits limits, Problems problems) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      return new JsonText(limits, problems).parse(parser);
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null
              ? ""
              : " at line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr();
      problems.add(
          "",
          "",
          "is not JSON" + where + ": " + firstLine(e.getOriginalMessage()),
          "Mend the JSON");
      return Optional.empty();
    } catch (IOException e) {
      throw new AssertionError("reading from memory cannot fail", e);
    }
  }

  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    String line = end < 0 ? message : message.substring(0, end);
    return line.length() > 200 ? line.substring(0, 200) + "..." : line;
  }

  private Optional<JsonNode> parse(JsonParser parser) throws IOException {
    if (parser.nextToken() == null) {
      problems.add("", "", "is empty", "Give a JSON object");
      return Optional.empty();
    }
    JsonNode root = null;
    do {
      JsonToken token = parser.currentToken();
      if (token.isStructEnd()) {
        open.pop();
      } else if (token == JsonToken.FIELD_NAME) {
        open.peek().key = parser.getCurrentName();
      } else {
        JsonNode node = node(parser, token);
        if (!attach(node)) {
          return Optional.empty();
        }
        root = root == null ? node : root;
      }
    } while (!open.isEmpty() && parser.nextToken() != null);
    if (parser.nextToken() != null) {
      problems.add("", "", "goes on after its end", "Give one JSON value only");
      return Optional.empty();
    }
    return Optional.of(root);
  }

  /** Puts the node where it belongs; false if a limit is exceeded and reading must end. */
  private boolean attach(JsonNode node) {
    values++;
    if (values > limits.values()) {
      problems.add(
          "", "", "has more than " + limits.values() + " values", "Send it in several parts");
      return false;
    }
    if (!open.isEmpty()) {
      Frame parent = open.peek();
      if (parent.container instanceof ArrayNode) {
        ((ArrayNode) parent.container).add(node);
      } else if (parent.container.has(parent.key)) {
        problems.add(
            parent.path() + Cursor.step(parent.key),
            Problems.shorten(node),
            "is given twice in one object",
            "Leave one of them out");
      } else {
        ((ObjectNode) parent.container).set(parent.key, node);
      }
    }
    if (node instanceof ContainerNode) {
      if (open.size() == ReaderLimits.DEPTH) {
        problems.add(
            open.peek().path(),
            "",
            "is nested deeper than " + ReaderLimits.DEPTH + " levels",
            "See the documentation of the model for its form");
        return false;
      }
      open.push(new Frame(open.peek(), (ContainerNode<?>) node));
    }
    return true;
  }

  private static JsonNode node(JsonParser parser, JsonToken token) throws IOException {
    switch (token) {
      case START_OBJECT:
        return NODES.objectNode();
      case START_ARRAY:
        return NODES.arrayNode();
      case VALUE_STRING:
        return NODES.textNode(parser.getText());
      case VALUE_TRUE:
        return NODES.booleanNode(true);
      case VALUE_FALSE:
        return NODES.booleanNode(false);
      case VALUE_NUMBER_INT:
        String text = parser.getText();
        return text.length() <= LONGEST_LONG
            ? NODES.numberNode(Long.parseLong(text))
            : new OddNumber(text);
      case VALUE_NUMBER_FLOAT:
        return new OddNumber(parser.getText());
      default:
        return NODES.nullNode();
    }
  }

  /** A container that is not closed yet, and where in it we are. */
  private static final class Frame {
    private final Frame parent;
    private final ContainerNode<?> container;
    private String key = "";

    Frame(Frame parent, ContainerNode<?> container) {
      this.parent = parent;
      this.container = container;
    }

    String path() {
      if (parent == null) {
        return "";
      }
      String step =
          parent.container instanceof ArrayNode
              ? "[" + (parent.container.size() - 1) + "]"
              : Cursor.step(parent.key);
      String path = parent.path() + step;
      return path.startsWith(".") ? path.substring(1) : path;
    }
  }
}
