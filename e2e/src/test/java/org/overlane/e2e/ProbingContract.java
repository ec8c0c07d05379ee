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
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestMethodOrder;
import org.overlane.e2e.lab.Capture;
import org.overlane.e2e.lab.Capture.Frame;
import org.overlane.e2e.lab.FlowEntry;
import org.overlane.e2e.lab.Packets;
import org.overlane.e2e.lab.Switch;
import org.overlane.e2e.lab.Transfer;
import org.overlane.e2e.lab.Transfer.Direction;
import org.overlane.e2e.lab.Vm;

/**
 * The same while tunnels are probed: a narrow place in the middle of the underlay, which neither
 * end can see, is found, the limits of the tunnels follow, and VMs are told. Over IPv6, where
 * nobody on the way fragments; over IPv4 the bridge of the lab's underlay would (br_netfilter), in
 * one direction.
 */
@TestMethodOrder(OrderAnnotation.class)
abstract class ProbingContract extends OversizeContract {
  private static final String TUNNELS = "/onos/overlane/v1/tunnels";
  private static final String PROBING = "org.overlane.app.onos.PathProbing";
  private static final Duration FOUND = Duration.ofSeconds(120);
  private static final int PROBE_CLASS = 25;

  /** With the slack, what PPPoE leaves of 1500: usual enough to be among the first sizes tried. */
  private static final int NARROW = 1488;

  /** Bytes of the smallest probe over IPv4; over IPv6 they are larger. */
  private static final int SMALLEST = 1200;

  /** A Linux bridge lets frames pass that are a VLAN tag longer than the MTU of the port. */
  private static final int SLACK = 4;

  private static final int MEGABYTES = 3_000_000;

  /** Tests that need probing come after all others, which count what comes to the controller. */
  private static final String PROBED = "probed";

  private static final int LAST = Integer.MAX_VALUE;

  private boolean probing;

  /** What else must hold while the underlay is narrow and the limits have followed. */
  void whileNarrow() {}

  /** Switches probing on for the first of these tests. */
  @BeforeEach
  void startProbing(TestInfo test) {
    if (test.getTags().contains(PROBED) && !probing) {
      // As long as by default, so that a busy machine is not taken for a bad underlay.
      controller.setProperty(PROBING, "probeTimer", "1000");
      controller.setProperty(PROBING, "confirmationTimer", "1000");
      controller.setProperty(PROBING, "firstHoldDown", "0");
      controller.setProperty(PROBING, "raiseTimer", "1500");
      controller.setProperty(PROBING, "mode", "limit");
      probing = true;
      awaitTunnels("up", t -> state(t).equals("up"));
    }
  }

  @AfterEach
  void widen(TestInfo test) {
    if (test.getTags().contains(PROBED)) {
      underlay("ip", "link", "set", "dev", "hv2", "master", "ul0");
      carry(VM_MTU);
      awaitTunnels("up again", t -> state(t).equals("up") && !t.has("limit"));
      Await.until("limits as before", FOUND, () -> controller.inSync() && mtuThere() == mtu());
    }
  }

  /** The wire of the second hypervisor, in the middle of the underlay, in both directions. */
  private void carry(int bytes) {
    underlay("ip", "link", "set", "dev", "hv2", "mtu", "" + bytes);
  }

  private void underlay(String... words) {
    lab.wire(2).run(words);
  }

  /** Those that lead to the second hypervisor, and away from it. */
  private List<JsonNode> tunnels() {
    String second = lab.overlaySwitch(2).deviceId();
    List<JsonNode> some = new ArrayList<>();
    for (JsonNode tunnel : get(TUNNELS).path("tunnels")) {
      if (tunnel.path("from").asText().equals(second)
          || tunnel.path("to").asText().equals(second)) {
        some.add(tunnel);
      }
    }
    return some;
  }

  private static String state(JsonNode tunnel) {
    return tunnel.path("state").asText();
  }

