/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.slowpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.overlane.flowrules.feature.PacketClass;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.TunnelEndpoint;
import org.overlane.flowrules.model.Vni;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.pipeline.PortMeters.Purpose;
import org.overlane.flowrules.text.OfctlFormat;
import org.overlane.slowpath.Reason;

class LargePacketsTest {
  private static final NodeId NODE = NodeId.of("of:0000000000000001");
  private static final NodeId OTHER = NodeId.of("of:0000000000000002");
  private static final NetworkId BLUE = NetworkId.of("blue");
  private static final OfPort VM1 = OfPort.of(11);
  private static final OfPort VM2 = OfPort.of(12);
  private static final int DF = 0x4000;

  private final List<String> log = new ArrayList<>();
  private final List<byte[]> answers = new ArrayList<>();
  private final List<byte[]> sent = new ArrayList<>();
  private final List<FlowEntry> installed = new ArrayList<>();
  private long now;
  private final LargePackets large =
      new LargePackets(
          new LargePackets.Output() {
            @Override
            public void answer(NodeId node, OfPort port, byte[] frame) {
              log.add("answer " + port);
              answers.add(frame);
            }

            @Override
            public void send(NodeId node, OfPort port, ImmutableList<Action> acts, byte[] frame) {
              sent.add(frame);
              log.add("send " + frame.length + " from " + port + " by " + acts.size());
            }

            @Override
            public void install(NodeId node, FlowEntry exception) {
              installed.add(exception);
              log.add("install " + OfctlFormat.match(exception.match()));
            }
          },
          () -> now);

  private static NetworkModel model(boolean fragments) {
    NetworkModel.Builder model =
        NetworkModel.builder().add(Network.of(BLUE, Vni.of(100))).add(node(1, fragments));
    model.add(node(2, fragments));
    model.add(endpoint("vm1", 0x11, NODE, VM1)).add(endpoint("vm2", 0x12, NODE, VM2));
    return model.add(endpoint("vm3", 0x13, OTHER, VM1)).build();
  }

  private static Node node(int number, boolean fragments) {
    return Node.builder(NodeId.of("of:000000000000000" + number))
        .vteps(ImmutableList.of(IpAddress.parse("192.0.2." + number)))
        .tunnel(TunnelEndpoint.Native.of(OfPort.of(9)))
        .declaredFragments(
            Optional.of(fragments ? ImmutableSet.of(AddressFamily.IPV4) : ImmutableSet.of()))
        .build();
  }

  private static Endpoint endpoint(String id, long mac, NodeId node, OfPort port) {
    return Endpoint.of(id, BLUE, mac(mac), node, Optional.of(port), ImmutableSet.of());
  }

  private static MacAddress mac(long number) {
    return MacAddress.of(0x020000000000L | number);
  }

  /** UDP over IPv4, from 10.0.0.source to 10.0.0.destination, with a right header checksum. */
  private static byte[] packet(int flags, int bytes, long fromMac, int source, int destination) {
    ByteBuffer frame = ByteBuffer.allocate(14 + bytes);
    frame.putShort((short) 0x0200).putInt(0x13);
    frame.putShort((short) 0x0200).putInt((int) fromMac).putShort((short) 0x0800);
    frame.putShort((short) 0x4500).putShort((short) bytes).putShort((short) 7);
    frame.putShort((short) flags).putShort((short) (64 << 8 | 17)).putShort((short) 0);
    frame.putInt(0x0a000000 | source).putInt(0x0a000000 | destination);
    int sum = 0;
    for (int at = 14; at < 34; at += 2) {
      sum += frame.getShort(at) & 0xffff;
    }
    sum = (sum & 0xffff) + (sum >>> 16);
    sum = (sum & 0xffff) + (sum >>> 16);
    return frame.putShort(24, (short) ~sum).array();
  }

  private void receive(byte[] frame) {
    large.receive(NODE, VM1, PacketClass.OVERSIZE, frame);
  }

  private ImmutableMap<Reason, Long> counts() {
    return large.counters().getOrDefault(Place.of(NODE, Optional.of(BLUE)), ImmutableMap.of());
  }

  @BeforeEach
  void begin() {
    large.modelChanged(model(true));
  }

  @Test
  void answersThePortThatThePacketCameFrom() {
    receive(packet(DF, 1451, 0x11, 1, 3));
    assertThat(log).containsExactly("answer 11");
    assertThat(ByteBuffer.wrap(answers.get(0)).getShort(14 + 20 + 6)).isEqualTo((short) 1450);
    assertThat(counts()).containsExactly(Map.entry(Reason.ANSWERED_IPV4, 1L));
  }

