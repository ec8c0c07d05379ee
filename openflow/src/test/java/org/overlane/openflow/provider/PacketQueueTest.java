/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class PacketQueueTest {

  private final Queue<Runnable> workers = new ArrayDeque<>();
  private final List<String> delivered = new ArrayList<>();

  private void work() {
    while (!workers.isEmpty()) {
      workers.remove().run();
    }
  }

  @Test
  void theNewestPacketsBeyondTheNumberAreDropped() {
    PacketQueue queue = new PacketQueue(workers::add);
    for (int i = 0; i < PacketQueue.MAX_PACKETS + 200; i++) {
      String name = "" + i;
      assertThat(queue.offer(60, () -> delivered.add(name))).isEqualTo(i < PacketQueue.MAX_PACKETS);
    }
    assertThat(queue.waiting()).isEqualTo(PacketQueue.MAX_PACKETS);
    assertThat(queue.dropped()).isEqualTo(200);
    assertThat(workers).as("tasks for the threads").hasSize(1);

    work();
    assertThat(delivered).hasSize(PacketQueue.MAX_PACKETS).startsWith("0", "1").endsWith("999");
    assertThat(queue.offer(60, () -> delivered.add("again"))).isTrue();
    work();
    assertThat(delivered).endsWith("again");
  }

  @Test
  void packetsBeyondTheSizeAreDroppedAndSmallOnesStillFit() {
    PacketQueue queue = new PacketQueue(workers::add);
    int size = 65_000;
    int fit = PacketQueue.MAX_BYTES / size;
    for (int i = 0; i < fit; i++) {
      assertThat(queue.offer(size, () -> delivered.add("big"))).isTrue();
    }
    assertThat(queue.offer(size, () -> delivered.add("too much"))).isFalse();
    assertThat(queue.offer(60, () -> delivered.add("small"))).isTrue();
    work();
    assertThat(delivered).hasSize(fit + 1).endsWith("small");
    assertThat(queue.offer(size, () -> delivered.add("room again"))).isTrue();
  }

  @Test
  void aBusySwitchLetsOthersHaveTheirTurn() {
    PacketQueue busy = new PacketQueue(workers::add);
    PacketQueue other = new PacketQueue(workers::add);
    for (int i = 0; i < 500; i++) {
      busy.offer(60, () -> delivered.add("busy"));
    }
    other.offer(60, () -> delivered.add("other"));
    work();
    assertThat(delivered.indexOf("other")).isLessThan(100);
    assertThat(delivered).hasSize(501);
  }

  @Test
  void aFailedDeliveryDoesNotStopTheNext() {
    PacketQueue queue = new PacketQueue(workers::add);
    queue.offer(
        60,
        () -> {
          throw new IllegalStateException("test");
        });
    queue.offer(60, () -> delivered.add("next"));
    work();
    assertThat(delivered).containsExactly("next");
  }
}
