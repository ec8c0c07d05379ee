/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.probing;

/** Why a path has its status, for people. */
final class PathWords {
  private PathWords() {}

  static String why(PathState state, boolean contradictory, String unsendable) {
    StringBuilder text = new StringBuilder(result(state));
    if (contradictory) {
      text.append(
          "; larger sizes arrive at times, perhaps over several ways that carry different sizes");
    }
    if (state.status() == PathStatus.DOWN && state.limit().isPresent()) {
      text.append("; the last limit, ").append(state.limit().getAsInt()).append(", stays in force");
    }
    if (state.heldUntil().isPresent()) {
      text.append("; fell ").append(times(state.falls())).append(" of late, so nothing better is");
      text.append(" believed for a while");
    }
    if (state.status() == PathStatus.CONFIRMED
        && state.lost() > 0
        && state.lost() * 4 >= state.judged()) {
      text.append("; but ").append(state.lost()).append(" of the last ").append(state.judged());
      text.append(" probes were lost");
    }
    if (!unsendable.isEmpty()) {
      text.append("; the last probe could not be sent: ").append(unsendable);
    }
    return text.toString();
  }

  private static String result(PathState state) {
    switch (state.status()) {
      case BASE:
        return "the first probes, of " + state.base() + " bytes, are on their way";
      case SEARCHING:
        return state.confirmed().orElse(state.base())
            + " bytes arrive; it is not known yet whether more do, up to "
            + state.bound();
      case CONFIRMED:
        return "packets of " + state.bound() + " bytes, as large as they may be, arrive";
      case BLACK_HOLE:
        return "packets of up to "
            + state.confirmed().orElse(state.base())
            + " bytes arrive, those of "
            + state.smallestLost().orElse(state.bound())
            + " vanish, though the underlay should carry "
            + state.bound();
      case DOWN:
        return "not even packets of " + state.base() + " bytes arrive";
      case UNKNOWN:
      default:
        return unknown(state);
    }
  }

  private static String unknown(PathState state) {
    if (!state.lastArrival().isPresent()) {
      return "not probed yet";
    }
    String stale = "what was known is too old, no probe could tell for a long time";
    return state.limit().isPresent()
        ? stale + "; the limit " + state.limit().getAsInt() + " stays, since it loses nothing"
        : stale;
  }

  private static String times(int count) {
    return count == 1 ? "once" : count + " times";
  }
}
