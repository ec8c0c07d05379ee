/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Sets;
import java.util.Map;
import java.util.Optional;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.TunnelEndpoint;

/** The declared way of a device's frames into and out of VXLAN; one subclass for each mode. */
public abstract class TunnelConfig {
  private TunnelConfig() {}

  public abstract TunnelEndpoint.Mode mode();

  /**
   * The underlay families over which the endpoint fragments outer packets that are too large, IPv4
   * first; absent: what endpoints of this mode usually do ({@code Node.fragmentsOver}).
   */
  public abstract Optional<ImmutableSet<AddressFamily>> fragments();

  /** One flow-based tunnel port. */
  @AutoValue
  public abstract static class Native extends TunnelConfig {
    public abstract PortRef port();

    public static Native of(PortRef port) {
      return of(port, Optional.empty());
    }

    public static Native of(PortRef port, Optional<ImmutableSet<AddressFamily>> fragments) {
      return new AutoValue_TunnelConfig_Native(inOrder(fragments), port);
    }

    @Override
    public TunnelEndpoint.Mode mode() {
      return TunnelEndpoint.Mode.NATIVE;
    }
  }

  /** One plain port per network, towards the management OS, which encapsulates. */
  @AutoValue
  public abstract static class ManagementOs extends TunnelConfig {
    public abstract ImmutableSortedMap<NetworkId, PortRef> ports();

    public static ManagementOs of(
        Map<NetworkId, PortRef> ports, Optional<ImmutableSet<AddressFamily>> fragments) {
      return new AutoValue_TunnelConfig_ManagementOs(
          inOrder(fragments), ImmutableSortedMap.copyOf(ports));
    }

    @Override
    public TunnelEndpoint.Mode mode() {
      return TunnelEndpoint.Mode.MANAGEMENT_OS;
    }
  }

  /** One tunnel port per remote VTEP address. */
  @AutoValue
  public abstract static class PortPerRemote extends TunnelConfig {
    public abstract ImmutableSortedMap<IpAddress, PortRef> ports();

    public static PortPerRemote of(
        Map<IpAddress, PortRef> ports, Optional<ImmutableSet<AddressFamily>> fragments) {
      return new AutoValue_TunnelConfig_PortPerRemote(
          inOrder(fragments), ImmutableSortedMap.copyOf(ports));
    }

    @Override
    public TunnelEndpoint.Mode mode() {
      return TunnelEndpoint.Mode.PORT_PER_REMOTE;
    }
  }

  private static Optional<ImmutableSet<AddressFamily>> inOrder(
      Optional<ImmutableSet<AddressFamily>> families) {
    return families.map(Sets::immutableEnumSet);
  }
}
