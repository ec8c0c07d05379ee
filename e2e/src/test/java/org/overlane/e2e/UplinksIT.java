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
import org.overlane.e2e.lab.Lab;
import org.overlane.e2e.lab.LabOptions;
import org.overlane.e2e.lab.LabOptions.Underlay;
import org.overlane.e2e.lab.LabOptions.Variant;
import org.overlane.e2e.lab.Packets;
import org.overlane.e2e.lab.Place;
import org.overlane.e2e.lab.Switch;
import org.overlane.e2e.lab.Vm;

/** A hypervisor with two uplinks, each with a management port of its own. */
@RequiresLab
class UplinksIT {
  private static final String FIRST_MAC = "02:0a:00:00:01:01";
  private static final String SECOND_MAC = "02:0a:00:00:02:01";
  private static final String PEER_MAC = "02:0a:00:00:02:02";

  @Test
  void eachUplinkServesItsOwnManagementPort() {
    LabOptions options =
        LabOptions.of(Variant.MANAGEMENT_OS, Underlay.IPV4).with("--uplinks", "2", "--vms", "1");
    try (Lab lab = Lab.up(options)) {
      lab.push();
      Vm from = lab.vm("blue-1-1");
      Vm to = lab.vm("blue-2-1");
      Await.until(
          "first answer", Duration.ofSeconds(60), () -> from.ping(to.ipv4(), 1, 56).received() > 0);
      assertThat(from.ping(to.ipv4(), 10, 1422)).isEqualTo(new Vm.Ping(10, 10));
      sendsOnItsOwnUplink(lab);
      receivesOnItsOwnUplink(lab);
    }
  }

  private static void sendsOnItsOwnUplink(Lab lab) {
    String marker = Packets.newMarker();
    try (Capture first = lab.wire(1).capture(marker);
        Capture second = lab.secondWire(1).capture(marker)) {
      lab.managementOs(1).send(Packets.frame(marker, FIRST_MAC, "ff:ff:ff:ff:ff:ff"));
      lab.secondManagementOs(1)
          .send(Packets.frame(marker, SECOND_MAC, "ff:ff:ff:ff:ff:ff").times(2));
      awaitPackets(lab.overlaySwitch(1), "in_port=4", 2);
      assertThat(first.stop())
          .filteredOn(Frame::incoming)
          .extracting(Frame::source)
          .containsExactly(FIRST_MAC);
      assertThat(second.stop())
          .filteredOn(Frame::incoming)
          .extracting(Frame::source)
          .containsExactly(SECOND_MAC, SECOND_MAC);
    }
  }

  /** Packets to either VTEP address, go where their uplink says. */
  private static void receivesOnItsOwnUplink(Lab lab) {
    String marker = Packets.newMarker();
    try (Capture first = lab.managementOs(1).capture(marker);
        Capture second = lab.secondManagementOs(1).capture(marker)) {
      for (String vtep : List.of("198.51.100.1", "192.0.2.1")) {
        Place wire = lab.secondWire(1);
        wire.send(Packets.frame(marker, PEER_MAC, SECOND_MAC).ip("198.51.100.2", vtep).times(3));
        awaitPackets(lab.overlaySwitch(1), "nw_dst=" + vtep, 3);
      }
      assertThat(first.stop()).filteredOn(Frame::incoming).isEmpty();
      assertThat(second.stop()).filteredOn(Frame::incoming).hasSize(6);
    }
  }

  private static void awaitPackets(Switch bridge, String field, long packets) {
    Await.until(
        packets + " packets at " + field,
        Duration.ofSeconds(10),
        () ->
            bridge.entries().stream()
                    .filter(e -> e.table() == 0 && e.matches(field))
                    .filter(e -> e.matches("in_port=4") || e.matches("in_port=3"))
                    .mapToLong(e -> e.packets())
                    .sum()
                >= packets);
  }
}
