/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.BitSet;
import org.overlane.flowrules.model.NetworkId;

/**
 * That all packets of one port fare as they should, and what this rests on besides the node itself:
 * the networks that say how they should fare, and the parts of the tables that they meet. As long
 * as these are what they were, it holds. Immutable, as nobody changes the sets of places.
 */
final class PortProof {
  private final ImmutableSet<NetworkId> networks;
  private final ImmutableMap<Slice.Key, BitSet> places;
  private final ImmutableSet<Long> groups;

  PortProof(ImmutableSet<NetworkId> networks, Trail trail) {
    this.networks = networks;
    this.places = trail.places();
    this.groups = trail.groups();
  }

  ImmutableSet<NetworkId> networks() {
    return networks;
  }

  /** The slices that packets meet, each with the places of the entries that they hit. */
  ImmutableMap<Slice.Key, BitSet> places() {
    return places;
  }

  ImmutableSet<Long> groups() {
    return groups;
  }
}
