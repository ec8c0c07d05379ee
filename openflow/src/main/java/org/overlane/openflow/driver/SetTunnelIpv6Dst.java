/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.driver;

import org.onlab.packet.Ip6Address;
import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.onosproject.net.flow.instructions.ExtensionTreatmentType;

/** Sets the IPv6 destination of the tunnel (OVS tun_ipv6_dst). */
public final class SetTunnelIpv6Dst extends AbstractTypedExtension implements ExtensionTreatment {

  private static final String TUNNEL_DST = "tunnelIpv6Dst";

  /** :: until set. */
  public SetTunnelIpv6Dst() {
    super(ExtensionProperty.ip6(TUNNEL_DST));
  }

  public SetTunnelIpv6Dst(Ip6Address destination) {
    this();
    set(TUNNEL_DST, destination);
  }

  public Ip6Address tunnelIpv6Dst() {
    return (Ip6Address) value(TUNNEL_DST);
  }

  @Override
  public ExtensionTreatmentType type() {
    return OverlaneExtensions.SET_TUNNEL_IPV6_DST;
  }
}
