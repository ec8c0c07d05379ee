/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.InputStream;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NodeId;

/**
 * Reads the model document or a part of it. Every method returns a value that is correct by itself,
 * or throws a {@link ConfigException} with all problems that it found; nothing else comes out, no
 * matter what goes in. Immutable, thread-safe.
 */
public final class ModelReader {
  private final ReaderLimits limits;

  public ModelReader() {
    this(ReaderLimits.DEFAULT);
  }

  public ModelReader(ReaderLimits limits) {
    this.limits = limits;
  }

  /**
   * A whole document, free of contradictions ({@link ModelChecks#check}).
   *
   * @throws ConfigException with every problem, those between objects included
   */
  public ModelDocument readDocument(String json) {
    throw new UnsupportedOperationException(limits.toString());
  }

  /** As {@link #readDocument(String)}; reads UTF-8 to the end of the stream or to the limit. */
  public ModelDocument readDocument(InputStream json) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** The content of {@code devices/<id>/overlane}. */
  public DeviceConfig readDevice(NodeId id, String json) {
    throw new UnsupportedOperationException();
  }

  /** As {@link #readDevice(NodeId, String)}, of JSON that somebody else has parsed. */
  public DeviceConfig readDevice(NodeId id, JsonNode json) {
    throw new UnsupportedOperationException();
  }

  public Network readNetwork(String json) {
    throw new UnsupportedOperationException();
  }

  /** An array of networks; an id may occur once. */
  public ImmutableList<Network> readNetworks(String json) {
    throw new UnsupportedOperationException();
  }

  public EndpointConfig readEndpoint(String json) {
    throw new UnsupportedOperationException();
  }

  /** An array of endpoints; an id may occur once. */
  public ImmutableList<EndpointConfig> readEndpoints(String json) {
    throw new UnsupportedOperationException();
  }
}
