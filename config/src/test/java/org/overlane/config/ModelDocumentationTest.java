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
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.Vni;

/** docs/model.md says what the reader does. */
class ModelDocumentationTest {
  private static final Pattern FIELD_ROW = Pattern.compile("^\\| `([A-Za-z]+)` \\|.*");

  private String documentation;

  @BeforeEach
  void read() throws IOException {
    documentation =
        new String(Files.readAllBytes(Paths.get("../docs/model.md")), StandardCharsets.UTF_8);
  }

  /** The fields in the first table after a heading. */
  private Set<String> fieldsUnder(String heading) {
    int start = documentation.indexOf("# " + heading + "\n");
    assertThat(start).as("heading %s", heading).isPositive();
    String table = documentation.substring(documentation.indexOf("| field |", start));
    return Stream.of(table.split("\n"))
        .takeWhile(line -> line.startsWith("|"))
        .map(FIELD_ROW::matcher)
        .filter(Matcher::matches)
        .map(row -> row.group(1))
        .collect(Collectors.toSet());
  }

  @Test
  void listsTheFieldsThatTheReaderAllows() {
    assertThat(fieldsUnder("Document")).isEqualTo(DocumentFields.ALLOWED);
    assertThat(fieldsUnder("Device")).isEqualTo(DeviceFields.ALLOWED);
    assertThat(fieldsUnder("Uplink")).isEqualTo(DeviceFields.UPLINK);
    assertThat(fieldsUnder("Management")).isEqualTo(DeviceFields.MANAGEMENT);
    assertThat(fieldsUnder("Tunnel")).isEqualTo(DeviceFields.TUNNEL);
    assertThat(fieldsUnder("Provision")).isEqualTo(DeviceFields.PROVISION);
    assertThat(fieldsUnder("Network")).isEqualTo(NetworkFields.ALLOWED);
    assertThat(fieldsUnder("Endpoint")).isEqualTo(EndpointFields.ALLOWED);
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
