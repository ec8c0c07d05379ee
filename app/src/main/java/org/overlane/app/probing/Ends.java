/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.probing;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.overlane.app.reconcile.Fabric;
import org.overlane.app.reconcile.SwitchStatus;
import org.overlane.flowrules.model.NodeId;
import org.overlane.tunnels.probing.ProbePath;

/**
 * Which switches can send and take probes: those that have had all of their entries since they
 * connected. While a later change is on its way to a switch, its tunnels are probed on. Not
 * thread-safe.
 */
final class Ends {
  private Map<NodeId, ? extends SwitchStatus> statuses = ImmutableMap.of();
  private Set<NodeId> ready = ImmutableSet.of();
  private Set<NodeId> known = ImmutableSet.of();

  /** Looks at the switches. Returns whether others are ready than before, or connected. */
  boolean look(Map<NodeId, ? extends SwitchStatus> now) {
    Set<NodeId> nextReady = new HashSet<>();
    Set<NodeId> nextKnown = new HashSet<>();
    now.forEach(
        (id, status) -> {
          if (status.link() == Fabric.Link.HERE) {
            boolean inSync = status.state() == SwitchStatus.State.IN_SYNC;
            if (inSync || ready.contains(id)) {
              nextReady.add(id);
            }
          }
          if (status.link() != Fabric.Link.OFFLINE) {
            nextKnown.add(id);
          }
        });
    boolean news = !nextReady.equals(ready) || !nextKnown.equals(known);
    statuses = now;
    ready = nextReady;
    known = nextKnown;
    return news;
  }

  /** Whether both ends are ready, and this controller looks after both. */
  boolean areReady(ProbePath path) {
    return ready.contains(path.from()) && ready.contains(path.to());
  }

  /** What an end lacks to take part in the overlay. */
  Optional<String> missing(ProbePath path) {
    Optional<String> missing = missing(path.from());
    return missing.isPresent() ? missing : missing(path.to());
  }

  private Optional<String> missing(NodeId id) {
    SwitchStatus status = statuses.get(id);
    if (status == null || status.link() == Fabric.Link.OFFLINE) {
      return Optional.of("switch " + id + " is not connected");
    }
    if (status.link() == Fabric.Link.HERE && !ready.contains(id)) {
      return Optional.of(
          "the tables of "
              + id
              + " are not in sync yet"
              + status.reasons().stream().findFirst().map(r -> ": " + r).orElse(""));
    }
    return Optional.empty();
  }

  /** Why a tunnel that could be probed is not, here. */
  Optional<String> elsewhere(ProbePath path) {
    for (NodeId id : new NodeId[] {path.from(), path.to()}) {
      if (statuses.containsKey(id) && statuses.get(id).link() == Fabric.Link.ELSEWHERE) {
        return Optional.of(
            "another controller of the cluster is master of "
                + id
                + ": probes need one that is master of both ends");
      }
    }
    return Optional.empty();
  }
}
