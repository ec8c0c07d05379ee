/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.io.BaseEncoding;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.onosproject.net.flow.Extension;

/**
 * The JSON form of extensions: {@code {"type": "OVERLANE_CHECK_PKT_LARGER", "length": "1464",
 * "register": "9", "bit": "0"}}. Numbers may also be written as JSON numbers or as "0x..." when
 * read.
 */
final class ExtensionJson {

  private static final String TYPE = "type";

  private ExtensionJson() {}

  static <E extends Extension> void write(
      Map<String, Supplier<E>> kinds, E extension, ObjectNode json) {
    json.put(TYPE, nameOf(kinds, extension));
    if (extension instanceof AbstractRawExtension) {
      json.put(AbstractRawExtension.BYTES, ((AbstractRawExtension) extension).hex());
    } else if (extension instanceof AbstractTypedExtension) {
      ((AbstractTypedExtension) extension)
          .values()
          .forEach((name, value) -> json.put(name, value.toString()));
    }
  }

  private static <E extends Extension> String nameOf(Map<String, Supplier<E>> kinds, E extension) {
    return kinds.entrySet().stream()
        .filter(kind -> kind.getValue().get().getClass() == extension.getClass())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(() -> extension.getClass().getSimpleName());
  }

  /**
   * Reads what {@link #write} writes.
   *
   * @throws IllegalArgumentException naming the type, property or value that is wrong, and what is
   *     allowed
   */
  static <E extends Extension> E read(Map<String, Supplier<E>> kinds, ObjectNode json) {
    Supplier<E> kind = kinds.get(json.path(TYPE).asText());
    if (kind == null) {
      throw new IllegalArgumentException(
          "extension type " + json.path(TYPE) + " is unknown; there are " + kinds.keySet());
    }
    E extension = kind.get();
    Map<String, String> texts = new LinkedHashMap<>();
    json.fields()
        .forEachRemaining(
            field -> {
              if (!field.getKey().equals(TYPE)) {
                texts.put(field.getKey(), text(field.getValue()));
              }
            });
    if (extension instanceof AbstractTypedExtension) {
      ((AbstractTypedExtension) extension).parse(texts);
    } else {
      String hex = texts.getOrDefault(AbstractRawExtension.BYTES, "");
      extension.deserialize(BaseEncoding.base16().lowerCase().decode(hex));
    }
    return extension;
  }

  private static String text(JsonNode value) {
    return value.asText();
  }
}
