/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.discovery;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.overlane.config.PortRef;
import org.overlane.flowrules.model.NodeId;

/** A bridge as its database has it. */
@AutoValue
public abstract class BridgeFacts {
  BridgeFacts() {}

  /** What forwards the packets of a bridge. */
  public enum Datapath {
    /** The kernel of the host. */
    KERNEL,
    /** Open vSwitch itself, with or without DPDK. */
    USERSPACE,
    /** Something for tests, or not known here. */
    OTHER
  }

  /** A controller of the bridge. */
  @AutoValue
  public abstract static class Controller {
    public abstract String target();

    public abstract boolean connected();

    static Controller of(String target, boolean connected) {
      return new AutoValue_BridgeFacts_Controller(target, connected);
    }
  }

  public abstract String name();

  /** By its datapath id; absent while the bridge is being made. */
  public abstract Optional<NodeId> device();

  /** {@code system}, {@code netdev}, ... */
  public abstract String datapathType();

  /** What the datapath can do, where this version of Open vSwitch tells. */
  public abstract ImmutableSortedMap<String, String> capabilities();

  /** {@code secure} or {@code standalone}; absent: standalone. */
  public abstract Optional<String> failMode();

  /** Enabled versions of OpenFlow; empty: what this version of Open vSwitch enables by default. */
  public abstract ImmutableSortedSet<String> protocols();

  public abstract ImmutableList<Controller> controllers();

  /** By name. */
  public abstract ImmutableList<PortFacts> ports();

  public Datapath datapath() {
    switch (datapathType()) {
      case "system":
        return Datapath.KERNEL;
      case "netdev":
        return Datapath.USERSPACE;
      default:
        return Datapath.OTHER;
    }
  }

  /** Whether the datapath compares lengths itself; absent if this version does not tell. */
  public Optional<Boolean> comparesLengths() {
    return Optional.ofNullable(capabilities().get("check_pkt_len")).map("true"::equals);
  }

  /** The port that is meant by a reference of the model. */
  public Optional<PortFacts> port(PortRef ref) {
    return ports().stream()
        .filter(
            port ->
                ref.name().isPresent()
                    ? port.name().equals(ref.name().get())
                    : port.number().equals(ref.port()))
        .findFirst();
  }

  /** See {@link HostFacts#after}. */
  BridgeFacts after(BridgeFacts before) {
    if (!device().isPresent() && before.device().isPresent()) {
      return before;
    }
    Map<String, PortFacts> earlier = new HashMap<>();
    before.ports().forEach(port -> earlier.put(port.name(), port));
    return toBuilder()
        .ports(
            ports().stream()
                .map(port -> port.after(earlier.getOrDefault(port.name(), port)))
                .collect(ImmutableList.toImmutableList()))
        .build();
  }

  abstract Builder toBuilder();

  static Builder builder() {
    return new AutoValue_BridgeFacts.Builder();
  }

  /** Collects the facts. Not thread-safe. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder name(String name);

    abstract Builder device(Optional<NodeId> device);

    abstract Builder datapathType(String type);

    abstract Builder capabilities(ImmutableSortedMap<String, String> capabilities);

    abstract Builder failMode(Optional<String> mode);

    abstract Builder protocols(ImmutableSortedSet<String> protocols);

    abstract Builder controllers(ImmutableList<Controller> controllers);

    abstract Builder ports(ImmutableList<PortFacts> ports);

    abstract BridgeFacts build();
  }
}
