/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.overlane.app.probing.TunnelState;
import org.overlane.app.probing.TunnelStatus;
import org.overlane.config.ConfigException;
import org.overlane.flowrules.model.NodeId;
import org.overlane.tunnels.probing.ProbePath;

/** Which tunnels are on a page. */
public final class TunnelsPage {
  private TunnelsPage() {}

  /**
   * The tunnels to be shown.
   *
   * @param all in their order
   * @param after begin behind the tunnel of this {@link #name}, even if it is gone
   * @param most of them
   */
  public static Page<TunnelStatus> of(
      Collection<TunnelStatus> all,
      Predicate<TunnelStatus> wanted,
      Optional<String> after,
      int most) {
    return Page.of(all, status -> name(status.tunnel().path()), wanted, after, most);
  }

  /** {@code of:01/of:02/ipv4}: ids of switches are of one length, so names have paths' order. */
  static String name(ProbePath path) {
    return path.from() + "/" + path.to() + "/" + path.family().text();
  }

  /** Tunnels from or to a device, in a state; absent means any. */
  public static Predicate<TunnelStatus> filter(
      Optional<NodeId> device, Optional<TunnelState> state) {
    return status -> {
      ProbePath path = status.tunnel().path();
      return device.map(d -> d.equals(path.from()) || d.equals(path.to())).orElse(true)
          && state.map(s -> s == status.state()).orElse(true);
    };
  }

  /**
   * The state of this name.
   *
   * @throws ConfigException if there is none
   */
  public static TunnelState state(String text) {
    return TunnelState.named(text)
        .orElseThrow(
            () ->
                ConfigException.quoting(
                    "state",
                    text,
                    "there is no such state",
                    "Give one of "
                        + Arrays.stream(TunnelState.values())
                            .map(TunnelState::text)
                            .collect(Collectors.joining(", "))));
  }
}
