/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace.path;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.TunnelEndpoint;
import org.overlane.flowrules.model.Vni;
import org.overlane.flowrules.trace.Trace;
import org.overlane.flowrules.trace.TracedPacket;

/** One thing that happens on a packet's way. A closed set: see {@link Visitor}. Immutable. */
public abstract class PathStep {
  private PathStep() {}

  /** One method for each kind of step. */
  public interface Visitor<T> {
    T inSwitch(InSwitch step);

    T atController(AtController step);

    T encapsulated(Encapsulated step);

    T fragmented(Fragmented step);

    T reassembled(Reassembled step);

    T decapsulated(Decapsulated step);

    T ended(Ended step);
  }

  public abstract <T> T accept(Visitor<T> visitor);

  /** How often the way has branched before: 0 on the trunk. */
  public abstract int depth();

  public abstract NodeId node();

  /** Through the tables of a switch, or sent by a packet-out, which meets none. */
  @AutoValue
  public abstract static class InSwitch extends PathStep {
    /** One, or several that meet the same entries and end at the same places. */
    public abstract ImmutableList<TracedPacket> packets();

    /** The way of the first. */
    public abstract Trace trace();

    public abstract Layer layer();

    static InSwitch of(
        int depth, NodeId node, Iterable<TracedPacket> packets, Trace trace, Layer layer) {
      return new AutoValue_PathStep_InSwitch(
          depth, node, ImmutableList.copyOf(packets), trace, layer);
    }

    public boolean isOuter() {
      return layer() == Layer.OUTER;
    }

    public boolean isPacketOut() {
      return layer() == Layer.PACKET_OUT;
    }

    /** What goes through the switch, and how. */
    public enum Layer {
      /** Frames, through the tables. */
      FRAME,
      /** Outer packets between tunnel endpoints, through the tables. */
      OUTER,
      /** Frames, sent by the controller. */
      PACKET_OUT
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.inSwitch(this);
    }
  }

  /** The controller decides about a packet of this node. */
  @AutoValue
  public abstract static class AtController extends PathStep {
    public abstract TracedPacket packet();

    public abstract ControllerDecision decision();

    static AtController of(int depth, NodeId node, TracedPacket packet, ControllerDecision d) {
      return new AutoValue_PathStep_AtController(depth, node, packet, d);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.atController(this);
    }
  }

  /** The tunnel endpoint of this node puts frames into outer packets. */
  @AutoValue
  public abstract static class Encapsulated extends PathStep {
    public abstract TunnelEndpoint.Mode mode();

    public abstract OfPort port();

    public abstract Vni vni();

    public abstract NodeId to();

    public abstract AddressFamily family();

    /** Absent where the model does not know it. */
    public abstract Optional<IpAddress> source();

    /** Absent where the management OS selects it and the model does not know it. */
    public abstract Optional<IpAddress> destination();

    /** Bytes with Ethernet header and VLAN tag. */
    public abstract ImmutableList<Integer> frames();

    /** Bytes with outer IP header. */
    public abstract ImmutableList<Integer> packets();

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.encapsulated(this);
    }

    @AutoValue.Builder
    abstract static class Builder {
      abstract Builder depth(int depth);

      abstract Builder node(NodeId node);

      abstract Builder mode(TunnelEndpoint.Mode mode);

      abstract Builder port(OfPort port);

      abstract Builder vni(Vni vni);

      abstract Builder to(NodeId node);

      abstract Builder family(AddressFamily family);

      abstract Builder source(Optional<IpAddress> address);

      abstract Builder destination(Optional<IpAddress> address);

      abstract Builder frames(Iterable<Integer> bytes);

      abstract Builder packets(Iterable<Integer> bytes);

      abstract Encapsulated build();
    }
  }

  /** An outer packet is too large for the underlay and fragmented. */
  @AutoValue
  public abstract static class Fragmented extends PathStep {
    /** Whether routers of the underlay do it, rather than the endpoint that sends. */
    public abstract boolean byUnderlay();

    /** The node whose underlay carries no more. */
    public abstract NodeId narrow();

    public abstract int mtu();

    /** Bytes with outer IP header, as all lengths here. */
    public abstract int before();

    public abstract ImmutableList<Integer> after();

    static Fragmented of(
        int depth,
        NodeId node,
        boolean byUnderlay,
        NodeId narrow,
        int mtu,
        int before,
        ImmutableList<Integer> after) {
      return new AutoValue_PathStep_Fragmented(depth, node, byUnderlay, narrow, mtu, before, after);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.fragmented(this);
    }
  }

  /** The receiving endpoint puts the fragments of an outer packet together. */
  @AutoValue
  public abstract static class Reassembled extends PathStep {
    public abstract int fragments();

    /** Bytes with outer IP header. */
    public abstract int length();

    static Reassembled of(int depth, NodeId node, int fragments, int length) {
      return new AutoValue_PathStep_Reassembled(depth, node, fragments, length);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.reassembled(this);
    }
  }

  /** The receiving endpoint takes frames out of outer packets. */
  @AutoValue
  public abstract static class Decapsulated extends PathStep {
    public abstract TunnelEndpoint.Mode mode();

    /** Where the frames arrive. */
    public abstract OfPort port();

    public abstract Vni vni();

    /** Bytes with Ethernet header and VLAN tag. */
    public abstract ImmutableList<Integer> frames();

    static Decapsulated of(
        int depth,
        NodeId node,
        TunnelEndpoint.Mode mode,
        OfPort port,
        Vni vni,
        Iterable<Integer> frames) {
      return new AutoValue_PathStep_Decapsulated(
          depth, node, mode, port, vni, ImmutableList.copyOf(frames));
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.decapsulated(this);
    }
  }

  /** The end of one copy. */
  @AutoValue
  public abstract static class Ended extends PathStep {
    public abstract PathEnd end();

    static Ended of(int depth, PathEnd end) {
      return new AutoValue_PathStep_Ended(depth, end.node(), end);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.ended(this);
    }
  }
}
