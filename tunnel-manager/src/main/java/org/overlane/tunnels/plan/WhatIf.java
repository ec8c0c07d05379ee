/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.plan;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.SortedMap;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.PathLimit;

/**
 * What other underlay MTUs would change: sizes, entries, and the fate of running traffic; and in
 * which order to go about it. Only what differs is in it. Immutable.
 */
@AutoValue
public abstract class WhatIf {
  /** More paths, or more endpoints, than this are only counted. */
  static final int MOST = 1000;

  WhatIf() {}

  /** The devices that were asked about, by id. */
  public abstract ImmutableList<OfDevice> devices();

  /** By id. */
  public abstract ImmutableList<OfNetwork> networks();

  /** By network and id; the first of {@link #endpointsTotal}. */
  public abstract ImmutableList<OfEndpoint> endpoints();

  public abstract int endpointsTotal();

  /** By network, sender and receiver; the first of {@link #pathsTotal}. */
  public abstract ImmutableList<OfPath> paths();

  public abstract int pathsTotal();

  /** The switches whose tables differ, by id. */
  public abstract ImmutableList<OfSwitch> switches();

  /** In the order to take them. */
  public abstract ImmutableList<MtuStep> steps();

  /** By network; one for all paths on which the same happens to the same sizes. */
  public abstract ImmutableList<Effect> effects();

  /** Kinds of warnings about a subject that there are not yet. */
  public abstract ImmutableList<PlanWarning> newWarnings();

  /** Kinds of warnings about a subject that there are no longer. */
  public abstract ImmutableList<PlanWarning> goneWarnings();

  /** A device and the MTU of its underlay, in bytes with IP header. */
  @AutoValue
  public abstract static class OfDevice {
    OfDevice() {}

    public abstract NodeId device();

    /** Of the device itself, whatever the bridge carries that connects it. */
    public abstract int before();

    public abstract int after();

    /** Why it does not help in full: a clause without full stop. */
    public abstract Optional<String> remark();
  }

  /** A network whose MTU changes. */
  @AutoValue
  public abstract static class OfNetwork {
    OfNetwork() {}

    public abstract NetworkId network();

    public abstract int before();

    public abstract int after();
  }

  /** A VM that can send larger or smaller IP packets than before to everybody in its network. */
  @AutoValue
  public abstract static class OfEndpoint {
    OfEndpoint() {}

    public abstract String endpoint();

    public abstract NetworkId network();

    public abstract NodeId device();

    public abstract int before();

    public abstract int after();
  }

  /** A path whose limit changes. */
  @AutoValue
  public abstract static class OfPath {
    OfPath() {}

    public abstract NetworkId network();

    public abstract PathLimit before();

    public abstract PathLimit after();
  }

  /** How much of a switch's tables changes: entries, groups and meters. */
  @AutoValue
  public abstract static class OfSwitch {
    OfSwitch() {}

    public abstract NodeId device();

    public abstract int added();

    public abstract int modified();

    public abstract int removed();
  }

  /** What becomes of packets of some sizes, on some paths of a network. */
  @AutoValue
  public abstract static class Effect {
    Effect() {}

    public abstract NetworkId network();

    /** The first path that it concerns. */
    public abstract NodeId from();

    public abstract NodeId to();

    /** How many paths it concerns. */
    public abstract int pairs();

    /** Bytes with IP header: the smallest of these packets. */
    public abstract int least();

    /** The largest of them. */
    public abstract int most();

    /** Whether they fit afterwards and do not now; else it is the other way round. */
    public abstract boolean fitAfterwards();

    /** What becomes of them while they do not fit, by kind of packet. */
    public abstract ImmutableList<Fate> fates();
  }

  /**
   * Works it out. Compiles the tables of all switches that are concerned, before and after.
   *
   * @param facts what hosts tell besides
   * @param mtus the wanted underlay MTUs, of nodes of the model; see {@link MtuChange#parse}
   * @throws IllegalArgumentException if the model does not have a node, or an MTU is out of range
   */
  public static WhatIf of(NetworkModel model, PlanFacts facts, SortedMap<NodeId, Integer> mtus) {
    return new Comparison(model, facts, mtus).whatIf();
  }
}
