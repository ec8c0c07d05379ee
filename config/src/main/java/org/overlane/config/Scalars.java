/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.Zone;

/** The single values that several objects of the model have in common. */
final class Scalars {
  /** In URLs and as prefix of endpoint ids: no slash, nothing that needs escapes. */
  static final Pattern NETWORK_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,63}");

  /** Longer than a network id with a slash and a MAC address, which is the default. */
  static final Pattern ENDPOINT_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:-]{0,127}");

  /** A datapath id as ONOS writes it: lower-case hexadecimal. */
  static final Pattern DEVICE_ID = Pattern.compile("of:[0-9a-f]{16}");

  static final int LONGEST_NAME = 64;

  private Scalars() {}

  static Optional<NodeId> deviceId(Cursor at) {
    return at.parsed(
        text -> NodeId.of(matching(DEVICE_ID, text)),
        "must be a device id: of: and the datapath id as 16 lower-case hexadecimal digits",
        "Write it as in \"of:0000000000000001\"");
  }

  /** Whether a device may be called so. */
  static boolean isDeviceId(String text) {
    return DEVICE_ID.matcher(text).matches();
  }

  static boolean isNetworkId(String text) {
    return NETWORK_ID.matcher(text).matches();
  }

  static boolean isEndpointId(String text) {
    return ENDPOINT_ID.matcher(text).matches();
  }

  static Optional<NetworkId> networkId(Cursor at) {
    return at.parsed(
        text -> NetworkId.of(matching(NETWORK_ID, text)),
        "must be a network id: 1 to 64 of the characters A-Z a-z 0-9 . _ : -, a letter or digit"
            + " first",
        "Write it as in \"blue\"");
  }

  static Optional<Zone> zone(Cursor at) {
    return at.parsed(
        text -> Zone.of(matching(NETWORK_ID, text)),
        "must be the name of a zone: 1 to 64 of the characters A-Z a-z 0-9 . _ : -, a letter or"
            + " digit first",
        "Write it as in \"rack1\"");
  }

  static Optional<String> endpointId(Cursor at) {
    Optional<String> id = at.text(128);
    if (id.isPresent() && !isEndpointId(id.get())) {
      at.problem(
          "must be an endpoint id: 1 to 128 of the characters A-Z a-z 0-9 . _ : / -, a letter or"
              + " digit first",
          "Write it as in \"vm1\", or leave it out");
      return Optional.empty();
    }
    return id;
  }

  /** A name for people. */
  static Optional<String> name(Cursor at) {
    Optional<String> name = at.text(LONGEST_NAME);
    boolean printable =
        !name.isPresent()
            || (!name.get().trim().isEmpty()
                && name.get().chars().noneMatch(Character::isISOControl));
    if (!printable) {
      at.problem("must be printable and not blank", "Give a name, or leave the field out");
      return Optional.empty();
    }
    return name;
  }

  static Optional<MacAddress> unicastMac(Cursor at) {
    Optional<MacAddress> mac =
        at.parsed(
            MacAddress::parse,
            "must be a MAC address: six hexadecimal octets with colons",
            "Write it as in \"02:00:00:00:00:01\"");
    if (mac.isPresent() && !mac.get().isUnicast()) {
      at.problem(
          mac.get().isMulticast()
              ? "must be a unicast MAC address: the lowest bit of the first octet is zero"
              : "must not be all zero",
          "Give the address of the interface itself");
      return Optional.empty();
    }
    return mac;
  }

  static Optional<IpAddress> unicastIp(Cursor at) {
    Optional<IpAddress> ip =
        at.parsed(
            IpAddress::parse,
            "must be an IPv4 or IPv6 address, without prefix length or zone",
            "Write it as in \"192.0.2.1\" or \"2001:db8::1\"");
    if (ip.isPresent() && !ip.get().isUnicast()) {
      at.problem(
          "must be a unicast address: not unspecified, loopback, multicast or broadcast",
          "Give the address of the interface itself");
      return Optional.empty();
    }
    return ip;
  }

  static Optional<OvsdbAddress> ovsdbAddress(Cursor at) {
    return at.parsed(
        OvsdbAddress::parse,
        "must be the address of an OVSDB server: tcp or ssl, the host's IP address (an IPv6 address in"
            + " brackets) and the port, with colons; or passive",
        "Write it as in \"tcp:192.0.2.10:6640\" or \"ssl:[2001:db8::10]:6640\"");
  }

  static Optional<String> controllerTarget(Cursor at) {
    return at.parsed(
        ProvisionConfig::target,
        "must be an OpenFlow controller as Open vSwitch takes it: tcp or ssl, an IP address (an"
            + " IPv6 address in brackets) and the port, or unix and a path",
        "Write it as in \"tcp:192.0.2.100:6653\"");
  }

  static Optional<PortRef> port(Cursor at) {
    if (!at.isText()) {
      OptionalLong number = at.integer(1, OfPort.MAX, "a port given by its number");
      return number.isPresent()
          ? Optional.of(PortRef.of(OfPort.of(number.getAsLong())))
          : Optional.empty();
    }
    Optional<String> text = at.text(64);
    if (!text.isPresent()) {
      return Optional.empty();
    }
    if (text.get().equals("LOCAL")) {
      return Optional.of(PortRef.LOCAL);
    }
    Optional<String> error = PortRef.nameError(text.get());
    if (error.isPresent()) {
      at.problem(
          error.get(), "Give an OpenFlow port number, LOCAL, or a name that the switch reports");
      return Optional.empty();
    }
    return Optional.of(PortRef.named(text.get()));
  }

  private static String matching(Pattern form, String text) {
    if (!form.matcher(text).matches()) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }
}
