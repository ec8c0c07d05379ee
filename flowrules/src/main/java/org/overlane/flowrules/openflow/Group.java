/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.openflow;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;

/** A group of type ALL (OpenFlow 1.3.5 section 5.6.1): every bucket gets a copy of the packet. */
@AutoValue
public abstract class Group {
  /** Highest group id (OFPG_MAX). */
  public static final long MAX_ID = 0xffffff00L;

  Group() {}

  public abstract long id();

  /**
   * The actions of each bucket, in order. A switch executes a bucket as an action set (OpenFlow
   * 1.3.5 section 5.10): fields are set before the output, and of several outputs only the last one
   * counts.
   */
  public abstract ImmutableList<ImmutableList<Action>> buckets();

  /** What in the model caused the group, for people. */
  public abstract String source();

  /** Whether a switch could not tell the two apart. */
  public boolean sameOnSwitch(Group other) {
    return id() == other.id() && buckets().equals(other.buckets());
  }

  /**
   * A group.
   *
   * @throws IllegalArgumentException if the id is out of range
   */
  public static Group of(long id, Iterable<ImmutableList<Action>> buckets, String source) {
    if (id < 0 || id > MAX_ID) {
      throw new IllegalArgumentException("group id must be 0 to " + MAX_ID + ", not " + id);
    }
    return new AutoValue_Group(id, ImmutableList.copyOf(buckets), source);
  }
}
