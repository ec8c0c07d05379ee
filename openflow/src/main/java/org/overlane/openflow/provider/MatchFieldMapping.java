/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import java.util.Optional;
import org.onosproject.net.flow.criteria.Criterion;
import org.overlane.openflow.codec.Bytes;
import org.overlane.openflow.codec.RawOxm;

/**
 * How one kind of ONOS criterion is written as an OXM field of class 0x8000, and read again.
 * Immutable.
 */
final class MatchFieldMapping {

  /** The value of a criterion in the byte order of the wire. */
  interface ValueOf {
    Bytes of(Criterion criterion) throws UnsupportedRuleException;
  }

  /** The mask of a criterion; absent for an exact match. */
  interface MaskOf {
    Optional<Bytes> of(Criterion criterion);
  }

  /** The criterion for a value and a mask; empty if ONOS cannot say it. */
  interface Reader {
    Optional<Criterion> read(Bytes value, Optional<Bytes> mask);
  }

  private final int field;
  private final ValueOf valueOf;
  private final MaskOf maskOf;
  private final Reader reader;

  MatchFieldMapping(int field, ValueOf valueOf, MaskOf maskOf, Reader reader) {
    this.field = field;
    this.valueOf = valueOf;
    this.maskOf = maskOf;
    this.reader = reader;
  }

  /** OXM field number (OpenFlow 1.3.5 section 7.2.3.7). */
  int field() {
    return field;
  }

  RawOxm write(Criterion criterion) throws UnsupportedRuleException {
    Bytes value = valueOf.of(criterion);
    Optional<Bytes> mask = maskOf.of(criterion).filter(m -> !m.isAllOnes());
    return mask.isPresent()
        ? RawOxm.masked(Oxm.BASIC, field, value, mask.get())
        : RawOxm.exact(Oxm.BASIC, field, value);
  }

  Optional<Criterion> read(RawOxm oxm) {
    return reader.read(oxm.value(), oxm.isMasked() ? Optional.of(oxm.mask()) : Optional.empty());
  }
}
