/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.overlane.e2e.lab.Controller;
import org.overlane.e2e.lab.Decoded;
import org.overlane.e2e.lab.Decoded.IcmpError;
import org.overlane.e2e.lab.FlowEntry;
import org.overlane.e2e.lab.LabOptions.Underlay;
import org.overlane.e2e.lab.LabOptions.Variant;
import org.overlane.e2e.lab.Relay;
import org.overlane.e2e.lab.Switch;
import org.overlane.e2e.lab.Vm;

/**
 * A controlled lab whose VMs have an MTU of 1500 bytes, as the underlay has: what they send to
 * other hypervisors may be too large once it is encapsulated.
 */
abstract class OversizeLab extends ControlledLab {
  static final int VM_MTU = 1500;
  static final int JUMBO_MTU = 9000;
  static final String NETWORKS = "/onos/overlane/v1/networks";
  private static final String NETWORK = "blue";
  private static final int VNI = 100;
  private static final int ETHERNET_HEADER = 14;

  Relay relay;
  Vm from;
  Vm neighbour;
  Vm to;

  /** The largest IP packet of a VM that fits an underlay of 1500 bytes. */
  final int mtu() {
    return VM_MTU - overhead();
  }

  /** IP, UDP, VXLAN and the Ethernet header of the VM's packet. */
  final int overhead() {
    return (options().underlay() == Underlay.IPV4 ? 20 : 40) + 8 + 8 + ETHERNET_HEADER;
  }

  final int frameLimit() {
    return mtu() + ETHERNET_HEADER;
  }

  /**
   * Whether the tunnel endpoint fragments its packets: the kernel's VXLAN device does over IPv4
   * only, Open vSwitch never.
   */
  final boolean endpointFragments() {
    return options().variant() == Variant.MANAGEMENT_OS && options().underlay() == Underlay.IPV4;
  }

  @BeforeAll
  void learnPeers() {
    relay = lab.relay();
    from = lab.vm("blue-1-1");
    neighbour = lab.vm("blue-1-2");
    to = lab.vm("blue-2-1");
    overlaySwitches().forEach(Switch::forgetTunnelNeighbours);
    for (Family family : Family.values()) {
      for (Vm vm : List.of(from, neighbour)) {
        FirstAnswer.await(
            to, overlaySwitches(), () -> vm.ping(family.address(to), 1, 56).received() > 0);
      }
    }
  }

  @BeforeEach
  void beginUnlearned() {
    lab.vms().forEach(Vm::forgetMtus);
    relay.reset();
  }

  @AfterEach
  void restoreMtus() {
    lab.vms().forEach(vm -> vm.mtu(VM_MTU));
  }

  /** Packets that all switches have sent to the controller since the relay was reset. */
  final long packetIns() {
    return switches().mapToLong(s -> relay.receivedFrom(s, "PACKET_IN")).sum();
  }

  /** How often the controller has ended with a packet this way, in all networks, on all devices. */
  final long counted(String reason) {
    long sum = 0;
    for (JsonNode counter : oversize().path("counters")) {
      sum += counter.path("reasons").path(reason).asLong(0);
    }
    return sum;
  }

  final JsonNode oversize() {
    return get("/onos/overlane/v1/oversize");
  }

  /** What REST says of a meter of the port of {@link #from}; it may be some seconds old. */
  final JsonNode meter(String purpose) {
    String device = lab.overlaySwitch(from.hypervisor()).deviceId();
    for (JsonNode meter : oversize().path("meters")) {
      if (meter.path("device").asText().equals(device)
          && meter.path("port").asInt() == from.port()
          && meter.path("purpose").asText().equals(purpose)) {
        return meter;
      }
    }
    throw new AssertionError("no meter for " + purpose + " of " + from + " in " + oversize());
  }

  final JsonNode get(String path) {
    Controller.Answer answer = controller.request("GET", path);
    assertThat(answer.code()).as(answer.text()).isEqualTo(200);
    return answer.body();
  }

  /** Replaces the network, with these JSON fields beside its id and VNI. */
  final void network(String... fields) {
    String all = fields.length == 0 ? "" : ", " + String.join(", ", fields);
    Controller.Answer answer =
        controller.request(
            "PUT",
            NETWORKS + "/" + NETWORK,
            "{\"id\": \"" + NETWORK + "\", \"vni\": " + VNI + all + "}");
    assertThat(answer.ok()).as(answer.text()).isTrue();
  }

  /** The same without any of them, as the lab began. */
  final void plainNetwork() {
    network();
    awaitCompiledProgram();
  }

  /** Lowers the MSS of SYNs from now on. */
  final void clampMss() {
    network("\"mssClamping\": true");
    Await.until(
        "SYNs go to the controller",
        TWO_ROUNDS,
        () -> controller.inSync() && overlaySwitches().stream().allMatch(OversizeLab::puntsSyns));
  }

  final List<Switch> overlaySwitches() {
    return List.of(lab.overlaySwitch(1), lab.overlaySwitch(2));
  }

  private static boolean puntsSyns(Switch bridge) {
    List<FlowEntry> entries = bridge.entries();
    return List.of("tcp", "tcp6").stream()
        .allMatch(
            protocol ->
                entries.stream()
                    .anyMatch(e -> e.matches(protocol) && e.actions().contains("CONTROLLER")));
  }

  /**
   * A packet that goes to the controller and is answered, after all packets that were sent before
   * it by the same VM: switches and relay keep their order.
   */
  final void fence() {
    from.forgetMtus();
    Vm.Probe probe = from.probe(to.ipv4(), Vm.DontFragment.DO, 1, Family.IPV4.echoData(mtu() + 1));
    assertThat(probe.mtus()).as(probe.text()).containsExactly(mtu());
  }

  /**
   * Pings with packets that fit exactly, and with packets of one byte more.
   *
   * @param address that the VM pings
   * @param source of the answer
   * @return the one answer, which is well-formed
   */
  final IcmpError assertLimit(Family family, String address, int limit, String source) {
    from.forgetMtus();
    long answered = counted(family.answered());
    try (Decoded<IcmpError> errors = from.place().errors()) {
      Vm.Probe fits = from.probe(address, Vm.DontFragment.DO, 3, family.echoData(limit));
      assertThat(fits.received()).as(fits.text()).isEqualTo(3);
      assertThat(counted(family.answered())).isEqualTo(answered);
      Vm.Probe larger = from.probe(address, Vm.DontFragment.DO, 1, family.echoData(limit + 1));
      assertThat(larger.received()).isZero();
      assertThat(larger.mtus()).as(larger.text()).containsExactly(limit);
      assertThat(counted(family.answered())).isEqualTo(answered + 1);
      List<IcmpError> seen = errors.stop();
      assertThat(seen).hasSize(1);
      assertAnswer(seen.get(0), family, limit, source);
      assertThat(seen.get(0).quotedDestination()).isEqualTo(address);
      return seen.get(0);
    }
  }

  private void assertAnswer(IcmpError answer, Family family, int mtu, String source) {
    assertThat(answer.problems()).isEmpty();
    assertThat(answer.incoming()).isTrue();
    assertThat(answer.type()).isEqualTo(family.type);
    assertThat(answer.code()).isEqualTo(family.code);
    assertThat(answer.mtu()).isEqualTo(mtu);
    assertThat(answer.source()).isEqualTo(source);
    assertThat(answer.destination()).isEqualTo(answer.quotedSource());
    assertThat(answer.destinationMac()).isEqualTo(from.mac());
    assertThat(answer.length()).isEqualTo(family.longestError);
  }
}
