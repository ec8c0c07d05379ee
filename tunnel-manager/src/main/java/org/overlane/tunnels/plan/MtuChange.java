/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.plan;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSortedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.overlane.config.ConfigException;
import org.overlane.config.Problem;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.PathLimit;

/** What the underlay of some devices would carry: the question of a {@link WhatIf}. Immutable. */
public final class MtuChange {
  /** The name of the option of commands, and of the query parameter. */
  public static final String OPTION = "what-if";

  private static final String ALL = "all";
  private static final String FORM =
      "Write it as in of:0000000000000001=1400, or all=9000 for every device";

  /** A request with many mistakes; so many are enough to begin with. */
  private static final int MOST_PROBLEMS = 20;

  private final NetworkModel model;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<NodeId, Integer> mtus = new TreeMap<>();
  private OptionalInt ofAll = OptionalInt.empty();

  private MtuChange(NetworkModel model) {
    this.model = model;
  }

  /**
   * Reads {@code of:0000000000000001=1400}: a device and its underlay MTU in bytes, IP header
   * included, Ethernet header not, 576 to 65,535 and at least 1280 where the device has an IPv6
   * VTEP address. {@code all=9000} stands for all devices that are not named besides.
   *
   * @param texts one or several, each perhaps several with commas in between
   * @return the wanted MTU of each device that is named, by device; at least one
   * @throws ConfigException with all that is wrong: no such form, a device that the model does not
   *     have, one that is named twice, an MTU out of range
   */
  public static ImmutableSortedMap<NodeId, Integer> parse(
      Iterable<String> texts, NetworkModel model) {
    MtuChange change = new MtuChange(model);
    for (String text : texts) {
      Splitter.on(',').trimResults().split(text).forEach(change::read);
    }
    change.fillIn();
    if (!change.problems.isEmpty()) {
      throw new ConfigException(
          change.problems.subList(0, Math.min(change.problems.size(), MOST_PROBLEMS)));
    }
    return ImmutableSortedMap.copyOf(change.mtus);
  }

  private void read(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      problem(text, "must be a device, an equals sign and an MTU", FORM);
      return;
    }
    String device = text.substring(0, equals).trim();
    OptionalInt mtu = number(text.substring(equals + 1).trim());
    if (!mtu.isPresent()) {
      problem(
          text,
          "must end in an MTU, a whole number of bytes from "
              + Node.MIN_UNDERLAY_MTU
              + " to "
              + Node.MAX_UNDERLAY_MTU,
          "Give the IP MTU of the underlay: IP header included, Ethernet header not");
    } else if (device.equals(ALL)) {
      if (ofAll.isPresent()) {
        problem(text, "gives an MTU for all devices again", "Leave one of them out");
      }
      ofAll = mtu;
    } else {
      read(device, mtu.getAsInt(), text);
    }
  }

  private void read(String device, int mtu, String text) {
    Optional<Node> node = device.isEmpty() ? Optional.empty() : model.node(NodeId.of(device));
    if (!node.isPresent()) {
      problem(
          text,
          "names a device that the model does not have",
          model.nodes().isEmpty()
              ? "Declare devices first"
              : "Its devices: " + Names.some(model.nodes().keySet()));
    } else if (mtus.putIfAbsent(node.get().id(), mtu) != null) {
      problem(text, "names the same device again", "Give one MTU for each device");
    } else {
      check(node.get(), mtu, text);
    }
  }

  private void fillIn() {
    if (!ofAll.isPresent()) {
      if (mtus.isEmpty() && problems.isEmpty()) {
        problem("", "is empty", FORM);
      }
      return;
    }
    for (Node node : model.nodes().values()) {
      if (mtus.putIfAbsent(node.id(), ofAll.getAsInt()) == null) {
        check(node, ofAll.getAsInt(), ALL + "=" + ofAll.getAsInt());
      }
    }
    if (model.nodes().isEmpty()) {
      problem(ALL, "names no device: the model has none", "Declare devices first");
    }
  }

  private void check(Node node, int mtu, String text) {
    boolean ipv6 = node.vteps().stream().anyMatch(IpAddress::isIpv6);
    if (ipv6 && mtu < PathLimit.IPV6_MINIMUM) {
      problem(
          text,
          "must be at least "
              + PathLimit.IPV6_MINIMUM
              + " bytes for "
              + node.id()
              + ", which has an IPv6 VTEP address",
          "Give a larger MTU, or take its IPv6 addresses away first");
    }
  }

  private static OptionalInt number(String text) {
    if (!text.matches("[0-9]{1,5}")) {
      return OptionalInt.empty();
    }
    int mtu = Integer.parseInt(text);
    return mtu < Node.MIN_UNDERLAY_MTU || mtu > Node.MAX_UNDERLAY_MTU
        ? OptionalInt.empty()
        : OptionalInt.of(mtu);
  }

  private void problem(String text, String message, String remedy) {
    problems.add(Problem.quoting(OPTION, text, message, remedy));
  }
}
