/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.probing;

import com.google.auto.value.AutoValue;
import java.util.Optional;
import org.overlane.tunnels.probing.PathState;
import org.overlane.tunnels.probing.Symmetry;

/** What state a tunnel is in, and why. Immutable. */
@AutoValue
abstract class TunnelVerdict {
  /** Of so many probes, one in ten lost is more than chance. */
  private static final int FEWEST = 8;

  TunnelVerdict() {}

  abstract TunnelState state();

  abstract String why();

  static TunnelVerdict of(TunnelState state, String why) {
    return new AutoValue_TunnelVerdict(state, why);
  }

  /** What probes say. */
  static TunnelVerdict of(PathState path, Symmetry symmetry, Optional<PathState> back) {
    switch (path.status()) {
      case DOWN:
        return of(TunnelState.DOWN, path.why());
      case BLACK_HOLE:
        return of(TunnelState.DEGRADED, path.why());
      case CONFIRMED:
        return confirmed(path, symmetry, back);
      case SEARCHING:
        return of(path.limit().isPresent() ? TunnelState.DEGRADED : TunnelState.UP, path.why());
      default:
        return of(TunnelState.PROVISIONED, path.why());
    }
  }

  private static TunnelVerdict confirmed(
      PathState path, Symmetry symmetry, Optional<PathState> back) {
    if (path.judged() >= FEWEST && path.lost() * 10 >= path.judged()) {
      return of(
          TunnelState.DEGRADED,
          path.lost() + " of the last " + path.judged() + " probes were lost");
    }
    if (symmetry == Symmetry.ONE_WAY) {
      return of(TunnelState.DEGRADED, "the way back is down");
    }
    if (symmetry == Symmetry.ASYMMETRIC) {
      return of(
          TunnelState.DEGRADED,
          "the way back carries "
              + back.map(PathState::confirmed)
                  .filter(c -> c.isPresent())
                  .map(c -> Integer.toString(c.getAsInt()))
                  .orElse("another number of")
              + " bytes");
    }
    return of(TunnelState.UP, path.why());
  }
}
