/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.compile;

import com.google.common.collect.ImmutableList;
import org.overlane.flowrules.compile.Diagnostic.Code;
import org.overlane.flowrules.feature.NetworkContext;
import org.overlane.flowrules.model.PathLimit;

/** Puts into words what happens to a network's large packets on a node, and what to do about it. */
final class SizeDiagnostics {
  private SizeDiagnostics() {}

  static ImmutableList<Diagnostic> of(NetworkContext network) {
    if (network.paths().isEmpty()) {
      return ImmutableList.of();
    }
    PathLimit smallest = network.smallestLimit().get();
    String subject = "network " + network.network().id();
    String at = " of " + subject + " from " + network.node().node().id();
    ImmutableList.Builder<Diagnostic> found = ImmutableList.builder();
    boolean checks = network.node().checksSize();
    network
        .smallestUnfragmented()
        .map(
            limit ->
                checks
                    ? Diagnostic.of(Code.CONTROLLER_FRAGMENTS, subject, fragmented(limit, at))
                    : Diagnostic.of(Code.NO_SIZE_CHECK, subject, notChecked(limit, at)))
        .ifPresent(found::add);
    if (!checks && network.network().mssClamping()) {
      found.add(Diagnostic.of(Code.NO_MSS_CLAMPING, subject, notClamped(smallest, at)));
    }
    if (smallest.ipMtu() < PathLimit.IPV6_MINIMUM) {
      found.add(Diagnostic.of(Code.BELOW_IPV6_MINIMUM, subject, belowMinimum(smallest, at)));
    }
    return found.build();
  }

  private static String notChecked(PathLimit smallest, String at) {
    return "IP packets"
        + at
        + " that are larger than "
        + smallest.ipMtu()
        + " bytes are neither answered nor fragmented by Overlane: the switch or its southbound"
        + " cannot compare lengths. Give the VMs an MTU of "
        + smallest.ipMtu()
        + ", or raise the underlay MTU by "
        + smallest.overhead();
  }

  private static String notClamped(PathLimit smallest, String at) {
    return "the MSS of TCP connections"
        + at
        + " is not clamped: the switch or its southbound cannot match TCP flags. Give the VMs an"
        + " MTU of "
        + smallest.ipMtu();
  }

  private static String fragmented(PathLimit smallest, String at) {
    return "the tunnel endpoint does not fragment outer packets, so IPv4 packets"
        + at
        + " that are larger than "
        + smallest.ipMtu()
        + " bytes and have DF clear are fragmented by the controller, a limited number a second."
        + " For more, raise the underlay MTU by "
        + smallest.overhead()
        + ", or use a management-os endpoint over IPv4; where the endpoint does fragment, say so"
        + " in tunnel.fragments";
  }

  private static String belowMinimum(PathLimit smallest, String at) {
    return "IPv6 packets"
        + at
        + " may have "
        + smallest.ipMtu()
        + " bytes towards "
        + smallest.to()
        + ", less than the "
        + PathLimit.IPV6_MINIMUM
        + " that IPv6 demands: larger ones arrive only where the endpoint fragments. Raise the"
        + " underlay MTU of "
        + smallest.narrowest()
        + ", or of the bridge that connects it, to "
        + (PathLimit.IPV6_MINIMUM + smallest.overhead())
        + " or more";
  }
}
