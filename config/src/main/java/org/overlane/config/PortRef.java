/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import java.util.Objects;
import java.util.Optional;
import org.overlane.flowrules.model.OfPort;

/**
 * How a document names a switch port: an OpenFlow number (1 to 0xffffff00), {@code LOCAL}, or the
 * name that the switch reports for the port. Immutable.
 */
public final class PortRef {
  /** The switch's own network stack. */
  public static final PortRef LOCAL = new PortRef(Optional.of(OfPort.LOCAL), Optional.empty());

  /**
   * Longest name that a switch can report: 16 octets with the final zero (OpenFlow 1.3.5, 7.2.1).
   */
  public static final int MAX_NAME_LENGTH = 15;

  private final Optional<OfPort> port;
  private final Optional<String> name;

  private PortRef(Optional<OfPort> port, Optional<String> name) {
    this.port = port;
    this.name = name;
  }

  /**
   * The port with this number, or LOCAL.
   *
   * @throws IllegalArgumentException if nothing can be attached to the port
   */
  public static PortRef of(OfPort port) {
    if (!port.isAttachable()) {
      throw new IllegalArgumentException("nothing can be attached to port " + port);
    }
    return new PortRef(Optional.of(port), Optional.empty());
  }

  /**
   * The port that the switch reports by this name.
   *
   * @throws IllegalArgumentException if a switch cannot report such a name: it is empty, longer
   *     than 15 characters, has a character outside printable ASCII or blanks at its ends, or reads
   *     as a number or as LOCAL
   */
  public static PortRef named(String name) {
    nameError(name)
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException(reason + ": " + name);
            });
    return new PortRef(Optional.empty(), Optional.of(name));
  }

  /** Why this cannot be a port's name, if it cannot. */
  static Optional<String> nameError(String name) {
    if (name.isEmpty() || name.length() > MAX_NAME_LENGTH) {
      return Optional.of("a port name has 1 to " + MAX_NAME_LENGTH + " characters");
    }
    if (!name.chars().allMatch(c -> c >= ' ' && c <= '~') || !name.trim().equals(name)) {
      return Optional.of("a port name is printable ASCII without blanks at its ends");
    }
    if (name.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.of("a port number is written without quotes");
    }
    if (name.equalsIgnoreCase("LOCAL")) {
      return Optional.of("the local port is written LOCAL and is no name");
    }
    return Optional.empty();
  }

  /** The port, if it is given by number or as LOCAL. */
  public Optional<OfPort> port() {
    return port;
  }

  /** The name, if the port is given by name. */
  public Optional<String> name() {
    return name;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PortRef
        && ((PortRef) other).port.equals(port)
        && ((PortRef) other).name.equals(name);
  }

  @Override
  public int hashCode() {
    return Objects.hash(port, name);
  }

  /** As written in a document: the number, LOCAL, or the name. */
  @Override
  public String toString() {
    return port.isPresent() ? port.get().toString() : name.get();
  }
}
