/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.model;

import com.google.auto.value.AutoValue;
import java.util.Optional;

/** An overlay network: one broadcast domain, one VNI. */
@AutoValue
public abstract class Network {
  Network() {}

  public abstract NetworkId id();

  public abstract Vni vni();

  /** The underlay family that its tunnels must use; absent: the first that both ends have. */
  public abstract Optional<AddressFamily> underlay();

  public static Network of(NetworkId id, Vni vni) {
    return of(id, vni, Optional.empty());
  }

  public static Network of(NetworkId id, Vni vni, Optional<AddressFamily> underlay) {
    return new AutoValue_Network(id, vni, underlay);
  }
}
