/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Optional;
import java.util.OptionalInt;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.Profile;
import org.overlane.flowrules.model.Replication;
import org.overlane.flowrules.model.Zone;

/**
 * What an operator declares about one switch: the content of {@code devices/<id>/overlane}. Ports
 * are as written, see {@link ModelAssembler} for what becomes of them. A value read by {@link
 * ModelReader} satisfies {@link ModelChecks#checkDevice}; one built in code may not.
 */
@AutoValue
public abstract class DeviceConfig {
  DeviceConfig() {}

  public abstract NodeId id();

  /** For people. */
  public abstract Optional<String> name();

  public abstract Profile profile();

  /** In the order declared. */
  public abstract ImmutableList<UplinkConfig> uplinks();

  /** Preferred first. */
  public abstract ImmutableList<IpAddress> vteps();

  /** The zones in which it has tunnels; never empty. */
  public abstract ImmutableSortedSet<Zone> zones();

  public abstract Optional<TunnelConfig> tunnel();

  /**
   * Bytes, IP header included, Ethernet header not; as declared. An upper bound: the uplinks may
   * carry less.
   */
  public abstract OptionalInt underlayMtu();

  /** Fragments a second that the device takes for its VTEP addresses, at most. */
  public abstract OptionalInt fragmentRate();

  /** As declared; see {@link #effectiveReplication}. */
  public abstract Optional<Replication> replication();

  /** The device whose VTEP addresses this bridge serves (br-phy for br-int). */
  public abstract Optional<NodeId> host();

  /** The database of its host, for what can be discovered. */
  public abstract Optional<OvsdbAddress> ovsdb();

  /** What may be set up in that database; absent: nothing is. */
  public abstract Optional<ProvisionConfig> provision();

  /** As declared, else what suits the profile: a list on OVS, a group on plain OpenFlow 1.3. */
  public Replication effectiveReplication() {
    return replication().orElse(profile() == Profile.OVS ? Replication.LIST : Replication.GROUP);
  }

  public static Builder builder(NodeId id) {
    return new AutoValue_DeviceConfig.Builder()
        .id(id)
        .profile(Profile.OVS)
        .uplinks(ImmutableList.of())
        .vteps(ImmutableList.of())
        .zones(Zone.DEFAULT);
  }

  public abstract Builder toBuilder();

  /** Collects the parts of a device's configuration. Not thread-safe. */
  @AutoValue.Builder
  public abstract static class Builder {
    abstract Builder id(NodeId id);

    public abstract Builder name(String name);

    public abstract Builder profile(Profile profile);

    public abstract Builder uplinks(Iterable<UplinkConfig> uplinks);

    public abstract Builder vteps(Iterable<IpAddress> vteps);

    public abstract Builder zones(Iterable<Zone> zones);

    public abstract Builder tunnel(TunnelConfig tunnel);

    public abstract Builder underlayMtu(int bytes);

    public abstract Builder fragmentRate(int packetsPerSecond);

    public abstract Builder replication(Replication replication);

    public abstract Builder host(NodeId host);

    public abstract Builder ovsdb(OvsdbAddress address);

    public abstract Builder provision(ProvisionConfig provision);

    public abstract DeviceConfig build();
  }
}
