/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.stock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The bundles of the .oar find in stock ONOS whatever they need. */
class StockOnosTest {
  private static final Map<StockOnos, StockFramework> FRAMEWORKS = new EnumMap<>(StockOnos.class);

  @TempDir private static Path caches;
  @TempDir private Path directory;

  @BeforeAll
  static void start() throws Exception {
    for (StockOnos onos : StockOnos.values()) {
      FRAMEWORKS.put(onos, new StockFramework(onos, caches.resolve(onos.toString())));
    }
  }

  @AfterAll
  static void stop() throws Exception {
    for (StockFramework framework : FRAMEWORKS.values()) {
      framework.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void resolvesEveryBundle(StockOnos onos) throws Exception {
    assertThat(StockOnos.ours()).hasSizeGreaterThan(5);
    assertThat(resolve(onos, StockOnos.ours())).isEmpty();
  }

  /** The test above means something only if it fails where a bundle asks for too much. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          app            | Import-Package     | org.onosproject.net.flow     | [2.5,3)  | [2.8,3)
          app            | Import-Package     | org.apache.karaf.shell.api.action | [4.2,5) | [4.3,5)
          app            | Import-Package     | org.slf4j                    | [1.7,2)  | [2.0,3)
          app            | Require-Capability | osgi.ee                      | 11       | 17
          app            | Require-Capability | osgi.extender                | 1.4.0    | 1.5.0
          config         | Import-Package     | com.fasterxml.jackson.core   | [2.9,3)  | [2.12,3)
          tunnel-manager | Import-Package     | io.netty.channel             | [4.1,5)  | [4.1.36,5)
          flowrules      | Import-Package     | com.google.common.collect    | [22.0,23) | [23,24)
          """)
  void refusesABundleThatAsksForMore(
      String bundle, String header, String clause, String is, String wrong) throws Exception {
    List<Path> bundles = new ArrayList<>();
    for (Path ours : StockOnos.ours()) {
      bundles.add(
          ours.getFileName().toString().startsWith(bundle + "-")
              ? changed(ours, header, clause, is, wrong)
              : ours);
    }
    for (StockOnos onos : StockOnos.values()) {
      assertThat(resolve(onos, bundles)).isNotEmpty().anyMatch(reason -> reason.contains(clause));
    }
  }

  private static List<String> resolve(StockOnos onos, List<Path> jars) throws Exception {
    return FRAMEWORKS.get(onos).resolve(jars);
  }

  /** A copy of a bundle, with one version in one clause of its manifest replaced. */
  private Path changed(Path jar, String header, String clause, String is, String wrong)
      throws IOException {
    Path copy = Files.copy(jar, directory.resolve(jar.getFileName()));
    try (FileSystem files = FileSystems.newFileSystem(copy)) {
      Path path = files.getPath("META-INF", "MANIFEST.MF");
      Manifest manifest;
      try (InputStream in = Files.newInputStream(path)) {
        manifest = new Manifest(in);
      }
      Attributes attributes = manifest.getMainAttributes();
      String before = attributes.getValue(header);
      int start = before.indexOf(clause + ";");
      int at = before.indexOf(is, start);
      assertThat(start).as("%s in %s of %s", clause, header, jar).isNotNegative();
      assertThat(at).as("%s of %s", is, clause).isNotNegative();
      attributes.putValue(
          header, before.substring(0, at) + wrong + before.substring(at + is.length()));
      try (OutputStream out = Files.newOutputStream(path)) {
        manifest.write(out);
      }
    }
    return copy;
  }
}
