/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** One run of the command line, with everything that it said. */
record Run(int status, String out, String err) {
  static Run of(String... args) {
    return withInput("", args);
  }

  static Run withInput(String input, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        Main.run(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintWriter(out),
            new PrintWriter(err),
            args);
    return new Run(status, out.toString(), err.toString());
  }

  /** A model file, with apostrophes instead of quotation marks in what is given. */
  static String modelFile(Path folder, String json) throws IOException {
    return Files.writeString(folder.resolve("model.json"), json.replace('\'', '"')).toString();
  }

  /** What it printed, as JSON. */
  JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out);
  }

  static Path examples() {
    return Path.of(System.getProperty("overlane.examples", "../examples"));
  }

  static String example(String name) {
    return examples().resolve(name).toString();
  }
}
