/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.compile;

import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Iterators;
import com.google.common.collect.PeekingIterator;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;

/**
 * Which nodes a change of the model concerns: all others would compile to what they had. Linear in
 * the size of the model with a tiny constant, as it mostly compares references.
 *
 * <pre>
 *  a node            -> itself; if its VTEP addresses change, all members of its networks
 *  a network         -> all its members
 *  an endpoint       -> all members of its networks, before and after;
 *                       only its node if nothing changes that other nodes know: its port
 * </pre>
 */
public final class AffectedNodes {
  private final NetworkModel before;
  private final NetworkModel after;
  private final Set<NodeId> nodes = new TreeSet<>();
  private final Set<NetworkId> networks = new HashSet<>();

  private AffectedNodes(NetworkModel before, NetworkModel after) {
    this.before = before;
    this.after = after;
  }

  /** The nodes of {@code after} whose tables may differ from those in {@code before}. */
  public static ImmutableSortedSet<NodeId> between(NetworkModel before, NetworkModel after) {
    return new AffectedNodes(before, after).find();
  }

  private ImmutableSortedSet<NodeId> find() {
    forEachChange(before.nodes(), after.nodes(), this::node);
    forEachChange(before.networks(), after.networks(), (id, one, other) -> networks.add(id));
    forEachChange(before.endpoints(), after.endpoints(), this::endpoint);
    for (NetworkId network : networks) {
      before.endpointsOf(network).forEach(e -> nodes.add(e.node()));
      after.endpointsOf(network).forEach(e -> nodes.add(e.node()));
    }
    return nodes.stream()
        .filter(id -> after.node(id).isPresent())
        .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
  }

  private void node(NodeId id, Node one, Node other) {
    nodes.add(id);
    if (one == null || other == null || !one.vteps().equals(other.vteps())) {
      networks.addAll(before.networksAt(id));
      networks.addAll(after.networksAt(id));
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
      nodes.add(one.node());
      return;
    }
    if (one != null) {
      networks.add(one.network());
    }
    if (other != null) {
      networks.add(other.network());
    }
  }

  /** Gets what was and what is; null where there was, or is, nothing. */
  private interface Change<K, V> {
    void accept(K key, V one, V other);
  }

  private static <K extends Comparable<K>, V> void forEachChange(
      SortedMap<K, V> before, SortedMap<K, V> after, Change<K, V> change) {
    PeekingIterator<Map.Entry<K, V>> left = Iterators.peekingIterator(before.entrySet().iterator());
    PeekingIterator<Map.Entry<K, V>> right = Iterators.peekingIterator(after.entrySet().iterator());
    while (left.hasNext() || right.hasNext()) {
      int order = order(left, right);
      K key = order <= 0 ? left.peek().getKey() : right.peek().getKey();
      V one = order <= 0 ? left.next().getValue() : null;
      V other = order >= 0 ? right.next().getValue() : null;
      if (one != other && (one == null || !one.equals(other))) {
        change.accept(key, one, other);
      }
    }
  }

  private static <K extends Comparable<K>, V> int order(
      PeekingIterator<Map.Entry<K, V>> left, PeekingIterator<Map.Entry<K, V>> right) {
    if (!left.hasNext()) {
      return 1;
    } else if (!right.hasNext()) {
      return -1;
    }
    K one = left.peek().getKey();
    K other = right.peek().getKey();
    return one == other ? 0 : one.compareTo(other);
  }
}
