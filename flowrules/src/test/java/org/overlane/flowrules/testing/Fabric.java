/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.overlane.flowrules.compile.PipelineCompiler;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.TunnelEndpoint;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FlowTables;

/** All switches of a model with their compiled tables, and the tunnels between them. */
public final class Fabric {
  /** A port that got a frame. */
  public record Delivery(NodeId node, OfPort port) {}

  private final NetworkModel model;
  private final Map<NodeId, FlowTables> tables = new HashMap<>();

  public Fabric(NetworkModel model) {
    this.model = model;
    PipelineCompiler compiler = new PipelineCompiler();
    model.nodes().keySet().forEach(id -> tables.put(id, compiler.compile(model, id).tables()));
  }

  public FlowTables tables(NodeId node) {
    return tables.get(node);
  }

  /** Where a frame from an endpoint ends, in the order of the copies. */
  public List<Delivery> send(Endpoint from, MacAddress to) {
    return send(from, Packet.frame(from.port().orElseThrow(), from.mac(), to));
  }

  /** A copy for the controller ends at its port of the node. */
  public List<Delivery> send(Endpoint from, Packet packet) {
    return deliver(from.node(), Interpreter.run(tables.get(from.node()), packet));
  }

  /** Where a packet ends that the controller gives to a switch with these actions. */
  public List<Delivery> packetOut(NodeId node, Packet packet, List<Action> actions) {
    return deliver(node, Interpreter.run(tables.get(node), packet, actions));
  }

  /** Where the outputs of a node's switch end. */
  public List<Delivery> deliver(NodeId id, Interpreter run) {
    List<Delivery> deliveries = new ArrayList<>();
    Node node = model.node(id).orElseThrow();
    for (Interpreter.Output output : run.outputs()) {
      Optional<TunnelEndpoint> tunnel = node.tunnel();
      if (tunnel.isPresent() && tunnel.get().ports().contains(output.port())) {
        overTunnel(node, tunnel.get(), output, deliveries);
      } else {
        deliveries.add(new Delivery(node.id(), output.port()));
      }
    }
    return deliveries;
  }

  private void overTunnel(
      Node from, TunnelEndpoint tunnel, Interpreter.Output output, List<Delivery> deliveries) {
    Packet packet = output.packet();
    if (tunnel instanceof TunnelEndpoint.ManagementOs) {
      Network network = networkOf((TunnelEndpoint.ManagementOs) tunnel, output.port());
      replicate(from, network, packet, deliveries);
      return;
    }
    int vni = (int) packet.get(Field.TUNNEL_ID);
    if (tunnel instanceof TunnelEndpoint.PortPerRemote) {
      ((TunnelEndpoint.PortPerRemote) tunnel)
          .portByRemote()
          .forEach(
              (address, port) -> {
                if (port.equals(output.port())) {
                  receive(from, owner(address), address, vni, packet, deliveries);
                }
              });
      return;
    }
    boolean ipv4 = packet.get(Field.TUN_DST) != 0;
    Bits bits = packet.fields().get(ipv4 ? Field.TUN_DST : Field.TUN_IPV6_DST);
    IpAddress address = IpAddress.of(bits.toOctets(ipv4 ? 4 : 16));
    receive(from, owner(address), address, vni, packet, deliveries);
  }

  /**
   * The management OS knows all members and which MAC is where; what goes to many stays in its
   * zones. One destination it would reach in any zone: it is the switch that must not send.
   */
  private void replicate(Node from, Network network, Packet packet, List<Delivery> deliveries) {
    MacAddress to = MacAddress.of(packet.get(Field.ETH_DST));
    for (NodeId member : model.nodesOf(network.id())) {
      boolean wanted =
          to.isMulticast() && from.sharesZoneWith(model.node(member).orElseThrow())
              || model.endpointsOf(network.id()).stream()
                  .anyMatch(e -> e.mac().equals(to) && e.node().equals(member));
      if (wanted && !member.equals(from.id())) {
        Node node = model.node(member).orElseThrow();
        receive(from, node, null, network.vni().toInt(), packet, deliveries);
      }
    }
  }

  private Network networkOf(TunnelEndpoint.ManagementOs tunnel, OfPort port) {
    return tunnel.portByNetwork().entrySet().stream()
        .filter(e -> e.getValue().equals(port))
        .map(e -> model.networks().get(e.getKey()))
        .findFirst()
        .orElseThrow();
  }

  private Node owner(IpAddress vtep) {
    return model.nodes().values().stream()
        .filter(n -> n.host().isEmpty() && n.vteps().contains(vtep))
        .findFirst()
        .orElseThrow();
  }

  /** The other end hands the frame to its switch, at the port and with the key of its kind. */
  private void receive(
      Node from, Node to, IpAddress at, int vni, Packet packet, List<Delivery> deliveries) {
    Packet bare =
        Packet.frame(
            OfPort.LOCAL,
            MacAddress.of(packet.get(Field.ETH_SRC)),
            MacAddress.of(packet.get(Field.ETH_DST)));
    for (OfPort port : arrivals(from, to, at, vni)) {
      Packet arriving = bare.with(Field.IN_PORT, port.toLong());
      boolean keyed = to.tunnel().orElseThrow().mode() != TunnelEndpoint.Mode.MANAGEMENT_OS;
      if (keyed) {
        arriving = arriving.with(Field.TUNNEL_ID, vni);
      }
      for (OfPort output : Interpreter.run(tables.get(to.id()), arriving).ports()) {
        deliveries.add(new Delivery(to.id(), output));
      }
    }
  }

  /** The port of arrival; none where the other end has no tunnel for it. */
  private List<OfPort> arrivals(Node from, Node to, IpAddress at, int vni) {
    if (to.tunnel().isEmpty()) {
      return List.of();
    }
    TunnelEndpoint tunnel = to.tunnel().get();
    if (tunnel instanceof TunnelEndpoint.Native) {
      return List.copyOf(tunnel.ports());
    } else if (tunnel instanceof TunnelEndpoint.ManagementOs) {
      return ((TunnelEndpoint.ManagementOs) tunnel)
          .portByNetwork().entrySet().stream()
              .filter(e -> model.networks().get(e.getKey()).vni().toInt() == vni)
              .map(Map.Entry::getValue)
              .toList();
    }
    return ((TunnelEndpoint.PortPerRemote) tunnel)
        .portByRemote().entrySet().stream()
            .filter(e -> from.vteps().contains(e.getKey()))
            .filter(e -> at == null || e.getKey().isIpv4() == at.isIpv4())
            .map(Map.Entry::getValue)
            .limit(1)
            .toList();
  }
}
