/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.driver;

import com.google.common.collect.ImmutableMap;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.onosproject.net.flow.Extension;
import org.onosproject.net.flow.instructions.ExtensionPropertyException;

/**
 * An extension whose properties are declared with their ranges, so that a wrong value is refused
 * when it is set and not when a switch answers. Extensions are mutable because ONOS's model creates
 * them empty and then sets their properties; treat one as immutable as soon as it is part of a
 * rule.
 */
abstract class AbstractTypedExtension implements Extension {

  private final Map<String, ExtensionProperty> properties = new LinkedHashMap<>();
  private final Map<String, Object> values = new LinkedHashMap<>();

  AbstractTypedExtension(ExtensionProperty... declared) {
    for (ExtensionProperty property : declared) {
      properties.put(property.name(), property);
      values.put(property.name(), property.decode(new byte[property.length()]));
    }
  }

  @Override
  public final <T> void setPropertyValue(String key, T value) throws ExtensionPropertyException {
    values.put(key, property(key).accept(value));
  }

  @Override
  @SuppressWarnings("unchecked") // the caller names the type, as ONOS's interface demands
  public final <T> T getPropertyValue(String key) throws ExtensionPropertyException {
    property(key);
    return (T) values.get(key);
  }

  @Override
  public final List<String> getProperties() {
    return new ArrayList<>(properties.keySet());
  }

  private ExtensionProperty property(String key) throws ExtensionPropertyException {
    ExtensionProperty property = properties.get(key);
    if (property == null) {
      throw new ExtensionPropertyException(
          getClass().getSimpleName()
              + " has no property "
              + key
              + ": it has "
              + properties.keySet());
    }
    return property;
  }

  /** The values by property name, in the order of declaration. */
  final Map<String, Object> values() {
    return ImmutableMap.copyOf(values);
  }

  /** Sets all properties from text; a missing or superfluous one is an error that names it. */
  final void parse(Map<String, String> texts) {
    if (!texts.keySet().equals(properties.keySet())) {
      throw new IllegalArgumentException(
          getClass().getSimpleName()
              + " has the properties "
              + properties.keySet()
              + ", not "
              + texts.keySet());
    }
    texts.forEach((name, text) -> values.put(name, properties.get(name).parse(text)));
  }

  final long number(String key) {
    return ((Number) values.get(key)).longValue();
  }

  final Object value(String key) {
    return values.get(key);
  }

  final void set(String key, Object value) {
    try {
      setPropertyValue(key, value);
    } catch (ExtensionPropertyException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public byte[] serialize() {
    ByteBuffer buffer =
        ByteBuffer.allocate(properties.values().stream().mapToInt(ExtensionProperty::length).sum());
    properties.forEach((name, property) -> buffer.put(property.encode(values.get(name))));
    return buffer.array();
  }

  @Override
  public void deserialize(byte[] data) {
    int offset = 0;
    for (ExtensionProperty property : properties.values()) {
      if (offset + property.length() > data.length) {
        throw new IllegalArgumentException(
            getClass().getSimpleName()
                + " ends before property "
                + property.name()
                + ": "
                + Arrays.toString(data));
      }
      values.put(
          property.name(),
          property.decode(Arrays.copyOfRange(data, offset, offset + property.length())));
      offset += property.length();
    }
    if (offset != data.length) {
      throw new IllegalArgumentException(
          getClass().getSimpleName() + " has " + offset + " bytes, not " + data.length);
    }
  }

  @Override
  public boolean equals(Object other) {
    return this == other || ExtensionIdentity.areSame(this, other);
  }

  @Override
  public int hashCode() {
    return ExtensionIdentity.hash(this);
  }

  @Override
  public String toString() {
    return getClass().getSimpleName() + values;
  }
}
