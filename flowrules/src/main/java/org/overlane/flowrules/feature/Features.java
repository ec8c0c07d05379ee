/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.feature;

import com.google.common.collect.ImmutableList;

/** All features, in the order in which a newcomer would like to read about them. */
public final class Features {
  public static final ImmutableList<Feature> ALL =
      ImmutableList.of(
          new VxlanReceive(),
          new HostReceive(),
          new ManagementBypass(),
          new VmIngress(),
          new AdvertiseMtu(),
          new TunnelIngress(),
          new Probe(),
          new L2Forwarding(),
          new Flood(),
          new UnknownDestination(),
          new MssClamp(),
          new Oversize(),
          new OversizeException(),
          new VxlanTransmit(),
          new TableMiss());

  private Features() {}
}
