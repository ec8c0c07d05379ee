/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.compile;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.stream.Collectors;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.pipeline.PortMeters.Purpose;

/** Whether a node does with one kind of large packet what it should, and by what means. */
@AutoValue
public abstract class Capability {
  /** The kinds of packets of a VM that do not fit the underlay once they are encapsulated. */
  public enum Case {
    IPV4_FRAGMENTABLE("TX-4", "IPv4, DF clear"),
    IPV4_DF("TX-5", "IPv4, DF set"),
    IPV6("TX-6", "IPv6"),
    TCP("TX-7", "TCP with a lowered MSS"),
    OTHER("TX-8", "not IP, or multicast");

    private final String id;
    private final String title;

    Case(String id, String title) {
      this.id = id;
      this.title = title;
    }

    /** {@code TX-4}, as the documentation numbers them. */
    public String id() {
      return id;
    }

    /** For people. */
    public String title() {
      return title;
    }
  }

  Capability() {}

  public abstract Case about();

  /** Whether such packets arrive, are answered, or are dropped and counted: never silence. */
  public abstract boolean holds();

  /** By what means, or why not and what to do. */
  public abstract String means();

  /** All cases, in order; none for a node without a tunnel. */
  public static ImmutableList<Capability> of(NetworkModel model, NodeId id) {
    Node node = model.node(id).get();
    if (!node.tunnel().isPresent()) {
      return ImmutableList.of();
    }
    return node.checksSize() ? checked(model, node) : unchecked(node);
  }

  private static ImmutableList<Capability> checked(NetworkModel model, Node node) {
    String limit = "at most " + Purpose.OVERSIZE.rate() + " a second for each VM port";
    return ImmutableList.of(
        of(
            Case.IPV4_FRAGMENTABLE,
            true,
            byFamily(
                node,
                "the endpoint fragments the outer packet; the first packet of a pair goes by the"
                    + " controller, the rest by an exception entry",
                "the controller fragments the inner packet, "
                    + limit
                    + "; for more, raise the underlay MTU or use a management-os endpoint over IPv4")),
        of(Case.IPV4_DF, true, "ICMP type 3 code 4 from the controller, " + limit),
        of(Case.IPV6, true, "ICMPv6 type 2 from the controller, " + limit),
        clamping(model, node),
        of(
            Case.OTHER,
            true,
            byFamily(
                node,
                "the endpoint fragments the outer packet",
                "dropped, and counted by a meter of the VM's port")));
  }

  private static Capability clamping(NetworkModel model, Node node) {
    String clamped =
        model.networksAt(node.id()).stream()
            .map(model.networks()::get)
            .filter(Network::mssClamping)
            .map(n -> n.id().toString())
            .collect(Collectors.joining(", "));
    return of(
        Case.TCP,
        true,
        clamped.isEmpty()
            ? "no network of this node clamps (mssClamping); TX-5 and TX-6 do the work"
            : "SYN and SYN-ACK of "
                + clamped
                + " go by the controller, at most "
                + Purpose.SYN.rate()
                + " a second for each VM port");
  }

  private static ImmutableList<Capability> unchecked(Node node) {
    String why =
        "the switch or its southbound cannot compare lengths; give the VMs the MTU of their"
            + " network";
    String endpoint = "the endpoint fragments the outer packet";
    boolean fragments = families(node).stream().allMatch(node::fragmentsOver);
    return ImmutableList.of(
        of(Case.IPV4_FRAGMENTABLE, fragments, byFamily(node, endpoint, why)),
        of(
            Case.IPV4_DF,
            fragments,
            byFamily(node, endpoint + " whatever DF says of the inner one", why)),
        of(Case.IPV6, fragments, byFamily(node, endpoint, why)),
        of(
            Case.TCP,
            false,
            "the switch or its southbound cannot match TCP flags; give the VMs"
                + " the MTU of their network"),
        of(Case.OTHER, fragments, byFamily(node, endpoint, why)));
  }

  /** The families of the node's VTEPs; where it has none, any may be meant. */
  private static ImmutableSet<AddressFamily> families(Node node) {
    if (node.vteps().isEmpty()) {
      return ImmutableSet.copyOf(AddressFamily.values());
    }
    ImmutableSet.Builder<AddressFamily> families = ImmutableSet.builder();
    for (IpAddress vtep : node.vteps()) {
      families.add(AddressFamily.of(vtep));
    }
    return families.build();
  }

  /** One text where all families of the node's VTEPs behave alike, else both. */
  private static String byFamily(Node node, String fragments, String doesNot) {
    ImmutableSet<AddressFamily> families = families(node);
    if (families.stream().allMatch(node::fragmentsOver)) {
      return fragments;
    }
    if (families.stream().noneMatch(node::fragmentsOver)) {
      return doesNot;
    }
    AddressFamily able =
        node.fragmentsOver(AddressFamily.IPV4) ? AddressFamily.IPV4 : AddressFamily.IPV6;
    return "over " + able.title() + ": " + fragments + "; else: " + doesNot;
  }

  private static Capability of(Case about, boolean holds, String means) {
    return new AutoValue_Capability(about, holds, means);
  }
}
