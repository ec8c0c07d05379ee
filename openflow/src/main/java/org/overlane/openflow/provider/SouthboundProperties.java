/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The component properties of {@link OpenFlowSouthbound}, checked. Immutable.
 *
 * <p>Addresses and ports that are not set are taken from the system properties {@code
 * overlane.openflow.bind} and {@code overlane.openflow.ports}: ONOS resets component properties
 * that stand in Karaf's etc directory to their defaults, so those could not be set before the first
 * start.
 */
final class SouthboundProperties implements SouthboundConfig {

  static final String LISTEN_ADDRESSES = "listenAddresses";
  static final String LISTEN_PORTS = "listenPorts";
  static final String FLOW_INTERVAL = "flowStatisticsInterval";
  static final int FLOW_INTERVAL_DEFAULT = 5;
  static final String PORT_INTERVAL = "portStatisticsInterval";
  static final int PORT_INTERVAL_DEFAULT = 5;

  static final String ADDRESSES_SYSTEM_PROPERTY = "overlane.openflow.bind";
  static final String PORTS_SYSTEM_PROPERTY = "overlane.openflow.ports";

  private static final String ADDRESSES_DEFAULT = "127.0.0.1";
  private static final String PORTS_DEFAULT = "6653,6633";
  private static final int MAX_INTERVAL_SECONDS = 3600;
  private static final int MAX_PORT = 65535;

  private final ImmutableList<String> addresses;
  private final ImmutableList<Integer> ports;
  private final int flowInterval;
  private final int portInterval;

  private SouthboundProperties(Map<String, ?> properties) {
    this.addresses =
        list(
            properties,
            LISTEN_ADDRESSES,
            System.getProperty(ADDRESSES_SYSTEM_PROPERTY, ADDRESSES_DEFAULT));
    this.ports =
        list(properties, LISTEN_PORTS, System.getProperty(PORTS_SYSTEM_PROPERTY, PORTS_DEFAULT))
            .stream()
            .map(port -> number(LISTEN_PORTS, port, 1, MAX_PORT))
            .collect(ImmutableList.toImmutableList());
    this.flowInterval = interval(properties, FLOW_INTERVAL, FLOW_INTERVAL_DEFAULT);
    this.portInterval = interval(properties, PORT_INTERVAL, PORT_INTERVAL_DEFAULT);
  }

  /**
   * Reads the properties; absent ones have their defaults.
   *
   * @throws IllegalArgumentException naming the property, its value and what is allowed
   */
  static SouthboundProperties of(Map<String, ?> properties) {
    return new SouthboundProperties(properties);
  }

  private static ImmutableList<String> list(
      Map<String, ?> properties, String name, String defaultValue) {
    List<String> values =
        Splitter.on(',')
            .trimResults()
            .omitEmptyStrings()
            .splitToList(text(properties, name, defaultValue));
    if (values.isEmpty()) {
      throw new IllegalArgumentException(
          name + " is empty: name at least one, for example " + defaultValue);
    }
    return ImmutableList.copyOf(values);
  }

  private static int interval(Map<String, ?> properties, String name, int defaultValue) {
    return number(
        name, text(properties, name, String.valueOf(defaultValue)), 1, MAX_INTERVAL_SECONDS);
  }

  private static String text(Map<String, ?> properties, String name, String defaultValue) {
    Object value = properties.get(name);
    return value == null || value.toString().trim().isEmpty()
        ? defaultValue
        : value.toString().trim();
  }

  private static int number(String name, String text, int min, int max) {
    try {
      int number = Integer.parseInt(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          name + " = \"" + text + "\": it has to be a whole number, " + min + ".." + max, e);
    }
    throw new IllegalArgumentException(name + " = " + text + ": it has to be " + min + ".." + max);
  }

  ImmutableList<String> addresses() {
    return addresses;
  }

  ImmutableList<Integer> ports() {
    return ports;
  }

  @Override
  public int flowStatisticsInterval() {
    return flowInterval;
  }

  @Override
  public int portStatisticsInterval() {
    return portInterval;
  }

  /** True if both listen in the same way. */
  boolean listensLike(SouthboundProperties other) {
    return addresses.equals(other.addresses) && ports.equals(other.ports);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SouthboundProperties
        && listensLike((SouthboundProperties) other)
        && flowInterval == ((SouthboundProperties) other).flowInterval
        && portInterval == ((SouthboundProperties) other).portInterval;
  }

  @Override
  public int hashCode() {
    return Objects.hash(addresses, ports, flowInterval, portInterval);
  }

  @Override
  public String toString() {
    return "addresses "
        + addresses
        + ", ports "
        + ports
        + ", flow statistics every "
        + flowInterval
        + " s, port statistics every "
        + portInterval
        + " s";
  }
}
