/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.slowpath;

import com.google.auto.value.AutoValue;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.overlane.flowrules.compile.Crossings.Crossing;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.Cookie;

/**
 * The exception entries that are on switches by our will. Bounded: when there are too many, the
 * oldest is forgotten, and what is forgotten here the reconcile loop removes from the switch as it
 * removes every entry that nobody wants. Thread-safe.
 */
final class Exceptions {
  /** Whoever still asks after this time: the entry has not come to the switch. */
  private static final long RETRY = TimeUnit.SECONDS.toNanos(10);

  private final int most;
  private final Map<Key, Installed> known = new LinkedHashMap<>();

  /**
   * An empty table.
   *
   * @param most entries, at least 1
   */
  Exceptions(int most) {
    this.most = most;
  }

  @AutoValue
  abstract static class Key {
    abstract NodeId node();

    abstract Cookie cookie();

    static Key of(NodeId node, Cookie cookie) {
      return new AutoValue_Exceptions_Key(node, cookie);
    }
  }

  /** When it was sent, and what it rests on: while both are as they were, it holds. */
  @AutoValue
  abstract static class Installed {
    abstract Node node();

    abstract Network network();

    abstract long at();

    boolean holdsIn(NetworkModel model) {
      return node().equals(model.node(node().id()).orElse(null))
          && network().equals(model.networks().get(network().id()));
    }
  }

  /** Notes an entry; false if it was sent not long ago. */
  synchronized boolean add(Crossing crossing, Cookie cookie, long nowNanos) {
    Key key = Key.of(crossing.sender().id(), cookie);
    Installed earlier = known.get(key);
    if (earlier != null && nowNanos - earlier.at() < RETRY) {
      return false;
    }
    known.put(
        key, new AutoValue_Exceptions_Installed(crossing.sender(), crossing.network(), nowNanos));
    if (known.size() > most) {
      Iterator<Key> oldest = known.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    return true;
  }

  synchronized void remove(NodeId node, Cookie cookie) {
    known.remove(Key.of(node, cookie));
  }

  synchronized boolean contains(NodeId node, Cookie cookie) {
    return known.containsKey(Key.of(node, cookie));
  }

  /** Forgets what the model has taken the ground from. */
  synchronized void retain(NetworkModel model) {
    known.values().removeIf(installed -> !installed.holdsIn(model));
  }

  synchronized void clear() {
    known.clear();
  }

  synchronized int size() {
    return known.size();
  }
}
