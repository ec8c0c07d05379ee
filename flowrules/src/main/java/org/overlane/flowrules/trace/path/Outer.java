/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace.path;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import org.overlane.flowrules.trace.TracedPacket;

/** A frame in its outer packet, which may have been fragmented. */
@AutoValue
abstract class Outer {
  /** What is inside. */
  abstract TracedPacket frame();

  /** Bytes of the outer packet with its IP header. */
  abstract int length();

  /** Bytes of what is on its way, with IP header: the packet itself, or its fragments. */
  abstract ImmutableList<Integer> pieces();

  static Outer of(TracedPacket frame, int length, ImmutableList<Integer> pieces) {
    return new AutoValue_Outer(frame, length, pieces);
  }

  boolean isFragmented() {
    return pieces().size() > 1;
  }
}
