/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Map;
import java.util.Optional;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.util.ItemNotFoundException;
import org.onosproject.net.DeviceId;
import org.onosproject.net.behaviour.ExtensionSelectorResolver;
import org.onosproject.net.behaviour.ExtensionTreatmentResolver;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.driver.Behaviour;
import org.onosproject.net.driver.DriverHandler;
import org.onosproject.net.driver.DriverService;
import org.onosproject.net.flow.Extension;
import org.onosproject.net.flow.criteria.ExtensionSelector;
import org.onosproject.net.flow.criteria.ExtensionSelectorType;
import org.onosproject.net.flow.instructions.ExtensionPropertyException;
import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.onosproject.net.flow.instructions.ExtensionTreatmentType;
import org.onosproject.net.flow.instructions.ExtensionTreatmentType.ExtensionTreatmentTypes;

/**
 * The extensions of OpenFlow that a device's driver offers. ONOS serialises an extension by its
 * type and finds it again through the driver, so only the driver can make one.
 */
final class DriverExtensions {
  /** What only the driver of Overlane's own southbound has. */
  static final ExtensionTreatmentType SET_TUNNEL_IPV6_DST = new ExtensionTreatmentType(4701);

  static final ExtensionTreatmentType CHECK_PKT_LARGER = new ExtensionTreatmentType(4702);
  static final ExtensionTreatmentType LOAD_REGISTER = new ExtensionTreatmentType(4704);
  static final ExtensionSelectorType MATCH_NW_FRAG = new ExtensionSelectorType(4711);
  static final ExtensionSelectorType MATCH_TCP_FLAGS = new ExtensionSelectorType(4712);
  static final ExtensionSelectorType MATCH_REGISTER = new ExtensionSelectorType(4713);

  static final String REMEDY =
      "Use Overlane's own southbound, or a driver that has it"
          + " (devices/<id>/basic/driver in the network configuration)";

  private final String driver;
  private final Optional<ExtensionTreatmentResolver> treatments;
  private final Optional<ExtensionSelectorResolver> selectors;

  /**
   * The extensions of a driver.
   *
   * @param driver its name, for messages
   */
  DriverExtensions(
      String driver,
      Optional<ExtensionTreatmentResolver> treatments,
      Optional<ExtensionSelectorResolver> selectors) {
    this.driver = driver;
    this.treatments = treatments;
    this.selectors = selectors;
  }

  /** The extensions that the driver of a device offers; none where it has no driver. */
  static DriverExtensions of(DeviceId device, DeviceService devices, DriverService drivers) {
    Optional<DriverHandler> handler = handler(device, devices, drivers);
    return new DriverExtensions(
        handler.map(h -> h.driver().name()).orElse("(none)"),
        behaviour(handler, ExtensionTreatmentResolver.class),
        behaviour(handler, ExtensionSelectorResolver.class));
  }

  private static Optional<DriverHandler> handler(
      DeviceId device, DeviceService devices, DriverService drivers) {
    if (devices.getDevice(device) == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(drivers.createHandler(device));
    } catch (ItemNotFoundException e) {
      return Optional.empty();
    }
  }

  private static <B extends Behaviour> Optional<B> behaviour(
      Optional<DriverHandler> handler, Class<B> behaviour) {
    return handler.filter(h -> h.hasBehaviour(behaviour)).map(h -> h.behaviour(behaviour));
  }

  String driver() {
    return driver;
  }

  /** What the size check and the slow path need and cannot be expressed; empty if all can. */
  ImmutableList<String> lackingForSizeCheck() {
    ImmutableList.Builder<String> lacking = ImmutableList.builder();
    add(lacking, "check_pkt_larger", () -> checkPacketLarger(0, 0, 0));
    add(lacking, "load register", () -> loadRegister(0, 0, 1));
    add(lacking, "match register", () -> matchRegister(0, 0, 1));
    add(lacking, "match nw_frag", () -> matchFragment(1, 1));
    add(lacking, "match tcp_flags", () -> matchTcpFlags(2, 2));
    return lacking.build();
  }

  private interface Attempt {
    Extension make() throws UntranslatableException;
  }

  private static void add(ImmutableList.Builder<String> lacking, String what, Attempt attempt) {
    try {
      attempt.make();
    } catch (UntranslatableException e) {
      lacking.add(what);
    }
  }

  ExtensionTreatment setTunnelDst(Ip4Address address) throws UntranslatableException {
    return treatment(
        ExtensionTreatmentTypes.NICIRA_SET_TUNNEL_DST.type(),
        "set tunnel destination (IPv4)",
        ImmutableMap.of("tunnelDst", address));
  }

  ExtensionTreatment setTunnelIpv6Dst(Ip6Address address) throws UntranslatableException {
    return treatment(
        SET_TUNNEL_IPV6_DST,
        "set tunnel destination (IPv6)",
        ImmutableMap.of("tunnelIpv6Dst", address));
  }

  ExtensionTreatment checkPacketLarger(int length, int register, int bit)
      throws UntranslatableException {
    return treatment(
        CHECK_PKT_LARGER,
        "check_pkt_larger",
        ImmutableMap.of("length", length, "register", register, "bit", bit));
  }

  ExtensionTreatment loadRegister(int register, int value, int mask)
      throws UntranslatableException {
    return treatment(
        LOAD_REGISTER,
        "load register",
        ImmutableMap.of("register", register, "value", value, "mask", mask));
  }

  ExtensionSelector matchFragment(int value, int mask) throws UntranslatableException {
    return selector(MATCH_NW_FRAG, "match nw_frag", ImmutableMap.of("value", value, "mask", mask));
  }

  ExtensionSelector matchTcpFlags(int flags, int mask) throws UntranslatableException {
    return selector(
        MATCH_TCP_FLAGS, "match tcp_flags", ImmutableMap.of("flags", flags, "mask", mask));
  }

  ExtensionSelector matchRegister(int register, int value, int mask)
      throws UntranslatableException {
    return selector(
        MATCH_REGISTER,
        "match register",
        ImmutableMap.of("register", register, "value", value, "mask", mask));
  }

  private ExtensionTreatment treatment(
      ExtensionTreatmentType type, String what, Map<String, ?> properties)
      throws UntranslatableException {
    if (!treatments.isPresent()) {
      throw missing(what);
    }
    ExtensionTreatment treatment;
    try {
      treatment = treatments.get().getExtensionInstruction(type);
    } catch (UnsupportedOperationException e) {
      throw missing(what);
    }
    return filled(treatment, what, properties);
  }

  private ExtensionSelector selector(
      ExtensionSelectorType type, String what, Map<String, ?> properties)
      throws UntranslatableException {
    if (!selectors.isPresent()) {
      throw missing(what);
    }
    ExtensionSelector selector;
    try {
      selector = selectors.get().getExtensionSelector(type);
    } catch (UnsupportedOperationException e) {
      throw missing(what);
    }
    return filled(selector, what, properties);
  }

  private <E extends Extension> E filled(E extension, String what, Map<String, ?> properties)
      throws UntranslatableException {
    if (extension == null) {
      throw missing(what);
    }
    try {
      for (Map.Entry<String, ?> property : properties.entrySet()) {
        extension.setPropertyValue(property.getKey(), property.getValue());
      }
    } catch (ExtensionPropertyException e) {
      throw new UntranslatableException(
          "driver " + driver + " has another idea of " + what + ": " + e.getMessage(), REMEDY);
    }
    return extension;
  }

  private UntranslatableException missing(String what) {
    return new UntranslatableException("driver " + driver + " cannot " + what, REMEDY);
  }
}
