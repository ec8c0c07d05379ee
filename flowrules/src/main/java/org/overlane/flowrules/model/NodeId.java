/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.model;

/** Identifies one switch: in the controller its ONOS device id, {@code of:0000000000000001}. */
public final class NodeId implements Comparable<NodeId> {
  private final String id;

  private NodeId(String id) {
    this.id = id;
  }

  /**
   * The node of this id.
   *
   * @throws IllegalArgumentException if the id is blank
   */
  public static NodeId of(String id) {
    if (id.trim().isEmpty()) {
      throw new IllegalArgumentException("a node id must not be blank");
    }
    return new NodeId(id);
  }

  @Override
  public int compareTo(NodeId other) {
    return id.compareTo(other.id);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NodeId && ((NodeId) other).id.equals(id);
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
