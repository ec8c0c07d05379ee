/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.overlane.openflow.channel.ModEffect.Kind;
import org.overlane.openflow.codec.Bytes;
import org.overlane.openflow.codec.MalformedMessageException;
import org.projectfloodlight.openflow.protocol.OFErrorMsg;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFlowAdd;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFVersion;

/**
 * Sends modifications to one switch: in the order given, pipelined, in windows that end with a
 * barrier. The barrier reply settles its window: what drew an error (by transaction id) was
 * refused, the rest is done. Only a few windows are under way at once and none is started while the
 * socket is full, so what waits, waits as messages in a queue that its owner bounds. Confined to
 * the thread of the channel.
 */
final class ModPipeline {

  /** So often a switch is read before it is written, if each read is overtaken by something. */
  private static final int MAX_SPOILED_READS = 3;

  private static final int MAX_WINDOWS = 8;
  private static final int MAX_WINDOW_BYTES = 512 * 1024;

  /** Modifications looked at before other switches on the same thread get their turn. */
  private static final int MAX_AT_ONCE = 8192;

  private final Outbound outbound;
  private final FullReads reads;
  private final MessageCounters counters;
  private final int modsPerBarrier;
  private final Duration timeout;

  private final Deque<Batch> queue = new ArrayDeque<>();
  private final Deque<Window> windows = new ArrayDeque<>();
  private final Map<Integer, Sent> sentByXid = new HashMap<>();
  private boolean reading;
  private int looked;
  private Optional<String> closed = Optional.empty();
  private long lastProgress;

  private static final class Batch {
    private final Kind kind;
    private final List<? extends OFMessage> mods;
    private final ModOutcome[] outcomes;
    private final CompletableFuture<List<ModOutcome>> result = new CompletableFuture<>();
    private int next;
    private int settled;

    /** Cleared after some attempts: a switch that cannot be read is written all the same. */
    private boolean needsRead;

    private int spoiledReads;

    Batch(Kind kind, List<? extends OFMessage> mods) {
      this.needsRead = kind != Kind.FLOW || mods.stream().anyMatch(OFFlowAdd.class::isInstance);
      this.kind = kind;
      this.mods = mods;
      this.outcomes = new ModOutcome[mods.size()];
    }

    void settle(int index, ModOutcome outcome) {
      outcomes[index] = outcome;
      settled++;
      if (settled == outcomes.length) {
        result.complete(Arrays.asList(outcomes));
      }
    }

    void settleRest(ModOutcome outcome) {
      for (int i = 0; i < outcomes.length; i++) {
        if (outcomes[i] == null) {
          settle(i, outcome);
        }
      }
    }
  }

  private static final class Sent {
    private final Batch batch;
    private final int index;
    private final ModEffect effect;
    private OFErrorMsg error;

    Sent(Batch batch, int index, ModEffect effect) {
      this.batch = batch;
      this.index = index;
      this.effect = effect;
    }
  }

  private static final class Window {
    private final int barrierXid;
    private final List<Integer> xids;

    Window(int barrierXid, List<Integer> xids) {
      this.barrierXid = barrierXid;
      this.xids = xids;
    }
  }

  ModPipeline(
      Outbound outbound,
      FullReads reads,
      MessageCounters counters,
      int modsPerBarrier,
      Duration timeout) {
    this.outbound = outbound;
    this.reads = reads;
    this.counters = counters;
    this.modsPerBarrier = modsPerBarrier;
    this.timeout = timeout;
  }

  CompletableFuture<List<ModOutcome>> submit(Kind kind, List<? extends OFMessage> mods) {
    Batch batch = new Batch(kind, mods);
    if (mods.isEmpty()) {
      batch.result.complete(new ArrayList<>());
    } else if (closed.isPresent()) {
      batch.settleRest(ModOutcome.disconnected("disconnected: " + closed.get()));
    } else {
      queue.add(batch);
      pump();
    }
    return batch.result;
  }

  /** Sends what can be sent now. To be called again when something may have made room. */
  void pump() {
    int before = looked;
    while (!closed.isPresent()
        && !reading
        && !queue.isEmpty()
        && windows.size() < MAX_WINDOWS
        && (windows.isEmpty() || outbound.isWritable())) {
      Batch batch = queue.peek();
      if (batch.needsRead && !reads.state(batch.kind).isKnown()) {
        if (windows.isEmpty()) {
          readBefore(batch);
        }
        return;
      }
      sendWindow(batch);
      if (batch.next == batch.mods.size()) {
        queue.remove(batch);
      }
      if (looked - before >= MAX_AT_ONCE) {
        outbound.later(this::pump);
        return;
      }
    }
  }

