/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;

/** What becomes of one packet. The frames are the caller's: nobody else keeps their arrays. */
public final class Verdict {
  /** The ways in which a packet can end. */
  public enum Kind {
    /** The packet is dropped, and its sender is told why. */
    ANSWER,
    /** The packet goes where it was sent to, perhaps in another form. */
    DELIVER,
    /** Nothing is left to do: the switch has sent the packet on by itself. */
    LEAVE,
    /** The packet is dropped, and nobody is told. */
    DROP
  }

  private final Kind kind;
  private final Reason reason;
  private final ImmutableList<byte[]> frames;
  private final Optional<ExceptionKey> exception;

  private Verdict(
      Kind kind, Reason reason, ImmutableList<byte[]> frames, Optional<ExceptionKey> exception) {
    this.kind = kind;
    this.reason = reason;
    this.frames = frames;
    this.exception = exception;
  }

  static Verdict answer(Reason reason, byte[] frame) {
    return new Verdict(Kind.ANSWER, reason, ImmutableList.of(frame), Optional.empty());
  }

  static Verdict deliver(Reason reason, byte[] frame) {
    return new Verdict(Kind.DELIVER, reason, ImmutableList.of(frame), Optional.empty());
  }

  static Verdict fragments(List<byte[]> frames) {
    return new Verdict(
        Kind.DELIVER, Reason.FRAGMENTED, ImmutableList.copyOf(frames), Optional.empty());
  }

  static Verdict exception(IpPacket packet) {
    return new Verdict(
        Kind.DELIVER,
        Reason.DELIVERED_BY_EXCEPTION,
        ImmutableList.of(packet.trimmedFrame()),
        packet.isFragment() ? Optional.empty() : Optional.of(packet.exceptionKey()));
  }

  static Verdict leave(Reason reason) {
    return new Verdict(Kind.LEAVE, reason, ImmutableList.of(), Optional.empty());
  }

  static Verdict drop(Reason reason) {
    return new Verdict(Kind.DROP, reason, ImmutableList.of(), Optional.empty());
  }

  public Kind kind() {
    return kind;
  }

  public Reason reason() {
    return reason;
  }

  /**
   * Whole Ethernet frames, FCS not included: one for the VM if it is answered; those for the tunnel
   * in the order to send them if the packet is delivered; else none.
   */
  public ImmutableList<byte[]> frames() {
    return frames;
  }

  /**
   * What else may be let through without asking again. Only with {@link
   * Reason#DELIVERED_BY_EXCEPTION}, and absent there if the packet is a fragment: later fragments
   * have no protocol that a switch could match.
   */
  public Optional<ExceptionKey> exception() {
    return exception;
  }

  /** The reason and the lengths of the frames. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(kind + " " + reason.text());
    for (byte[] frame : frames) {
      text.append(' ').append(frame.length);
    }
    return text.toString();
  }
}
