/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.overlane.e2e.lab.Capture;
import org.overlane.e2e.lab.Capture.Frame;
import org.overlane.e2e.lab.Lab;
import org.overlane.e2e.lab.LabOptions;
import org.overlane.e2e.lab.LabOptions.Underlay;
import org.overlane.e2e.lab.LabOptions.Variant;
import org.overlane.e2e.lab.Packets;
import org.overlane.e2e.lab.Vm;

/** Two networks whose VMs have the same MAC and IP addresses, on three hypervisors. */
@RequiresLab
class NetworksIT {
  private static final String BROADCAST = "ff:ff:ff:ff:ff:ff";
  private static final int BLUE = 100;
  private static final int RED = 200;

  @ParameterizedTest
  @EnumSource(Variant.class)
  void networksDoNotLeakIntoEachOther(Variant variant) {
    LabOptions options =
        LabOptions.of(variant, Underlay.IPV4)
            .with(
                "--hypervisors", "3", "--vms", "1", "--networks", "blue=100,red=200", "--overlap");
    try (Lab lab = Lab.up(options)) {
      lab.push();
      for (String network : List.of("blue", "red")) {
        awaitAnswers(lab, network);
        assertEveryoneAnswers(lab, network);
      }
      broadcastStaysInItsNetwork(lab);
      unicastStaysInItsNetwork(lab);
      encapsulatedPacketsReachTheirNetwork(lab);
    }
  }

  private static void awaitAnswers(Lab lab, String network) {
    Vm from = lab.vm(network + "-1-1");
    for (int hypervisor = 1; hypervisor <= 3; hypervisor++) {
      lab.overlaySwitch(hypervisor).forgetTunnelNeighbours();
    }
    for (int peer = 2; peer <= 3; peer++) {
      Vm to = lab.vm(network + "-" + peer + "-1");
      FirstAnswer.await(
          to,
          List.of(lab.overlaySwitch(1), lab.overlaySwitch(to.hypervisor())),
          () -> from.ping(to.ipv4(), 1, 56).received() > 0);
    }
  }

  private static void assertEveryoneAnswers(Lab lab, String network) {
    Vm from = lab.vm(network + "-1-1");
    for (Vm to : List.of(lab.vm(network + "-2-1"), lab.vm(network + "-3-1"))) {
      assertThat(from.ping(to.ipv4(), 5, 56)).isEqualTo(new Vm.Ping(5, 5));
      assertThat(to.ping(from.ipv6(), 5, 56)).isEqualTo(new Vm.Ping(5, 5));
    }
  }

  private static void broadcastStaysInItsNetwork(Lab lab) {
    Vm sender = lab.vm("blue-1-1");
    Map<String, Integer> seen =
        whileCapturing(
            lab, marker -> sender.place().send(Packets.frame(marker, sender.mac(), BROADCAST)));
    assertThat(seen)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("blue-2-1", 1, "blue-3-1", 1, "red-1-1", 0, "red-2-1", 0, "red-3-1", 0));
  }

  private static void unicastStaysInItsNetwork(Lab lab) {
    Vm sender = lab.vm("blue-1-1");
    String destination = lab.vm("red-2-1").mac();
    assertThat(destination).isEqualTo(lab.vm("blue-2-1").mac());
    Map<String, Integer> seen =
        whileCapturing(
            lab, marker -> sender.place().send(Packets.frame(marker, sender.mac(), destination)));
    assertThat(seen)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("blue-2-1", 1, "blue-3-1", 0, "red-1-1", 0, "red-2-1", 0, "red-3-1", 0));
  }

  private static void encapsulatedPacketsReachTheirNetwork(Lab lab) {
    Vm target = lab.vm("red-2-1");
    String sender = lab.vm("red-1-1").mac();
    Map<String, Integer> seen =
        whileCapturing(
            lab,
            marker -> {
              lab.wire(2).send(Packets.frame(marker, sender, target.mac()).vxlan(lab, RED, 1, 2));
              lab.wire(2).send(Packets.frame(marker, sender, BROADCAST).vxlan(lab, RED, 1, 2));
            });
    assertThat(seen)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("blue-2-1", 0, "blue-3-1", 0, "red-1-1", 0, "red-2-1", 2, "red-3-1", 0));
    assertThat(lab.vm("blue-2-1").vni()).isEqualTo(BLUE);
  }

  /** Frames that each VM but the sender of the other tests has received. */
  private static Map<String, Integer> whileCapturing(Lab lab, Consumer<String> stimulus) {
    String marker = Packets.newMarker();
    Map<String, Capture> captures = new LinkedHashMap<>();
    Map<String, Integer> seen = new LinkedHashMap<>();
    try {
      lab.vms().stream()
          .filter(vm -> !vm.name().equals("blue-1-1"))
          .forEach(vm -> captures.put(vm.name(), vm.place().capture(marker)));
      stimulus.accept(marker);
      // What was sent before these pings has passed the same switches before them.
      for (String network : List.of("blue", "red")) {
        awaitAnswers(lab, network);
      }
      captures.forEach(
          (name, capture) ->
              seen.put(name, (int) capture.stop().stream().filter(Frame::incoming).count()));
      return seen;
    } finally {
      captures.values().forEach(Capture::close);
    }
  }
}
