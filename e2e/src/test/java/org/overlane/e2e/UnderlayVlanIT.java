/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.overlane.e2e.lab.Capture;
import org.overlane.e2e.lab.Capture.Frame;
import org.overlane.e2e.lab.FlowEntry;
import org.overlane.e2e.lab.Lab;
import org.overlane.e2e.lab.LabOptions;
import org.overlane.e2e.lab.LabOptions.Underlay;
import org.overlane.e2e.lab.LabOptions.Variant;
import org.overlane.e2e.lab.Packets;
import org.overlane.e2e.lab.Vm;
import org.overlane.e2e.lab.Vm.DontFragment;

/**
 * The underlay is a VLAN. No entry knows of it: the management OS has a VLAN interface; or where
 * Open vSwitch encapsulates, a bridge below has an access port. The switches are programmed
 * offline.
 */
@RequiresLab
class UnderlayVlanIT {
  private static final String BROADCAST = "ff:ff:ff:ff:ff:ff";
  private static final int VLAN = 7;
  private static final int OTHER_VLAN = 9;
  private static final int VNI = 100;

  /** Ethernet header, without the tag, and what an underlay of 1500 bytes carries. */
  private static final int LARGEST_FRAME = 14 + 1500;

  /** Data that makes an overlay packet as large as fits into an underlay of 1500 bytes. */
  private static final int FITS = 1500 - 50 - 28;

  /** ping fills its data with bytes that count up, from the ninth on after a time stamp. */
  private static final String PING = "ABCDEFGH";

  private static LabOptions options(Variant variant) {
    return LabOptions.of(variant, Underlay.IPV4).with("--vms", "1").inVlan(VLAN);
  }

  @Test
  void aVlanInterfaceOfTheManagementOsIsAsGoodAsAnyOther() {
    try (Lab lab = Lab.up(options(Variant.MANAGEMENT_OS))) {
      prepare(lab);
      wholePacketsArriveTagged(lab);
      outerFragmentsArriveTagged(lab);
      tagsDoNotMatterToTheEntryButToTheHost(lab);
      hostTrafficBypassesTheOverlayTagged(lab, "vx" + VNI, "blue-1-1");
    }
  }

  @Test
  void whereTheSwitchEncapsulatesABridgeBelowTags() {
    try (Lab lab = Lab.up(options(Variant.NATIVE))) {
      prepare(lab);
      wholePacketsArriveTagged(lab);
      fragmentsReachTheHost(lab);
      hostTrafficBypassesTheOverlayTagged(lab, "blue-1-1");
    }
  }

  private static void prepare(Lab lab) {
    lab.push();
    List.of(1, 2).forEach(i -> lab.overlaySwitch(i).forgetTunnelNeighbours());
    Vm to = lab.vm("blue-2-1");
    FirstAnswer.await(
        to,
        List.of(lab.overlaySwitch(1), lab.overlaySwitch(2)),
        () -> lab.vm("blue-1-1").ping(to.ipv4(), 1, 56).received() > 0);
  }

  private static void wholePacketsArriveTagged(Lab lab) {
    try (Capture wire = lab.wire(1).capture(PING)) {
      Vm.Probe probe =
          lab.vm("blue-1-1").probe(lab.vm("blue-2-1").ipv4(), DontFragment.DO, 5, FITS);
      assertThat(probe.received()).as(probe.text()).isEqualTo(5);
      assertThat(wire.stop())
          .hasSize(10)
          .allSatisfy(
              f -> {
                assertThat(f.tag()).isEqualTo(VLAN);
                assertThat(f.vni()).isEqualTo(VNI);
                // The tag comes on top.
                assertThat(f.length()).isEqualTo(LARGEST_FRAME);
              });
    }
  }

