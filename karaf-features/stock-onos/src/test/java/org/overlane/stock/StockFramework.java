/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.stock;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.framework.FrameworkFactory;
import org.apache.felix.utils.properties.Properties;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * The OSGi framework of stock ONOS, of the very version and configured as there, on Java 11, with
 * all bundles of ONOS in it. None of them is started: this is about resolving only.
 */
final class StockFramework implements AutoCloseable {
  /** Keys of Karaf's configuration that say what the framework itself offers. */
  private static final List<String> OFFERS =
      List.of(
          Constants.FRAMEWORK_SYSTEMPACKAGES,
          Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
          Constants.FRAMEWORK_SYSTEMCAPABILITIES,
          Constants.FRAMEWORK_BOOTDELEGATION);

  private final Framework framework;

  StockFramework(StockOnos onos, Path cache) throws IOException, BundleException {
    Map<String, String> configuration = new HashMap<>();
    Properties karaf = karaf();
    OFFERS.forEach(key -> configuration.put(key, karaf.getProperty(key)));
    configuration.put(Constants.FRAMEWORK_STORAGE, cache.toString());
    configuration.put("felix.service.urlhandlers", "false");
    configuration.put("felix.log.level", "0");
    framework = new FrameworkFactory().newFramework(configuration);
    framework.start();
    for (Path bundle : onos.bundles()) {
      install(bundle);
    }
  }

  /** Karaf's own configuration, read as Karaf does it, where it runs on Java 11. */
  private static Properties karaf() throws IOException {
    Properties properties = new Properties(false);
    properties.put("java.specification.version", "11");
    for (String file : List.of("jre.properties", "config.properties")) {
      Properties read = new Properties(false);
      read.load(StockOnos.etc().resolve(file).toFile());
      properties.putAll(read);
    }
    properties.put("karaf.framework", "felix");
    properties.substitute();
    return properties;
  }

  private Bundle install(Path jar) throws BundleException, IOException {
    try (InputStream content = Files.newInputStream(jar)) {
      return framework.getBundleContext().installBundle(jar.toString(), content);
    }
  }

  /**
   * Adds bundles for as long as it takes to resolve them.
   *
   * @return why those that cannot be resolved cannot, in the words of the framework
   */
  List<String> resolve(List<Path> jars) throws BundleException, IOException {
    List<Bundle> bundles = new ArrayList<>();
    try {
      for (Path jar : jars) {
        bundles.add(install(jar));
      }
      framework.adapt(FrameworkWiring.class).resolveBundles(bundles);
      List<String> problems = new ArrayList<>();
      for (Bundle bundle : bundles) {
        problem(bundle).ifPresent(problems::add);
      }
      return problems;
    } finally {
      for (Bundle bundle : bundles) {
        bundle.uninstall();
      }
    }
  }

  private static Optional<String> problem(Bundle bundle) {
    if (bundle.getState() != Bundle.INSTALLED) {
      return Optional.empty();
    }
    try {
      bundle.start(); // fails for the reason looked for, before anything runs
      throw new AssertionError(bundle + " starts, but could not be resolved");
    } catch (BundleException e) {
      return Optional.of(e.getMessage());
    }
  }

  @Override
  public void close() throws BundleException, InterruptedException {
    framework.stop();
    framework.waitForStop(10_000);
  }
}
