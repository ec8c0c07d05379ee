/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs and collects what they print. */
final class Command {
  private static final Duration LIMIT = Duration.ofSeconds(120);

  private Command() {}

  /** What a program has printed, and how it ended. */
  record Output(int exitCode, String out, String err) {}

  /**
   * Runs a program to its end.
   *
   * @throws IllegalStateException if it takes longer than two minutes
   */
  static Output run(Map<String, String> environment, List<String> words) {
    try {
      Path out = Files.createTempFile("overlane-e2e", ".out");
      Path err = Files.createTempFile("overlane-e2e", ".err");
      try {
        // Files, not pipes: a daemon that a command leaves behind inherits them and keeps pipes
        // open.
        ProcessBuilder builder =
            new ProcessBuilder(words)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
          process.destroy();
          throw new IllegalStateException(words + " did not end within " + LIMIT);
        }
        return new Output(process.exitValue(), text(out), text(err));
      } finally {
        Files.delete(out);
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + words, e);
    }
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