  /** Fragments of the VM, each as large as the VM's MTU, so each leaves in two outer ones. */
  private static void outerFragmentsArriveTagged(Lab lab) {
    FlowEntry before = receiveEntry(lab);
    try (Capture wire = lab.wire(1).capture(PING)) {
      Vm.Probe probe =
          lab.vm("blue-1-1").probe(lab.vm("blue-2-1").ipv4(), DontFragment.DONT, 5, 2 * 1480 - 8);
      assertThat(probe.received()).as(probe.text()).isEqualTo(5);
      List<Frame> frames = wire.stop();
      assertThat(frames).allMatch(f -> f.tag() == VLAN && f.length() <= LARGEST_FRAME);
      assertThat(frames).filteredOn(f -> f.outgoing() && f.moreFragments()).hasSize(10);
    }
    awaitReceived(lab, before, 20);
  }

  private static void tagsDoNotMatterToTheEntryButToTheHost(Lab lab) {
    FlowEntry before = receiveEntry(lab);
    String marker = Packets.newMarker();
    try (Capture host = lab.managementOs(1).capture(marker);
        Capture vm = lab.vm("blue-1-1").place().capture(marker)) {
      Packets packets = arriving(lab, marker).sources(10).fragmented(600).order("shuffled");
      int sent = lab.wire(1).send(packets.tagged(VLAN));
      assertThat(sent).isEqualTo(30);
      assertThat(lab.wire(1).send(packets.tagged(OTHER_VLAN))).isEqualTo(sent);
      awaitReceived(lab, before, 2L * sent);
      assertThat(vm.stop()).hasSize(10);
      assertThat(host.stop()).filteredOn(Frame::incoming).hasSize(sent);
    }
  }

  /** The userspace datapath does not put outer fragments together; see the model. */
  private static void fragmentsReachTheHost(Lab lab) {
    FlowEntry before = receiveEntry(lab);
    String marker = Packets.newMarker();
    try (Capture host = lab.managementOs(1).capture(marker)) {
      Packets packets = arriving(lab, marker).sources(10).fragmented(600).order("shuffled");
      int sent = lab.wire(1).send(packets.tagged(VLAN));
      // The bridge below keeps another VLAN away.
      lab.wire(1).send(packets.tagged(OTHER_VLAN));
      lab.wire(1).send(arriving(lab, marker).sources(1).tagged(VLAN));
      awaitReceived(lab, before, sent + 1);
      assertThat(receiveEntry(lab).packets() - before.packets()).isLessThan(2L * sent);
      assertThat(host.stop()).filteredOn(Frame::fragment).hasSize(sent);
    }
  }

  private static void hostTrafficBypassesTheOverlayTagged(Lab lab, String... overlayPorts) {
    List<String> destinations = List.of(lab.vtepMac(2), BROADCAST, lab.vm("blue-1-1").mac());
    String marker = Packets.newMarker();
    try (Capture wire = lab.wire(1).capture(marker);
        Capture ports = lab.switchPorts(1, overlayPorts).capture(marker)) {
      for (String destination : destinations) {
        lab.managementOs(1).send(Packets.frame(marker, lab.vtepMac(1), destination));
      }
      // What comes after it is answered.
      lab.managementOs(1).run("ping", "-c", "1", "-W", "5", lab.vtep(2));
      List<Frame> sent = wire.stop();
      assertThat(sent).filteredOn(Frame::incoming).hasSize(destinations.size());
      assertThat(sent)
          .filteredOn(Frame::incoming)
          .allMatch(f -> f.tag() == VLAN && f.vni() == -1)
          .extracting(Frame::destination)
          .containsExactlyElementsOf(destinations);
      assertThat(ports.stop()).isEmpty();
    }
  }

  /** A frame of 1400 bytes and more, from one VM to the other. */
  private static Packets arriving(Lab lab, String marker) {
    return Packets.frame(marker, lab.vm("blue-2-1").mac(), lab.vm("blue-1-1").mac())
        .payload(1400)
        .vxlan(lab, VNI, 2, 1);
  }

  private static FlowEntry receiveEntry(Lab lab) {
    return lab.underlaySwitch(1)
        .entry(e -> e.table() == 0 && e.matches("in_port=1") && e.matches("nw_dst=" + lab.vtep(1)));
  }

  private static void awaitReceived(Lab lab, FlowEntry before, long packets) {
    Await.until(
        packets + " packets at the receive entry",
        Duration.ofSeconds(10),
        () -> receiveEntry(lab).packets() - before.packets() >= packets);
  }
}
