/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.frames;

import com.google.auto.value.AutoValue;
import org.overlane.flowrules.model.MacAddress;

/** What a probe says of itself. Immutable. */
@AutoValue
public abstract class ProbeFrame {
  ProbeFrame() {}

  /** Whom it is for. */
  public abstract MacAddress destination();

  /** Who has sent it. */
  public abstract MacAddress source();

  /** Names the probe among all of one controller. */
  public abstract long id();

  /** Bytes of the frame: Ethernet header included, FCS not. */
  public abstract int length();

  /** Microseconds of the sender's clock, of which only differences have a meaning. */
  public abstract long sentMicros();

  /**
   * A probe.
   *
   * @throws IllegalArgumentException if the length is not {@value ProbeFrames#SHORTEST} to {@value
   *     ProbeFrames#LONGEST}
   */
  public static ProbeFrame of(
      MacAddress source, MacAddress destination, long id, int length, long sentMicros) {
    if (length < ProbeFrames.SHORTEST || length > ProbeFrames.LONGEST) {
      throw new IllegalArgumentException(
          "a probe has "
              + ProbeFrames.SHORTEST
              + " to "
              + ProbeFrames.LONGEST
              + " bytes, not "
              + length);
    }
    return new AutoValue_ProbeFrame(destination, source, id, length, sentMicros);
  }
}
