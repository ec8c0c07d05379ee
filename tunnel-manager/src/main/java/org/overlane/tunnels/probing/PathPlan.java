/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.probing;

import com.google.auto.value.AutoValue;
import java.util.OptionalInt;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.PathLimit;

/** A path that is to be probed, and between which sizes. Sizes are bytes with outer IP header. */
@AutoValue
public abstract class PathPlan {
  /** What IPv4 is taken to carry everywhere: BASE_PLPMTU, RFC 8899 section 5.1.2. */
  public static final int IPV4_BASE = 1200;

  /** Every IPv6 link carries it: RFC 8200 section 5; RFC 8899 section 5.1.2. */
  public static final int IPV6_BASE = PathLimit.IPV6_MINIMUM;

  /** The smallest bound: what every IPv4 link carries, RFC 791 section 3.2. */
  public static final int SMALLEST = 68;

  /** The largest IP packet, RFC 791 section 3.1. */
  public static final int LARGEST = 65_535;

  PathPlan() {}

  public abstract ProbePath path();

  /**
   * What the path should carry, as configured or discovered (MAX_PLPMTU, RFC 8899 section 5.1.2).
   * No probe is larger.
   */
  public abstract int bound();

  /** What the path must carry to be of any use (BASE_PLPMTU). At most the bound. */
  public abstract int base();

  /** Endpoints that share a VNI across this path, at least 0: more use is probed first. */
  public abstract int use();

  /**
   * The limit that an earlier prober found, if it is to stay in force until this one has found out.
   * Looked at only when the path is new. At least the base and below the bound, else it is ignored.
   */
  public abstract OptionalInt remembered();

  /**
   * A path with the base of its family, or the bound where that is smaller.
   *
   * @throws IllegalArgumentException if the bound is not within {@link #SMALLEST} and {@link
   *     #LARGEST}, or the use is negative
   */
  public static PathPlan of(ProbePath path, int bound, int use) {
    int base = path.family() == AddressFamily.IPV4 ? IPV4_BASE : IPV6_BASE;
    return of(path, bound, Math.min(base, bound), use);
  }

  /**
   * A path with a base of its own.
   *
   * @throws IllegalArgumentException if the bound or the base is out of range, or the use is
   *     negative
   */
  public static PathPlan of(ProbePath path, int bound, int base, int use) {
    if (bound < SMALLEST || bound > LARGEST) {
      throw new IllegalArgumentException(
          path + ": the bound must be " + SMALLEST + " to " + LARGEST + " bytes, not " + bound);
    }
    if (base < SMALLEST || base > bound) {
      throw new IllegalArgumentException(
          path + ": the base must be " + SMALLEST + " to " + bound + " bytes, not " + base);
    }
    if (use < 0) {
      throw new IllegalArgumentException(path + ": the use must not be negative, but is " + use);
    }
    return new AutoValue_PathPlan(path, bound, base, use, OptionalInt.empty());
  }

  /** The same path with a limit that an earlier prober found. */
  public PathPlan remembering(int limit) {
    return new AutoValue_PathPlan(path(), bound(), base(), use(), OptionalInt.of(limit));
  }
}
