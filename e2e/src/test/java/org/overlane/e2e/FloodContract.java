/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.overlane.e2e.lab.Decoded;
import org.overlane.e2e.lab.Decoded.IcmpError;
import org.overlane.e2e.lab.Flood;
import org.overlane.e2e.lab.Flood.Kind;
import org.overlane.e2e.lab.Switch;
import org.overlane.e2e.lab.Vm;
import org.overlane.e2e.lab.Vm.DontFragment;

/** A VM that floods the slow path gets its share of it, and harms nobody. */
abstract class FloodContract extends OversizeContract {
  private static final int PACKETS = 20_000;
  private static final int SOURCES = 5_000;

  /** The meters of a VM's port: packets per second, and the burst. */
  private static final Share OVERSIZE = new Share(100, 100);

  private static final Share SYN = new Share(200, 400);

  /** Far more than what the controller may remember of a flood, far less than the flood itself. */
  private static final long HEAP_GROWTH = 16 << 20;

  private record Share(int rate, int burst) {
    private long allowed(Duration elapsed) {
      return rate * elapsed.toMillis() / 1000 + burst;
    }
  }

  @Test
  void aFloodGetsNoMoreThanItsShare() {
    Switch bridge = lab.overlaySwitch(1);
    long heap = controller.heapInUse();
    try (Decoded<IcmpError> errors = from.place().errors()) {
      relay.reset();
      Instant begin = Instant.now();
      flood(Flood.of(Kind.DF, PACKETS).sources(SOURCES));
      awaitAnswer();
      long packetIns = relay.receivedFrom(bridge, "PACKET_IN");
      Duration elapsed = Duration.between(begin, Instant.now());
      // The neighbour's packet has a share of its own.
      assertThat(packetIns - 1).isPositive().isLessThanOrEqualTo(OVERSIZE.allowed(elapsed));
      assertThat(errors.stop()).hasSizeLessThanOrEqualTo((int) packetIns);
    }
    assertDropped(bridge, "oversize");
    assertSmall(heap);
  }

  /** Once the flood is over its VM is answered again; what the flood has caused came before. */
  private void awaitAnswer() {
    Await.until(
        "an answer after the flood",
        Duration.ofSeconds(10),
        () -> {
          from.forgetMtus();
          return from.probe(to.ipv4(), DontFragment.DO, 1, Family.IPV4.echoData(mtu() + 1))
              .mtus()
              .contains(mtu());
        });
  }

  /** While the flood goes on, another VM of the hypervisor gets its answer. */
  private void flood(Flood flood) {
    CompletableFuture<Integer> sent = CompletableFuture.supplyAsync(() -> from.flood(to, flood));
    Vm.Probe probe =
        neighbour.probe(to.ipv4(), DontFragment.DO, 1, Family.IPV4.echoData(mtu() + 1));
    assertThat(sent).as("the flood goes on").isNotDone();
    assertThat(probe.mtus()).as(probe.text()).containsExactly(mtu());
    assertThat(sent.join()).isEqualTo(PACKETS);
  }

  /** A switch on a busy machine may lose some of a flood before it comes to the meter. */
  private void assertDropped(Switch bridge, String purpose) {
    Await.until(
        "the meter's drops are reported",
        TWO_ROUNDS,
        () -> {
          JsonNode meter = meter(bridge, purpose);
          return meter.path("dropped").asLong() >= PACKETS / 4
              && meter.path("seen").asLong() >= PACKETS / 2;
        });
  }

  private JsonNode meter(Switch bridge, String purpose) {
    for (JsonNode meter : oversize().path("meters")) {
      if (meter.path("device").asText().equals(bridge.deviceId())
          && meter.path("port").asInt() == from.port()
          && meter.path("purpose").asText().equals(purpose)) {
        return meter;
      }
    }
    throw new AssertionError("no meter for " + purpose + " of " + from + " in " + oversize());
  }

  private void assertSmall(long heapBefore) {
    JsonNode tracked = oversize().path("tracked");
    assertThat(tracked.path("ports").asInt()).isLessThanOrEqualTo(lab.vms().size());
    assertThat(tracked.path("pairs").asInt()).isLessThanOrEqualTo(PACKETS / 2);
    assertThat(tracked.path("exceptions").asInt()).isLessThanOrEqualTo(PACKETS / 2);
    assertThat(controller.heapInUse() - heapBefore).isLessThan(HEAP_GROWTH);
  }

  @Test
  void aFloodOfSynsGetsNoMoreThanItsShare() {
    clampMss();
    try {
      Switch bridge = lab.overlaySwitch(1);
      long heap = controller.heapInUse();
      relay.reset();
      Instant begin = Instant.now();
      from.flood(to, Flood.of(Kind.SYN, PACKETS).sources(SOURCES));
      fence();
      long packetIns = relay.receivedFrom(bridge, "PACKET_IN");
      Duration elapsed = Duration.between(begin, Instant.now());
      // The packet of the fence is no SYN.
      assertThat(packetIns - 1).isPositive().isLessThanOrEqualTo(SYN.allowed(elapsed));
      assertDropped(bridge, "syn");
      assertSmall(heap);
    } finally {
      plainNetwork();
    }
  }

  @Test
  void aFloodWithoutDfGetsNoMoreThanItsShare() {
    Switch bridge = lab.overlaySwitch(1);
    long heap = controller.heapInUse();
    relay.reset();
    Instant begin = Instant.now();
    from.flood(to, Flood.of(Kind.CLEAR, PACKETS).sources(SOURCES));
    awaitAnswer();
    long packetIns = relay.receivedFrom(bridge, "PACKET_IN");
    Duration elapsed = Duration.between(begin, Instant.now());
    assertThat(packetIns).isPositive().isLessThanOrEqualTo(OVERSIZE.allowed(elapsed));
    assertSmall(heap);
  }
}
