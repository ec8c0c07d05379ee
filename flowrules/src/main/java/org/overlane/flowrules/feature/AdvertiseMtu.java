/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.feature;

import com.google.common.collect.ImmutableSet;
import org.overlane.flowrules.model.Announcement;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.Meter;
import org.overlane.flowrules.pipeline.EntryBuilder;
import org.overlane.flowrules.pipeline.FlowSink;
import org.overlane.flowrules.pipeline.Pipeline;
import org.overlane.flowrules.pipeline.PortMeters;
import org.overlane.flowrules.pipeline.PriorityBand;

/**
 * The messages in which a VM tells others how to use the network pass the slow path, which sets the
 * MTU in them. A DHCP reply is held back, since its receiver takes the first one; a router
 * advertisement goes on at once, and again when it has been amended, since its receivers take each.
 */
final class AdvertiseMtu implements Feature {
  private static final int UDP = 17;
  private static final int ICMPV6 = 58;
  private static final int DHCP_SERVER = 67;
  private static final int DHCP_CLIENT = 68;
  private static final int ROUTER_ADVERTISEMENT = 134;

  @Override
  public ImmutableSet<PacketClass> classes() {
    return ImmutableSet.of(PacketClass.ADVERTISE_DHCP, PacketClass.ADVERTISE_RA);
  }

  @Override
  public String explanation() {
    return "For each VM port of a network with `advertiseMtu`, through a meter of that port. No"
        + " table that packets of the underlay enter looks at these fields, nor does any for ports"
        + " of other networks. A DHCP reply waits for the slow path, since a client takes the first"
        + " one that comes. A router advertisement does not: the copy that goes to the slow path"
        + " comes back with the MTU, and a host takes what the later one says (RFC 4861 section"
        + " 6.3.4). So without a controller, DHCP replies are lost and router advertisements are"
        + " not.";
  }

  @Override
  public void compileNetwork(NetworkContext network, FlowSink out) {
    for (OfPort port : network.localPorts()) {
      Meter meter = PortMeters.of(port, PortMeters.Purpose.ADVERTISE);
      if (network.advertises(Announcement.DHCP)) {
        entry(network, port, PacketClass.ADVERTISE_DHCP, out)
            .match(Field.ETH_TYPE, Oversize.IPV4)
            .match(Field.IP_PROTO, UDP)
            .match(Field.UDP_SRC, DHCP_SERVER)
            .match(Field.UDP_DST, DHCP_CLIENT)
            .toController(meter);
      }
      if (network.advertises(Announcement.RA)) {
        entry(network, port, PacketClass.ADVERTISE_RA, out)
            .match(Field.ETH_TYPE, Oversize.IPV6)
            .match(Field.IP_PROTO, ICMPV6)
            .match(Field.ICMPV6_TYPE, ROUTER_ADVERTISEMENT)
            .copyToController(meter, Pipeline.FORWARD);
      }
    }
  }

  private static EntryBuilder entry(
      NetworkContext network, OfPort port, PacketClass packetClass, FlowSink out) {
    return out.entry(Pipeline.VM_INGRESS, PriorityBand.KNOWN, packetClass, network.source())
        .vni(network.vni())
        .inPort(port);
  }
}
