/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.driver;

import com.google.common.collect.ImmutableList;
import com.google.common.io.BaseEncoding;
import java.util.List;
import org.onosproject.net.flow.Extension;
import org.onosproject.net.flow.instructions.ExtensionPropertyException;

/**
 * Bytes of the wire that have no meaning here. The only property, "bytes", is hexadecimal text and
 * read-only.
 */
abstract class AbstractRawExtension implements Extension {

  static final String BYTES = "bytes";

  private byte[] octets;

  AbstractRawExtension(byte[] octets) {
    this.octets = octets.clone();
  }

  public final byte[] octets() {
    return octets.clone();
  }

  @Override
  public final <T> void setPropertyValue(String key, T value) throws ExtensionPropertyException {
    throw new ExtensionPropertyException(
        key + ": " + getClass().getSimpleName() + " was read from a switch and cannot be edited");
  }

  @Override
  @SuppressWarnings("unchecked") // the caller names the type, as ONOS's interface demands
  public final <T> T getPropertyValue(String key) throws ExtensionPropertyException {
    if (!BYTES.equals(key)) {
      throw new ExtensionPropertyException(
          getClass().getSimpleName() + " has only the property bytes, not " + key);
    }
    return (T) hex();
  }

  @Override
  public final List<String> getProperties() {
    return ImmutableList.of(BYTES);
  }

  final String hex() {
    return BaseEncoding.base16().lowerCase().encode(octets);
  }

  @Override
  public final byte[] serialize() {
    return octets.clone();
  }

  @Override
  public final void deserialize(byte[] data) {
    octets = data.clone();
  }

  @Override
  public final boolean equals(Object other) {
    return this == other || ExtensionIdentity.areSame(this, other);
  }

  @Override
  public final int hashCode() {
    return ExtensionIdentity.hash(this);
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName() + "{" + hex() + "}";
  }
}
