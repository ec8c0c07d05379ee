/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.overlane.monitoring.LimitedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The packet-ins of one switch that wait for ONOS. They are delivered one after another, in order;
 * beyond a number or a size the newest ones are dropped, since the older ones are closer to an
 * answer. A switch with many packets lets others have their turn on the same threads. Thread-safe.
 */
final class PacketQueue {

  static final int MAX_PACKETS = 1000;
  static final int MAX_BYTES = 8 * 1024 * 1024;

  /** Packets delivered before the thread is given back. */
  private static final int TURN = 32;

  private static final Logger LOG = LoggerFactory.getLogger(PacketQueue.class);
  private static final LimitedLog LIMITED = new LimitedLog(LOG);

  private final Executor workers;
  private final Queue<Packet> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private long dropped;
  private boolean running;

  private static final class Packet {
    private final int bytes;
    private final Runnable delivery;

    Packet(int bytes, Runnable delivery) {
      this.bytes = bytes;
      this.delivery = delivery;
    }
  }

  PacketQueue(Executor workers) {
    this.workers = workers;
  }

  /** Delivers a packet in its turn, or drops it; returns false if it was dropped. */
  boolean offer(int bytes, Runnable delivery) {
    synchronized (this) {
      if (waiting.size() >= MAX_PACKETS || waitingBytes + bytes > MAX_BYTES) {
        dropped++;
        return false;
      }
      waiting.add(new Packet(bytes, delivery));
      waitingBytes += bytes;
      if (running) {
        return true;
      }
      running = true;
    }
    workers.execute(this::turn);
    return true;
  }

  private void turn() {
    for (int i = 0; i < TURN; i++) {
      Packet next;
      synchronized (this) {
        next = waiting.poll();
        if (next == null) {
          running = false;
          return;
        }
        waitingBytes -= next.bytes;
      }
      try {
        next.delivery.run();
      } catch (RuntimeException e) {
        LIMITED.warn(e.getClass(), "A packet-in could not be delivered: reason=" + e);
      }
    }
    workers.execute(this::turn);
  }

  synchronized int waiting() {
    return waiting.size();
  }

  synchronized long dropped() {
    return dropped;
  }
}
