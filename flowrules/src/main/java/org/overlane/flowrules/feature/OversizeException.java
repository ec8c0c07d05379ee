/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.feature;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.pipeline.EntryBuilder;
import org.overlane.flowrules.pipeline.FlowSink;
import org.overlane.flowrules.pipeline.Pipeline;
import org.overlane.flowrules.pipeline.PriorityBand;

/**
 * What the slow path has decided about two addresses stays on the switch for a while. No model asks
 * for these entries: the slow path installs them when it has seen a packet, with an idle timeout.
 */
public final class OversizeException implements Feature {
  @Override
  public ImmutableSet<PacketClass> classes() {
    return ImmutableSet.of(PacketClass.OVERSIZE_EXCEPTION);
  }

  @Override
  public String explanation() {
    return "Installed by the slow path for packets that are too large and may be fragmented, where"
        + " the endpoint does that: the rest of the same network, addresses and protocol does not"
        + " see the controller again until the pair has been idle for a while. It holds only as long"
        + " as Forward says that the endpoint fragments (`reg0[1]`), so it cannot outlive a change"
        + " of the model that takes this away.";
  }

  /**
   * The entry for packets of one network, pair of addresses and protocol. A pure function of its
   * arguments; a change of the model does not change it.
   *
   * @param protocol 0 to 255, as a switch shows it: after IPv6 extension headers
   * @throws IllegalArgumentException if the addresses are of different families
   */
  public static FlowEntry entry(
      NodeContext node, Network network, IpAddress from, IpAddress to, int protocol) {
    if (from.isIpv4() != to.isIpv4()) {
      throw new IllegalArgumentException("addresses of two families: " + from + " and " + to);
    }
    boolean ipv4 = from.isIpv4();
    FlowSink sink = new FlowSink(node.profile(), node.portRoles());
    EntryBuilder entry =
        sink.entry(
                Pipeline.OVERSIZE,
                PriorityBand.EXCEPTION,
                PacketClass.OVERSIZE_EXCEPTION,
                "packets from " + from + " to " + to)
            .vni(network.vni())
            .match(Oversize.bits(true))
            .match(Field.ETH_TYPE, ipv4 ? Oversize.IPV4 : Oversize.IPV6)
            .match(Field.IP_PROTO, protocol)
            .match(address(ipv4 ? Field.IPV4_SRC : Field.IPV6_SRC, from))
            .match(address(ipv4 ? Field.IPV4_DST : Field.IPV6_DST, to));
    entry.goTo(Pipeline.ENCAPSULATE);
    return Iterables.getOnlyElement(sink.slice().entries());
  }

  private static FieldValue address(Field field, IpAddress address) {
    return FieldValue.exact(field, Bits.of(address.octets()));
  }
}
