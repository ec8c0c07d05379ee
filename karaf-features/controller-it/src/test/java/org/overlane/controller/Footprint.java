/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.controller;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Java process holds: threads, open files, and megabytes of live objects. Arrays of bytes do
 * not count: the consensus store keeps what is in its log as such until it compacts the log.
 */
record Footprint(int threads, int files, int megabytes) {
  private static final Pattern ROW =
      Pattern.compile("\\s*\\d+:\\s+\\d+\\s+(?<bytes>\\d+)\\s+(?<type>\\S+).*");

  static Footprint of(long pid) throws IOException, InterruptedException {
    long bytes = 0;
    for (String line : Jcmd.run(pid, "GC.class_histogram").split("\n")) {
      Matcher row = ROW.matcher(line);
      if (row.matches() && !row.group("type").equals("[B")) {
        bytes += Long.parseLong(row.group("bytes"));
      }
    }
    Path process = Path.of("/proc", String.valueOf(pid));
    return new Footprint(
        count(process.resolve("task")), count(process.resolve("fd")), (int) (bytes / 1_000_000));
  }

  private static int count(Path directory) throws IOException {
    try (var entries = Files.list(directory)) {
      return (int) entries.count();
    }
  }
}
