/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.metrics;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import org.overlane.monitoring.Exposition;

/** How the process is doing, under the names that Prometheus's own libraries use. */
final class JvmMetrics {
  private JvmMetrics() {}

  static void addTo(Exposition to) {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    MemoryUsage heap = memory.getHeapMemoryUsage();
    to.gauge(
        "jvm_memory_used_bytes",
        "Used bytes of a memory area.",
        s -> {
          s.add(heap.getUsed(), "area", "heap");
          s.add(memory.getNonHeapMemoryUsage().getUsed(), "area", "nonheap");
        });
    to.gauge(
        "jvm_memory_max_bytes",
        "Bytes that a memory area may have, where there is a limit.",
        s -> {
          if (heap.getMax() >= 0) {
            s.add(heap.getMax(), "area", "heap");
          }
        });
    to.counter(
        "jvm_gc_collection_seconds_total",
        "Time that the garbage collector has spent.",
        s -> {
          for (GarbageCollectorMXBean gc : ManagementFactory.getGarbageCollectorMXBeans()) {
            s.add(Math.max(0, gc.getCollectionTime()) / 1_000.0, "gc", gc.getName());
          }
        });
    to.gauge(
        "jvm_threads_current",
        "Threads.",
        s -> s.add(ManagementFactory.getThreadMXBean().getThreadCount()));
    to.gauge(
        "process_start_time_seconds",
        "When the process was started.",
        s -> s.add(ManagementFactory.getRuntimeMXBean().getStartTime() / 1_000.0));
  }
}
