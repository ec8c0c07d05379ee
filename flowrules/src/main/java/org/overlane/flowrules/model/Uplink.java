/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.model;

import com.google.auto.value.AutoValue;
import java.util.Optional;

/**
 * A port towards the underlay, and the management port whose traffic uses it. Each uplink has at
 * most one management port, and frames never pass from one uplink to another.
 */
@AutoValue
public abstract class Uplink {
  Uplink() {}

  public abstract OfPort port();

  public abstract Optional<ManagementPort> management();

  /** An uplink that carries the traffic of a management port. */
  public static Uplink of(OfPort port, ManagementPort management) {
    return of(port, Optional.of(management));
  }

  /**
   * An uplink.
   *
   * @throws IllegalArgumentException if the management port is the uplink itself
   */
  public static Uplink of(OfPort port, Optional<ManagementPort> management) {
    if (management.isPresent() && management.get().port().equals(port)) {
      throw new IllegalArgumentException("uplink and management port are the same port: " + port);
    }
    return new AutoValue_Uplink(port, management);
  }
}
