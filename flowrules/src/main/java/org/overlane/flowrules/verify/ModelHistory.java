/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import com.google.common.collect.Iterables;
import com.google.common.collect.Sets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.PathMtus;

/**
 * When each network was last another one than before, as far as any node can tell: the network
 * itself, its endpoints, the nodes that these are on, and what paths between them carry. Models are
 * compared once, however many switches ask. Not thread-safe.
 */
final class ModelHistory {
  private final Map<NetworkId, Long> changed = new HashMap<>();
  private UnderlayFacts facts;
  private long now;

  /** Goes on to a model; returns the facts of it. */
  UnderlayFacts advance(NetworkModel next) {
    if (facts == null) {
      facts = new UnderlayFacts(next);
    } else if (facts.model() != next) {
      UnderlayFacts before = facts;
      facts = new UnderlayFacts(next);
      now++;
      compare(before, facts);
      changed.keySet().retainAll(next.networks().keySet());
    }
    return facts;
  }

  /** The moment of the model that it has last gone on to. */
  long now() {
    return now;
  }

  boolean isAsItWas(NetworkId network, long then) {
    return changed.getOrDefault(network, 0L) <= then;
  }

  private void compare(UnderlayFacts one, UnderlayFacts other) {
    NetworkModel before = one.model();
    NetworkModel after = other.model();
    for (NetworkId id : after.networks().keySet()) {
      if (!after.networks().get(id).equals(before.networks().get(id))
          || !Iterables.elementsEqual(before.endpointsOf(id), after.endpointsOf(id))) {
        changed.put(id, now);
      }
    }
    Set<NodeId> nodes = Sets.union(before.nodes().keySet(), after.nodes().keySet());
    for (NodeId id : nodes) {
      if (!before.node(id).equals(after.node(id)) || !Objects.equals(one.mtu(id), other.mtu(id))) {
        before.networksAt(id).forEach(n -> changed.put(n, now));
        after.networksAt(id).forEach(n -> changed.put(n, now));
      }
    }
    // What a path carries matters to who sends on it.
    for (PathMtus.Path path : before.pathMtus().difference(after.pathMtus())) {
      after.networksAt(path.from()).forEach(n -> changed.put(n, now));
    }
  }
}
