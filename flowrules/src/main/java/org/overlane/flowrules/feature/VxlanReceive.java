/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.feature;

import com.google.common.collect.ImmutableSet;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.ManagementPort;
import org.overlane.flowrules.model.Uplink;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.pipeline.EntryBuilder;
import org.overlane.flowrules.pipeline.FlowSink;
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

  @Override
  public ImmutableSet<PacketClass> classes() {
    return ImmutableSet.of(PacketClass.VXLAN_RECEIVE);
  }

  @Override
  public String explanation() {
    return "One entry for each uplink and VTEP address, whatever the number of peers. It looks at"
        + " nothing that a later fragment lacks: IPv4 with protocol 17 but without ports, IPv6"
        + " without even the protocol (a later fragment shows 44 there). So whole packets and all"
        + " fragments, in any order, take the same entry to the same port. All UDP for the VTEP"
        + " address goes this way; the host's own UDP would go to the same port anyway.";
  }

  @Override
  public void compileNode(NodeContext node, FlowSink out) {
    for (Uplink uplink : node.node().uplinks()) {
      uplink
          .management()
          .ifPresent(
              management ->
                  node.node().vteps().forEach(vtep -> receive(uplink, vtep, management, out)));
    }
  }

  private static void receive(
      Uplink uplink, IpAddress vtep, ManagementPort management, FlowSink out) {
    EntryBuilder entry =
        out.entry(Pipeline.CLASSIFY, PriorityBand.VTEP, PacketClass.VXLAN_RECEIVE, "VTEP " + vtep)
            .inPort(uplink.port());
    if (vtep.isIpv4()) {
      entry.match(Field.ETH_TYPE, ETH_TYPE_IPV4).match(Field.IP_PROTO, UDP);
      entry.match(FieldValue.exact(Field.IPV4_DST, Bits.of(vtep.octets())));
    } else {
      entry.match(Field.ETH_TYPE, ETH_TYPE_IPV6);
      entry.match(FieldValue.exact(Field.IPV6_DST, Bits.of(vtep.octets())));
    }
    entry.output(management.port());
  }
}
