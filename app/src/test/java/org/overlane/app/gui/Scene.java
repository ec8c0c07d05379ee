/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.gui;

import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DefaultLink;
import org.onosproject.net.DeviceId;
import org.onosproject.net.Link;
import org.onosproject.net.PortNumber;
import org.onosproject.net.provider.ProviderId;
import org.overlane.app.api.OverlaneService;
import org.overlane.app.drift.Drift;
import org.overlane.app.drift.DriftReport;
import org.overlane.app.drift.DriftState;
import org.overlane.app.probing.Tunnel;
import org.overlane.app.probing.TunnelState;
import org.overlane.app.probing.TunnelStatus;
import org.overlane.app.reconcile.SwitchStatus;
import org.overlane.config.ModelDocument;
import org.overlane.config.ModelReader;
import org.overlane.flowrules.compile.Diagnostic;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.NodeId;
import org.overlane.tunnels.probing.ProbePath;

/** Three switches that are declared, a stranger, and whatever a test adds. Not thread-safe. */
final class Scene {
  static final NodeId ONE = NodeId.of("of:0000000000000001");
  static final NodeId TWO = NodeId.of("of:0000000000000002");
  static final NodeId THREE = NodeId.of("of:0000000000000003");
  static final NodeId STRANGER = NodeId.of("of:00000000000000ff");

  private static final String DOCUMENT =
      "{'devices': {'of:0000000000000001': {'overlane': {}}, 'of:0000000000000002': {'overlane':"
          + " {}}, 'of:0000000000000003': {'overlane': {}}}, 'networks': [{'id': 'blue', 'vni':"
          + " 100}]}";

  private final Map<NodeId, SwitchStatus> switches = new TreeMap<>();
  private final List<TunnelStatus> tunnels = new ArrayList<>();
  private final Map<NodeId, DriftReport> drift = new TreeMap<>();

  Scene() {
    for (NodeId id : ImmutableList.of(ONE, TWO, THREE)) {
      status(id, SwitchStatus.State.IN_SYNC);
    }
    status(STRANGER, SwitchStatus.State.UNCONFIGURED);
  }

  /** Puts a switch into a state, with diagnostics, and the state as a reason unless it is well. */
  Scene status(NodeId id, SwitchStatus.State state, Diagnostic... diagnostics) {
    SwitchStatus status = mock(SwitchStatus.class);
    when(status.id()).thenReturn(id);
    when(status.state()).thenReturn(state);
    when(status.reasons())
        .thenReturn(
            state == SwitchStatus.State.FAILED
                ? ImmutableList.of("table full")
                : ImmutableList.of());
    when(status.pending()).thenReturn(ImmutableList.of());
    when(status.diagnostics()).thenReturn(ImmutableList.copyOf(diagnostics));
    switches.put(id, status);
    return this;
  }

  Scene tunnel(NodeId from, NodeId to, TunnelState state) {
    return tunnel(from, to, state, OptionalInt.empty());
  }

  Scene tunnel(NodeId from, NodeId to, TunnelState state, OptionalInt limit) {
    Tunnel tunnel = mock(Tunnel.class);
    when(tunnel.path()).thenReturn(ProbePath.of(from, to, AddressFamily.IPV4));
    when(tunnel.bound()).thenReturn(1500);
    TunnelStatus status = mock(TunnelStatus.class);
    when(status.tunnel()).thenReturn(tunnel);
    when(status.state()).thenReturn(state);
    when(status.why()).thenReturn("for a reason");
    when(status.limit()).thenReturn(limit);
    tunnels.add(status);
    return this;
  }

  /** Entries that do harm. */
  Scene harmful(NodeId id, int count) {
    DriftReport report = mock(DriftReport.class);
    when(report.count(Drift.Effect.HARMFUL)).thenReturn(count);
    when(report.summary()).thenReturn(count + " harmful");
    drift.put(id, report);
    return this;
  }

  OverlaneService service() {
    ModelDocument document = new ModelReader().readDocument(DOCUMENT.replace('\'', '"'));
    OverlaneService service = mock(OverlaneService.class, RETURNS_DEEP_STUBS);
    when(service.model().document()).thenReturn(document);
    when(service.statuses()).thenReturn(ImmutableSortedMap.copyOf(switches));
    when(service.tunnels().tunnels()).thenReturn(tunnels);
    when(service.drift()).thenReturn(DriftState.of(60, ImmutableSortedMap.copyOf(drift)));
    when(service.problem()).thenReturn(Optional.empty());
    return service;
  }

  Overview overview() {
    return Overview.of(service());
  }

  static ConnectPoint point(NodeId node) {
    return new ConnectPoint(DeviceId.deviceId(node.toString()), PortNumber.portNumber(1));
  }

  /** A link of ONOS's topology, in both directions. */
  static ImmutableList<Link> link(NodeId one, NodeId two) {
    return ImmutableList.of(directed(point(one), point(two)), directed(point(two), point(one)));
  }

  private static Link directed(ConnectPoint from, ConnectPoint to) {
    return DefaultLink.builder()
        .providerId(new ProviderId("of", "test"))
        .src(from)
        .dst(to)
        .type(Link.Type.DIRECT)
        .build();
  }
}
