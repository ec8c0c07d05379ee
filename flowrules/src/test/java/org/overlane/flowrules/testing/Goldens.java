/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Expected texts in files; {@code -Dgoldens=write} writes them instead of comparing. */
public final class Goldens {
  /** The module's directory, where Maven runs its tests. */
  private static final Path MODULE = Path.of("").toAbsolutePath();

  public static final Path SCENARIOS = MODULE.resolve("src/test/resources/scenarios");
  public static final Path DOCUMENTATION = MODULE.resolveSibling("docs");

  private Goldens() {}

  private static boolean writing() {
    return "write".equals(System.getProperty("goldens"));
  }

  /** An empty text means that there must be no file. */
  public static void check(Path file, String actual) throws IOException {
    if (writing()) {
      Files.createDirectories(file.getParent());
      Files.deleteIfExists(file);
      if (!actual.isEmpty()) {
        Files.writeString(file, actual);
      }
      return;
    }
    assertThat(actual)
        .as("%s; if the change is meant: mvn -f flowrules/pom.xml test -Dgoldens=write", file)
        .isEqualTo(Files.exists(file) ? Files.readString(file) : "");
  }
}
