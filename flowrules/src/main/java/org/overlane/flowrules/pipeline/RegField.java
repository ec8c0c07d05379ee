/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.pipeline;

import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;

/**
 * Some bits of a register or of the metadata, under a name. All of them are declared here, so that
 * no two can share a bit by accident.
 */
public enum RegField {
  /** The VNI of the packet where tunnel_id is not writable at ingress: profile openflow13. */
  VNI(Field.METADATA, 0, 24),
  /** Whether the frame is too large for the underlay once it is encapsulated. */
  OVERSIZE(Field.REG0, 0, 1),
  /** Whether the tunnel endpoint fragments outer packets that are too large. */
  ENDPOINT_FRAGMENTS(Field.REG0, 1, 1),
  /** The tunnel port of the remote, where there is one for each: profile ovs. */
  TUNNEL_PORT(Field.REG1, 0, 32);

  private final Field field;
  private final int offset;
  private final int width;
  private final Bits mask;

  RegField(Field field, int offset, int width) {
    if (offset < 0 || width < 1 || offset + width > field.bits()) {
      throw new IllegalArgumentException(
          field + " has " + field.bits() + " bits: no room for " + width + " from bit " + offset);
    }
    this.field = field;
    this.offset = offset;
    this.width = width;
    this.mask = Bits.of(Bits.ones(width).low() << offset);
  }

  public Field field() {
    return field;
  }

  /** The number of its lowest bit. */
  public int offset() {
    return offset;
  }

  public Bits mask() {
    return mask;
  }

  /**
   * The value, to match or to set.
   *
   * @throws IllegalArgumentException if the number does not fit the bits
   */
  public FieldValue of(long number) {
    if (number < 0 || number > Bits.ones(width).low()) {
      throw new IllegalArgumentException(name() + " has " + width + " bits, too few for " + number);
    }
    return FieldValue.masked(field, Bits.of(number << offset), mask);
  }
}
