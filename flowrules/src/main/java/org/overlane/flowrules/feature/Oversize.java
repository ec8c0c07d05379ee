/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.feature;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.Meter;
import org.overlane.flowrules.pipeline.EntryBuilder;
import org.overlane.flowrules.pipeline.FlowSink;
import org.overlane.flowrules.pipeline.Pipeline;
import org.overlane.flowrules.pipeline.PortMeters;
import org.overlane.flowrules.pipeline.PriorityBand;
import org.overlane.flowrules.pipeline.RegField;

/**
 * Frames that do not fit the underlay once they are encapsulated. Forward has found out which
 * ({@link RegField#OVERSIZE}), and whether the tunnel endpoint fragments what is too large ({@link
 * RegField#ENDPOINT_FRAGMENTS}). Where it does, fragments and what nobody may be told about go on;
 * other IP packets go to the slow path, because no switch can match DF; what is left is dropped.
 */
final class Oversize implements Feature {
  static final int IPV4 = 0x0800;
  static final int IPV6 = 0x86dd;

  private static final FieldValue FRAGMENT =
      FieldValue.masked(Field.NW_FRAG, Bits.of(1), Bits.of(1));
  private static final FieldValue LATER_FRAGMENT =
      FieldValue.masked(Field.NW_FRAG, Bits.of(3), Bits.of(3));

  @Override
  public ImmutableSet<PacketClass> classes() {
    return ImmutableSet.of(
        PacketClass.OVERSIZE,
        PacketClass.OVERSIZE_FRAGMENT,
        PacketClass.OVERSIZE_OTHER,
        PacketClass.OVERSIZE_DROP,
        PacketClass.FITS);
  }

  @Override
  public String explanation() {
    return "`reg0[0]` says that the frame is too large, `reg0[1]` that the endpoint fragments outer"
        + " packets. Whole IP packets go to the slow path, one meter for each VM port: with DF set"
        + " they are answered, else they are sent on. Where the endpoint fragments, fragments and"
        + " everything that is not IP go on without the controller. Where it does not, the slow"
        + " path fragments IPv4 packets, fragments among them; later IPv6 fragments, which may"
        + " neither be fragmented nor answered, frames that are not IP, and multicast are dropped."
        + " A meter counts those drops, for the counters of entries behind a size check also count"
        + " packets that fit.";
  }

  @Override
  public void compileNode(NodeContext node, FlowSink out) {
    if (!node.checksSize()) {
      return;
    }
    String source = "the pipeline itself";
    for (int etherType : ImmutableList.of(IPV4, IPV6)) {
      endpointFragments(out, PriorityBand.FRAGMENT, PacketClass.OVERSIZE_FRAGMENT, source)
          .match(Field.ETH_TYPE, etherType)
          .match(FRAGMENT)
          .goTo(Pipeline.ENCAPSULATE);
    }
    endpointFragments(out, PriorityBand.UNKNOWN, PacketClass.OVERSIZE_OTHER, source)
        .goTo(Pipeline.ENCAPSULATE);
    out.entry(Pipeline.OVERSIZE, PriorityBand.MISS, PacketClass.FITS, source)
        .goTo(Pipeline.ENCAPSULATE);
  }

  private static EntryBuilder endpointFragments(
      FlowSink out, PriorityBand band, PacketClass packetClass, String source) {
    return out.entry(Pipeline.OVERSIZE, band, packetClass, source).match(bits(true));
  }

  @Override
  public void compileNetwork(NetworkContext network, FlowSink out) {
    if (!network.node().checksSize() || network.paths().isEmpty()) {
      return;
    }
    boolean someAreDropped = network.smallestUnfragmented().isPresent();
    for (OfPort port : network.localPorts()) {
      for (int etherType : ImmutableList.of(IPV4, IPV6)) {
        of(network, port, PriorityBand.KNOWN, PacketClass.OVERSIZE, out)
            .match(RegField.OVERSIZE, 1)
            .match(Field.ETH_TYPE, etherType)
            .toController(PortMeters.of(port, PortMeters.Purpose.OVERSIZE));
      }
      if (someAreDropped) {
        drop(network, port, PriorityBand.MULTICAST, out).multicast().dropCountedBy(drops(port));
        drop(network, port, PriorityBand.FRAGMENT, out)
            .match(Field.ETH_TYPE, IPV6)
            .match(LATER_FRAGMENT)
            .dropCountedBy(drops(port));
        drop(network, port, PriorityBand.UNKNOWN, out).dropCountedBy(drops(port));
      }
    }
  }

  private static EntryBuilder drop(
      NetworkContext network, OfPort port, PriorityBand band, FlowSink out) {
    return of(network, port, band, PacketClass.OVERSIZE_DROP, out).match(bits(false));
  }

  private static EntryBuilder of(
      NetworkContext network,
      OfPort port,
      PriorityBand band,
      PacketClass packetClass,
      FlowSink out) {
    return out.entry(Pipeline.OVERSIZE, band, packetClass, network.source())
        .vni(network.vni())
        .inPort(port);
  }

  private static Meter drops(OfPort port) {
    return PortMeters.of(port, PortMeters.Purpose.DROP);
  }

  /** Too large, and what becomes of it at the endpoint: both bits of one register. */
  static FieldValue bits(boolean endpointFragments) {
    FieldValue oversize = RegField.OVERSIZE.of(1);
    FieldValue fragments = RegField.ENDPOINT_FRAGMENTS.of(endpointFragments ? 1 : 0);
    return FieldValue.masked(
        oversize.field(),
        oversize.value().or(fragments.value()),
        oversize.mask().or(fragments.mask()));
  }
}
