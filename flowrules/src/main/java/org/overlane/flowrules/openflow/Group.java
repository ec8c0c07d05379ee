/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.openflow;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import java.util.Optional;

/**
 * A group (OpenFlow 1.3.5 section 5.6). The pipeline has groups of type ALL only; the others are
 * those of other applications. The weights of buckets are left out: they say how often a switch
 * chooses a bucket, not whether. Groups of type FAST_FAILOVER are not there: which of their buckets
 * is alive is the switch's to know.
 */
@AutoValue
public abstract class Group {
  /** Highest group id (OFPG_MAX). */
  public static final long MAX_ID = 0xffffff00L;

  /** What becomes of a packet (OpenFlow 1.3.5 section 5.6.1). */
  public enum Type {
    /** Every bucket gets a copy of the packet. */
    ALL("all"),
    /** One bucket gets it: the switch chooses, in a way that the standard leaves open. */
    SELECT("select"),
    /** The only bucket gets it. */
    INDIRECT("indirect");

    private final String text;

    Type(String text) {
      this.text = text;
    }

    /** The word of ovs-ofctl. */
    public String text() {
      return text;
    }

    /** The type with a word of ovs-ofctl; empty if it is none of these. */
    public static Optional<Type> named(String text) {
      for (Type type : values()) {
        if (type.text.equals(text)) {
          return Optional.of(type);
        }
      }
      return Optional.empty();
    }
  }

  Group() {}

  public abstract long id();

  public abstract Type type();

  /** The actions of each bucket. A switch executes a bucket as an {@link ActionSet}. */
  public abstract ImmutableList<ImmutableList<Action>> buckets();

  /** What in the model caused the group, for people. */
  public abstract String source();

  /** Whether the switch has to choose a bucket, so that one of several things happens. */
  public boolean hasChoice() {
    return type() == Type.SELECT && buckets().size() > 1;
  }

  /** Whether a switch could not tell the two apart. */
  public boolean sameOnSwitch(Group other) {
    return id() == other.id() && type() == other.type() && buckets().equals(other.buckets());
  }

  /**
   * A group of type ALL.
   *
   * @throws IllegalArgumentException if the id is out of range
   */
  public static Group of(long id, Iterable<ImmutableList<Action>> buckets, String source) {
    return of(id, Type.ALL, buckets, source);
  }

  /**
   * A group.
   *
   * @throws IllegalArgumentException if the id is out of range, or the type INDIRECT and there is
   *     not one bucket
   */
  public static Group of(
      long id, Type type, Iterable<ImmutableList<Action>> buckets, String source) {
    if (id < 0 || id > MAX_ID) {
      throw new IllegalArgumentException("group id must be 0 to " + MAX_ID + ", not " + id);
    }
    ImmutableList<ImmutableList<Action>> list = ImmutableList.copyOf(buckets);
    if (type == Type.INDIRECT && list.size() != 1) {
      throw new IllegalArgumentException(
          "group " + id + " of type indirect must have one bucket, not " + list.size());
    }
    return new AutoValue_Group(id, type, list, source);
  }
}
