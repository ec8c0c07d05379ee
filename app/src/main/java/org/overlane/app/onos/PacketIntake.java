/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.packet.InboundPacket;
import org.onosproject.net.packet.PacketContext;
import org.onosproject.net.packet.PacketProcessor;
import org.overlane.app.probing.ProbingLoop;
import org.overlane.app.slowpath.LargePackets;
import org.overlane.app.slowpath.PacketInCounters;
import org.overlane.flowrules.feature.PacketClass;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Cookie;
import org.overlane.monitoring.LimitedLog;
import org.slf4j.LoggerFactory;

/**
 * Takes those packets out of ONOS that an entry of ours has sent to the controller. The cookie says
 * so; nobody else gets to see them, and nothing of anybody else is looked at.
 */
final class PacketIntake implements PacketProcessor {
  /** Before the applications that answer or forward whatever they find. */
  static final int PRIORITY = PacketProcessor.advisor(1);

  private static final LimitedLog LOG = new LimitedLog(LoggerFactory.getLogger(PacketIntake.class));

  private final ApplicationId app;
  private final LargePackets large;
  private final ProbingLoop probing;
  private final PacketInCounters counters;

  PacketIntake(
      ApplicationId app, LargePackets large, ProbingLoop probing, PacketInCounters counters) {
    this.app = app;
    this.large = large;
    this.probing = probing;
    this.counters = counters;
  }

  @Override
  public void process(PacketContext context) {
    if (context.isHandled()) {
      return;
    }
    InboundPacket packet = context.inPacket();
    Optional<PacketClass> packetClass = packet.cookie().flatMap(this::classOf);
    ConnectPoint from = packet.receivedFrom();
    if (packetClass.isPresent() && OnosFabric.isOpenFlow(from.deviceId())) {
      context.block();
      counters.count(packetClass.get());
      receive(packetClass.get(), from, packet.unparsed());
    }
  }

  private Optional<PacketClass> classOf(long cookie) {
    if (cookie >>> Cookie.BITS != (app.id() & 0xffffL)) {
      return Optional.empty();
    }
    return PacketClass.of(Cookie.ofBits(cookie)).filter(PacketIntake::isOurs);
  }

  private static boolean isOurs(PacketClass packetClass) {
    return packetClass == PacketClass.PROBE || LargePackets.CLASSES.contains(packetClass);
  }

  private void receive(PacketClass packetClass, ConnectPoint from, ByteBuffer data) {
    ByteBuffer view = data.duplicate();
    view.rewind();
    byte[] frame = new byte[view.remaining()];
    view.get(frame);
    try {
      NodeId node = NodeId.of(from.deviceId().toString());
      if (packetClass == PacketClass.PROBE) {
        probing.receive(node, frame);
      } else {
        large.receive(node, OfPort.of(from.port().toLong() & 0xffffffffL), packetClass, frame);
      }
    } catch (RuntimeException e) {
      // A defect; a VM that has found it must not fill the log with it.
      counters.failed();
      LOG.error(
          from.deviceId(),
          "A packet could not be dealt with: device="
              + from.deviceId()
              + " port="
              + from.port()
              + " class="
              + packetClass.anchor(),
          e);
    }
  }
}
