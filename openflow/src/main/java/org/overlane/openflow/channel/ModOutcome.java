/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import com.google.auto.value.AutoValue;
import java.util.Optional;
import java.util.OptionalInt;
import org.projectfloodlight.openflow.protocol.OFErrorMsg;

/** What became of one flow-mod, group-mod or meter-mod. Immutable. */
@AutoValue
public abstract class ModOutcome {

  /** The possible ends of a modification. */
  public enum Kind {
    /** Sent, and the barrier after it was answered without an error for it. */
    DONE,
    /** Not sent, because the switch already has exactly this. */
    SUPPRESSED,
    /** The switch refused it; see {@link ModOutcome#error()}. */
    REFUSED,
    /** It could not be encoded, so nothing was sent. */
    INVALID,
    /** The connection ended before the barrier was answered: it may be on the switch or not. */
    DISCONNECTED,
    /** The barrier was not answered in time: it may be on the switch or not. */
    TIMED_OUT
  }

  public abstract Kind kind();

  /** The error message of the switch, if it refused the modification. */
  public abstract Optional<OFErrorMsg> error();

  /** A sentence for people; empty if {@link #isSuccess()}. */
  public abstract String reason();

  /** True if the switch now has what the modification asked for. */
  public boolean isSuccess() {
    return kind() == Kind.DONE || kind() == Kind.SUPPRESSED;
  }

  /** The error type on the wire, 0..65535, if the switch refused the modification. */
  public OptionalInt errorType() {
    return error().isPresent()
        ? OptionalInt.of(ErrorText.type(error().get()))
        : OptionalInt.empty();
  }

  /** The error code on the wire, 0..65535, if the switch refused the modification. */
  public OptionalInt errorCode() {
    return error().isPresent()
        ? OptionalInt.of(ErrorText.code(error().get()))
        : OptionalInt.empty();
  }

  /**
   * Kind and reason; the error message itself is left out, since it holds a copy of what was sent.
   */
  @Override
  public final String toString() {
    return reason().isEmpty() ? kind().toString() : kind() + ": " + reason();
  }

  private static final ModOutcome DONE = of(Kind.DONE, "");
  private static final ModOutcome SUPPRESSED = of(Kind.SUPPRESSED, "");

  public static ModOutcome done() {
    return DONE;
  }

  public static ModOutcome suppressed() {
    return SUPPRESSED;
  }

  public static ModOutcome refused(OFErrorMsg error) {
    return new AutoValue_ModOutcome(Kind.REFUSED, Optional.of(error), ErrorText.of(error));
  }

  public static ModOutcome invalid(String reason) {
    return of(Kind.INVALID, reason);
  }

  public static ModOutcome disconnected(String reason) {
    return of(Kind.DISCONNECTED, reason);
  }

  public static ModOutcome timedOut(String reason) {
    return of(Kind.TIMED_OUT, reason);
  }

  private static ModOutcome of(Kind kind, String reason) {
    return new AutoValue_ModOutcome(kind, Optional.empty(), reason);
  }
}
