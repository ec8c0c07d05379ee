/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.pipeline.PortMeters;

/** What should become of a set of packets. Immutable. */
final class Expected {
  /** One copy for each of these ports, but for that of arrival. */
  private final ImmutableSet<OfPort> ports;

  /** One copy into each of these. */
  private final ImmutableList<RemotePath> paths;

  private final Optional<PortMeters.Purpose> controller;
  private final boolean drop;

  private Expected(
      Iterable<OfPort> ports,
      Iterable<RemotePath> paths,
      Optional<PortMeters.Purpose> controller,
      boolean drop) {
    this.ports = ImmutableSet.copyOf(ports);
    this.paths = ImmutableList.copyOf(paths);
    this.controller = controller;
    this.drop = drop;
  }

  static final Expected NOTHING =
      new Expected(ImmutableList.of(), ImmutableList.of(), Optional.empty(), false);

  static Expected port(OfPort port) {
    return ports(ImmutableSet.of(port));
  }

  static Expected ports(Collection<OfPort> ports) {
    return new Expected(ports, ImmutableList.of(), Optional.empty(), false);
  }

  static Expected path(RemotePath path) {
    return new Expected(ImmutableList.of(), ImmutableList.of(path), Optional.empty(), false);
  }

  static Expected controller(PortMeters.Purpose purpose) {
    return new Expected(ImmutableList.of(), ImmutableList.of(), Optional.of(purpose), false);
  }

  /** Copies for some ports; what else becomes of it is a drop, which a meter counts. */
  static Expected countedDrop(Collection<OfPort> ports) {
    return new Expected(ports, ImmutableList.of(), Optional.empty(), true);
  }

  static Expected copies(Collection<OfPort> ports, Collection<RemotePath> paths) {
    return new Expected(ports, paths, Optional.empty(), false);
  }

  ImmutableSet<OfPort> ports() {
    return ports;
  }

  ImmutableList<RemotePath> paths() {
    return paths;
  }

  /** For what, if packets should go to the controller. */
  Optional<PortMeters.Purpose> controller() {
    return controller;
  }

  /** Whether a meter must count what is dropped. */
  boolean isCountedDrop() {
    return drop;
  }

  @Override
  public String toString() {
    String copies =
        Stream.of(
                ports.stream().map(p -> "port " + p),
                paths.stream().map(RemotePath::toString),
                Stream.of("the controller").filter(c -> controller.isPresent()),
                Stream.of("a meter that counts the drop").filter(d -> drop))
            .flatMap(s -> s)
            .collect(Collectors.joining(", "));
    return copies.isEmpty() ? "nowhere" : "to " + copies;
  }
}
