/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.overlane.openflow.channel.RecordingListener.await;
import static org.overlane.openflow.channel.RecordingListener.get;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.onosproject.net.flow.instructions.Instructions;
import org.onosproject.net.packet.DefaultOutboundPacket;
import org.overlane.openflow.channel.SwitchConnection;
import org.overlane.openflow.driver.SetTunnelDst;
import org.overlane.openflow.driver.SetTunnelIpv6Dst;
import org.projectfloodlight.openflow.protocol.OFPortDesc;
import org.projectfloodlight.openflow.types.OFPort;

/** What becomes of packet-outs on a real Open vSwitch: every frame that leaves a port is kept. */
class PacketOutOvsIT {

  private static final PortNumber VM = PortNumber.portNumber(1);
  private static final PortNumber OTHER_VM = PortNumber.portNumber(2);
  private static final PortNumber TUNNEL = PortNumber.portNumber(10);
  private static final int VNI = 0x0a0b0c;
  private static final int ETHERNET = 14;
  private static final int UDP = 8;
  private static final int VXLAN = 8;

  private PacketInProvider provider;
  private LiveSwitch live;
  private SwitchConnection connection;

  @BeforeEach
  void start() throws Exception {
    live =
        new LiveSwitch(
            me -> {
              provider = new PacketInProvider(me.switches);
              return ImmutableList.of(provider);
            });
    connection = live.connect().connection();
    live.ovs.addPort(LiveSwitch.BRIDGE, "p1", 1);
    live.ovs.addPort(LiveSwitch.BRIDGE, "p2", 2);
    live.ovs.addPort(LiveSwitch.BRIDGE, "p3", 3);
    // Whatever enters the tables leaves here.
    live.ovs.ofctl("add-flow", LiveSwitch.BRIDGE, "priority=0,actions=output:3");
    await("the ports", () -> connection.ports().size() == 4);
  }

  @AfterEach
  void stop() throws Exception {
    if (live != null) {
      live.close();
    }
  }

  /** A tunnel port, and a second bridge as the network below it, whose frames leave at "wire". */
  private void addUnderlay() throws Exception {
    live.ovs.vsctl("add-br", "below", "--", "set", "bridge", "below", "datapath_type=dummy");
    live.ovs.addPort("below", "wire", 1);
    live.ovs.appctl("netdev-dummy/ip4addr", "below", "192.0.2.1/24");
    live.ovs.appctl("netdev-dummy/ip6addr", "below", "2001:db8::1/64");
    live.ovs.appctl("ovs/route/add", "192.0.2.0/24", "below");
    live.ovs.appctl("ovs/route/add", "2001:db8::/64", "below");
    live.ovs.appctl("tnl/arp/set", "below", "192.0.2.2", "02:00:00:00:00:22");
    live.ovs.appctl("tnl/arp/set", "below", "2001:db8::2", "02:00:00:00:00:66");
    live.ovs.vsctl(
        "add-port",
        LiveSwitch.BRIDGE,
        "vxlan0",
        "--",
        "set",
        "interface",
        "vxlan0",
        "type=vxlan",
        "ofport_request=10",
        "options:remote_ip=flow",
        "options:key=flow");
    await(
        "the tunnel port",
        () ->
            connection.ports().stream().map(OFPortDesc::getPortNo).anyMatch(OFPort.of(10)::equals));
  }

  private void emit(PortNumber inPort, TrafficTreatment treatment, byte[] frame) throws Exception {
    provider.emit(
        new DefaultOutboundPacket(Rules.DEVICE, treatment, ByteBuffer.wrap(frame), inPort));
    LiveSwitch.barrier(connection);
  }

  private static TrafficTreatment output(PortNumber port) {
    return DefaultTrafficTreatment.builder().setOutput(port).build();
  }

  private static TrafficTreatment tunnel(ExtensionTreatment destination) {
    return DefaultTrafficTreatment.builder()
        .setTunnelId(VNI)
        .add(Instructions.extension(destination, Rules.DEVICE))
        .setOutput(TUNNEL)
        .build();
  }

  private void assertNothingElseMoved(String... ports) throws Exception {
    for (String port : ports) {
      assertThat(live.ovs.sent(port)).as(port).isEmpty();
    }
    live.ovs.appctl("revalidator/purge");
    assertThat(live.ovs.ofctl("dump-flows", LiveSwitch.BRIDGE)).contains("n_packets=0");
    assertThat(get(connection.readFlows()).get(0).packetCount()).isZero();
  }

