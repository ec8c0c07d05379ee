/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.overlane.e2e.lab.Capture;
import org.overlane.e2e.lab.Capture.Frame;
import org.overlane.e2e.lab.FlowEntry;
import org.overlane.e2e.lab.Lab;
import org.overlane.e2e.lab.LabOptions;
import org.overlane.e2e.lab.LabOptions.Underlay;
import org.overlane.e2e.lab.LabOptions.Variant;
import org.overlane.e2e.lab.Packets;
import org.overlane.e2e.lab.Switch;
import org.overlane.e2e.lab.Vm;

/**
 * What an overlay edge does with packets, whoever encapsulates and whatever the underlay. The
 * switches are programmed offline: no controller runs.
 */
@RequiresLab
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OverlayContract {
  static final String BROADCAST = "ff:ff:ff:ff:ff:ff";
  static final String MULTICAST = "01:00:5e:01:02:03";
  static final String UNKNOWN_MAC = "02:00:00:00:0f:0f";
  static final int VNI = 100;

  /** Frames that neighbour discovery may add to a counter while a test runs. */
  static final int BACKGROUND = 20;

  Lab lab;
  Vm vm11;
  Vm vm12;
  Vm vm21;

  abstract LabOptions options();

  @BeforeAll
  void buildLab() {
    lab = Lab.up(options());
    lab.push();
    vm11 = lab.vm("blue-1-1");
    vm12 = lab.vm("blue-1-2");
    vm21 = lab.vm("blue-2-1");
    List<Switch> bridges = List.of(lab.overlaySwitch(1), lab.overlaySwitch(2));
    bridges.forEach(Switch::forgetTunnelNeighbours);
    for (Vm to : lab.vmsOf(2)) {
      FirstAnswer.await(to, bridges, () -> allAnswer(to));
    }
  }

  private boolean allAnswer(Vm to) {
    return vm11.ping(to.ipv4(), 1, 56).received() > 0
        && to.ping(vm12.ipv4(), 1, 56).received() > 0
        && vm12.ping(to.ipv6(), 1, 56).received() > 0;
  }

  @AfterAll
  void removeLab() {
    if (lab != null) {
      lab.close();
    }
  }

  @AfterEach
  void restoreFragmentMode() {
    lab.underlaySwitch(1).fragmentMode("normal");
  }

  /** The entry that takes VXLAN packets from the external port of hypervisor 1. */
  FlowEntry receiveEntry() {
    String field = lab.underlay() == Underlay.IPV4 ? "nw_dst=" : "ipv6_dst=";
    return lab.underlaySwitch(1)
        .entry(e -> e.table() == 0 && e.matches("in_port=1") && e.matches(field + lab.vtep(1)));
  }

  /**
   * Waits until the receive entry has counted this many packets more, and checks that no others
   * than a few of neighbour discovery came with them.
   */
  FlowEntry received(FlowEntry before, long packets) {
    Await.until(
        packets + " packets at the receive entry, which had " + before.packets(),
        Duration.ofSeconds(10),
        () -> receiveEntry().packets() - before.packets() >= packets);
    FlowEntry after = receiveEntry();
    assertThat(after.packets() - before.packets()).isBetween(packets, packets + BACKGROUND);
    assertThat(after.program()).isEqualTo(before.program());
    return after;
  }

  /** Packets that entries of a table have dropped; all others of the table send them on. */
  static long dropped(Switch bridge, int table) {
    return bridge.entries().stream()
        .filter(e -> e.table() == table && e.actions().equals("drop"))
        .mapToLong(FlowEntry::packets)
        .sum();
  }

  /** An inner frame from the VM of hypervisor 2 to the one of hypervisor 1, encapsulated. */
  Packets arriving(String marker) {
    return Packets.frame(marker, vm21.mac(), vm11.mac()).vxlan(lab, VNI, 2, 1);
  }

  boolean reassembles() {
    return lab.variant() == Variant.MANAGEMENT_OS;
  }

  @Test
  void answersPingBetweenHosts() {
    for (String address : List.of(vm21.ipv4(), vm21.ipv6(), vm12.ipv4(), vm12.ipv6())) {
      assertThat(vm11.ping(address, 10, 56)).as("ping %s", address).isEqualTo(new Vm.Ping(10, 10));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"normal", "nx-match"})
  void oneEntryReceivesWholeAndFragmentedPackets(String mode) {
    Switch bridge = lab.underlaySwitch(1);
    bridge.fragmentMode(mode);
    FlowEntry before = receiveEntry();
    String marker = Packets.newMarker();
    try (Capture vm = vm11.place().capture(marker);
        Capture endpoint = lab.managementOs(1).capture(marker)) {
      int whole = lab.wire(1).send(arriving(marker).sources(50));
      FlowEntry between = received(before, 50);

      int fragments = lab.wire(1).send(arriving(marker).payload(1400).sources(50).fragmented(1280));
      assertThat(fragments).isEqualTo(2 * whole);
      received(between, 100);
      assertThat(vm.stop()).hasSize(reassembles() ? 100 : 50);
      assertThat(fragmentsIn(endpoint.stop())).isEqualTo(100);
    }
  }

  private static long fragmentsIn(List<Frame> frames) {
    return frames.stream().filter(f -> f.incoming() && f.fragment()).count();
  }

  @Test
  void orderAndDuplicatesOfFragmentsDoNotMatter() {
    String marker = Packets.newMarker();
    Packets packets = arriving(marker).payload(1400).sources(20).fragmented(600);
    List<Packets> arrivals =
        List.of(
            packets.order("reversed"),
            packets.order("shuffled"),
            packets.duplicated(),
            packets.duplicated().order("reversed"));
    for (Packets arrival : arrivals) {
      FlowEntry before = receiveEntry();
      try (Capture vm = vm11.place().capture(marker);
          Capture endpoint = lab.managementOs(1).capture(marker)) {
        int sent = lab.wire(1).send(arrival);
        received(before, sent);
        assertThat(fragmentsIn(endpoint.stop())).isEqualTo(sent);
        assertThat(vm.stop()).hasSize(reassembles() ? 20 : 0);
      }
    }
  }

  @Test
  void manySourcesNeedNoFurtherEntry() {
    Switch bridge = lab.underlaySwitch(1);
    List<String> programs = programs();
    String marker = Packets.newMarker();
    bridge.purgeMegaflows();
    FlowEntry before = receiveEntry();
    lab.wire(1).send(arriving(marker).sources(200));
    int fragments = lab.wire(1).send(arriving(marker).payload(1400).sources(200).fragmented(1280));
    List<String> megaflows = bridge.megaflows("ext");
    received(before, 200 + fragments);
    for (String etherType : List.of("eth_type(0x0800)", "eth_type(0x86dd)")) {
      assertThat(megaflows.stream().filter(m -> m.contains(etherType)))
          .as("megaflows of %s from the external port", etherType)
          .hasSizeLessThanOrEqualTo(3);
    }
    // A native tunnel matches the destination port where it decapsulates, never the source port.
    assertThat(megaflows).noneMatch(m -> m.contains("udp(src"));
    assertThat(programs()).isEqualTo(programs);
  }

  private List<String> programs() {
    return lab.switches(1).stream().flatMap(s -> s.program().stream()).toList();
  }

  @Test
  void managementTrafficGoesToTheWireAndNowhereElse() {
    List<String> destinations =
        List.of(lab.vtepMac(2), UNKNOWN_MAC, BROADCAST, MULTICAST, vm11.mac(), vm21.mac());
    String marker = Packets.newMarker();
    try (Capture wire = lab.wire(1).capture(marker);
        Capture ports = lab.switchPorts(1, overlayPorts()).capture(marker)) {
      for (String destination : destinations) {
        lab.managementOs(1).send(Packets.frame(marker, lab.vtepMac(1), destination));
      }
      Await.until(
          "all frames counted", Duration.ofSeconds(5), () -> bypassed() >= destinations.size());
      assertThat(wire.stop().stream().filter(Frame::incoming))
          .extracting(Frame::destination)
          .containsExactlyElementsOf(destinations);
      assertThat(ports.stop()).isEmpty();
    }
  }

  @Test
  void superPacketsOfTheManagementOsGoToTheWire() {
    // The userspace datapath cannot carry segmentation offload over veth, so the packet is as large
    // as a
    // super-packet because the links allow it.
    lab.trunkMtu(65521);
    String marker = Packets.newMarker();
    try (Capture wire = lab.wire(1).capture(marker);
        Capture ports = lab.switchPorts(1, overlayPorts()).capture(marker)) {
      long before = bypassed();
      lab.managementOs(1)
          .send(
              Packets.frame(marker, lab.vtepMac(1), lab.vtepMac(2))
                  .ip(lab.vtep(1), lab.vtep(2))
                  .payload(65000));
      Await.until("the packet counted", Duration.ofSeconds(5), () -> bypassed() > before);
      assertThat(wire.stop().stream().filter(Frame::incoming))
          .extracting(Frame::length)
          .containsExactly(14 + (lab.underlay() == Underlay.IPV4 ? 20 : 40) + 8 + 65000);
      assertThat(ports.stop()).isEmpty();
    } finally {
      lab.trunkMtu(1500);
    }
  }

  private long bypassed() {
    String port = lab.variant() == Variant.NATIVE ? "LOCAL" : "2";
    return lab.underlaySwitch(1)
        .entry(e -> e.table() == 0 && e.matches("in_port=" + port))
        .packets();
  }

  /** Devices of the tunnel and VM ports of hypervisor 1; a native tunnel has none. */
  private String[] overlayPorts() {
    Stream<String> vms = lab.vmsOf(1).stream().map(Vm::name);
    Stream<String> tunnel = reassembles() ? Stream.of("vx" + VNI) : Stream.of();
    return Stream.concat(vms, tunnel).toArray(String[]::new);
  }

  @Test
  void broadcastOfAVmReachesEveryOtherVmOnce() {
    String marker = Packets.newMarker();
    try (Capture wire = lab.wire(1).capture(marker);
        Capture local = vm12.place().capture(marker);
        Capture remote = vm21.place().capture(marker);
        Capture own = lab.switchPorts(1, vm11.name()).capture(marker)) {
      vm11.place().send(Packets.frame(marker, vm11.mac(), BROADCAST));
      vm11.place().send(Packets.frame(marker, vm11.mac(), MULTICAST));
      settle(1, 2);
      assertThat(wire.stop())
          .filteredOn(Frame::incoming)
          .extracting(Frame::vni)
          .containsExactly(VNI, VNI);
      assertThat(local.stop()).extracting(Frame::destination).containsExactly(BROADCAST, MULTICAST);
      assertThat(remote.stop())
          .extracting(Frame::destination)
          .containsExactly(BROADCAST, MULTICAST);
      assertThat(own.stop()).filteredOn(Frame::outgoing).isEmpty();
    }
  }

  /** Everything sent before has passed the switches, and the kernels behind them, in order. */
  private void settle(int... hypervisors) {
    for (int hypervisor : hypervisors) {
      lab.overlaySwitch(hypervisor).entries();
    }
    assertThat(vm11.ping(vm21.ipv4(), 2, 56).received()).isEqualTo(2);
  }

  @Test
  void spoofedSourceAddressesAreDroppedAndCounted() {
    Switch bridge = lab.overlaySwitch(1);
    List<String> sources = List.of(vm12.mac(), vm21.mac(), lab.vtepMac(1), UNKNOWN_MAC);
    String marker = Packets.newMarker();
    long before = dropped(bridge, 0);
    try (Capture wire = lab.wire(1).capture(marker);
        Capture others = lab.switchPorts(1, overlayPorts()).capture(marker)) {
      for (String source : sources) {
        vm11.place().send(Packets.frame(marker, source, vm21.mac()));
        vm11.place().send(Packets.frame(marker, source, BROADCAST));
      }
      settle(1);
      assertThat(dropped(bridge, 0) - before).isEqualTo(2L * sources.size());
      assertThat(wire.stop()).isEmpty();
      assertThat(others.stop()).filteredOn(Frame::outgoing).isEmpty();
    }
  }

  @Test
  void unknownDestinationsAreDroppedAndCounted() {
    Switch bridge = lab.overlaySwitch(1);
    String marker = Packets.newMarker();
    long fromVm = dropped(bridge, 30);
    long fromTunnel = dropped(bridge, 20);
    try (Capture wire = lab.wire(1).capture(marker);
        Capture ports = lab.switchPorts(1, vm11.name(), vm12.name()).capture(marker)) {
      vm11.place().send(Packets.frame(marker, vm11.mac(), UNKNOWN_MAC).times(3));
      lab.wire(1)
          .send(Packets.frame(marker, vm21.mac(), UNKNOWN_MAC).vxlan(lab, VNI, 2, 1).times(5));
      settle(1);
      assertThat(dropped(bridge, 30) - fromVm).isEqualTo(3);
      assertThat(dropped(bridge, 20) - fromTunnel).isEqualTo(5);
      assertThat(wire.stop()).filteredOn(Frame::incoming).isEmpty();
      assertThat(ports.stop()).filteredOn(Frame::outgoing).isEmpty();
    }
  }

  @Test
  void unknownVniIsDropped() {
    String marker = Packets.newMarker();
    FlowEntry received = receiveEntry();
    long missed = dropped(lab.overlaySwitch(1), 0);
    try (Capture wire = lab.wire(1).capture(marker);
        Capture ports = lab.switchPorts(1, vm11.name(), vm12.name()).capture(marker)) {
      lab.wire(1)
          .send(Packets.frame(marker, vm21.mac(), vm11.mac()).vxlan(lab, 999, 2, 1).times(5));
      lab.wire(1).send(Packets.frame(marker, vm21.mac(), BROADCAST).vxlan(lab, 999, 2, 1).times(5));
      received(received, 10);
      settle(1);
      // A management OS drops a VNI that it has no device for; a native tunnel leaves it to the
      // table.
      assertThat(dropped(lab.overlaySwitch(1), 0) - missed)
          .isEqualTo(lab.variant() == Variant.NATIVE ? 10 : 0);
      assertThat(wire.stop()).filteredOn(Frame::incoming).isEmpty();
      assertThat(ports.stop()).filteredOn(Frame::outgoing).isEmpty();
    }
  }

  @Test
  void nothingGoesFromTunnelToTunnel() {
    String marker = Packets.newMarker();
    long missed = dropped(lab.overlaySwitch(1), 20);
    try (Capture wire = lab.wire(1).capture(marker);
        Capture first = vm11.place().capture(marker);
        Capture second = vm12.place().capture(marker)) {
      lab.wire(1)
          .send(Packets.frame(marker, UNKNOWN_MAC, vm21.mac()).vxlan(lab, VNI, 2, 1).times(5));
      lab.wire(1).send(Packets.frame(marker, vm21.mac(), BROADCAST).vxlan(lab, VNI, 2, 1).times(5));
      settle(1);
      assertThat(dropped(lab.overlaySwitch(1), 20) - missed).isEqualTo(5);
      assertThat(wire.stop()).filteredOn(Frame::incoming).isEmpty();
      assertThat(first.stop()).hasSize(5);
      assertThat(second.stop()).hasSize(5);
    }
  }
}