  @Test
  void installsAnExceptionOnceAndAgainWhenItIsGone() {
    receive(packet(0, 1500, 0x11, 1, 3));
    receive(packet(0, 1500, 0x11, 1, 3));
    assertThat(log).hasSize(3);
    assertThat(log.get(0)).isEqualTo("send 1514 from 11 by 3");
    assertThat(log.get(1)).contains("nw_src=10.0.0.1", "nw_dst=10.0.0.3", "tun_id=0x64");
    assertThat(log.get(2)).isEqualTo("send 1514 from 11 by 3");
    assertThat(large.tracked().exceptions()).isEqualTo(1);
    assertThat(counts()).containsEntry(Reason.DELIVERED_BY_EXCEPTION, 2L);
    large.removed(NODE, installed.get(0).cookie());
    assertThat(large.isException(NODE, installed.get(0).cookie())).isFalse();
    receive(packet(0, 1500, 0x11, 1, 3));
    assertThat(installed).hasSize(2);
  }

  /** An entry that the switch has refused, or lost, is asked for again by the packets. */
  @Test
  void sendsAnExceptionAgainThatHasNoEffect() {
    for (int second = 0; second <= 20; second++) {
      receive(packet(0, 1500, 0x11, 1, 3));
      now += 1_000_000_000L;
    }
    assertThat(installed).hasSize(3);
    assertThat(large.tracked().exceptions()).isEqualTo(1);
  }

  @Test
  void anExceptionHoldsWhileItsNodeAndNetworkAreAsTheyWere() {
    receive(packet(0, 1500, 0x11, 1, 3));
    NetworkModel more =
        model(true).toBuilder().add(endpoint("vm4", 0x14, OTHER, OfPort.of(13))).build();
    large.modelChanged(more);
    assertThat(large.tracked().exceptions()).isEqualTo(1);
    large.modelChanged(model(false));
    assertThat(large.tracked().exceptions()).isZero();
    log.clear();
    receive(packet(0, 1500, 0x11, 1, 3));
    assertThat(log).hasSize(2).allMatch(line -> line.startsWith("send"));
    assertThat(counts()).containsEntry(Reason.FRAGMENTED, 1L);
  }

  @Test
  void lowersTheMssOfASyn() {
    large.receive(NODE, VM1, PacketClass.MSS_CLAMP, syn());
    assertThat(log).containsExactly("send 58 from 11 by 3");
    assertThat(counts()).containsExactly(Map.entry(Reason.CLAMPED, 1L));
  }

  /** A SYN with an MSS of 1460. */
  private static byte[] syn() {
    byte[] frame = packet(DF, 44, 0x11, 1, 3);
    ByteBuffer bytes = ByteBuffer.wrap(frame);
    bytes.put(23, (byte) 6).putShort(24, (short) (bytes.getShort(24) + 11));
    bytes.putShort(34 + 12, (short) 0x6002).putInt(54, 0x020405b4);
    return frame;
  }

  /** Neither the packets of others nor the answers about other destinations suffer. */
  @Test
  void aFloodUsesUpItsOwnShareOnly() {
    for (int i = 0; i < 10_000; i++) {
      receive(packet(DF, 1500, 0x11, 1, 3));
    }
    assertThat(counts())
        .containsEntry(Reason.ANSWERED_IPV4, 50L)
        .containsEntry(Reason.SUPPRESSED_PAIR, 50L)
        .containsEntry(Reason.SUPPRESSED_PORT, 9_900L);
    large.receive(NODE, VM2, PacketClass.OVERSIZE, packet(DF, 1500, 0x12, 2, 3));
    assertThat(log).endsWith("answer 12");
    now += 1_000_000_000L;
    receive(packet(DF, 1500, 0x11, 1, 4));
    assertThat(log).endsWith("answer 11");
  }

  @Test
  void madeUpAddressesDoNotGrowAnything() {
    for (int i = 0; i < 300_000; i++) {
      now += 10_000_000;
      receive(packet(i % 2 == 0 ? DF : 0, 1500, 0x11, i & 0xffffff, 3));
    }
    assertThat(large.tracked().pairs()).isEqualTo(LargePackets.MAX_PAIRS);
    assertThat(large.tracked().exceptions()).isEqualTo(LargePackets.MAX_EXCEPTIONS);
    assertThat(large.tracked().ports()).isEqualTo(1);
  }

  @Test
  void knowsNobodyButTheModel() {
    receive(packet(DF, 1500, 0x99, 1, 3));
    large.receive(OTHER, VM2, PacketClass.OVERSIZE, packet(DF, 1500, 0x11, 1, 3));
    assertThat(log).isEmpty();
    assertThat(large.counters())
        .containsKeys(Place.of(NODE, Optional.empty()), Place.of(OTHER, Optional.empty()));
    large.stop();
    receive(packet(DF, 1500, 0x11, 1, 3));
    assertThat(log).isEmpty();
  }

