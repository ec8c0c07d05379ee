/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.stock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A version of ONOS as it is distributed, as far as an application can see it. */
enum StockOnos {
  V2_5_0("onos-2.5.0"),
  V2_6_0("onos-2.6.0"),
  V2_7_0("onos-2.7.0");

  /** Where the build has put bundles. */
  private static final Path STOCK = Path.of(System.getProperty("stock"));

  private final String folder;

  StockOnos(String folder) {
    this.folder = folder;
  }

  /** ONOS, its libraries, and the Karaf that it runs on. */
  List<Path> bundles() {
    return Stream.of(folder, "libraries", "karaf", "kar")
        .flatMap(name -> jars(STOCK.resolve(name)))
        .toList();
  }

  /** The configuration of that Karaf. */
  static Path etc() {
    return STOCK.resolve("kar/resources/etc");
  }

  /** What the .oar brings. */
  static List<Path> ours() {
    return jars(STOCK.resolve("oar")).toList();
  }

  private static Stream<Path> jars(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return folder;
  }
}
