/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.projectfloodlight.openflow.protocol.OFErrorMsg;
import org.projectfloodlight.openflow.protocol.OFFlowRemoved;
import org.projectfloodlight.openflow.protocol.OFPacketIn;
import org.projectfloodlight.openflow.protocol.OFPortStatus;

/** A listener that keeps what it is told, and waiting with a deadline. */
public final class RecordingListener implements SwitchListener {

  public static final Duration PATIENCE = Duration.ofSeconds(20);

  public final BlockingQueue<SwitchConnection> connected = new LinkedBlockingQueue<>();
  public final BlockingQueue<String> disconnected = new LinkedBlockingQueue<>();
  public final BlockingQueue<OFPortStatus> portStatus = new LinkedBlockingQueue<>();
  public final BlockingQueue<OFPacketIn> packetIns = new LinkedBlockingQueue<>();
  public final BlockingQueue<OFFlowRemoved> removed = new LinkedBlockingQueue<>();
  public final BlockingQueue<OFErrorMsg> errors = new LinkedBlockingQueue<>();

  @Override
  public void connected(SwitchConnection connection) {
    connected.add(connection);
  }

  @Override
  public void disconnected(SwitchConnection connection, String reason) {
    disconnected.add(reason);
  }

  @Override
  public void portStatus(SwitchConnection connection, OFPortStatus status) {
    portStatus.add(status);
  }

  @Override
  public void packetIn(SwitchConnection connection, OFPacketIn packetIn) {
    packetIns.add(packetIn);
  }

  @Override
  public void flowRemoved(SwitchConnection connection, OFFlowRemoved flowRemoved) {
    removed.add(flowRemoved);
  }

  @Override
  public void error(SwitchConnection connection, OFErrorMsg error) {
    errors.add(error);
  }

  /** The next element, or a failure after {@link #PATIENCE}. */
  public static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    return Optional.ofNullable(queue.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
        .orElseThrow(() -> new AssertionError("nothing came in " + PATIENCE));
  }

  /** The value of a future, or its failure. */
  public static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Waits until something is so. */
  public static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("still not after " + PATIENCE + ": " + what);
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }
}
