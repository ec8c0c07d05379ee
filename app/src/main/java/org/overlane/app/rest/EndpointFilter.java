/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import java.util.Optional;
import java.util.function.Predicate;
import org.overlane.config.EndpointConfig;

/** Which endpoints somebody asks for. */
public final class EndpointFilter {
  private EndpointFilter() {}

  /**
   * Those with all of these, each as endpoints are written; what is not given is any.
   *
   * @param mac in lower case
   */
  public static Predicate<EndpointConfig> of(
      Optional<String> network,
      Optional<String> device,
      Optional<String> mac,
      Optional<String> port) {
    return e ->
        isOrAny(network, e.network())
            && isOrAny(device, e.device())
            && isOrAny(mac, e.mac())
            && isOrAny(port, e.port());
  }

  private static boolean isOrAny(Optional<String> wanted, Object value) {
    return wanted.map(w -> w.equals(value.toString())).orElse(true);
  }
}
