/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.compile;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.PathMtus;

/**
 * What a change of the model concerns: all else would compile to what it was. Finding it is linear
 * in the size of the model with a tiny constant, as it mostly compares references. Immutable.
 *
 * <pre>
 *  a node            -> itself; if its VTEP addresses, zones, MTU or host change, its networks
 *                       (those of its host, of a bridge) on all their members
 *  a network         -> the network on all its members
 *  a probed MTU      -> the networks that both nodes have, on the sender
 *  an endpoint       -> its networks, before and after, on all their members;
 *                       only on its node if nothing changes that other nodes know: its port
 * </pre>
 */
public final class ModelChange {
  private final NetworkModel before;
  private final NetworkModel after;
  private final Set<NodeId> changedNodes = new HashSet<>();
  private final Set<NetworkId> changedNetworks = new HashSet<>();
  private final SortedMap<NodeId, Set<NetworkId>> affected = new TreeMap<>();

  private ModelChange(NetworkModel before, NetworkModel after) {
    this.before = before;
    this.after = after;
    forEachChange(before.nodes(), after.nodes(), this::node);
    forEachChange(before.networks(), after.networks(), (id, x, y) -> changedNetworks.add(id));
    forEachChange(before.endpoints(), after.endpoints(), this::endpoint);
    for (NetworkId network : changedNetworks) {
      before.endpointsOf(network).forEach(e -> networksOf(e.node()).add(network));
      after.endpointsOf(network).forEach(e -> networksOf(e.node()).add(network));
    }
    for (PathMtus.Path path : before.pathMtus().difference(after.pathMtus())) {
      Set<NetworkId> shared =
          Sets.intersection(after.networksAt(path.from()), after.networksAt(path.to()));
      if (!shared.isEmpty()) {
        networksOf(path.from()).addAll(shared);
      }
    }
    affected.keySet().retainAll(after.nodes().keySet());
  }

  public static ModelChange between(NetworkModel before, NetworkModel after) {
    return new ModelChange(before, after);
  }

  public NetworkModel after() {
    return after;
  }

  /** The nodes of {@link #after} whose tables may differ from those before. */
  public ImmutableSortedSet<NodeId> affectedNodes() {
    return ImmutableSortedSet.copyOf(affected.keySet());
  }

  /** Whether nothing of a node's tables can be taken over. */
  boolean isNewOrChanged(NodeId node) {
    return changedNodes.contains(node);
  }

  /** Whether the node has got its first, or lost its last, endpoint of some network. */
  boolean hasOtherNetworks(NodeId node) {
    return !before.networksAt(node).equals(after.networksAt(node));
  }

  /** The networks of which the node's part may differ, gone ones included. */
  Set<NetworkId> affectedNetworks(NodeId node) {
    return Collections.unmodifiableSet(affected.getOrDefault(node, Collections.emptySet()));
  }

  private Set<NetworkId> networksOf(NodeId node) {
    return affected.computeIfAbsent(node, n -> new TreeSet<>());
  }

  private void node(NodeId id, Node one, Node other) {
    changedNodes.add(id);
    networksOf(id);
    if (one == null
        || other == null
        || !one.vteps().equals(other.vteps())
        || !one.zones().equals(other.zones())
        || one.underlayMtu() != other.underlayMtu()
        || !one.host().equals(other.host())) {
      Set<NodeId> known = new HashSet<>();
      known.add(id);
      Optional.ofNullable(one).flatMap(Node::host).ifPresent(known::add);
      Optional.ofNullable(other).flatMap(Node::host).ifPresent(known::add);
      for (NodeId node : known) {
        changedNetworks.addAll(before.networksAt(node));
        changedNetworks.addAll(after.networksAt(node));
      }
    }
  }

  private void endpoint(String id, Endpoint one, Endpoint other) {
    boolean localMatter =
        one != null
            && other != null
            && one.network().equals(other.network())
            && one.mac().equals(other.mac())
            && one.node().equals(other.node());
    if (localMatter) {
      networksOf(one.node()).add(one.network());
      return;
    }
    if (one != null) {
      changedNetworks.add(one.network());
    }
    if (other != null) {
      changedNetworks.add(other.network());
    }
  }

  /** Gets what was and what is; null where there was, or is, nothing. */
  private interface Change<K, V> {
    void accept(K key, V one, V other);
  }

  private static <K extends Comparable<K>, V> void forEachChange(
      ImmutableSortedMap<K, V> before, ImmutableSortedMap<K, V> after, Change<K, V> change) {
    List<K> oldKeys = before.keySet().asList();
    List<K> newKeys = after.keySet().asList();
    List<V> oldValues = before.values().asList();
    List<V> newValues = after.values().asList();
    int i = 0;
    int j = 0;
    while (i < oldKeys.size() || j < newKeys.size()) {
      int order = order(oldKeys, i, newKeys, j);
      K key = order <= 0 ? oldKeys.get(i) : newKeys.get(j);
      V one = order <= 0 ? oldValues.get(i++) : null;
      V other = order >= 0 ? newValues.get(j++) : null;
      if (one != other && (one == null || !one.equals(other))) {
        change.accept(key, one, other);
      }
    }
  }

  private static <K extends Comparable<K>> int order(List<K> one, int i, List<K> other, int j) {
    if (i == one.size()) {
      return 1;
    } else if (j == other.size()) {
      return -1;
    }
    K left = one.get(i);
    K right = other.get(j);
    return left == right ? 0 : left.compareTo(right);
  }
}
