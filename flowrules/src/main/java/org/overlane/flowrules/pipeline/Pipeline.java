/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.pipeline;

import com.google.common.collect.ImmutableList;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.pipeline.TableSpec.Stage;

/**
 * The tables. Ids leave gaps on purpose. Read from the last to the first, as a table names those
 * that come after it.
 *
 * <pre>
 *               underlay                                        VM
 *                  |                                             |
 *   0 Classify ----+--> management port (and back to the uplink) |
 *      |  \                                                      |
 *      |   `--- from a VM -------> 10 VmIngress --> controller   |
 *      |                               |                         |
 *      `-- from a tunnel --+           v                         |
 *                          |       30 Forward -------------------+
 *                          v           |                         |
 *                   20 TunnelIngress --(------------------------>'
 *      probes: controller <'           v
 *                  controller <--- 40 MssClamp     (TCP SYN, where the network clamps)
 *                                      v
 *                  controller <--- 51 Oversize     (IP packets that are too large)
 *                                      v
 *                               52 Encapsulate ---> tunnel port
 * </pre>
 *
 * <p>No table outputs from tunnel to tunnel, from a VM to an uplink or management port, or from a
 * management port to anything but its uplink: {@link TableSpec#outputs} does not let it. What goes
 * to the controller goes through a meter: {@link TableSpec#toController}.
 */
public final class Pipeline {
  public static final TableSpec ENCAPSULATE =
      TableSpec.builder(
              52,
              "Encapsulate",
              Stage.EGRESS,
              "Hands frames to the tunnel port that takes them, multicast to all remotes.")
          .matchesVni()
          .matches(Field.ETH_DST, Field.REG1)
          .sets(Field.TUN_DST, Field.TUN_IPV6_DST, Field.TUNNEL_ID)
          .outputs(PortRole.TUNNEL)
          .build();

  public static final TableSpec OVERSIZE =
      TableSpec.builder(
              51,
              "Oversize",
              Stage.EGRESS,
              "Decides about frames that the size check of Forward found too large.")
          .matchesVni()
          .matches(Field.IN_PORT, Field.ETH_DST, Field.ETH_TYPE, Field.IP_PROTO, Field.NW_FRAG)
          .matches(Field.IPV4_SRC, Field.IPV4_DST, Field.IPV6_SRC, Field.IPV6_DST, Field.REG0)
          .toController()
          .missGoesTo(ENCAPSULATE)
          .build();

  public static final TableSpec MSS_CLAMP =
      TableSpec.builder(
              40,
              "MssClamp",
              Stage.EGRESS,
              "Takes out TCP SYNs for other nodes, so that their MSS can be lowered.")
          .matchesVni()
          .matches(Field.IN_PORT, Field.ETH_TYPE, Field.IP_PROTO, Field.NW_FRAG, Field.TCP_FLAGS)
          .toController()
          .missGoesTo(OVERSIZE)
          .build();

  public static final TableSpec FORWARD =
      TableSpec.builder(
              30,
              "Forward",
              Stage.OVERLAY,
              "Looks up where a VM's frame goes, by VNI and destination MAC, and whether it fits.")
          .matchesVni()
          .matches(Field.ETH_DST)
          .sets(Field.TUN_DST, Field.TUN_IPV6_DST, Field.TUNNEL_ID, Field.REG0, Field.REG1)
          .outputs(PortRole.VM, PortRole.TUNNEL)
          .next(MSS_CLAMP, OVERSIZE, ENCAPSULATE)
          .build();

  public static final TableSpec TUNNEL_INGRESS =
      TableSpec.builder(
              20,
              "TunnelIngress",
              Stage.OVERLAY,
              "Delivers frames from a tunnel to local VMs of their VNI, and to nobody else; probes"
                  + " for the node itself to the controller.")
          .matchesVni()
          .matches(Field.ETH_DST)
          .outputs(PortRole.VM)
          .toController()
          .build();

  public static final TableSpec VM_INGRESS =
      TableSpec.builder(
              10,
              "VmIngress",
              Stage.OVERLAY,
              "Takes out what a VM tells others about their MTU, where the network advertises one.")
          .matchesVni()
          .matches(Field.IN_PORT, Field.ETH_TYPE, Field.IP_PROTO)
          .matches(Field.UDP_SRC, Field.UDP_DST, Field.ICMPV6_TYPE)
          .toController()
          .missGoesTo(FORWARD)
          .build();

  public static final TableSpec CLASSIFY =
      TableSpec.builder(
              0,
              "Classify",
              Stage.CLASSIFY,
              "Tells underlay, management OS, VMs and tunnels apart by port of arrival.")
          .requires(Field.IN_PORT)
          .matches(Field.ETH_SRC, Field.ETH_DST, Field.ETH_TYPE)
          .matches(Field.IP_PROTO, Field.IPV4_DST, Field.IPV6_DST, Field.TUNNEL_ID, Field.NW_FRAG)
          .setsVni()
          .outputs(PortRole.UPLINK, PortRole.MANAGEMENT)
          .next(VM_INGRESS, TUNNEL_INGRESS)
          .build();

  /** By id. */
  public static final ImmutableList<TableSpec> TABLES =
      ImmutableList.of(
          CLASSIFY, VM_INGRESS, TUNNEL_INGRESS, FORWARD, MSS_CLAMP, OVERSIZE, ENCAPSULATE);

  private Pipeline() {}
}