  /** Whatever a VM sends: nothing is thrown, and each packet is counted exactly once. */
  @Test
  void survivesAnyFrame() {
    Random random = new Random(7);
    int sent = 200_000;
    for (int i = 0; i < sent; i++) {
      now += 20_000_000;
      byte[] frame = packet(random.nextInt(), 1300 + random.nextInt(400), 0x11, i, 3);
      for (int n = random.nextInt(4); n > 0; n--) {
        frame[random.nextInt(frame.length)] = (byte) random.nextInt();
      }
      byte[] cut = Arrays.copyOf(frame, random.nextInt(frame.length + 1));
      large.receive(
          NODE,
          VM1,
          random.nextBoolean() ? PacketClass.OVERSIZE : PacketClass.MSS_CLAMP,
          random.nextBoolean() ? frame : cut);
    }
    long counted =
        large.counters().values().stream()
            .flatMap(reasons -> reasons.values().stream())
            .mapToLong(Long::longValue)
            .sum();
    assertThat(counted).isEqualTo(sent);
  }

  /** A DHCP acknowledgement of vm1 with one option, an MTU of 1500, and no UDP checksum. */
  private static byte[] acknowledgement(long toMac) {
    ByteBuffer frame = ByteBuffer.allocate(14 + 20 + 8 + 240 + 8);
    frame.putShort((short) (toMac >>> 32)).putInt((int) toMac);
    frame.putShort((short) 0x0200).putInt(0x11).putShort((short) 0x0800);
    frame.putShort((short) 0x4500).putShort((short) (frame.capacity() - 14)).putInt(0);
    frame.putShort((short) (64 << 8 | 17)).putShort((short) 0).putLong(0x0a0000010a000002L);
    int sum = 0;
    for (int at = 14; at < 34; at += 2) {
      sum += frame.getShort(at) & 0xffff;
    }
    frame.putShort(24, (short) ~((sum & 0xffff) + (sum >>> 16)));
    frame.putShort((short) 67).putShort((short) 68).putShort((short) 256).putShort((short) 0);
    frame.put(42, (byte) 2).putInt(42 + 236, 0x63825363);
    frame.position(42 + 240);
    return frame.putLong(0x3501051a0205dcffL).array();
  }

  private static int told(byte[] frame) {
    return ByteBuffer.wrap(frame).getShort(frame.length - 3) & 0xffff;
  }

  @Test
  void aDhcpReplyGoesWhereItWasSentWithTheMtuOfTheNetwork() {
    large.modelChanged(model(false));
    for (long to : new long[] {0x020000000013L, 0x020000000012L, 0xffffffffffffL}) {
      log.clear();
      sent.clear();
      large.receive(NODE, VM1, PacketClass.ADVERTISE_DHCP, acknowledgement(to));
      assertThat(sent).isNotEmpty().allMatch(frame -> told(frame) == 1450);
      // To the tunnel with VNI and remote; to the local port; to both.
      assertThat(log)
          .isEqualTo(
              to == 0x020000000013L
                  ? List.of("send 290 from 11 by 3")
                  : to == 0x020000000012L
                      ? List.of("send 290 from 11 by 1")
                      : List.of("send 290 from 11 by 1", "send 290 from 11 by 3"));
    }
    assertThat(counted()).containsExactly(entry(Reason.ADVERTISED, 3L));
  }

  @Test
  void aDhcpReplyToNobodyOrFromNobodyIsDropped() {
    large.modelChanged(model(false));
    large.receive(NODE, VM1, PacketClass.ADVERTISE_DHCP, acknowledgement(0x0200000000ffL));
    large.receive(NODE, VM2, PacketClass.ADVERTISE_DHCP, acknowledgement(0x020000000013L));
    assertThat(log).isEmpty();
    assertThat(
            large.counters().values().stream()
                .mapToLong(reasons -> reasons.getOrDefault(Reason.DROPPED_UNKNOWN_ENDPOINT, 0L))
                .sum())
        .isEqualTo(2);
  }

  @Test
  void whatIsNoDhcpReplyPassesAsItIsAndNoAdvertisementIsSentTwice() {
    large.modelChanged(model(false));
    byte[] other = acknowledgement(0x020000000013L);
    other[42] = 1;
    large.receive(NODE, VM1, PacketClass.ADVERTISE_DHCP, other);
    assertThat(sent).hasSize(1);
    assertThat(sent.get(0)).isEqualTo(other);
    large.receive(NODE, VM1, PacketClass.ADVERTISE_RA, other);
    assertThat(sent).hasSize(1);
    assertThat(counted()).containsExactly(entry(Reason.ADVERTISE_NOT_UNDERSTOOD, 2L));
  }

  @Test
  void aPortMayAnnounceSoOftenAndNoMore() {
    large.modelChanged(model(false));
    for (int i = 0; i < 1000; i++) {
      large.receive(NODE, VM1, PacketClass.ADVERTISE_DHCP, acknowledgement(0x020000000012L));
    }
    assertThat(counted())
        .containsOnly(
            entry(Reason.ADVERTISED, (long) Purpose.ADVERTISE.burst()),
            entry(Reason.SUPPRESSED_PORT, 1000L - Purpose.ADVERTISE.burst()));
  }

  private Map<Reason, Long> counted() {
    assertThat(large.counters()).hasSize(1);
    return large.counters().values().iterator().next();
  }
}
