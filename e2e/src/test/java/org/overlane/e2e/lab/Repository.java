/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e.lab;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the parts of the project are that the tests drive. */
public final class Repository {
  private Repository() {}

  /** The root of the repository. */
  public static Path root() {
    String named = System.getProperty("overlane.repository");
    Path start = Path.of(named == null ? "" : named).toAbsolutePath();
    for (Path p = start; p != null; p = p.getParent()) {
      if (Files.isExecutable(p.resolve("e2e/lab/lab"))) {
        return p;
      }
    }
    throw new IllegalStateException("no e2e/lab/lab in " + start + " or above it");
  }

  static String lab() {
    return root().resolve("e2e/lab/lab").toString();
  }

  static String tool(String name) {
    return root().resolve("e2e/lab/tools").resolve(name).toString();
  }

  /** The command that compiles offline; system property {@code overlane.command} names another. */
  static String overlane() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String jar = root().resolve("cli/target/overlane-cli.jar").toString();
    return System.getProperty("overlane.command", java + " -XX:TieredStopAtLevel=1 -jar " + jar);
  }
}
