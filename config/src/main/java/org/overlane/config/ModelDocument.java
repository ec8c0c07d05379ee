/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableSortedMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NodeId;

/**
 * All that an operator declared: devices, networks, endpoints. Immutable; equal contents are equal
 * documents, whatever the order of declaration. A document says nothing about its own consistency:
 * {@link ModelChecks#check} does.
 */
@AutoValue
public abstract class ModelDocument {
  public static final ModelDocument EMPTY = builder().build();

  ModelDocument() {}

  public abstract ImmutableSortedMap<NodeId, DeviceConfig> devices();

  public abstract ImmutableSortedMap<NetworkId, Network> networks();

  /** By id. */
  public abstract ImmutableSortedMap<String, EndpointConfig> endpoints();

  /** This document with the device added, or in place of that of the same id. */
  public ModelDocument with(DeviceConfig device) {
    return toBuilder().add(device).build();
  }

  /** This document with the network added, or in place of that of the same id. */
  public ModelDocument with(Network network) {
    return toBuilder().add(network).build();
  }

  /** This document with the endpoint added, or in place of that of the same id. */
  public ModelDocument with(EndpointConfig endpoint) {
    return toBuilder().add(endpoint).build();
  }

  /** This document with all objects of a part added, or in place of those of the same ids. */
  public ModelDocument with(ModelDocument part) {
    Builder merged = toBuilder();
    part.devices().values().forEach(merged::add);
    part.networks().values().forEach(merged::add);
    part.endpoints().values().forEach(merged::add);
    return merged.build();
  }

  /** This document without the device; the same if there is none. */
  public ModelDocument withoutDevice(NodeId id) {
    return toBuilder().removeDevice(id).build();
  }

  /** This document without the network; the same if there is none. Its endpoints stay. */
  public ModelDocument withoutNetwork(NetworkId id) {
    return toBuilder().removeNetwork(id).build();
  }

  /** This document without the endpoint; the same if there is none. */
  public ModelDocument withoutEndpoint(String id) {
    return toBuilder().removeEndpoint(id).build();
  }

  public static Builder builder() {
    return new Builder();
  }

  public Builder toBuilder() {
    Builder builder = builder();
    builder.devices.putAll(devices());
    builder.networks.putAll(networks());
    builder.endpoints.putAll(endpoints());
    return builder;
  }

  @Override
  public final String toString() {
    return devices().size()
        + " devices, "
        + networks().size()
        + " networks, "
        + endpoints().size()
        + " endpoints";
  }

  /** Collects the parts in any order; the last value of an id wins. Not thread-safe. */
  public static final class Builder {
    private final SortedMap<NodeId, DeviceConfig> devices = new TreeMap<>();
    private final SortedMap<NetworkId, Network> networks = new TreeMap<>();
    private final SortedMap<String, EndpointConfig> endpoints = new TreeMap<>();

    private Builder() {}

    public Builder add(DeviceConfig device) {
      devices.put(device.id(), device);
      return this;
    }

    public Builder add(Network network) {
      networks.put(network.id(), network);
      return this;
    }

    public Builder add(EndpointConfig endpoint) {
      endpoints.put(endpoint.id(), endpoint);
      return this;
    }

    public Builder removeDevice(NodeId id) {
      devices.remove(id);
      return this;
    }

    public Builder removeNetwork(NetworkId id) {
      networks.remove(id);
      return this;
    }

    public Builder removeEndpoint(String id) {
      endpoints.remove(id);
      return this;
    }

    /** The document, unchecked. */
    public ModelDocument build() {
      return new AutoValue_ModelDocument(sorted(devices), sorted(networks), sorted(endpoints));
    }

    private static <K extends Comparable<K>, V> ImmutableSortedMap<K, V> sorted(Map<K, V> map) {
      return ImmutableSortedMap.copyOf(map);
    }
  }
}
