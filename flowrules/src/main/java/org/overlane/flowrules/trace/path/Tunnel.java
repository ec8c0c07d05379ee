/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace.path;

import com.google.auto.value.AutoValue;
import java.util.Optional;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.Vni;

/** From the tunnel endpoint of one node to that of another. */
@AutoValue
abstract class Tunnel {
  private static final int UDP_AND_VXLAN = 8 + 8;

  abstract Node from();

  abstract Node to();

  abstract Vni vni();

  abstract AddressFamily family();

  /** Absent where the model does not know it, as {@link #destination}. */
  abstract Optional<IpAddress> source();

  abstract Optional<IpAddress> destination();

  static Tunnel of(Node from, Node to, Vni vni, IpAddress destination) {
    return of(from, to, vni, AddressFamily.of(destination), Optional.of(destination));
  }

  static Tunnel of(
      Node from, Node to, Vni vni, AddressFamily family, Optional<IpAddress> destination) {
    Optional<IpAddress> source =
        from.vteps().stream().filter(a -> AddressFamily.of(a) == family).findFirst();
    return new AutoValue_Tunnel(from, to, vni, family, source, destination);
  }

  /** Bytes of the outer packet, with its IP header, for a frame with Ethernet header. */
  int outerLength(int frame) {
    return frame + UDP_AND_VXLAN + (family() == AddressFamily.IPV4 ? 20 : 40);
  }
}
