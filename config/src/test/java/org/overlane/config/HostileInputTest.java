/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever comes in, a document or a refusal comes out. */
class HostileInputTest {
  private static final String[] SNIPPETS = {
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "null",
    "true",
    "-1",
    "0",
    "1e999",
    "1.5",
    "\\u0000",
    "\\ud800",
    "\"port\"",
    "\"LOCAL\"",
    "\"devices\"",
    "\"of:0000000000000001\"",
    "{}",
    "[]",
    "\\",
    "9999999999999999999",
    "\uFEFF",
    "\u0000",
    "\uD800",
    "ffff::1",
    "::ffff:1.2.3.4",
    "/* */",
    "'"
  };

  private final ModelReader reader = new ModelReader();

  private void survives(String text) {
    try {
      ModelDocument document = reader.readDocument(text);
      assertThat(ModelChecks.check(document)).isEmpty();
      assertThat(reader.readDocument(ModelWriter.write(document))).isEqualTo(document);
      ModelAssembler.assemble(document, PortDirectory.offline());
    } catch (ConfigException refusal) {
      assertThat(refusal.problems()).isNotEmpty();
      assertThat(refusal.problems()).allMatch(p -> !p.message().isEmpty() && !p.remedy().isEmpty());
      assertThat(refusal.problems()).allMatch(p -> p.value().length() <= 60);
    }
  }

  /** Never refuses what is right as a whole document. */
  private void fragmentSurvives(String text) {
    try {
      ModelDocument fragment = reader.readFragment(text);
      ModelAssembler.assemble(fragment, PortDirectory.offline());
    } catch (ConfigException refusal) {
      assertThat(refusal.problems()).isNotEmpty();
      assertThatThrownBy(() -> reader.readDocument(text)).isInstanceOf(ConfigException.class);
    }
  }

  @Property(tries = 2000)
  void randomBytes(@ForAll byte[] bytes) throws IOException {
    try {
      reader.readDocument(new ByteArrayInputStream(bytes));
    } catch (ConfigException refusal) {
      assertThat(refusal.problems()).isNotEmpty();
    }
  }

  @Property(tries = 1000)
  void randomText(@ForAll String text) {
    survives(text);
    fragmentSurvives(text);
  }

  @Property(tries = 3000)
  void damagedDocuments(@ForAll long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder(Samples.twoHosts());
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(text.length());
      int length = Math.min(random.nextInt(12), text.length() - at);
      text.replace(
          at, at + length, random.nextBoolean() ? "" : SNIPPETS[random.nextInt(SNIPPETS.length)]);
    }
    survives(text.toString());
    fragmentSurvives(text.toString());
  }

  /** Well-formed documents with one value replaced by another of any type. */
  @Property(tries = 3000)
  void exchangedValues(@ForAll long seed) {
    Random random = new Random(seed);
    String[] parts = Samples.twoHosts().split("(?<=[:,\\[])\\s*(?=[\"0-9{\\[])|(?=[,\\]}])");
    String[] values = {"null", "{}", "[]", "0", "-1", "1.5", "\"\"", "\"x\"", "[[]]", "1", "true"};
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(parts.length);
      parts[at] =
          random.nextBoolean()
              ? values[random.nextInt(values.length)]
              : parts[random.nextInt(parts.length)];
    }
    survives(String.join(" ", parts));
    fragmentSurvives(String.join(" ", parts));
  }
}
