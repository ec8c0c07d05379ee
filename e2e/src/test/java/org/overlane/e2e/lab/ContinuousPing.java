/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A ping that runs beside a test until it is stopped. */
public final class ContinuousPing implements AutoCloseable {
  private final Process process;

  ContinuousPing(Map<String, String> environment, List<String> words) {
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it and says how many requests were answered. */
  public Vm.Ping stop() {
    try {
      // ping prints its summary at an interrupt, and Java can only send SIGTERM by itself.
      new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor();
      String text = new String(process.getInputStream().readAllBytes());
      process.waitFor(5, TimeUnit.SECONDS);
      return Vm.summary(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while stopping a ping", e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
