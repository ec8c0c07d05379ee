/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.overlane.e2e.lab.Capture;
import org.overlane.e2e.lab.Capture.Frame;
import org.overlane.e2e.lab.FlowEntry;
import org.overlane.e2e.lab.Packets;
import org.overlane.e2e.lab.Switch;
import org.overlane.e2e.lab.Transfer;
import org.overlane.e2e.lab.Transfer.Direction;
import org.overlane.e2e.lab.Vm;

/**
 * A narrow place in the middle of the underlay, which neither end can see: probes find it, the
 * limits of the tunnels follow, and VMs are told.
 */
abstract class ProbingContract extends OversizeLab {
  private static final String TUNNELS = "/onos/overlane/v1/tunnels";
  private static final String COMPONENT = "org.overlane.app.onos.PathProbing";
  private static final Duration FOUND = Duration.ofSeconds(120);
  private static final int PROBE_CLASS = 25;
  private static final int NARROW = 1400;

  /** Bytes of the smallest probe over IPv4; over IPv6 they are larger. */
  private static final int SMALLEST = 1200;

  /** A Linux bridge lets frames pass that are a VLAN tag longer than the MTU of the port. */
  private static final int SLACK = 4;

  private static final int MEGABYTES = 3_000_000;

  @BeforeAll
  void startProbing() {
    // As long as by default, so that a busy machine is not taken for a bad underlay.
    controller.setProperty(COMPONENT, "probeTimer", "1000");
    controller.setProperty(COMPONENT, "confirmationTimer", "1000");
    controller.setProperty(COMPONENT, "firstHoldDown", "1000");
    controller.setProperty(COMPONENT, "raiseTimer", "3000");
    controller.setProperty(COMPONENT, "mode", "limit");
    awaitTunnels("up", t -> state(t).equals("up"));
  }

  @AfterEach
  void widen() {
    underlay("ip", "link", "set", "dev", "hv2", "master", "ul0");
    carry(VM_MTU);
    awaitTunnels("up again", t -> state(t).equals("up") && !t.has("limit"));
    Await.until("limits as before", FOUND, () -> controller.inSync() && mtuThere() == mtu());
  }

  /** The wire of the second hypervisor, in the middle of the underlay, in both directions. */
  private void carry(int bytes) {
    underlay("ip", "link", "set", "dev", "hv2", "mtu", "" + bytes);
  }

  private void underlay(String... words) {
    lab.wire(2).run(words);
  }

  private JsonNode tunnels() {
    return get(TUNNELS).path("tunnels");
  }

  private static String state(JsonNode tunnel) {
    return tunnel.path("state").asText();
  }

  private void awaitTunnels(String what, Predicate<JsonNode> condition) {
    try {
      Await.until(
          "both tunnels are " + what,
          FOUND,
          () -> {
            List<JsonNode> both = new ArrayList<>();
            tunnels().forEach(both::add);
            return both.size() == 2 && both.stream().allMatch(condition);
          });
    } catch (AssertionError e) {
      throw new AssertionError(
          e.getMessage() + "\n" + get(TUNNELS) + "\n" + get(TUNNELS + "/events"), e);
    }
  }

  private JsonNode paths() {
    return get("/onos/overlane/v1/mtu").path("networks").path(0).path("paths");
  }

  /** Of tunnels or paths, the one that leads from the first hypervisor to the second. */
  private JsonNode there(JsonNode all) {
    for (JsonNode one : all) {
      if (one.path("from").asText().equals(lab.overlaySwitch(1).deviceId())) {
        return one;
      }
    }
    throw new AssertionError("none from the first hypervisor in " + all);
  }

  /** The MTU from the first hypervisor to the second, as REST says it. */
  private int mtuThere() {
    return there(paths()).path("mtu").asInt();
  }

  private static boolean isNarrow(JsonNode tunnel) {
    int limit = tunnel.path("limit").asInt();
    return state(tunnel).equals("degraded") && limit >= NARROW && limit <= NARROW + SLACK;
  }

  private void narrow() {
    carry(NARROW);
    awaitTunnels("narrow", ProbingContract::isNarrow);
    Await.until("limits follow", FOUND, () -> controller.inSync() && mtuThere() < mtu());
  }

