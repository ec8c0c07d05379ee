/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.openflow;

import com.google.auto.value.AutoValue;

/** A value of a field and the mask of the bits that count. Immutable. */
@AutoValue
public abstract class FieldValue {
  FieldValue() {}

  public abstract Field field();

  /** Zero wherever the mask is zero. */
  public abstract Bits value();

  public abstract Bits mask();

  /** Whether all bits of the field count. */
  public boolean isExact() {
    return mask().equals(field().allBits());
  }

  public static FieldValue exact(Field field, Bits value) {
    return masked(field, value, field.allBits());
  }

  public static FieldValue exact(Field field, long value) {
    return exact(field, Bits.of(value));
  }

  /**
   * A masked value.
   *
   * @throws IllegalArgumentException if value or mask exceeds the field, the mask is zero, or the
   *     value has a bit that the mask lacks (OpenFlow 1.3.5 section 7.2.3.5: OFPBMC_BAD_WILDCARDS)
   */
  public static FieldValue masked(Field field, Bits value, Bits mask) {
    if (!field.allBits().contains(mask)) {
      throw new IllegalArgumentException(
          field + " has " + field.bits() + " bits, the mask is " + mask);
    }
    if (mask.isZero()) {
      throw new IllegalArgumentException(
          field + ": a zero mask matches everything; leave the field out");
    }
    if (!mask.contains(value)) {
      throw new IllegalArgumentException(
          field + ": value " + value + " has bits outside the mask " + mask);
    }
    return new AutoValue_FieldValue(field, value, mask);
  }

  /** Field, value and, unless all bits count, mask. */
  @Override
  public final String toString() {
    return field() + "=" + value() + (isExact() ? "" : "/" + mask());
  }
}
