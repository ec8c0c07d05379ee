/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tracing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.overlane.config.ModelAssembler;
import org.overlane.config.ModelReader;
import org.overlane.config.PortDirectory;
import org.overlane.flowrules.model.NetworkModel;

/** The example models. */
final class Examples {
  private Examples() {}

  static NetworkModel model(String name) {
    try (InputStream in = Files.newInputStream(Path.of("../examples", name))) {
      return ModelAssembler.assemble(new ModelReader().readDocument(in), PortDirectory.offline())
          .model();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
