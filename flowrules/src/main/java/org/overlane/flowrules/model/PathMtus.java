/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.model;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.MapDifference;
import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the underlay carries between nodes, as probes have found: upper bounds beside those that are
 * declared, each for one direction. They only ever lower a limit. Immutable.
 */
public final class PathMtus {
  /** Nothing has been found: what is declared holds. */
  public static final PathMtus UNKNOWN = new PathMtus(ImmutableMap.of());

  private final ImmutableMap<Path, Integer> bytes;

  private PathMtus(ImmutableMap<Path, Integer> bytes) {
    this.bytes = bytes;
  }

  /** From the tunnel endpoint of one node to that of another, over one family. */
  @AutoValue
  public abstract static class Path {
    Path() {}

    public abstract NodeId from();

    public abstract NodeId to();

    public abstract AddressFamily family();

    public static Path of(NodeId from, NodeId to, AddressFamily family) {
      return new AutoValue_PathMtus_Path(from, to, family);
    }
  }

  /**
   * The bounds.
   *
   * @param bytes of the largest outer packet that gets through, with its IP header, without
   *     Ethernet header; 576 to 65,535
   * @throws IllegalArgumentException if one is out of range
   */
  public static PathMtus of(Map<Path, Integer> bytes) {
    bytes.forEach(
        (path, mtu) -> {
          if (mtu < Node.MIN_UNDERLAY_MTU || mtu > Node.MAX_UNDERLAY_MTU) {
            throw new IllegalArgumentException(
                "the MTU of " + path + " must be 576 to 65535 bytes, not " + mtu);
          }
        });
    return bytes.isEmpty() ? UNKNOWN : new PathMtus(ImmutableMap.copyOf(bytes));
  }

  /** Bytes with outer IP header; empty where nothing has been found. */
  public OptionalInt of(NodeId from, NodeId to, AddressFamily family) {
    if (bytes.isEmpty()) {
      return OptionalInt.empty();
    }
    Integer mtu = bytes.get(Path.of(from, to, family));
    return mtu == null ? OptionalInt.empty() : OptionalInt.of(mtu);
  }

  public ImmutableMap<Path, Integer> bytes() {
    return bytes;
  }

  /** The paths of which these say something else than others do. */
  public Set<Path> difference(PathMtus other) {
    MapDifference<Path, Integer> difference = Maps.difference(bytes, other.bytes);
    return Sets.union(
        difference.entriesDiffering().keySet(),
        Sets.union(
            difference.entriesOnlyOnLeft().keySet(), difference.entriesOnlyOnRight().keySet()));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PathMtus && ((PathMtus) other).bytes.equals(bytes);
  }

  @Override
  public int hashCode() {
    return bytes.hashCode();
  }

  @Override
  public String toString() {
    return bytes.toString();
  }
}
