/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.feature;

import com.google.common.collect.ImmutableSet;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.Uplink;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.Meter;
import org.overlane.flowrules.pipeline.EntryBuilder;
import org.overlane.flowrules.pipeline.FlowSink;
import org.overlane.flowrules.pipeline.NodeMeters;
import org.overlane.flowrules.pipeline.Pipeline;
import org.overlane.flowrules.pipeline.PriorityBand;

/**
 * Packets for a VTEP address go to the host's stack, which reassembles and hands them to the tunnel
 * endpoint. Never match a transport port here: only the first fragment has a UDP header, and Open
 * vSwitch shows its ports as zero too. Never match ip_proto with IPv6: a later fragment shows 44
 * (Fragment), not 17.
 */
final class VxlanReceive implements Feature {
  private static final int ETH_TYPE_IPV4 = 0x0800;
  private static final int ETH_TYPE_IPV6 = 0x86dd;
  private static final int UDP = 17;
  private static final FieldValue FRAGMENT =
      FieldValue.masked(Field.NW_FRAG, Bits.of(1), Bits.of(1));

  @Override
  public ImmutableSet<PacketClass> classes() {
    return ImmutableSet.of(PacketClass.VXLAN_RECEIVE, PacketClass.VXLAN_FRAGMENT);
  }

  @Override
  public String explanation() {
    return "One entry for each uplink and VTEP address, whatever the number of peers. It looks at"
        + " nothing that a later fragment lacks: IPv4 with protocol 17 but without ports, IPv6"
        + " without even the protocol (a later fragment shows 44 there). So whole packets and all"
        + " fragments, in any order, take the same entry to the same port. All UDP for the VTEP"
        + " address goes this way; the host's own UDP would go to the same port anyway. Where the"
        + " device has a `fragmentRate`, a second entry for each address matches all fragments, of"
        + " any protocol, and nothing but the fragment type tells it from the first: they go to the"
        + " same port, through a meter. Open vSwitch looks at the fragment type in any case, so it"
        + " takes no megaflow more.";
  }

  @Override
  public void compileNode(NodeContext context, FlowSink out) {
    Node node = context.node();
    for (Uplink uplink : node.uplinks()) {
      if (!uplink.management().isPresent()) {
        continue;
      }
      OfPort host = uplink.management().get().port();
      for (IpAddress vtep : node.vteps()) {
        receive(uplink, vtep, out).output(host);
        if (node.limitsFragments()) {
          Meter meter = NodeMeters.fragments(node.fragmentRate().get());
          fragments(uplink, vtep, out).output(meter, host);
        }
      }
    }
  }

  private static EntryBuilder receive(Uplink uplink, IpAddress vtep, FlowSink out) {
    EntryBuilder entry = entry(PriorityBand.VTEP, PacketClass.VXLAN_RECEIVE, uplink, vtep, out);
    return vtep.isIpv4() ? entry.match(Field.IP_PROTO, UDP) : entry;
  }

  private static EntryBuilder fragments(Uplink uplink, IpAddress vtep, FlowSink out) {
    return entry(PriorityBand.VTEP_FRAGMENT, PacketClass.VXLAN_FRAGMENT, uplink, vtep, out)
        .match(FRAGMENT);
  }

  private static EntryBuilder entry(
      PriorityBand band, PacketClass packetClass, Uplink uplink, IpAddress vtep, FlowSink out) {
    Field address = vtep.isIpv4() ? Field.IPV4_DST : Field.IPV6_DST;
    return out.entry(Pipeline.CLASSIFY, band, packetClass, "VTEP " + vtep)
        .inPort(uplink.port())
        .match(Field.ETH_TYPE, vtep.isIpv4() ? ETH_TYPE_IPV4 : ETH_TYPE_IPV6)
        .match(FieldValue.exact(address, Bits.of(vtep.octets())));
  }
}
