/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.discovery;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.Optional;
import java.util.OptionalInt;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.OfPort;

/** A port of a bridge as its database has it. */
@AutoValue
public abstract class PortFacts {
  PortFacts() {}

  public abstract String name();

  /** Absent while the switch has not taken the port. */
  public abstract Optional<OfPort> number();

  /** That of the interface, not that of a VM behind it. */
  public abstract Optional<MacAddress> mac();

  /** Bytes, IP header included; absent where Open vSwitch knows none, as for tunnels. */
  public abstract OptionalInt mtu();

  public abstract Optional<Boolean> linkUp();

  /** {@code vxlan}, {@code internal}, ...; {@code system} for a device of the host. */
  public abstract String type();

  public abstract ImmutableSortedMap<String, String> options();

  /** Those of the interface, and of the port where the interface has none of that name. */
  public abstract ImmutableSortedMap<String, String> externalIds();

  /**
   * VLAN settings of the port as {@code ovs-vsctl} writes them, {@code tag=7}; only the action
   * NORMAL obeys them, which no entry of ours has.
   */
  public abstract ImmutableList<String> vlanSettings();

  /** Why the switch has not taken the port. */
  public abstract Optional<String> error();

  public boolean isVxlan() {
    return type().equals("vxlan");
  }

  /** Whether its tunnel leads where entries say, with the VNI that entries say. */
  public boolean isFlowBased() {
    return "flow".equals(options().get("remote_ip")) && isKeyedByFlow();
  }

  /** Whether the VNI of its tunnel is what entries say. */
  public boolean isKeyedByFlow() {
    return "flow".equals(options().get("key"));
  }

  /** Whether outer packets bear DF; if nothing is said, they do. */
  public boolean setsDf() {
    return !"false".equals(options().get("df_default"));
  }

  /**
   * The address that its tunnel is told to send from; absent if the host chooses, or entries do.
   */
  public Optional<IpAddress> localAddress() {
    try {
      return Optional.ofNullable(options().get("local_ip")).map(IpAddress::parse);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** See {@link HostFacts#after}. */
  PortFacts after(PortFacts before) {
    boolean reported = mac().isPresent() || mtu().isPresent() || linkUp().isPresent();
    return reported || !number().isPresent() || !number().equals(before.number())
        ? this
        : toBuilder().mac(before.mac()).mtu(before.mtu()).linkUp(before.linkUp()).build();
  }

  abstract Builder toBuilder();

  static Builder builder() {
    return new AutoValue_PortFacts.Builder();
  }

  /** Collects the facts. Not thread-safe. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder name(String name);

    abstract Builder number(Optional<OfPort> number);

    abstract Builder mac(Optional<MacAddress> mac);

    abstract Builder mtu(OptionalInt mtu);

    abstract Builder linkUp(Optional<Boolean> up);

    abstract Builder type(String type);

    abstract Builder options(ImmutableSortedMap<String, String> options);

    abstract Builder externalIds(ImmutableSortedMap<String, String> ids);

    abstract Builder vlanSettings(ImmutableList<String> settings);

    abstract Builder error(Optional<String> error);

    abstract PortFacts build();
  }
}
