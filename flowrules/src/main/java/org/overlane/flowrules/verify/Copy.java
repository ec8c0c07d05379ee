/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import java.util.Optional;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;

/** One output of a set of packets: to a port, or to the controller. Immutable. */
final class Copy {
  private final OfPort port;
  private final boolean suppressed;
  private final PacketSet then;
  private final Branch by;

  Copy(OfPort port, boolean suppressed, PacketSet then, Branch by) {
    this.port = port;
    this.suppressed = suppressed;
    this.then = then;
    this.by = by;
  }

  /** Never IN_PORT, but the port that it stands for. */
  OfPort port() {
    return port;
  }

  boolean isToController() {
    return port.equals(OfPort.CONTROLLER);
  }

  /** Whether the switch sends nothing, since the port is that of arrival. */
  boolean isSuppressed() {
    return suppressed;
  }

  Optional<Long> meter() {
    return by.instructions().meter();
  }

  /** Some of the packets, with what had been written to them at the moment of the output. */
  private PacketSet at(PacketSet packets) {
    return packets.withWrittenOf(then);
  }

  /** The key with which a tunnel port sends some of the packets; null if they differ. */
  Bits tunnelKey(PacketSet packets) {
    return at(packets).known(Field.TUNNEL_ID);
  }

  /**
   * The destination to which a flow-based tunnel port sends them: IPv4 goes before IPv6 where both
   * are set. Empty if there is none, or they differ.
   */
  Optional<IpAddress> tunnelDestination(PacketSet packets) {
    return tunnelDestinationOf(at(packets));
  }

  static Optional<IpAddress> tunnelDestinationOf(PacketSet packets) {
    Bits ipv4 = packets.known(Field.TUN_DST);
    if (ipv4 == null) {
      return Optional.empty();
    }
    if (!ipv4.isZero()) {
      return Optional.of(IpAddress.of(ipv4.toOctets(4)));
    }
    Bits ipv6 = packets.known(Field.TUN_IPV6_DST);
    return ipv6 == null || ipv6.isZero()
        ? Optional.empty()
        : Optional.of(IpAddress.of(ipv6.toOctets(16)));
  }

  /** Whether the tunnel's destination has been written since the packets were as given. */
  boolean isForAnother(PacketSet before) {
    return then.written(Field.TUN_DST) != before.written(Field.TUN_DST)
        || then.written(Field.TUN_IPV6_DST) != before.written(Field.TUN_IPV6_DST);
  }

  /** Whether the frame itself is another one than what came. */
  boolean isAltered() {
    for (Field field : Field.values()) {
      if (then.written(field) != null && isOfFrame(field)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfFrame(Field field) {
    return field == Field.ETH_DST
        || field == Field.ETH_SRC
        || !SwitchView.isOfEveryPacket(field)
        || field == Field.VLAN_VID;
  }
}
