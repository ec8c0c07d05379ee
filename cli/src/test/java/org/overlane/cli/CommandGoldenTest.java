/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each case that must work, as a person would ask about it: a file of commands with their answers.
 * With {@code -Dgoldens=write} the answers are written anew.
 */
class CommandGoldenTest {
  private static final Path GOLDENS = Path.of("src/test/resources").toAbsolutePath();
  private static final String COMMAND = "$ overlane ";

  static Stream<Path> files() throws IOException {
    return Stream.concat(filesIn("traces"), filesIn("mtu"));
  }

  private static Stream<Path> filesIn(String folder) throws IOException {
    try (Stream<Path> all = Files.list(GOLDENS.resolve(folder))) {
      return all.sorted().toList().stream();
    }
  }

  @Test
  void everyCaseIsThere() throws IOException {
    assertThat(filesIn("traces").map(f -> f.getFileName().toString().replace(".txt", "")))
        .containsExactlyInAnyOrder(
            "RX-1", "RX-2", "RX-3", "RX-4", "TX-1", "TX-2", "TX-3", "TX-4", "TX-5", "TX-6", "TX-7",
            "TX-8", "MTU-1", "zones");
  }

  @ParameterizedTest
  @MethodSource("files")
  void answersAsBefore(Path file) throws IOException {
    String before = Files.readString(file);
    String now = answered(before);
    if ("write".equals(System.getProperty("goldens"))) {
      Files.writeString(file, now);
      return;
    }
    assertThat(now)
        .as("%s; if the change is meant: mvn -pl cli -am test -Dgoldens=write", file)
        .isEqualTo(before);
  }

  /** The comments and commands of a file, each command with what it prints now. */
  private static String answered(String text) {
    StringBuilder answered = new StringBuilder();
    for (String line : text.split("\n", -1)) {
      if (line.startsWith("# ")) {
        answered.append(line).append('\n');
      } else if (line.startsWith(COMMAND)) {
        String[] arguments =
            Arrays.stream(line.substring(COMMAND.length()).split(" "))
                .map(a -> a.replaceFirst("^examples/", Run.examples() + "/"))
                .toArray(String[]::new);
        Run run = Run.of(arguments);
        assertThat(run.status()).as("%s\n%s", line, run.err()).isZero();
        answered.append('\n').append(line).append('\n').append(run.out());
      }
    }
    return answered.toString();
  }
}
