/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.model;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Map;

/** How a node's frames get into and out of VXLAN. */
public abstract class TunnelEndpoint {
  TunnelEndpoint() {}

  /** The kinds of endpoint. */
  public enum Mode {
    /** The switch encapsulates: one flow-based tunnel port; entries set VNI and remote address. */
    NATIVE("native"),
    /** The management OS encapsulates: one plain port per network; it selects the remote itself. */
    MANAGEMENT_OS("management-os"),
    /** The switch encapsulates through one tunnel port per remote VTEP; entries set the VNI. */
    PORT_PER_REMOTE("port-per-remote");

    private final String text;

    Mode(String text) {
      this.text = text;
    }

    /** The name used in documents. */
    public String text() {
      return text;
    }
  }

  public abstract Mode mode();

  /** Every port that leads into a tunnel. */
  public abstract ImmutableSortedSet<OfPort> ports();

  /** One flow-based tunnel port. */
  @AutoValue
  public abstract static class Native extends TunnelEndpoint {
    public abstract OfPort port();

    public static Native of(OfPort port) {
      return new AutoValue_TunnelEndpoint_Native(port);
    }

    @Override
    public Mode mode() {
      return Mode.NATIVE;
    }

    @Override
    public ImmutableSortedSet<OfPort> ports() {
      return ImmutableSortedSet.of(port());
    }
  }

  /** One plain port per network, towards the encapsulating management OS. */
  @AutoValue
  public abstract static class ManagementOs extends TunnelEndpoint {
    public abstract ImmutableSortedMap<NetworkId, OfPort> portByNetwork();

    /**
     * An endpoint in the management OS.
     *
     * @throws IllegalArgumentException if two networks share a port
     */
    public static ManagementOs of(Map<NetworkId, OfPort> portByNetwork) {
      requireDistinct(portByNetwork);
      return new AutoValue_TunnelEndpoint_ManagementOs(ImmutableSortedMap.copyOf(portByNetwork));
    }

    @Override
    public Mode mode() {
      return Mode.MANAGEMENT_OS;
    }

    @Override
    public ImmutableSortedSet<OfPort> ports() {
      return ImmutableSortedSet.copyOf(portByNetwork().values());
    }
  }

  /** One tunnel port per remote VTEP. */
  @AutoValue
  public abstract static class PortPerRemote extends TunnelEndpoint {
    public abstract ImmutableSortedMap<IpAddress, OfPort> portByRemote();

    /**
     * An endpoint with a port for each remote VTEP.
     *
     * @throws IllegalArgumentException if two remotes share a port
     */
    public static PortPerRemote of(Map<IpAddress, OfPort> portByRemote) {
      requireDistinct(portByRemote);
      return new AutoValue_TunnelEndpoint_PortPerRemote(ImmutableSortedMap.copyOf(portByRemote));
    }

    @Override
    public Mode mode() {
      return Mode.PORT_PER_REMOTE;
    }

    @Override
    public ImmutableSortedSet<OfPort> ports() {
      return ImmutableSortedSet.copyOf(portByRemote().values());
    }
  }

  private static void requireDistinct(Map<?, OfPort> ports) {
    if (ImmutableSortedSet.copyOf(ports.values()).size() != ports.size()) {
      throw new IllegalArgumentException("one tunnel port is named twice: " + ports);
    }
  }
}
