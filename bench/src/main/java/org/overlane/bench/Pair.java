/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.bench;

import com.google.common.primitives.Ints;
import org.overlane.flowrules.model.IpAddress;

/** Two hosts in a network. No record, since object layouts of records cannot be measured. */
final class Pair {
  private final int vni;
  private final IpAddress source;
  private final IpAddress destination;

  private Pair(int vni, IpAddress source, IpAddress destination) {
    this.vni = vni;
    this.source = source;
    this.destination = destination;
  }

  /** A pair of its own for each number. */
  static Pair of(int number) {
    return new Pair(
        100,
        IpAddress.of(Ints.toByteArray(0x0a00_0000 + number)),
        IpAddress.of(Ints.toByteArray(0x0b00_0000 + number)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Pair that
        && that.vni == vni
        && that.source.equals(source)
        && that.destination.equals(destination);
  }

  @Override
  public int hashCode() {
    return (vni * 31 + source.hashCode()) * 31 + destination.hashCode();
  }
}
