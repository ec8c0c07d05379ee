/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.overlane.e2e.lab.LabOptions;
import org.overlane.e2e.lab.LabOptions.Underlay;
import org.overlane.e2e.lab.LabOptions.Variant;
import org.overlane.e2e.lab.Packets;
import org.overlane.e2e.lab.Switch;
import org.overlane.e2e.lab.Vm;

/**
 * What is off unless somebody asks for it: VMs are told their MTU in the messages of a real DHCP
 * server (dnsmasq) and a real router (radvd), and taken up by a real client (udhcpc) and the
 * kernel; fragments for the VTEP are limited. And what guards against foreign VNIs.
 */
class OptionalFeaturesIT extends OversizeLab {
  private static final int RATE = 50;
  private static final int STRANGE_VNI = 9999;

  @Override
  LabOptions options() {
    return LabOptions.of(Variant.NATIVE, Underlay.IPV4);
  }

  @AfterEach
  void takeNoAdvertisements() {
    for (Vm vm : List.of(to, neighbour)) {
      vm.mtu(VM_MTU);
      vm.acceptAdvertisements(false);
    }
  }

  private void advertise() {
    network("\"advertiseMtu\": true");
    Await.until(
        "DHCP replies go to the controller",
        TWO_ROUNDS,
        () -> controller.inSync() && overlaySwitches().stream().allMatch(OptionalFeaturesIT::asks));
  }

  private static boolean asks(Switch bridge) {
    return owned(bridge).stream().anyMatch(e -> e.table() == 10 && e.priority() == 200);
  }

  @Test
  void nothingIsToldUnlessAsked() throws Exception {
    plainNetwork();
    try (AutoCloseable server = from.announce()) {
      assertThat(to.leasedMtu(10)).hasValue(VM_MTU);
      assertThat(packetIns()).isZero();
    }
  }

  @Test
  void clientsOnBothHostsGetTheMtuOfTheNetworkByDhcp() throws Exception {
    advertise();
    long before = counted("advertised");
    try (AutoCloseable server = from.announce()) {
      for (Vm client : List.of(to, neighbour)) {
        assertThat(client.leasedMtu(10)).as("%s", client).hasValue(mtu());
      }
      // An offer and an acknowledgement for each.
      assertThat(counted("advertised") - before).isGreaterThanOrEqualTo(4);
    }
  }

  @Test
  void aLargerMtuOfTheServerIsLoweredAndASmallerOneStays() throws Exception {
    advertise();
    try (AutoCloseable server = from.announce("--dhcp-mtu", "1500")) {
      assertThat(to.leasedMtu(10)).hasValue(mtu());
    }
    try (AutoCloseable server = from.announce("--dhcp-mtu", "1400")) {
      assertThat(to.leasedMtu(10)).hasValue(1400);
    }
  }

  @Test
  void hostsTakeTheMtuOfTheNetworkFromRouterAdvertisements() throws Exception {
    advertise();
    for (String told : List.of("0", "1500")) {
      try (AutoCloseable router = from.announce("--ra-mtu", told)) {
        for (Vm host : List.of(to, neighbour)) {
          host.acceptAdvertisements(true);
          Await.until(
              host + " has a router and the MTU",
              TWO_ROUNDS,
              () -> host.hasRouter() && host.ipv6Mtu() == mtu());
          host.acceptAdvertisements(false);
        }
      }
    }
  }

  /** Why it is off by default: a DHCP reply waits for the controller. An advertisement does not. */
  @Test
  void withoutControllerDhcpWaitsAndAdvertisementsArrive() throws Exception {
    advertise();
    Switch host = lab.overlaySwitch(from.hypervisor());
    relay.block(host);
    try (AutoCloseable server = from.announce()) {
      assertThat(to.leasedMtu(2)).isEqualTo(OptionalInt.empty());
      to.acceptAdvertisements(true);
      Await.until("the router is known", TWO_ROUNDS, to::hasRouter);
      assertThat(to.ipv6Mtu()).isEqualTo(VM_MTU);
      relay.allow(host);
      Await.until("the switch is back", START, () -> relay.connected(host) && controller.inSync());
      assertThat(to.leasedMtu(10)).hasValue(mtu());
    } finally {
      relay.allow(host);
    }
  }

  /** Fragments whose rest never comes are limited; whole packets are not touched by it. */
  @Test
  void aFloodOfFirstFragmentsIsLimitedAndWholePacketsAreNot() throws JsonProcessingException {
    String device = lab.underlaySwitch(1).deviceId();
    configure(withFragmentRate(device));
    Await.until(
        "there is an entry for fragments",
        TWO_ROUNDS,
        () ->
            controller.inSync()
                && owned(lab.underlaySwitch(1)).stream().anyMatch(e -> e.priority() == 320));
    int sent =
        lab.wire(1)
            .send(
                Packets.frame(Packets.newMarker(), to.mac(), from.mac())
                    .ip(to.ipv4(), from.ipv4())
                    .payload(1400)
                    .vxlan(lab, to.vni(), 2, 1)
                    .sources(20)
                    .times(100)
                    .fragmented(1000)
                    .firstFragmentOnly());
    assertThat(sent).isEqualTo(2000);
    Vm.Ping whole = to.ping(from.ipv4(), 40, 56);
    assertThat(whole).isEqualTo(new Vm.Ping(40, 40));
    Await.until(
        "the meter's counters are known", TWO_ROUNDS, () -> fragments(device, "seen") >= sent);
    assertThat(fragments(device, "seen")).isEqualTo(sent);
    assertThat(fragments(device, "dropped")).isBetween(sent / 2L, sent - (long) RATE);
    configure(lab.model());
    awaitCompiledProgram();
  }

  private String withFragmentRate(String device) throws JsonProcessingException {
    ObjectNode model = (ObjectNode) new ObjectMapper().readTree(lab.model());
    ((ObjectNode) model.at("/devices/" + device + "/overlane")).put("fragmentRate", RATE);
    return model.toString();
  }

  private long fragments(String device, String what) {
    for (JsonNode meter : get("/onos/overlane/v1/drops?device=" + device).path("meters")) {
      if (meter.path("name").asText().equals("fragments for the VTEP")) {
        return meter.path(what).asLong();
      }
    }
    return 0;
  }

  /** Each foreign VNI is dropped by the switch, under a counter that REST shows. */
  @Test
  void packetsOfAForeignVniAreCountedAndNobodyIsAsked() {
    long before = unknown();
    int sent =
        lab.wire(1)
            .send(
                Packets.frame(Packets.newMarker(), to.mac(), from.mac())
                    .vxlan(lab, STRANGE_VNI, 2, 1)
                    .times(100));
    lab.overlaySwitch(1).purgeMegaflows();
    Await.until("they are counted", TWO_ROUNDS, () -> unknown() - before >= sent);
    assertThat(unknown() - before).isEqualTo(sent);
    assertThat(packetIns()).isZero();
  }

  private long unknown() {
    String device = lab.overlaySwitch(1).deviceId();
    long sum = 0;
    for (JsonNode entry : get("/onos/overlane/v1/drops?device=" + device).path("entries")) {
      sum +=
          entry.path("class").asText().equals("unknown-vni") ? entry.path("packets").asLong() : 0;
    }
    return sum;
  }
}
