/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.api;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.overlane.app.drift.DriftState;
import org.overlane.app.probing.TunnelReport;
import org.overlane.app.reconcile.SwitchStatus;
import org.overlane.app.reconcile.VerificationState;
import org.overlane.app.tunnels.OvsdbReport;
import org.overlane.app.tunnels.ProvisionReport;
import org.overlane.config.Assembly;
import org.overlane.config.ModelDocument;
import org.overlane.flowrules.compile.CompileResult;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.FlowTables;

/** What REST and the command line use of Overlane. Thread-safe. */
public interface OverlaneService {
  /** All that is declared: devices from ONOS's network configuration, the rest from the store. */
  ModelView model();

  /**
   * Changes what is declared: all of it or nothing. Networks and endpoints change in one step, also
   * in a cluster; devices follow through ONOS's network configuration.
   *
   * @param change from the present document to the wanted one; called again if somebody else was
   *     faster; may throw to refuse
   * @param dryRun whether to check only
   * @return the document after the change
   * @throws ConflictException if the wanted document has contradictions that the present one does
   *     not have
   */
  ModelView change(UnaryOperator<ModelDocument> change, boolean dryRun);

  /** What becomes of a document with the switches as they are. */
  Assembly assembly(ModelDocument document);

  /** What the model asks for on one switch; empty if the model does not know it. */
  Optional<CompileResult> compile(NodeId id);

  /** What a switch has, of what the model wants there and besides, as ONOS knows it. */
  ObservedTables observed(NodeId id, FlowTables desired);

  /** All switches that are configured or connected. */
  ImmutableSortedMap<NodeId, SwitchStatus> statuses();

  /**
   * How the database of a device's host is doing, and what it tells; empty if none is configured.
   */
  Optional<OvsdbReport> ovsdb(NodeId id);

  /** What the entries of a switch have counted, by packet class. */
  ImmutableList<ClassCounters> counters(NodeId id);

  /** What the meters of a switch have counted, by purpose. */
  ImmutableList<MeterCounters> meters(NodeId id);

  /** Hosts that have connected by themselves, but that nobody has declared. */
  default ImmutableList<String> unknownHosts() {
    return ImmutableList.of();
  }

  /** What is, or would be, set up for devices in the databases of their hosts, by device. */
  default ImmutableList<ProvisionReport> provisioning() {
    return model().document().devices().keySet().stream()
        .map(id -> ovsdb(id).flatMap(OvsdbReport::provisioning))
        .filter(Optional::isPresent)
        .map(Optional::get)
        .collect(ImmutableList.toImmutableList());
  }

  /** What became of packets that did not fit, on this controller since it was started. */
  LargePacketReport largePackets();

  /** What switches have dropped, and what came to their meters; of those that are known. */
  DropReport drops(Iterable<NodeId> nodes);

  /** The tunnels between nodes, and what probes have found about them. */
  TunnelReport tunnels();

  /** What the verifier has said about the tables of each switch, and what is done about it. */
  VerificationState verification();

  /** What switches had at the last look beside what they should have, and whether it matters. */
  DriftState drift();

  /** What this controller has done, and whether it is alive. */
  ActivityReport activity();

  /** Why the model cannot be put to work at all, if it cannot. */
  Optional<String> problem();
}