  @Test
  void aPlaceThatBecomesNarrowDuringATransferIsFoundAndTold() {
    try (Transfer transfer = from.startTransfer(to, to.ipv4(), Direction.SEND, MEGABYTES)) {
      transfer.awaitHold();
      carry(NARROW);
      transfer.resume();
      Transfer.Result result = transfer.end();
      assertThat(result.whole()).as(result.error()).isTrue();
      assertThat(result.bytes()).isEqualTo(MEGABYTES);
    }
    awaitTunnels("narrow", ProbingContract::isNarrow);
    int limit = there(tunnels()).path("limit").asInt();
    Await.until(
        "limits follow", FOUND, () -> controller.inSync() && mtuThere() == limit - overhead());
    // Perhaps a smaller one: until the exact size is found, that of the smallest probe holds.
    assertThat(from.learnedMtu(to.ipv4()).orElseThrow())
        .isBetween(SMALLEST - overhead(), limit - overhead());
    JsonNode path = there(paths());
    assertThat(path.path("derivation").asText()).contains(" = " + limit + " - ", ", as probed");
    assertThat(path.path("fragments").asBoolean()).isFalse();
    assertThat(tunnels())
        .allSatisfy(
            t -> {
              assertThat(t.path("probed").path("status").asText()).isEqualTo("black-hole");
              int own = t.path("limit").asInt();
              assertThat(t.path("probed").path("confirmed").asInt()).isEqualTo(own);
              assertThat(t.path("probed").path("smallestLost").asInt()).isEqualTo(own + 1);
              assertThat(t.path("why").asText()).contains(own + " bytes arrive", "vanish");
            });
    assertThat(get(TUNNELS + "/events").path("events"))
        .anySatisfy(e -> assertThat(e.path("limitAfter").asInt()).isEqualTo(limit));
    // What the VMs send now fits exactly, or is answered.
    for (Family family : Family.values()) {
      assertLimit(family, family.address(to), limit - overhead(), family.address(to));
    }
  }

  /** What may be fragmented arrives, although the endpoint knows nothing of the narrow place. */
  @Test
  void packetsWithoutDfArriveThroughANarrowPlace() {
    narrow();
    Vm.Probe probe = from.probe(to.ipv4(), Vm.DontFragment.DONT, 5, Family.IPV4.echoData(VM_MTU));
    assertThat(probe.received()).as(probe.text()).isEqualTo(5);
  }

  @Test
  void aRestartOfTheControllerChangesNoLimit() {
    narrow();
    Map<String, List<String>> before = programs();
    relay.reset();
    killController();
    restartController();
    awaitTunnels("narrow", ProbingContract::isNarrow);
    assertThat(programs()).isEqualTo(before);
    String events = get(TUNNELS + "/events").toString();
    assertThat(switches())
        .allSatisfy(s -> assertThat(flowMods(s)).as("%s; %s", s.name(), events).isZero());
  }

  private Map<String, List<String>> programs() {
    return switches().collect(Collectors.toMap(Switch::name, ControlledLab::program));
  }

  @Test
  void aTunnelThatCarriesNothingIsDown() {
    underlay("ip", "link", "set", "dev", "hv2", "nomaster");
    awaitTunnels("down", t -> state(t).equals("down"));
    assertThat(tunnels()).noneMatch(t -> t.has("limit"));
    underlay("ip", "link", "set", "dev", "hv2", "master", "ul0");
    awaitTunnels("up", t -> state(t).equals("up"));
  }

  @Test
  void noVmSeesAProbeAndNoneCanSendOne() {
    List<Capture> captures = lab.vms().stream().map(vm -> vm.place().capture("")).toList();
    narrow();
    String marker = Packets.newMarker();
    Switch bridge = lab.overlaySwitch(2);
    String address = probeAddress(bridge);
    long before = probeEntry(bridge).packets();
    assertThat(before).isPositive();
    JsonNode counted = get(TUNNELS).path("probing");
    from.place().send(Packets.frame(marker, from.mac(), address).payload(600).times(20));
    fenceAfterProbing();
    JsonNode counters = get(TUNNELS).path("probing");
    for (String reason : List.of("forged", "malformed", "repeated", "misdirected")) {
      assertThat(counters.path(reason).asLong()).isEqualTo(counted.path(reason).asLong());
    }
    for (Capture capture : captures) {
      assertThat(capture.stop()).filteredOn(Frame::incoming).noneMatch(ProbingContract::isProbe);
      capture.close();
    }
  }

  /** After what was sent before: another packet of the same VM is answered. */
  private void fenceAfterProbing() {
    from.forgetMtus();
    Vm.Probe probe =
        from.probe(to.ipv4(), Vm.DontFragment.DO, 1, Family.IPV4.echoData(mtuThere() + 1));
    assertThat(probe.mtus()).as(probe.text()).containsExactly(mtuThere());
  }

  private static boolean isProbe(Frame frame) {
    return frame.source().startsWith("f2:4f:") || frame.destination().startsWith("f2:4f:");
  }

  private static FlowEntry probeEntry(Switch bridge) {
    return bridge.entry(e -> e.packetClass() == PROBE_CLASS);
  }

  private static String probeAddress(Switch bridge) {
    return probeEntry(bridge).match().stream()
        .filter(field -> field.startsWith("dl_dst="))
        .findFirst()
        .orElseThrow()
        .substring("dl_dst=".length());
  }

  /** What the underlay makes up gets to the controller, through its meter, and counts there. */
  @Test
  void aForgedProbeIsCountedAndChangesNothing() {
    String marker = Packets.newMarker();
    String address = probeAddress(lab.overlaySwitch(2));
    long malformed = get(TUNNELS).path("probing").path("malformed").asLong();
    lab.wire(2)
        .send(
            Packets.frame(marker, from.mac(), address)
                .payload(600)
                .times(5)
                .vxlan(lab, from.vni(), 1, 2));
    Await.until(
        "five are counted",
        TWO_ROUNDS,
        () -> get(TUNNELS).path("probing").path("malformed").asLong() == malformed + 5);
    awaitTunnels("up", t -> state(t).equals("up"));
  }
}
