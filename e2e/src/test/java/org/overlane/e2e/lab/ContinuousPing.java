/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A ping that runs beside a test until it is stopped. */
public final class ContinuousPing implements AutoCloseable {
  private static final Pattern ANSWER = Pattern.compile("icmp_seq=(\\d+) ttl=");

  private final Path output;
  private final Process process;

  ContinuousPing(Map<String, String> environment, List<String> words) {
    try {
      // Not a pipe: it would be full after a while, and nobody reads it before the end.
      output = Files.createTempFile("ping", ".out");
      ProcessBuilder builder =
          new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What became of the requests.
   *
   * @param sent without the last one, if that was on its way when the ping was stopped
   * @param lost the numbers of those that were not answered, from 1
   */
  public record Result(int sent, List<Integer> lost) {}

  /** Ends it. */
  public Result stop() {
    try {
      // ping prints its summary at an interrupt, and Java can only send SIGTERM by itself.
      new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("ping does not stop: " + Files.readString(output));
      }
      return result(Files.readString(output));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while stopping a ping", e);
    }
  }

  private static Result result(String text) {
    Set<Integer> answered =
        ANSWER
            .matcher(text)
            .results()
            .map(answer -> Integer.parseInt(answer.group(1)))
            .collect(Collectors.toSet());
    int sent = Vm.summary(text).sent();
    int last = answered.contains(sent) ? sent : sent - 1;
    return new Result(
        last, IntStream.rangeClosed(1, last).boxed().filter(n -> !answered.contains(n)).toList());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      Files.deleteIfExists(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