  /**
   * The first modification of a kind waits until it is known what is there; nothing is sent
   * meanwhile.
   */
  private void readBefore(Batch batch) {
    reading = true;
    reads
        .refresh(batch.kind)
        .whenComplete(
            (items, failure) -> {
              reading = false;
              // What a change of roles has overtaken tells nothing, but the next read will.
              if (failure != null || ++batch.spoiledReads == MAX_SPOILED_READS) {
                batch.needsRead = false;
              }
              pump();
            });
  }

  private void sendWindow(Batch batch) {
    ByteBuf buffer = outbound.allocate();
    List<Integer> xids = new ArrayList<>();
    int until = Math.min(batch.mods.size(), batch.next + MAX_AT_ONCE);
    while (batch.next < until
        && xids.size() < modsPerBarrier
        && buffer.readableBytes() < MAX_WINDOW_BYTES) {
      int index = batch.next++;
      looked++;
      int xid = outbound.nextXid();
      try {
        Bytes message = Outbound.encode(batch.mods.get(index), xid);
        ModEffect effect = ModEffect.of(batch.kind, message);
        ObservedState state = reads.state(batch.kind);
        if (state.suppresses(effect)) {
          counters.suppressed();
          batch.settle(index, ModOutcome.suppressed());
          continue;
        }
        message.writeTo(buffer);
        outbound.count(message);
        state.sent(effect);
        sentByXid.put(xid, new Sent(batch, index, effect));
        xids.add(xid);
      } catch (MalformedMessageException | RuntimeException e) {
        batch.settle(index, ModOutcome.invalid("cannot be encoded: " + e.getMessage()));
      }
    }
    if (xids.isEmpty()) {
      buffer.release();
      return;
    }
    sendBarrier(buffer, xids);
  }

  private void sendBarrier(ByteBuf buffer, List<Integer> xids) {
    int barrierXid = outbound.nextXid();
    Bytes barrier =
        Outbound.encode(
            OFFactories.getFactory(OFVersion.OF_13).buildBarrierRequest().build(), barrierXid);
    barrier.writeTo(buffer);
    outbound.count(barrier);
    if (windows.isEmpty()) {
      lastProgress = System.nanoTime();
    }
    windows.add(new Window(barrierXid, xids));
    outbound.write(buffer);
  }

  /** Takes a barrier reply; returns false if it is not for a window. */
  boolean barrierReply(int xid) {
    for (Iterator<Window> all = windows.iterator(); all.hasNext(); ) {
      Window window = all.next();
      if (window.barrierXid == xid) {
        all.remove();
        lastProgress = System.nanoTime();
        window.xids.forEach(this::settle);
        pump();
        return true;
      }
    }
    return false;
  }

  private void settle(int xid) {
    Sent sent = sentByXid.remove(xid);
    ObservedState state = reads.state(sent.batch.kind);
    if (sent.error != null) {
      state.refused(sent.effect);
      sent.batch.settle(sent.index, ModOutcome.refused(sent.error));
      return;
    }
    state.done(sent.effect);
    if (sent.effect.deletesFlows()) {
      reads.state(Kind.FLOW).forget();
    }
    sent.batch.settle(sent.index, ModOutcome.done());
  }

  /** Takes an error message; returns false if it is not for a modification that is under way. */
  boolean error(int xid, OFErrorMsg error) {
    Sent sent = sentByXid.get(xid);
    if (sent == null) {
      return false;
    }
    sent.error = error;
    return true;
  }

  /** Gives up the windows under way if no barrier was answered for too long. */
  void expire() {
    if (windows.isEmpty() || System.nanoTime() - lastProgress <= timeout.toNanos()) {
      return;
    }
    ModOutcome outcome = ModOutcome.timedOut("no barrier reply for " + timeout.toMillis() + " ms");
    List<Sent> unanswered = new ArrayList<>(sentByXid.values());
    windows.clear();
    sentByXid.clear();
    unanswered.forEach(sent -> reads.state(sent.batch.kind).refused(sent.effect));
    reads.forgetAll();
    unanswered.forEach(sent -> sent.batch.settle(sent.index, outcome));
    pump();
  }

  /** The connection is gone; what is submitted from now on ends at once. */
  void closed(String reason) {
    closed = Optional.of(reason);
    ModOutcome outcome = ModOutcome.disconnected("disconnected: " + reason);
    List<Batch> open = new ArrayList<>(queue);
    sentByXid.values().forEach(sent -> open.add(sent.batch));
    queue.clear();
    windows.clear();
    sentByXid.clear();
    open.forEach(batch -> batch.settleRest(outcome));
  }
}
