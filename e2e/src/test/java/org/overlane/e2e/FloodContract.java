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
    /** A port gets its burst at once, and never more than the meter lets through. */
    private void assertKept(long packetIns, Instant begin) {
      long elapsed = Duration.between(begin, Instant.now()).toMillis();
      assertThat(packetIns).isBetween((long) burst, rate * elapsed / 1000 + burst);
    }
  }

  @Test
  void aFloodGetsNoMoreThanItsShare() {
    long heap = controller.heapInUse();
    try (Decoded<IcmpError> errors = from.place().errors()) {
      relay.reset();
      Instant begin = Instant.now();
      flood(Flood.of(Kind.DF, PACKETS).sources(SOURCES));
      awaitAnswer();
      long packetIns = packetIns();
      // The neighbour's packet has a share of its own.
      OVERSIZE.assertKept(packetIns - 1, begin);
      assertThat(errors.stop()).hasSizeLessThanOrEqualTo((int) packetIns);
    }
    assertDropped("oversize");
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
    Await.until(
        "the share is used up", Duration.ofSeconds(20), () -> packetIns() > OVERSIZE.burst());
    Vm.Probe probe =
        neighbour.probe(to.ipv4(), DontFragment.DO, 1, Family.IPV4.echoData(mtu() + 1));
    assertThat(sent).as("the flood goes on").isNotDone();
    assertThat(probe.mtus()).as(probe.text()).containsExactly(mtu());
    assertThat(sent.join()).isEqualTo(PACKETS);
  }

  /** A switch on a busy machine may lose some of a flood before it comes to the meter. */
  private void assertDropped(String purpose) {
    Await.until(
        "the meter's drops are reported",
        TWO_ROUNDS,
        () -> {
          JsonNode meter = meter(purpose);
          return meter.path("dropped").asLong() >= PACKETS / 8
              && meter.path("seen").asLong() >= PACKETS / 4;
        });
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
      long heap = controller.heapInUse();
      relay.reset();
      Instant begin = Instant.now();
      from.flood(to, Flood.of(Kind.SYN, PACKETS / 2).sources(SOURCES));
      fence();
      // The packet of the fence is no SYN.
      SYN.assertKept(packetIns() - 1, begin);
      assertDropped("syn");
      assertSmall(heap);
    } finally {
      plainNetwork();
    }
  }

  @Test
  void aFloodWithoutDfGetsNoMoreThanItsShare() {
    long heap = controller.heapInUse();
    relay.reset();
    Instant begin = Instant.now();
    from.flood(to, Flood.of(Kind.CLEAR, PACKETS / 2).sources(SOURCES));
    awaitAnswer();
    OVERSIZE.assertKept(packetIns(), begin);
    assertSmall(heap);
  }
}
