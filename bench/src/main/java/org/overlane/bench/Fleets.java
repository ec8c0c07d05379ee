/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.bench;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import org.overlane.config.DeviceConfig;
import org.overlane.config.EndpointConfig;
import org.overlane.config.ManagementConfig;
import org.overlane.config.ModelAssembler;
import org.overlane.config.ModelDocument;
import org.overlane.config.PortDirectory;
import org.overlane.config.PortRef;
import org.overlane.config.TunnelConfig;
import org.overlane.config.UplinkConfig;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.Vni;

/** Fleets of hypervisors of any size, always the same. */
public final class Fleets {
  static final int ENDPOINTS_PER_NODE = 20;

  /** Port number of a node's first endpoint. */
  static final int FIRST_PORT = 100;

  private static final int BIG_NETWORKS = 10;

  private Fleets() {}

  /** How endpoints share networks. */
  public enum Shape {
    /** As many networks as nodes; the 20 endpoints of each are on 20 nodes. */
    SPREAD,
    /** Ten networks; every node has two endpoints in each. */
    BIG
  }

  static NodeId node(int index) {
    return NodeId.of(String.format("of:%016x", index + 1));
  }

  static NetworkId network(int index) {
    return NetworkId.of("net" + index);
  }

  static ModelDocument document(int nodes, Shape shape) {
    int networks = networks(nodes, shape);
    ModelDocument.Builder document = ModelDocument.builder();
    for (int i = 0; i < networks; i++) {
      document.add(Network.of(network(i), Vni.of(1000 + i)));
    }
    for (int i = 0; i < nodes; i++) {
      document.add(device(i));
      for (int slot = 0; slot < ENDPOINTS_PER_NODE; slot++) {
        document.add(endpoint(i, slot, network((i + slot) % networks)));
      }
    }
    return document.build();
  }

  /**
   * Nodes in groups, with one endpoint in each network of its group.
   *
   * @param group nodes of a group, which is how many endpoints a network has
   * @param ports endpoints of a node, 1 to 100
   */
  static ModelDocument groups(int nodes, int group, int ports) {
    ModelDocument.Builder document = ModelDocument.builder();
    for (int i = 0; i < (nodes + group - 1) / group * ports; i++) {
      document.add(Network.of(network(i), Vni.of(1000 + i)));
    }
    for (int i = 0; i < nodes; i++) {
      document.add(device(i));
      for (int slot = 0; slot < ports; slot++) {
        document.add(endpoint(i, slot, network(i / group * ports + slot)));
      }
    }
    return document.build();
  }

  static NetworkModel model(ModelDocument document) {
    return ModelAssembler.assemble(document, PortDirectory.offline()).model();
  }

  /** One more endpoint on a node of such a fleet, in a network that the node has already. */
  static EndpointConfig oneMore(int nodes, Shape shape, int node) {
    return endpoint(node, ENDPOINTS_PER_NODE, network(node % networks(nodes, shape)));
  }

  /** One more endpoint on a node of the first of such groups, in its first network. */
  static EndpointConfig oneMore(int node, int ports) {
    return endpoint(node, ports, network(0));
  }

  private static int networks(int nodes, Shape shape) {
    return shape == Shape.SPREAD ? nodes : BIG_NETWORKS;
  }

  private static DeviceConfig device(int index) {
    UplinkConfig uplink =
        UplinkConfig.of(
            PortRef.of(OfPort.of(1)),
            Optional.of(
                ManagementConfig.of(
                    PortRef.LOCAL, Optional.of(MacAddress.of(0x020a_0000_0000L + index)))));
    return DeviceConfig.builder(node(index))
        .uplinks(ImmutableList.of(uplink))
        .vteps(ImmutableList.of(address(0x0a000000 + index + 1)))
        .tunnel(TunnelConfig.Native.of(PortRef.of(OfPort.of(10))))
        .build();
  }

  private static EndpointConfig endpoint(int node, int slot, NetworkId network) {
    int number = node * 100 + slot;
    return EndpointConfig.of(
        "vm" + number,
        network,
        MacAddress.of(0x0200_0000_0000L + number),
        node(node),
        PortRef.of(OfPort.of(FIRST_PORT + slot)),
        ImmutableSet.of(address(0xac100000 + number)));
  }

  private static IpAddress address(int bits) {
    return IpAddress.of(
        new byte[] {(byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits});
  }
}
