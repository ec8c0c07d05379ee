/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace.path;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.trace.TracedPacket;

/** What the controller does with a packet that a switch has handed to it. Immutable. */
@AutoValue
public abstract class ControllerDecision {
  /** The ways to end there: a closed set. */
  public enum Kind {
    /** The packet is dropped, and its sender is told why. */
    ANSWERED,
    /** It goes back to the switch with the order to send it on, perhaps in another form. */
    SENT_ON,
    /** It is dropped, and nobody is told. */
    DROPPED
  }

  ControllerDecision() {}

  public abstract Kind kind();

  /** {@code answered-ipv4}: under what the controller counts it. */
  public abstract String reason();

  /** One sentence for people. */
  public abstract String explanation();

  /** Of ANSWERED. */
  public abstract Optional<Answer> answer();

  /** Of SENT_ON: the frames, in the order in which they are sent. */
  public abstract ImmutableList<TracedPacket> packets();

  /** Of SENT_ON: what the packet-out says. */
  public abstract ImmutableList<Action> actions();

  /** Of SENT_ON: the entry by which the rest of the same kind passes without the controller. */
  public abstract Optional<FlowEntry> exception();

  public static ControllerDecision answered(String reason, String explanation, Answer answer) {
    return new AutoValue_ControllerDecision(
        Kind.ANSWERED,
        reason,
        explanation,
        Optional.of(answer),
        ImmutableList.of(),
        ImmutableList.of(),
        Optional.empty());
  }

  public static ControllerDecision sentOn(
      String reason,
      String explanation,
      Iterable<TracedPacket> packets,
      Iterable<Action> actions,
      Optional<FlowEntry> exception) {
    return new AutoValue_ControllerDecision(
        Kind.SENT_ON,
        reason,
        explanation,
        Optional.empty(),
        ImmutableList.copyOf(packets),
        ImmutableList.copyOf(actions),
        exception);
  }

  public static ControllerDecision dropped(String reason, String explanation) {
    return new AutoValue_ControllerDecision(
        Kind.DROPPED,
        reason,
        explanation,
        Optional.empty(),
        ImmutableList.of(),
        ImmutableList.of(),
        Optional.empty());
  }

  /** An ICMP error for the sender. */
  @AutoValue
  public abstract static class Answer {
    Answer() {}

    /** Whom it says it is from. */
    public abstract IpAddress source();

    /** {@code ICMP type 3 code 4}. */
    public abstract String message();

    /** The largest IP packet that fits, as the sender is told, in bytes. */
    public abstract int mtu();

    public static Answer of(IpAddress source, String message, int mtu) {
      return new AutoValue_ControllerDecision_Answer(source, message, mtu);
    }
  }
}
