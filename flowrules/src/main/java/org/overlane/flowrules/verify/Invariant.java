/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

/**
 * What must hold for the tables of a switch, or of all switches together, whatever the packet. The
 * rules are those of the architecture (docs/ARCHITECTURE.md, "What must always hold").
 */
public enum Invariant {
  MANAGEMENT_ISOLATION(
      "management-isolation",
      "What a management port sends leaves by its uplink, and nowhere else",
      "management never reaches a tunnel or VM port"),
  VTEP_ONE_ENTRY(
      "vtep-one-entry",
      "Whole packets and all fragments to a VTEP address end at one management port, by one entry;"
          + " where the node limits fragments, these by one of their own, through its meter",
      "all fragment kinds to a VTEP hit one entry"),
  HOST_RECEIVES(
      "host-receives",
      "The management OS gets frames for its MAC and all multicast; nobody else gets anything from"
          + " an uplink",
      "the management OS receives its own traffic"),
  RECEIVED_STAYS(
      "received-stays",
      "Nothing that comes from an uplink or a tunnel port reaches the controller, but from a tunnel"
          + " port what is for the probe address of a node that takes probes",
      "no encapsulated packet reaches the controller, nor any other from outside but probes"),
  PROBES_ARRIVE(
      "probes-arrive",
      "A frame from a tunnel for the probe address of a node that takes probes, with a VNI that"
          + " gets in, goes to the controller, and nowhere else",
      "probes of other nodes end at the controller"),
  SPLIT_HORIZON(
      "split-horizon", "What comes from a tunnel never enters a tunnel", "tunnel to tunnel never"),
  VNI_ISOLATION(
      "vni-isolation",
      "A frame of a VNI gets to endpoints of its network, and into a tunnel with that VNI, only",
      "VNI to VNI never"),
  OWN_SOURCE(
      "own-source", "A VM sends with the MAC of its endpoint, and as nobody else", "no spoofing"),
  PORT_WITHOUT_PURPOSE(
      "port-without-purpose",
      "A frame from a port for which the model has no purpose, or from the controller, goes nowhere",
      "only declared ports take part"),
  UNICAST_DELIVERY(
      "unicast-delivery",
      "A frame to a MAC of the network reaches its endpoint, once; to any other MAC, nobody",
      "every (VNI, MAC) reaches exactly its endpoint"),
  MULTICAST_DELIVERY(
      "multicast-delivery",
      "Broadcast and multicast reach every other port of the network and every other node of it,"
          + " once",
      "every member gets multicast once"),
  OVERSIZE_DISPOSED(
      "oversize-disposed",
      "What does not fit the underlay is fragmented by the endpoint, sent to the controller, or"
          + " dropped and counted by a meter, as ADR 0013 says; SYNs of a network that clamps go to"
          + " the controller",
      "every oversize class ends delivered, answered, or dropped and counted"),
  MTU_ADVERTISED(
      "mtu-advertised",
      "Of a network that advertises its MTU, DHCP replies of VMs go to the controller, and a copy of"
          + " router advertisements does",
      "what tells VMs their MTU passes the slow path"),
  FITTING_STAYS(
      "fitting-stays",
      "What fits never goes to the controller, but for the SYNs of a network that clamps, and what"
          + " tells VMs their MTU in one that advertises it",
      "what fits goes on by itself"),
  DROPS_COUNTED(
      "drops-counted",
      "Every drop is made by an entry, so that it is counted",
      "drops are counted"),
  CONTROLLER_METERED(
      "controller-metered",
      "Every output to the controller goes through a meter that exists; that of a VM's packet"
          + " through the meter of its port, that of a probe through the meter of probes",
      "every output to the controller is metered"),
  CLASSIFY_WITHOUT_LAYER4(
      "classify-without-layer-4", "Table 0 matches no transport field", "no layer 4 in Classify"),
  NO_OVERLAP(
      "no-overlap",
      "No packet satisfies two entries of one table and priority",
      "equal-priority overlaps are errors"),
  NO_DEAD_ENTRY("no-dead-entry", "Every entry is hit by some packet", "no entry is shadowed"),
  REFERENCES(
      "references",
      "Every group, meter and table that is referred to exists, and no group leads to itself",
      "tables are complete"),
  END_TO_END(
      "end-to-end",
      "What one node sends to another arrives, is admitted there, and is delivered to its endpoint",
      "every (VNI, MAC) reaches exactly its endpoint");

  private final String id;
  private final String title;
  private final String rule;

  Invariant(String id, String title, String rule) {
    this.id = id;
    this.title = title;
    this.rule = rule;
  }

  /** A name that stays what it is: {@code management-isolation}. */
  public String id() {
    return id;
  }

  /** What holds, in one sentence without a full stop. */
  public String title() {
    return title;
  }

  /** The rule of the architecture that it belongs to. */
  public String rule() {
    return rule;
  }
}
