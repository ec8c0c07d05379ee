/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.model;

import com.google.common.collect.ImmutableSortedSet;

/**
 * The name of a transport zone: the nodes that are in it have tunnels to each other. A node may be
 * in several. Immutable.
 */
public final class Zone implements Comparable<Zone> {
  /** Where a node is that says nothing. */
  public static final ImmutableSortedSet<Zone> DEFAULT = ImmutableSortedSet.of(new Zone("default"));

  private final String name;

  private Zone(String name) {
    this.name = name;
  }

  /**
   * The zone of this name.
   *
   * @throws IllegalArgumentException if the name is blank
   */
  public static Zone of(String name) {
    if (name.trim().isEmpty()) {
      throw new IllegalArgumentException("the name of a zone must not be blank");
    }
    return new Zone(name);
  }

  @Override
  public int compareTo(Zone other) {
    return name.compareTo(other.name);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Zone && ((Zone) other).name.equals(name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
