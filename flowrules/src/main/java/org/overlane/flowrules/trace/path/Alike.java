/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace.path;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.overlane.flowrules.trace.Disposition;
import org.overlane.flowrules.trace.Trace;
import org.overlane.flowrules.trace.TracedPacket;

/** Packets that meet the same entries of a switch and end at the same places: told once. */
final class Alike {
  private final Trace trace;
  private final List<TracedPacket> packets = new ArrayList<>();

  private Alike(Trace trace) {
    this.trace = trace;
  }

  /** In the order of their first packets. */
  static ImmutableList<Alike> group(
      Iterable<TracedPacket> packets, Function<TracedPacket, Trace> tracer) {
    Map<Object, Alike> groups = new LinkedHashMap<>();
    for (TracedPacket packet : packets) {
      Trace trace = tracer.apply(packet);
      groups.computeIfAbsent(signature(trace), s -> new Alike(trace)).packets.add(packet);
    }
    return ImmutableList.copyOf(groups.values());
  }

  private static Object signature(Trace trace) {
    ImmutableList.Builder<Object> signature = ImmutableList.builder();
    signature.addAll(trace.entries());
    for (Disposition end : trace.dispositions()) {
      signature.add(end.kind(), end.port(), end.entry(), end.choices());
    }
    return signature.build();
  }

  /** The way of the first. */
  Trace trace() {
    return trace;
  }

  ImmutableList<TracedPacket> packets() {
    return ImmutableList.copyOf(packets);
  }
}
