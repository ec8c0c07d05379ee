/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.google.auto.value.AutoValue;
import java.util.Optional;
import org.overlane.flowrules.model.NodeId;

/** Something declared that cannot be put to work yet, and what it waits for. */
@AutoValue
public abstract class Pending {
  Pending() {}

  /** The device that it concerns; for an endpoint the device that it is on. */
  public abstract NodeId device();

  /** The endpoint that it concerns; absent if it concerns the device itself. */
  public abstract Optional<String> endpoint();

  /** The field, as in {@link Problem#path}. */
  public abstract String path();

  /** What is left out and why. */
  public abstract String reason();

  public abstract String remedy();

  static Pending ofDevice(NodeId device, String path, String reason, String remedy) {
    return new AutoValue_Pending(device, Optional.empty(), path, reason, remedy);
  }

  static Pending ofEndpoint(EndpointConfig endpoint, String path, String reason, String remedy) {
    return new AutoValue_Pending(
        endpoint.device(), Optional.of(endpoint.id()), path, reason, remedy);
  }

  /** One line for people. */
  @Override
  public final String toString() {
    return path() + ": " + reason() + ". " + remedy();
  }
}
