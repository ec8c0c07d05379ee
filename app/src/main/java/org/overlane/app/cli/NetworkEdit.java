/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** The fields of a network as options. */
abstract class NetworkEdit extends EditCommand {
  @Option(name = "--vni", description = "VXLAN network identifier, 1 to 16777215; unique")
  private String vni;

  @Option(
      name = "--underlay",
      description = "Address family between the tunnel endpoints: ipv4 or ipv6")
  @Completion(
      value = StringsCompleter.class,
      values = {"ipv4", "ipv6"})
  private String underlay;

  @Option(
      name = "--mss-clamping",
      description = "true: lower the MSS of TCP connections to what fits; or false")
  @Completion(
      value = StringsCompleter.class,
      values = {"true", "false"})
  private String mssClamping;

  @Option(
      name = "--advertise-mtu",
      description = "Set the MTU in replies of the network's VMs: dhcp, ra, true (both) or false")
  @Completion(
      value = StringsCompleter.class,
      values = {"true", "false", "dhcp", "ra"})
  private String advertiseMtu;

  @Option(
      name = "--gateways",
      description = "Where ICMP errors about large packets come from: ADDRESS,...")
  private String gateways;

  @Option(name = "--vlan-tags", description = "VLAN tags inside the overlay, 0 to 2")
  private String vlanTags;

  /** Sets what was given. */
  final Fields fields(ObjectNode json) {
    return new Fields(json)
        .number("vni", Optional.ofNullable(vni))
        .text("underlay", Optional.ofNullable(underlay))
        .flagOrText("mssClamping", Optional.ofNullable(mssClamping))
        .flagOrText("advertiseMtu", Optional.ofNullable(advertiseMtu))
        .list("gateways", Optional.ofNullable(gateways))
        .number("vlanTags", Optional.ofNullable(vlanTags));
  }
}
