/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace;

import com.google.auto.value.AutoValue;
import org.overlane.flowrules.openflow.Group;

/**
 * That a switch chooses one bucket of a group of type SELECT. How it does is left open (OpenFlow
 * 1.3.5 section 5.6.1), so whatever follows from a choice may happen or not. Immutable.
 */
@AutoValue
public abstract class BucketChoice {
  BucketChoice() {}

  /**
   * Which choice of a trace, from 0: a packet may come to one group twice. Of what follows from
   * different buckets of one choice, one thing happens.
   */
  public abstract int number();

  public abstract long groupId();

  /** From 0. */
  public abstract int bucket();

  /** How many buckets there are; two at least. */
  public abstract int buckets();

  static BucketChoice of(int number, Group group, int bucket) {
    return new AutoValue_BucketChoice(number, group.id(), bucket, group.buckets().size());
  }

  /** For people: {@code group 7 chooses bucket 1 of 2}. */
  public String text() {
    return "group " + groupId() + " chooses bucket " + (bucket() + 1) + " of " + buckets();
  }
}
