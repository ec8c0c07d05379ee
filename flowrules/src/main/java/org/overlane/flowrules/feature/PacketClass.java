/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.feature;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.overlane.flowrules.openflow.Cookie;
import org.overlane.flowrules.pipeline.EntryClass;

/**
 * What packets an entry is for: every entry belongs to exactly one class, and its cookie says so.
 * Ids are on switches and in operators' notes: never reuse one.
 */
public enum PacketClass implements EntryClass {
  TABLE_MISS(1, "Table miss", "Drops and counts what no other entry of a table wants.", true),
  MANAGEMENT_BYPASS(
      2,
      "Management bypass",
      "Sends everything from the management OS straight to its uplink, and nowhere else.",
      false),
  VXLAN_RECEIVE(
      3,
      "VXLAN receive",
      "Delivers packets for a VTEP address to the tunnel endpoint, whole or in fragments.",
      false),
  HOST_RECEIVE(
      4, "Host receive", "Delivers all other frames for the management OS from its uplink.", false),
  VM_INGRESS(
      5, "VM ingress", "Admits a VM's frames by port and source MAC and sets their VNI.", false),
  TUNNEL_INGRESS(
      6, "Tunnel ingress", "Admits frames from a tunnel that carry a VNI of this node.", false),
  TUNNEL_DELIVERY(
      7, "Tunnel delivery", "Delivers unicast frames from a tunnel to the local VM.", false),
  TUNNEL_FLOOD(
      8,
      "Tunnel flood",
      "Delivers broadcast and multicast frames from a tunnel to the local VMs of the VNI only.",
      false),
  LOCAL_FORWARD(
      9, "Local forward", "Delivers a VM's unicast frames to a VM on the same node.", false),
  REMOTE_FORWARD(
      10, "Remote forward", "Sends a VM's unicast frames towards the VTEP of the receiver.", false),
  FLOOD(
      11,
      "Flood",
      "Replicates a VM's broadcast and multicast frames to all other members of the network.",
      false),
  VXLAN_TRANSMIT(12, "VXLAN transmit", "Hands frames to the tunnel port.", false),
  UNKNOWN_VNI(
      13,
      "Unknown VNI",
      "Drops and counts frames from a tunnel whose VNI has no business here.",
      true),
  UNKNOWN_DESTINATION(
      14,
      "Unknown destination",
      "Drops and counts unicast frames to a MAC that the network does not have.",
      true),
  MSS_CLAMP(
      15,
      "MSS clamp",
      "Sends TCP SYNs for other nodes to the slow path, which lowers the MSS.",
      false),
  OVERSIZE(
      16,
      "Oversize",
      "Sends IP packets that are too large to the slow path, through a meter of the VM's port.",
      false),
  OVERSIZE_FRAGMENT(
      17,
      "Oversize fragment",
      "Leads IP fragments that are too large on, where the endpoint fragments outer packets.",
      false),
  OVERSIZE_OTHER(
      18,
      "Oversize other",
      "Leads other frames that are too large on, where the endpoint fragments outer packets.",
      false),
  OVERSIZE_DROP(
      19,
      "Oversize drop",
      "Drops what is too large, cannot be fragmented and must not be answered; a meter counts it.",
      true),
  OVERSIZE_EXCEPTION(
      20,
      "Oversize exception",
      "Leads packets on of which the slow path has seen that they may be fragmented.",
      false),
  FITS(21, "Fits", "Leads frames that fit the underlay on to the tunnel.", false),
  VXLAN_FRAGMENT(
      22,
      "VXLAN fragment",
      "Delivers fragments for a VTEP address like whole packets, but through a meter.",
      false),
  ADVERTISE_DHCP(
      23,
      "Advertise DHCP",
      "Sends DHCP replies of VMs to the slow path, which sets the interface MTU in them.",
      false),
  ADVERTISE_RA(
      24,
      "Advertise RA",
      "Sends a copy of router advertisements to the slow path, which sends them again with the MTU.",
      false),
  PROBE(25, "Probe", "Sends probes of other nodes to the controller, through a meter.", false);

  private static final ImmutableMap<Integer, PacketClass> BY_ID =
      Maps.uniqueIndex(Arrays.asList(values()), PacketClass::id);

  private final int id;
  private final String title;
  private final String purpose;
  private final boolean drop;

  PacketClass(int id, String title, String purpose, boolean drop) {
    this.id = id;
    this.title = title;
    this.purpose = purpose;
    this.drop = drop;
  }

  /** 1 to 255, as in the cookie. */
  @Override
  public int id() {
    return id;
  }

  @Override
  public String title() {
    return title;
  }

  /** One sentence. */
  public String purpose() {
    return purpose;
  }

  /** Whether its entries drop, so that their packet counts are a reason to look closer. */
  public boolean isDrop() {
    return drop;
  }

  /** Where it is described: {@code docs/pipeline.md#vxlan-receive}. */
  public String documentation() {
    return "docs/pipeline.md#" + anchor();
  }

  /** Lower case with hyphens; also the name of its scenario. */
  public String anchor() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The class that a cookie names, if it is one of ours. */
  public static Optional<PacketClass> of(Cookie cookie) {
    return Optional.ofNullable(BY_ID.get(cookie.packetClass()));
  }
}
