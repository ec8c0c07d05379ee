/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.onlab.packet.DeserializationException;
import org.onlab.packet.Ethernet;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.packet.DefaultInboundPacket;
import org.onosproject.net.packet.DefaultOutboundPacket;
import org.onosproject.net.packet.DefaultPacketContext;
import org.onosproject.net.packet.InboundPacket;
import org.onosproject.net.packet.OutboundPacket;
import org.onosproject.net.packet.PacketProvider;
import org.onosproject.net.packet.PacketProviderRegistry;
import org.onosproject.net.packet.PacketProviderService;
import org.onosproject.net.provider.AbstractProvider;
import org.overlane.monitoring.LimitedLog;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFPacketIn;
import org.projectfloodlight.openflow.protocol.OFPacketOut;
import org.projectfloodlight.openflow.protocol.match.MatchField;
import org.projectfloodlight.openflow.types.OFBufferId;
import org.projectfloodlight.openflow.types.OFPort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives packets of switches to ONOS and packets of ONOS to switches. Thread-safe. */
final class PacketInProvider extends AbstractProvider implements PacketProvider, SwitchEvents {

  private static final Logger LOG = LoggerFactory.getLogger(PacketInProvider.class);
  private static final LimitedLog LIMITED = new LimitedLog(LOG);

  private final Switches switches;
  private volatile PacketProviderService service;

  PacketInProvider(Switches switches) {
    super(OpenFlowSouthbound.PROVIDER_ID);
    this.switches = switches;
  }

  void register(PacketProviderRegistry registry) {
    service = registry.register(this);
  }

  @Override
  public void packetIn(ConnectedSwitch device, OFPacketIn packetIn) {
    OFPort port = packetIn.getMatch().get(MatchField.IN_PORT);
    if (port == null) {
      LIMITED.warn(
          device.toString(), "A packet-in without an input port is dropped: device=" + device);
      return;
    }
    byte[] data = packetIn.getData();
    InboundPacket inbound =
        new DefaultInboundPacket(
            new ConnectPoint(device.id(), Ports.toOnos(port)),
            parsed(data).orElse(null),
            ByteBuffer.wrap(data).asReadOnlyBuffer(),
            Optional.of(packetIn.getCookie().getValue()));
    service.processPacket(new Context(device.id(), inbound, data));
  }

  /**
   * Empty for what is no Ethernet frame that ONOS understands; ONOS's processors expect null then.
   */
  private static Optional<Ethernet> parsed(byte[] data) {
    try {
      return Optional.of(Ethernet.deserializer().deserialize(data, 0, data.length));
    } catch (DeserializationException | RuntimeException e) {
      // ONOS's parsers run over the end of some malformed packets instead of reporting them.
      LOG.debug("packet of {} bytes cannot be parsed: {}", data.length, e.toString());
      return Optional.empty();
    }
  }

  @Override
  public void emit(OutboundPacket packet) {
    Optional<ConnectedSwitch> device = switches.get(packet.sendThrough());
    if (!device.isPresent()) {
      LOG.debug("{} is not connected; a packet-out is dropped", packet.sendThrough());
      return;
    }
    try {
      device.get().connection().send(packetOut(packet, device.get().connection().factory()));
    } catch (UnsupportedRuleException | IllegalArgumentException e) {
      // The second is a frame that no OpenFlow message can hold.
      device.get().refused("packet-out: " + e.getMessage());
      LIMITED.warn(
          device.get().toString(),
          "A packet-out is dropped: device=" + device.get() + " reason=" + e.getMessage());
    }
  }

  private static OFPacketOut packetOut(OutboundPacket packet, OFFactory factory)
      throws UnsupportedRuleException {
    ByteBuffer data = packet.data().duplicate();
    data.rewind();
    byte[] octets = new byte[data.remaining()];
    data.get(octets);
    PortNumber inPort = packet.inPort() == null ? PortNumber.CONTROLLER : packet.inPort();
    return factory
        .buildPacketOut()
        .setBufferId(OFBufferId.NO_BUFFER)
        .setInPort(Ports.toOpenFlow(inPort))
        .setActions(
            ImmutableList.copyOf(ActionEncoder.encode(packet.treatment().allInstructions())))
        .setData(octets)
        .build();
  }

  /** Lets a processor send the packet on, with the treatment that it builds. */
  private final class Context extends DefaultPacketContext {

    private final DeviceId device;

    Context(DeviceId device, InboundPacket inbound, byte[] data) {
      super(
          System.currentTimeMillis(),
          inbound,
          new DefaultOutboundPacket(
              device,
              org.onosproject.net.flow.DefaultTrafficTreatment.emptyTreatment(),
              ByteBuffer.wrap(data)),
          false);
      this.device = device;
    }

    @Override
    public void send() {
      if (block()) {
        LOG.debug("{}: the packet was dealt with before", device);
        return;
      }
      TrafficTreatment treatment = treatmentBuilder().build();
      emit(
          new DefaultOutboundPacket(
              device, treatment, outPacket().data(), inPacket().receivedFrom().port()));
    }
  }
}
