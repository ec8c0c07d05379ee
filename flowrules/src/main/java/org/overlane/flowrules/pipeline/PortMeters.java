/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.pipeline;

import java.util.Optional;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Meter;

/**
 * The meters of a VM's port, and that of a node's tunnel ports. Each VM port has its own, so that a
 * VM that sends more than its share takes nothing from the others. The id of a meter is the number
 * of its port and its purpose, so that both can be told from a switch's statistics; it stays below
 * the 262,144 meters that the userspace datapath of Open vSwitch has room for. Ports that this Open
 * vSwitch could not have share a meter.
 */
public final class PortMeters {
  /** Highest number of an ordinary port in Open vSwitch, which keeps 16 bits (OFPP_MAX of 1.0). */
  private static final long MAX_PORT = 0xfeff;

  private static final long LOCAL = 0xfffe;
  private static final long ANY_OTHER = 0xffff;
  private static final int PURPOSE_BITS = 2;
  private static final int PURPOSE_MASK = (1 << PURPOSE_BITS) - 1;

  /** No port has number 0, so its ids are left for what belongs to the node. */
  private static final long PROBE_METER = 1;

  /** What a meter limits or counts. */
  public enum Purpose {
    /** Packets that are too large, on their way to the controller. */
    OVERSIZE("oversize", 100, 100),
    /** TCP SYNs on their way to the controller. */
    SYN("syn", 200, 400),
    /** Frames that are too large and dropped: only their number matters. */
    DROP("drop", 1, 1),
    /** DHCP replies and router advertisements, on their way to the controller. */
    ADVERTISE("advertise", 100, 200),
    /**
     * Probes of other nodes on their way to the controller, from all tunnel ports together: the
     * meter is the node's, not a port's.
     */
    PROBE("probe", 500, 1000);

    private final String text;
    private final int rate;
    private final int burst;

    Purpose(String text, int rate, int burst) {
      this.text = text;
      this.rate = rate;
      this.burst = burst;
    }

    public String text() {
      return text;
    }

    /** Packets per second. */
    public int rate() {
      return rate;
    }

    /** Packets. */
    public int burst() {
      return burst;
    }
  }

  private PortMeters() {}

  public static Meter of(OfPort port, Purpose purpose) {
    long number = number(port);
    long id =
        purpose == Purpose.PROBE
            ? PROBE_METER
            : number << PURPOSE_BITS | ((purpose.ordinal() + 1) & PURPOSE_MASK);
    return Meter.of(id, purpose.rate(), purpose.burst(), name(id).get());
  }

  /** That of probes, the same for all ports. */
  public static Meter probes() {
    return of(OfPort.CONTROLLER, Purpose.PROBE);
  }

  /**
   * {@code oversize of port 11}, or that of {@link NodeMeters}; empty if a meter is none of ours.
   */
  public static Optional<String> name(long id) {
    if (NodeMeters.name(id).isPresent()) {
      return NodeMeters.name(id);
    } else if (id == PROBE_METER) {
      return Optional.of("probes of the tunnel ports");
    }
    String owner = port(id).map(p -> "port " + p).orElse("ports above " + MAX_PORT);
    return purpose(id).map(p -> p.text() + " of " + owner);
  }

  private static long number(OfPort port) {
    if (port.equals(OfPort.LOCAL)) {
      return LOCAL;
    }
    return port.toLong() <= MAX_PORT ? port.toLong() : ANY_OTHER;
  }

  /** What the meter with this id is for; empty if it is none of ours. */
  public static Optional<Purpose> purpose(long id) {
    if (id == PROBE_METER) {
      return Optional.of(Purpose.PROBE);
    }
    long number = id >>> PURPOSE_BITS;
    boolean ours = number > 0 && (number <= MAX_PORT || number == LOCAL || number == ANY_OTHER);
    // The first three keep the codes 1 to 3 that they have always had; the fourth has 0.
    int ordinal = ((int) id - 1) & PURPOSE_MASK;
    return ours ? Optional.of(Purpose.values()[ordinal]) : Optional.empty();
  }

  /** The port whose meter has this id; empty if it is none of ours, or that of several ports. */
  public static Optional<OfPort> port(long id) {
    long number = id >>> PURPOSE_BITS;
    if (!purpose(id).isPresent() || id == PROBE_METER || number == ANY_OTHER) {
      return Optional.empty();
    }
    return Optional.of(number == LOCAL ? OfPort.LOCAL : OfPort.of(number));
  }
}
