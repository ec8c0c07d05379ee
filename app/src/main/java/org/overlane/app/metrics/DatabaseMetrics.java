/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.metrics;

import com.google.common.collect.ImmutableSortedMap;
import java.util.Locale;
import org.overlane.app.api.OverlaneService;
import org.overlane.app.tunnels.OvsdbReport;
import org.overlane.app.tunnels.ProvisionReport;
import org.overlane.flowrules.model.NodeId;
import org.overlane.monitoring.Exposition;
import org.overlane.tunnels.ovsdb.ConnectionState.Phase;

/** How the databases of hosts are doing, and what is set up in them. */
final class DatabaseMetrics {
  private DatabaseMetrics() {}

  static void addTo(Exposition to, OverlaneService overlane) {
    ImmutableSortedMap.Builder<NodeId, OvsdbReport> all = ImmutableSortedMap.naturalOrder();
    for (NodeId id : overlane.model().document().devices().keySet()) {
      overlane.ovsdb(id).ifPresent(report -> all.put(id, report));
    }
    ImmutableSortedMap<NodeId, OvsdbReport> reports = all.build();
    to.gauge(
        "overlane_ovsdb_connected",
        "1 if the database of the device's host is followed, 0 if it is not.",
        s ->
            reports.forEach(
                (id, r) ->
                    s.add(
                        r.connection().phase() == Phase.CONNECTED ? 1 : 0,
                        "device",
                        id.toString())));
    to.gauge(
        "overlane_ovsdb_unknown_hosts",
        "Hosts that have connected by themselves, but that nobody has declared.",
        s -> s.add(overlane.unknownHosts().size()));
    to.gauge(
        "overlane_provisioning_devices",
        "Devices that are set up in the databases of their hosts, by how far that is.",
        s -> {
          for (ProvisionReport.State state : ProvisionReport.State.values()) {
            long devices =
                reports.values().stream()
                    .filter(r -> r.provisioning().filter(p -> p.state() == state).isPresent())
                    .count();
            s.add(devices, "state", state.name().toLowerCase(Locale.ROOT));
          }
        });
  }
}
