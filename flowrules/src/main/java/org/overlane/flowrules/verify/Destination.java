/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import java.util.Optional;
import org.overlane.flowrules.model.OfPort;

/**
 * Where frames of a network to some MAC should go: to a local port, to another node, or nowhere,
 * for want of a port or of a path. Frames with one destination have one object. Immutable.
 */
final class Destination {
  private final Optional<OfPort> port;
  private final Optional<RemotePath> path;
  private final String nowhere;

  private Destination(Optional<OfPort> port, Optional<RemotePath> path, String nowhere) {
    this.port = port;
    this.path = path;
    this.nowhere = nowhere;
  }

  static Destination local(OfPort port) {
    return new Destination(Optional.of(port), Optional.empty(), "");
  }

  static Destination remote(RemotePath path) {
    return new Destination(Optional.empty(), Optional.of(path), "");
  }

  static Destination nowhere(String why) {
    return new Destination(Optional.empty(), Optional.empty(), why);
  }

  Optional<OfPort> port() {
    return port;
  }

  Optional<RemotePath> path() {
    return path;
  }

  @Override
  public String toString() {
    return path.map(RemotePath::toString)
        .orElseGet(() -> port.map(p -> "port " + p).orElse("nobody, " + nowhere));
  }
}
