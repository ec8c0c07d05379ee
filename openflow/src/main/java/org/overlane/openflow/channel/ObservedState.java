/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.overlane.openflow.codec.Bytes;

/**
 * What is known to be on one switch, of one kind (flow entries, groups or meters): key to body, in
 * canonical form.
 *
 * <p>It decides only one thing, whether a modification would change nothing, and errs on the side
 * of sending. A key that is not in the map is absent or uncertain; both mean: send. While a
 * modification of a key is under way the key is uncertain. After one that may touch anything (a
 * non-strict delete, say) everything is, until the next full read. A full read replaces all but the
 * keys that were touched since it began.
 *
 * <p>It sees its own modifications, flow-removed messages and full reads. What somebody else
 * changes on the switch shows at the next full read. Confined to the thread of the channel.
 */
final class ObservedState {

  private final Map<Bytes, Integer> underWay = new HashMap<>();
  private final List<Read> reads = new ArrayList<>();
  private Map<Bytes, Bytes> bodies = new HashMap<>();
  private int wideUnderWay;
  private boolean known;

  /** A full read that has begun and not ended. */
  static final class Read {
    private final Set<Bytes> touched;
    private boolean spoiled;
    private boolean overtaken;

    private Read(Set<Bytes> touched, boolean spoiled) {
      this.touched = touched;
      this.spoiled = spoiled;
    }

    /** True if a modification was sent since the read began, so that its result may lack that. */
    boolean isOvertaken() {
      return overtaken;
    }
  }

  /** False before the first full read, and after something that may have changed anything. */
  boolean isKnown() {
    return known;
  }

  /** True if the switch already has exactly what the modification would leave. */
  boolean suppresses(ModEffect effect) {
    return known
        && wideUnderWay == 0
        && effect.key().isPresent()
        && effect.body().isPresent()
        && !underWay.containsKey(effect.key().get())
        && effect.body().get().equals(bodies.get(effect.key().get()));
  }

  void sent(ModEffect effect) {
    reads.forEach(read -> read.overtaken = true);
    if (effect.key().isPresent()) {
      underWay.merge(effect.key().get(), 1, Integer::sum);
      removed(effect.key().get());
    } else {
      wideUnderWay++;
      forget();
    }
  }

  /**
   * The last one that was carried out counts, so a delete removes what an earlier ADD has just put
   * here.
   */
  void done(ModEffect effect) {
    ended(effect);
    if (!known || !effect.key().isPresent()) {
      return;
    }
    if (effect.body().isPresent()) {
      bodies.put(effect.key().get(), effect.body().get());
    } else {
      bodies.remove(effect.key().get());
    }
  }

  void refused(ModEffect effect) {
    ended(effect);
  }

  private void ended(ModEffect effect) {
    if (effect.key().isPresent()) {
      underWay.computeIfPresent(effect.key().get(), (key, count) -> count == 1 ? null : count - 1);
    } else {
      wideUnderWay--;
    }
  }

  /** The switch said that this is gone. */
  void removed(Bytes key) {
    bodies.remove(key);
    reads.forEach(read -> read.touched.add(key));
  }

  /** Something happened that may have changed anything. */
  void forget() {
    known = false;
    bodies.clear();
    reads.forEach(read -> read.spoiled = true);
  }

  Read beginRead() {
    Read read = new Read(new HashSet<>(underWay.keySet()), wideUnderWay > 0);
    reads.add(read);
    return read;
  }

  void endRead(Read read, Map<Bytes, Bytes> found) {
    reads.remove(read);
    if (read.spoiled) {
      return;
    }
    Map<Bytes, Bytes> fresh = new HashMap<>(found);
    for (Bytes key : read.touched) {
      Bytes body = bodies.get(key);
      if (body == null) {
        fresh.remove(key);
      } else {
        fresh.put(key, body);
      }
    }
    bodies = fresh;
    known = true;
  }

  void abandonRead(Read read) {
    reads.remove(read);
  }
}
