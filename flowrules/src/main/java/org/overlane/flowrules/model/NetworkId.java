/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.model;

/** Identifies one overlay network by the name that its operator gave it. */
public final class NetworkId implements Comparable<NetworkId> {
  private final String id;

  private NetworkId(String id) {
    this.id = id;
  }

  /**
   * The network of this id.
   *
   * @throws IllegalArgumentException if the id is blank
   */
  public static NetworkId of(String id) {
    if (id.trim().isEmpty()) {
      throw new IllegalArgumentException("a network id must not be blank");
    }
    return new NetworkId(id);
  }

  @Override
  public int compareTo(NetworkId other) {
    return id.compareTo(other.id);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NetworkId && ((NetworkId) other).id.equals(id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return id;
  }
}
