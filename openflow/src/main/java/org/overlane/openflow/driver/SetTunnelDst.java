/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.driver;

import org.onlab.packet.Ip4Address;
import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.onosproject.net.flow.instructions.ExtensionTreatmentType;

/**
 * Sets the IPv4 destination of the tunnel (OVS tun_dst). Same type and property as in ONOS's own
 * Nicira driver.
 */
public final class SetTunnelDst extends AbstractTypedExtension implements ExtensionTreatment {

  private static final String TUNNEL_DST = "tunnelDst";

  /** 0.0.0.0 until set. */
  public SetTunnelDst() {
    super(ExtensionProperty.ip4(TUNNEL_DST));
  }

  public SetTunnelDst(Ip4Address destination) {
    this();
    set(TUNNEL_DST, destination);
  }

  public Ip4Address tunnelDst() {
    return (Ip4Address) value(TUNNEL_DST);
  }

  @Override
  public ExtensionTreatmentType type() {
    return OverlaneExtensions.SET_TUNNEL_DST;
  }
}