  private void awaitTunnels(String what, Predicate<JsonNode> condition) {
    try {
      Await.until(
          "all tunnels of the second hypervisor are " + what,
          FOUND,
          () -> {
            List<JsonNode> all = tunnels();
            return all.size() == 2 * (hypervisors() - 1) && all.stream().allMatch(condition);
          });
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + get(TUNNELS) + "\n" + events(), e);
    }
  }

  private JsonNode paths() {
    return get("/onos/overlane/v1/mtu").path("networks").path(0).path("paths");
  }

  /** Of tunnels or paths, the one that leads from the first hypervisor to the second. */
  private JsonNode there(Iterable<JsonNode> all) {
    for (JsonNode one : all) {
      if (one.path("from").asText().equals(lab.overlaySwitch(1).deviceId())
          && one.path("to").asText().equals(lab.overlaySwitch(2).deviceId())) {
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

  /** Whether it was found to the byte and named; while larger sizes are tried again, it is not. */
  private static boolean isMeasurementOf(JsonNode tunnel, JsonNode event) {
    int limit = tunnel.path("limit").asInt();
    return event.path("from").equals(tunnel.path("from"))
        && event.path("to").equals(tunnel.path("to"))
        && event.path("limitAfter").asInt() == limit
        && event
            .path("why")
            .asText()
            .contains(limit + " bytes arrive, those of " + (limit + 1) + " vanish");
  }

  void awaitNarrow() {
    awaitTunnels("narrow", ProbingContract::isNarrow);
  }

  JsonNode events() {
    return get(TUNNELS + "/events").path("events");
  }

  private void narrow() {
    carry(NARROW);
    awaitNarrow();
    Await.until("limits follow", FOUND, () -> controller.inSync() && mtuThere() < mtu());
  }

  @Test
  @Tag(PROBED)
  @Order(LAST)
  void aPlaceThatBecomesNarrowDuringATransferIsFoundAndTold() {
    try (Transfer transfer = from.startTransfer(to, to.ipv4(), Direction.SEND, MEGABYTES)) {
      transfer.awaitHold();
      carry(NARROW);
      transfer.resume();
      Transfer.Result result = transfer.end();
      assertThat(result.whole()).as(result.error()).isTrue();
      assertThat(result.bytes()).isEqualTo(MEGABYTES);
    }
    awaitNarrow();
    assertThat(tunnels())
        .allSatisfy(
            t -> {
              assertThat(t.path("probed").path("status").asText()).isEqualTo("black-hole");
              assertThat(t.path("probed").path("confirmed").asInt())
                  .isEqualTo(t.path("limit").asInt());
              assertThat(events()).anyMatch(e -> isMeasurementOf(t, e));
            });
    int limit = there(tunnels()).path("limit").asInt();
    Await.until(
        "limits follow", FOUND, () -> controller.inSync() && mtuThere() == limit - overhead());
    // Perhaps a smaller one: until the exact size is found, that of the smallest probe holds.
    assertThat(from.learnedMtu(to.ipv4()).orElseThrow())
        .isBetween(SMALLEST - overhead(), limit - overhead());
    JsonNode path = there(paths());
    assertThat(path.path("derivation").asText()).contains(" = " + limit + " - ", ", as probed");
    assertThat(path.path("fragments").asBoolean()).isFalse();
    assertThat(events()).anySatisfy(e -> assertThat(e.path("limitAfter").asInt()).isEqualTo(limit));
    // What the VMs send now fits exactly, or is answered.
    for (Family family : Family.values()) {
      assertLimit(family, family.address(to), limit - overhead(), family.address(to));
    }
  }

  /** What may be fragmented arrives, although the endpoint knows nothing of the narrow place. */
  @Test
  @Tag(PROBED)
  @Order(LAST)
  void packetsWithoutDfArriveThroughANarrowPlace() {
    narrow();
    Vm.Probe probe = from.probe(to.ipv4(), Vm.DontFragment.DONT, 5, Family.IPV4.echoData(VM_MTU));
    assertThat(probe.received()).as(probe.text()).isEqualTo(5);
    whileNarrow();
  }

  @Test
  @Tag(PROBED)
  @Order(LAST)
  void aTunnelThatCarriesNothingIsDown() {
    underlay("ip", "link", "set", "dev", "hv2", "nomaster");
    awaitTunnels("down", t -> state(t).equals("down"));
    assertThat(tunnels()).noneMatch(t -> t.has("limit"));
    underlay("ip", "link", "set", "dev", "hv2", "master", "ul0");
    awaitTunnels("up", t -> state(t).equals("up"));
  }

  @Test
  @Tag(PROBED)
  @Order(LAST)
  void noVmSeesAProbeAndNoneCanSendOne() {
    List<Capture> captures = lab.vms().stream().map(vm -> vm.place().capture("")).toList();
    Switch bridge = lab.overlaySwitch(2);
    long before = probeEntry(bridge).packets();
    Await.until("some probes arrive", FOUND, () -> probeEntry(bridge).packets() >= before + 3);
    String marker = Packets.newMarker();
    String address = probeAddress(bridge);
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
  @Tag(PROBED)
  @Order(LAST)
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
