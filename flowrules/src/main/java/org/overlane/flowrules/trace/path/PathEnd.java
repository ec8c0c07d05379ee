/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace.path;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.trace.TracedPacket;

/**
 * Where one copy of a packet ends on its way through the network, or may end if switches choose
 * some buckets. Immutable.
 */
@AutoValue
public abstract class PathEnd {
  /** The ways to end: a closed set. */
  public enum Kind {
    /** At a VM's port: {@link #endpoints} get it. */
    DELIVERED,
    /** At the management OS of a node, its tunnel endpoint included. */
    TO_MANAGEMENT_OS,
    /** Out of an uplink, to wherever the underlay takes it. */
    TO_UNDERLAY,
    /** At a port of which the model knows nothing. */
    AT_OTHER_PORT,
    /** Dropped, and the sender is told the MTU that fits. */
    ANSWERED,
    /** Dropped on purpose, and counted: by an entry, by a switch's setting, by the controller. */
    DROPPED,
    /** Gone without anybody's intent. */
    LOST,
    /** Not sent back to the port where it came from; who is behind it has got it already. */
    NOT_SENT_BACK
  }

  /** Why it ends there. */
  public enum Cause {
    /** The entry, or the packet-out, that output it. */
    OUTPUT("output"),
    /** An entry that does nothing more with it. */
    ENTRY("entry"),
    /** No entry of a table matches. */
    NO_MATCH("no-match"),
    /** The switch is set to drop all fragments. */
    FRAGMENTS_DROPPED("fragments-dropped"),
    /** The controller decided. */
    CONTROLLER("controller"),
    /** Larger than the underlay of the sending endpoint carries, and that does not fragment. */
    TOO_LARGE_FOR_ENDPOINT("too-large-for-endpoint"),
    /** Larger than the underlay of the receiving node carries, and nobody fragments it. */
    TOO_LARGE_FOR_UNDERLAY("too-large-for-underlay"),
    /** Fragments of the outer packet did not arrive. */
    FRAGMENT_MISSING("fragment-missing"),
    /** The receiving endpoint does not put fragments together. */
    NOT_REASSEMBLED("not-reassembled"),
    /** The tunnel port, or the management OS, does not know where to send it. */
    NO_REMOTE("no-remote"),
    /** The receiving node has no tunnel for the VNI. */
    NO_TUNNEL("no-tunnel"),
    /** It has gone through so many tunnels that it is not followed any further. */
    TOO_MANY_TUNNELS("too-many-tunnels");

    private final String text;

    Cause(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  PathEnd() {}

  public abstract Kind kind();

  public abstract Cause cause();

  public abstract NodeId node();

  public abstract Optional<OfPort> port();

  /** Of DELIVERED: who is behind the port and wants it, ordered by id. */
  public abstract ImmutableList<Endpoint> endpoints();

  /** The entry that decided, if one did. */
  public abstract Optional<FlowEntry> entry();

  /** Why, as far as kind, port and entry do not say it: one sentence without full stop, or "". */
  public abstract String reason();

  /** What ends here: several frames if it was fragmented on the way to this place. */
  public abstract ImmutableList<TracedPacket> packets();

  /** What must be chosen on the way for this end, in the order of the way; mostly nothing. */
  public abstract ImmutableList<SwitchChoice> choices();

  abstract Builder toBuilder();

  static Builder builder(Kind kind, Cause cause, NodeId node, Iterable<TracedPacket> packets) {
    return new AutoValue_PathEnd.Builder()
        .kind(kind)
        .cause(cause)
        .node(node)
        .packets(ImmutableList.copyOf(packets))
        .endpoints(ImmutableList.of())
        .choices(ImmutableList.of())
        .entry(Optional.empty())
        .reason("");
  }

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder kind(Kind kind);

    abstract Builder cause(Cause cause);

    abstract Builder node(NodeId node);

    abstract Builder port(OfPort port);

    abstract Builder port(Optional<OfPort> port);

    abstract Builder endpoints(Iterable<Endpoint> endpoints);

    abstract Builder entry(Optional<FlowEntry> entry);

    abstract Builder reason(String reason);

    abstract Builder packets(ImmutableList<TracedPacket> packets);

    abstract Builder choices(Iterable<SwitchChoice> choices);

    abstract PathEnd build();
  }
}
