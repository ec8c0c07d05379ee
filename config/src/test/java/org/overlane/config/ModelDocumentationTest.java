/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.Vni;

/** docs/model.md says what the reader does; for its tables see {@link ModelReferenceTest}. */
class ModelDocumentationTest {
  private String documentation;

  @BeforeEach
  void read() throws IOException {
    documentation =
        new String(Files.readAllBytes(Paths.get("../docs/model.md")), StandardCharsets.UTF_8);
  }

  @Test
  void givesTheLimits() {
    assertThat(documentation)
        .contains("1 to " + Vni.MAX)
        .contains("1 to " + OfPort.MAX)
        .contains("1 to " + PortRef.MAX_NAME_LENGTH + " printable")
        .contains(String.format(Locale.ROOT, "%,d JSON values", ReaderLimits.DEFAULT.values()))
        .contains(ReaderLimits.DEFAULT.bytes() / 1024 / 1024 + " MiB");
  }

  @Test
  void theGuideShowsDevicesThatCanBeRead() throws IOException {
    String guide =
        new String(Files.readAllBytes(Paths.get("../docs/guide.md")), StandardCharsets.UTF_8);
    int start = guide.indexOf("```json\n") + "```json\n".length();
    String example = guide.substring(start, guide.indexOf("```", start));
    assertThat(new ModelReader().readDocument(example).devices()).hasSize(2);
  }

  @Test
  void showsADocumentThatCanBeRead() {
    int start = documentation.indexOf("```json\n") + "```json\n".length();
    String example = documentation.substring(start, documentation.indexOf("```", start));

    ModelDocument document = new ModelReader().readDocument(example);

    assertThat(ModelChecks.danglingReferences(document)).isEmpty();
    assertThat(ModelAssembler.assemble(document, PortDirectory.offline()).pending()).isEmpty();
  }

  @Test
  void showsAProblemAsItIsReported() {
    assertThat(documentation)
        .contains(
            Problem.of(
                    "networks[0].vni",
                    "0",
                    "a VNI must be a whole number from 1 to 16777215",
                    "Give a number in this range")
                .toString());
  }
}
