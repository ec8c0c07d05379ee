/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A tool of the lab that runs beside a test and prints a line for everything that it sees or does.
 */
final class Background implements AutoCloseable {
  private final List<String> words;
  private final Process process;
  private final BufferedReader lines;

  Background(Map<String, String> environment, List<String> words) {
    this.words = words;
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    try {
      process = builder.start();
      lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a tool and returns when it has said that it is ready. */
  static Background ready(Map<String, String> environment, List<String> words) {
    Background tool = new Background(environment, words);
    tool.expect("ready");
    return tool;
  }

  /** Waits for the next line, which must be this one. */
  void expect(String line) {
    try {
      String found = lines.readLine();
      if (!line.equals(found)) {
        close();
        throw new IllegalStateException(words + " said \"" + found + "\" instead of " + line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives it a line on its standard input. */
  void say(String line) {
    try {
      process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The remaining lines of a tool that ends by itself. */
  List<String> rest() {
    return lines.lines().toList();
  }

  /** Ends it and returns the remaining lines; what it had seen before is among them. */
  List<String> stop() {
    // Unlike Process.destroy(), this leaves the stream open for what is still to be read.
    process.toHandle().destroy();
    return rest();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
