/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.probing;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.collect.ImmutableList;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.ProbeAddress;
import org.overlane.flowrules.openflow.Action;
import org.overlane.tunnels.frames.ProbeFrame;
import org.overlane.tunnels.frames.ProbeFrames;
import org.overlane.tunnels.frames.ProbeFrames.NotAProbeException;
import org.overlane.tunnels.probing.Probe;

/**
 * Makes packets out of probes, and probes out of packets. Remembers what is under way, so that each
 * counts once, and only where it was sent to. The key is made at random at the start and stays
 * here: what an earlier life of the controller has sent is taken for forged. Thread-safe.
 */
final class ProbeWire {
  /** A probe that has arrived, and how long it took. */
  static final class Arrived {
    final long id;

    /** From packet-out to packet-in: through the controller, both switches and the underlay. */
    final long micros;

    Arrived(long id, long micros) {
      this.id = id;
      this.micros = micros;
    }
  }

  private static final int UDP_AND_VXLAN = 8 + 8;

  /** Far more than any probe is waited for. */
  private static final int LIFETIME_SECONDS = 120;

  private static final int MAX_UNDER_WAY = 200_000;
  private static final int KEY_BYTES = 32;

  private final ProbeOutput output;
  private final LongSupplier nanos;
  private final ProbeFrames frames = new ProbeFrames(key());
  private final Cache<Long, Probe> underWay =
      CacheBuilder.newBuilder()
          .maximumSize(MAX_UNDER_WAY)
          .expireAfterWrite(LIFETIME_SECONDS, TimeUnit.SECONDS)
          .build();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder forged = new LongAdder();
  private final LongAdder malformed = new LongAdder();
  private final LongAdder repeated = new LongAdder();
  private final LongAdder misdirected = new LongAdder();

  ProbeWire(ProbeOutput output, LongSupplier nanos) {
    this.output = output;
    this.nanos = nanos;
  }

  private static byte[] key() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return key;
  }

  /**
   * Sends a probe.
   *
   * @param actions what the switch must do with it
   * @throws RuntimeException with the reason, if it cannot be sent
   */
  void send(Probe probe, ImmutableList<Action> actions) {
    NodeId from = probe.path().from();
    ProbeFrame frame =
        ProbeFrame.of(
            ProbeAddress.of(from),
            ProbeAddress.of(probe.path().to()),
            probe.id(),
            frameLength(probe),
            micros());
    underWay.put(probe.id(), probe);
    try {
      output.send(from, actions, frames.encode(frame));
    } catch (RuntimeException e) {
      underWay.invalidate(probe.id());
      throw e;
    }
  }

  /** Bytes of the frame that makes an outer packet of the size of the probe. */
  private static int frameLength(Probe probe) {
    int ip = probe.path().family() == AddressFamily.IPV4 ? 20 : 40;
    return probe.size() - ip - UDP_AND_VXLAN;
  }

  private long micros() {
    return TimeUnit.NANOSECONDS.toMicros(nanos.getAsLong());
  }

  /** A frame that a node's switch has sent here; empty if it is nothing that is waited for. */
  Optional<Arrived> receive(NodeId at, byte[] frame) {
    ProbeFrame read;
    try {
      read = frames.decode(frame);
    } catch (NotAProbeException e) {
      (e.isForged() ? forged : malformed).increment();
      return Optional.empty();
    }
    Probe probe = underWay.getIfPresent(read.id());
    if (probe == null) {
      repeated.increment();
      return Optional.empty();
    }
    boolean here = probe.path().to().equals(at) && read.destination().equals(ProbeAddress.of(at));
    if (!here) {
      misdirected.increment();
      return Optional.empty();
    }
    if (!underWay.asMap().remove(read.id(), probe)) {
      repeated.increment();
      return Optional.empty();
    }
    accepted.increment();
    return Optional.of(new Arrived(read.id(), micros() - read.sentMicros()));
  }

  WireCounters counters() {
    return WireCounters.of(
        accepted.sum(), forged.sum(), malformed.sum(), repeated.sum(), misdirected.sum());
  }
}
