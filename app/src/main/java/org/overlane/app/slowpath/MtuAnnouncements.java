/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.slowpath;

import com.google.common.collect.ImmutableList;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.overlane.flowrules.compile.Crossings;
import org.overlane.flowrules.compile.Crossings.Crossing;
import org.overlane.flowrules.compile.Crossings.Delivery;
import org.overlane.flowrules.compile.NetworkMtu;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.openflow.Action;
import org.overlane.slowpath.Reason;
import org.overlane.slowpath.SlowPath;
import org.overlane.slowpath.Verdict;

/**
 * Sets the MTU of their network in DHCP replies and router advertisements of VMs, and sends them
 * where the switch would have. Of one model; thread-safe.
 */
final class MtuAnnouncements {
  private final Crossings crossings;
  private final LargePackets.Output output;

  /** Takes a look at the nodes of a network, so only once for each. */
  private final Map<NetworkId, OptionalInt> mtus = new ConcurrentHashMap<>();

  MtuAnnouncements(Crossings crossings, LargePackets.Output output) {
    this.crossings = crossings;
    this.output = output;
  }

  Crossings crossings() {
    return crossings;
  }

  /** Deals with a unicast frame that is too large for its tunnel. */
  interface Oversize {
    Reason carryOut(Crossing crossing, byte[] frame);
  }

  /**
   * Deals with one message.
   *
   * @param dhcp whether it is a DHCP reply, which nobody has got yet; else a router advertisement,
   *     which the switch has sent on
   * @return what became of it
   */
  Reason receive(
      Endpoint from, MacAddress destination, boolean dhcp, byte[] frame, Oversize oversize) {
    int mtu = mtu(from.network()).orElse(SlowPath.NO_MTU);
    Verdict verdict =
        dhcp ? SlowPath.dhcpReply(frame, mtu) : SlowPath.routerAdvertisement(frame, mtu);
    if (verdict.kind() != Verdict.Kind.DELIVER) {
      return verdict.reason();
    }
    byte[] amended = verdict.frames().get(0);
    Delivery delivery = crossings.delivery(from, destination);
    send(from, delivery.local(), amended);
    if (delivery.remote().isEmpty()) {
      return delivery.local().isEmpty() ? Reason.DROPPED_UNKNOWN_ENDPOINT : verdict.reason();
    }
    if (amended.length <= delivery.frameLimit()) {
      delivery.remote().forEach(actions -> send(from, actions, amended));
      return verdict.reason();
    }
    return delivery
        .crossing()
        .map(crossing -> oversize.carryOut(crossing, amended))
        .orElse(Reason.DROPPED_MULTICAST);
  }

  private void send(Endpoint from, ImmutableList<Action> actions, byte[] frame) {
    if (!actions.isEmpty()) {
      output.send(from.node(), from.port().get(), actions, frame);
    }
  }

  private OptionalInt mtu(NetworkId id) {
    return mtus.computeIfAbsent(
        id, n -> NetworkMtu.of(crossings.model(), crossings.model().networks().get(n)));
  }
}
