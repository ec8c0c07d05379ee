/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.driver;

import java.util.Arrays;
import java.util.function.Function;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onosproject.net.flow.instructions.ExtensionPropertyException;

/**
 * One named property of an extension: its range, its bytes in ONOS's stores and its form in JSON.
 * Immutable.
 */
final class ExtensionProperty {

  private final String name;
  private final int length;
  private final String range;
  private final Function<Object, byte[]> toBytes;
  private final Function<byte[], Object> fromBytes;
  private final Function<String, Object> parse;

  private ExtensionProperty(
      String name,
      int length,
      String range,
      Function<Object, byte[]> toBytes,
      Function<byte[], Object> fromBytes,
      Function<String, Object> parse) {
    this.name = name;
    this.length = length;
    this.range = range;
    this.toBytes = toBytes;
    this.fromBytes = fromBytes;
    this.parse = parse;
  }

  /** A whole number from 0 to max; its Java type is Integer, and Long where max exceeds an int. */
  static ExtensionProperty number(String name, long max) {
    boolean wide = max > Integer.MAX_VALUE;
    Function<Long, Object> box = n -> wide ? (Object) n : (Object) Math.toIntExact(n);
    return new ExtensionProperty(
        name,
        Long.BYTES,
        "a whole number, 0.." + max,
        value -> com.google.common.primitives.Longs.toByteArray(checked(value, max)),
        bytes -> box.apply(com.google.common.primitives.Longs.fromByteArray(bytes)),
        text -> box.apply(Long.decode(text)));
  }

  private static long checked(Object value, long max) {
    if (!(value instanceof Integer || value instanceof Long || value instanceof Short)) {
      throw new IllegalArgumentException("not a whole number");
    }
    long number = ((Number) value).longValue();
    if (number < 0 || number > max) {
      throw new IllegalArgumentException("out of range");
    }
    return number;
  }

  static ExtensionProperty ip4(String name) {
    return new ExtensionProperty(
        name,
        Ip4Address.BYTE_LENGTH,
        "an IPv4 address",
        value -> ((Ip4Address) value).toOctets(),
        Ip4Address::valueOf,
        Ip4Address::valueOf);
  }

  static ExtensionProperty ip6(String name) {
    return new ExtensionProperty(
        name,
        Ip6Address.BYTE_LENGTH,
        "an IPv6 address",
        value -> ((Ip6Address) value).toOctets(),
        Ip6Address::valueOf,
        Ip6Address::valueOf);
  }

  String name() {
    return name;
  }

  /** Bytes that a value takes in {@link #encode}. */
  int length() {
    return length;
  }

  /** Checks the value and returns it in the property's own Java type. */
  Object accept(Object value) throws ExtensionPropertyException {
    try {
      return fromBytes.apply(toBytes.apply(value));
    } catch (RuntimeException e) {
      throw new ExtensionPropertyException(
          "property " + name + " = " + value + ": it has to be " + range, e);
    }
  }

  byte[] encode(Object value) {
    return toBytes.apply(value);
  }

  Object decode(byte[] bytes) {
    if (bytes.length != length) {
      throw new IllegalArgumentException(
          "property "
              + name
              + " has "
              + Arrays.toString(bytes)
              + ": "
              + length
              + " bytes expected");
    }
    return fromBytes.apply(bytes);
  }

  /**
   * Reads the form that {@code toString} of a value gives; numbers may be hexadecimal, too (0x...).
   */
  Object parse(String text) {
    try {
      return accept(parse.apply(text));
    } catch (RuntimeException | ExtensionPropertyException e) {
      throw new IllegalArgumentException(name + ": \"" + text + "\" is not " + range, e);
    }
  }
}
