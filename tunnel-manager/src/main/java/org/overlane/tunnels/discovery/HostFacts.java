/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.discovery;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.overlane.flowrules.model.NodeId;

/** A host with Open vSwitch, as its database has it. Immutable. */
@AutoValue
public abstract class HostFacts {
  HostFacts() {}

  /** As {@code ovs-vsctl show} has it; absent where nobody has entered it. */
  public abstract Optional<String> version();

  /** The types of datapath that its Open vSwitch can make. */
  public abstract ImmutableSortedSet<String> datapathTypes();

  /** By name. */
  public abstract ImmutableList<BridgeFacts> bridges();

  /** The bridge that is this device. */
  public Optional<BridgeFacts> bridge(NodeId device) {
    return bridges().stream()
        .filter(bridge -> bridge.device().equals(Optional.of(device)))
        .findFirst();
  }

  /**
   * These facts, completed by what was known before. A database that is started again has forgotten
   * what the switch reports of itself: datapath ids, MTUs, MACs, links. Until the switch has
   * reported anew, which takes it some seconds, they are as they were.
   */
  public HostFacts after(HostFacts before) {
    Map<String, BridgeFacts> earlier = new HashMap<>();
    before.bridges().forEach(bridge -> earlier.put(bridge.name(), bridge));
    return of(
        version(),
        datapathTypes(),
        bridges().stream()
            .map(bridge -> bridge.after(earlier.getOrDefault(bridge.name(), bridge)))
            .collect(ImmutableList.toImmutableList()));
  }

  static HostFacts of(
      Optional<String> version, Iterable<String> datapathTypes, Iterable<BridgeFacts> bridges) {
    return new AutoValue_HostFacts(
        version, ImmutableSortedSet.copyOf(datapathTypes), ImmutableList.copyOf(bridges));
  }
}