  private byte[] onlyFrame(String port) throws Exception {
    List<byte[]> frames = live.ovs.sent(port);
    assertThat(frames).as("frames at %s", port).hasSize(1);
    return frames.get(0);
  }

  @Test
  void frameToAVmLeavesOnce() throws Exception {
    byte[] frame = SlowPathOvsIT.frame(98);
    emit(PortNumber.CONTROLLER, output(VM), frame);
    assertThat(onlyFrame("p1")).isEqualTo(frame);
    emit(null, output(OTHER_VM), frame);
    assertThat(onlyFrame("p2")).isEqualTo(frame);
    assertNothingElseMoved("p3");
  }

  @Test
  void frameFromAVmLeavesOnceAtAnotherPortAndNotAtItsOwn() throws Exception {
    byte[] frame = SlowPathOvsIT.frame(98);
    emit(VM, output(OTHER_VM), frame);
    assertThat(onlyFrame("p2")).isEqualTo(frame);
    assertNothingElseMoved("p1", "p3");

    // OpenFlow sends nothing back to where it came from, unless the port is called IN_PORT.
    emit(VM, output(VM), frame);
    assertNothingElseMoved("p1", "p3");
    emit(VM, output(PortNumber.IN_PORT), frame);
    assertThat(onlyFrame("p1")).isEqualTo(frame);
  }

  @Test
  void jumboFramesLeaveWhole() throws Exception {
    for (int size : new int[] {1_515, 9_014}) {
      byte[] frame = SlowPathOvsIT.frame(size);
      emit(PortNumber.CONTROLLER, output(VM), frame);
      List<byte[]> frames = live.ovs.sent("p1");
      assertThat(frames.get(frames.size() - 1)).isEqualTo(frame);
    }
    assertThat(live.ovs.sent("p1")).hasSize(2);
    assertNothingElseMoved("p2", "p3");
  }

  @Test
  void frameThatNoMessageCanHoldIsDroppedWithAReason() throws Exception {
    emit(PortNumber.CONTROLLER, output(VM), new byte[65_530]);
    assertThat(live.switches.get(Rules.DEVICE).get().lastRefusal().get()).contains("65535");
    byte[] frame = SlowPathOvsIT.frame(98);
    emit(PortNumber.CONTROLLER, output(VM), frame);
    assertThat(onlyFrame("p1")).isEqualTo(frame);
  }

  @Test
  void frameOfAVmLeavesInATunnelOverIpv4() throws Exception {
    addUnderlay();
    byte[] inner = SlowPathOvsIT.frame(576);
    emit(VM, tunnel(new SetTunnelDst(Ip4Address.valueOf("192.0.2.2"))), inner);
    byte[] outer = onlyFrame("wire");
    assertThat(outer).startsWith(2, 0, 0, 0, 0, 0x22);
    assertThat(Arrays.copyOfRange(outer, ETHERNET + 16, ETHERNET + 20))
        .containsExactly(192, 0, 2, 2);
    assertCarries(outer, ETHERNET + 20, inner);
    assertNothingElseMoved("p1", "p2", "p3");
  }

  @Test
  void frameOfAVmLeavesInATunnelOverIpv6() throws Exception {
    addUnderlay();
    byte[] inner = SlowPathOvsIT.frame(576);
    emit(VM, tunnel(new SetTunnelIpv6Dst(Ip6Address.valueOf("2001:db8::2"))), inner);
    byte[] outer = onlyFrame("wire");
    assertThat(outer).startsWith(2, 0, 0, 0, 0, 0x66);
    assertThat(Arrays.copyOfRange(outer, ETHERNET + 24, ETHERNET + 40))
        .isEqualTo(Ip6Address.valueOf("2001:db8::2").toOctets());
    assertCarries(outer, ETHERNET + 40, inner);
    assertNothingElseMoved("p1", "p2", "p3");
  }

  /** UDP to port 4789, the VNI, and the frame to the last byte. */
  private static void assertCarries(byte[] outer, int udpAt, byte[] inner) {
    ByteBuffer buffer = ByteBuffer.wrap(outer);
    assertThat(buffer.getShort(udpAt + 2)).isEqualTo((short) 4789);
    assertThat(buffer.getInt(udpAt + UDP + 4) >>> 8).isEqualTo(VNI);
    assertThat(Arrays.copyOfRange(outer, udpAt + UDP + VXLAN, outer.length)).isEqualTo(inner);
  }
}
