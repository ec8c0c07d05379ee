/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.overlane.app.api.ActivityReport;
import org.overlane.app.api.ClassCounters;
import org.overlane.app.api.ConflictException;
import org.overlane.app.api.DropReport;
import org.overlane.app.api.LargePacketReport;
import org.overlane.app.api.ModelView;
import org.overlane.app.api.ObservedTables;
import org.overlane.app.api.OtherEntry;
import org.overlane.app.api.OverlaneService;
import org.overlane.app.drift.Difference;
import org.overlane.app.drift.Drift;
import org.overlane.app.drift.DriftReport;
import org.overlane.app.drift.DriftState;
import org.overlane.app.probing.SampleTunnels;
import org.overlane.app.probing.TunnelReport;
import org.overlane.app.reconcile.Fabric;
import org.overlane.app.reconcile.LoopActivity;
import org.overlane.app.reconcile.Notice;
import org.overlane.app.reconcile.Progress;
import org.overlane.app.reconcile.SwitchStatus;
import org.overlane.app.reconcile.Verdict;
import org.overlane.app.reconcile.Verification;
import org.overlane.app.reconcile.VerificationState;
import org.overlane.app.slowpath.PacketInCounters;
import org.overlane.app.slowpath.Tracked;
import org.overlane.app.tunnels.OvsdbReport;
import org.overlane.app.tunnels.ProvisionReport;
import org.overlane.config.ModelAssembler;
import org.overlane.config.ModelChecks;
import org.overlane.config.ModelDocument;
import org.overlane.config.ModelReader;
import org.overlane.config.OvsdbAddress;
import org.overlane.config.Pending;
import org.overlane.config.PortDirectory;
import org.overlane.flowrules.compile.PipelineCompiler;
import org.overlane.flowrules.feature.PacketClass;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.pipeline.PortMeters;
import org.overlane.flowrules.verify.VerificationReport;
import org.overlane.flowrules.verify.Verifier;
import org.overlane.monitoring.DurationHistogram;
import org.overlane.tunnels.discovery.BridgeFacts;
import org.overlane.tunnels.discovery.DeviceDiscovery;
import org.overlane.tunnels.ovsdb.ConnectionState;

/** An Overlane of four switches in which every answer has something to tell. */
final class SampleOverlane {
  static final NodeId HV1 = NodeId.of("of:0000000000000001");
  private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");

  private static SampleOverlane only;

  private final ModelDocument initial;
  private ModelDocument document;
  private long revision = 1;
  private OverlaneService service;

  private SampleOverlane(ModelDocument document) {
    this.initial = document;
    this.document = document;
  }

  /** As it was in the beginning; there is one only, which takes a while to make. */
  static synchronized OverlaneService anew() throws IOException {
    if (only == null) {
      try (InputStream in = Files.newInputStream(Path.of("../examples/native-split.json"))) {
        ModelReader reader = new ModelReader();
        only =
            new SampleOverlane(
                reader
                    .readDocument(in)
                    .with(reader.readNetwork("{\"id\": \"spare\", \"vni\": 999}")));
      }
      only.service = only.service();
    }
    only.document = only.initial;
    only.revision = 1;
    return only.service;
  }

  /** One that has nothing to do. */
  static OverlaneService well() {
    OverlaneService overlane = mock(OverlaneService.class);
    when(overlane.model()).thenReturn(ModelView.of(ModelDocument.EMPTY, 1));
    when(overlane.statuses()).thenReturn(ImmutableSortedMap.of());
    when(overlane.problem()).thenReturn(Optional.empty());
    return overlane;
  }

  private OverlaneService service() {
    OverlaneService overlane = mock(OverlaneService.class);
    when(overlane.model()).thenAnswer(call -> ModelView.of(document, revision));
    when(overlane.change(any(), org.mockito.ArgumentMatchers.anyBoolean()))
        .thenAnswer(call -> change(call.getArgument(0), call.getArgument(1)));
    when(overlane.assembly(any()))
        .thenAnswer(call -> ModelAssembler.assemble(call.getArgument(0), PortDirectory.offline()));
    when(overlane.compile(any()))
        .thenAnswer(
            call ->
                network().node(call.getArgument(0)).isPresent()
                    ? Optional.of(new PipelineCompiler().compile(network(), call.getArgument(0)))
                    : Optional.empty());
    when(overlane.observed(any(), any())).thenAnswer(call -> observed(call.getArgument(1)));
    SwitchStatus status = status();
    when(overlane.statuses()).thenReturn(ImmutableSortedMap.of(HV1, status));
    OvsdbReport ovsdb = ovsdb();
    when(overlane.ovsdb(any())).thenReturn(Optional.empty());
    when(overlane.ovsdb(HV1)).thenReturn(Optional.of(ovsdb));
    ProvisionReport provisioning = ovsdb.provisioning().get();
    when(overlane.provisioning()).thenReturn(ImmutableList.of(provisioning));
    when(overlane.unknownHosts()).thenReturn(ImmutableList.of("192.0.2.7"));
    when(overlane.problem()).thenReturn(Optional.of("the store is away"));
    TunnelReport tunnels = SampleTunnels.among(3);
    when(overlane.tunnels()).thenReturn(tunnels);
    LoopActivity loop = mock(LoopActivity.class);
    when(loop.rounds()).thenReturn(new DurationHistogram());
    when(loop.plans()).thenReturn(new DurationHistogram());
    when(overlane.activity())
        .thenReturn(
            ActivityReport.of(
                loop, new PacketInCounters(), ImmutableMap.of(), Tracked.of(3, 2, 1)));
    addCounters(overlane);
    addVerdicts(overlane);
    return overlane;
  }

  private NetworkModel network() {
    return ModelAssembler.assemble(document, PortDirectory.offline()).model();
  }

  private synchronized ModelView change(UnaryOperator<ModelDocument> change, boolean dryRun) {
    ModelDocument wanted = change.apply(document);
    if (!ModelChecks.check(wanted).isEmpty()) {
      throw new ConflictException(ModelChecks.check(wanted));
    }
    if (!dryRun) {
      document = wanted;
      revision++;
    }
    return ModelView.of(wanted, revision);
  }

  private static ObservedTables observed(FlowTables desired) {
    OtherEntry other =
        OtherEntry.builder()
            .kind(OtherEntry.Kind.values()[0])
            .owner("org.onosproject.fwd")
            .text("selector=[...]")
            .table(0)
            .priority(7)
            .entry(Optional.of(desired.entries().get(0)))
            .unread(ImmutableList.of("EXTENSION"))
            .build();
    return ObservedTables.of(
        true, desired, desired.entries().subList(0, 1), ImmutableList.of(other));
  }

  private static SwitchStatus status() {
    SwitchStatus status = mock(SwitchStatus.class);
    when(status.id()).thenReturn(HV1);
    when(status.state()).thenReturn(SwitchStatus.State.FAILED);
    when(status.link()).thenReturn(Fabric.Link.HERE);
    when(status.entries()).thenReturn(Progress.of(4, 3, 1, 0));
    when(status.groups()).thenReturn(Progress.NONE);
    when(status.meters()).thenReturn(Progress.NONE);
    when(status.lastChange()).thenReturn(Optional.of(THEN));
    when(status.lastError()).thenReturn(Optional.of("the switch refuses it"));
    when(status.lastErrorAt()).thenReturn(Optional.of(THEN));
    when(status.reasons()).thenReturn(ImmutableList.of("the switch refuses it"));
    Pending pending = mock(Pending.class);
    when(pending.device()).thenReturn(HV1);
    when(pending.endpoint()).thenReturn(Optional.of("vm1"));
    when(pending.path()).thenReturn("port");
    when(pending.reason()).thenReturn("is not there");
    when(pending.remedy()).thenReturn("Plug it in");
    when(status.pending()).thenReturn(ImmutableList.of(pending));
    when(status.diagnostics()).thenReturn(ImmutableList.of());
    when(status.notices())
        .thenReturn(ImmutableList.of(Notice.of("fail_mode", "is standalone", "Set it")));
    return status;
  }

  private static OvsdbReport ovsdb() {
    ConnectionState connection = mock(ConnectionState.class);
    when(connection.phase()).thenReturn(ConnectionState.Phase.CONNECTED);
    when(connection.since()).thenReturn(THEN);
    when(connection.lastError()).thenReturn(Optional.of("it closed the connection"));
    when(connection.lastErrorAt()).thenReturn(Optional.of(THEN));
    BridgeFacts bridge = mock(BridgeFacts.class, RETURNS_DEEP_STUBS);
    when(bridge.name()).thenReturn("br-int");
    when(bridge.datapathType()).thenReturn("system");
    when(bridge.comparesLengths()).thenReturn(Optional.of(true));
    when(bridge.failMode()).thenReturn(Optional.empty());
    when(bridge.ports()).thenReturn(ImmutableList.of());
    DeviceDiscovery discovery = mock(DeviceDiscovery.class);
    when(discovery.bridge()).thenReturn(Optional.of(bridge));
    when(discovery.endpoints())
        .thenReturn(
            ImmutableList.of(
                new ModelReader()
                    .readEndpoint(
                        "{\"network\":\"blue\",\"mac\":\"02:00:00:00:01:77\","
                            + "\"device\":\"of:0000000000000001\",\"port\":5}")));
    ProvisionReport provisioning = mock(ProvisionReport.class);
    when(provisioning.device()).thenReturn(HV1);
    when(provisioning.policy()).thenReturn(Optional.empty());
    when(provisioning.state()).thenReturn(ProvisionReport.State.FAILED);
    when(provisioning.bridge()).thenReturn(Optional.of("br-int"));
    when(provisioning.changes()).thenReturn(ImmutableList.of("add tunnel port vx-overlane"));
    when(provisioning.conflicts()).thenReturn(ImmutableList.of());
    when(provisioning.lastError()).thenReturn(Optional.of("permission denied"));
    when(provisioning.lastErrorAt()).thenReturn(Optional.of(THEN));
    OvsdbReport report = mock(OvsdbReport.class);
    when(report.address()).thenReturn(OvsdbAddress.parse("tcp:192.0.2.10:6640"));
    when(report.connection()).thenReturn(connection);
    when(report.version()).thenReturn(Optional.of("3.1.0"));
    when(report.discovery()).thenReturn(Optional.of(discovery));
    when(report.provisioning()).thenReturn(Optional.of(provisioning));
    return report;
  }

  private static void addCounters(OverlaneService overlane) {
    when(overlane.counters(any()))
        .thenReturn(ImmutableList.of(ClassCounters.of(PacketClass.VXLAN_RECEIVE, 1, 7, 700)));
    when(overlane.meters(any())).thenReturn(ImmutableList.of());
    when(overlane.largePackets())
        .thenReturn(
            LargePacketReport.of(
                ImmutableMap.of(),
                ImmutableList.of(
                    LargePacketReport.MeterRow.of(
                        HV1, Optional.of(OfPort.of(11)), PortMeters.Purpose.values()[0], 7, 3)),
                Tracked.of(3, 2, 1)));
    when(overlane.drops(any()))
        .thenReturn(
            DropReport.of(
                ImmutableList.of(
                    DropReport.EntryRow.of(HV1, PacketClass.UNKNOWN_VNI, 0, "tunnel port 9", 1)),
                ImmutableList.of(DropReport.MeterRow.of(HV1, "fragments for the VTEP", 7, 3))));
  }

  /** A switch that has nothing at all breaks what it can break. */
  private void addVerdicts(OverlaneService overlane) {
    VerificationReport broken = Verifier.verifyOne(network(), HV1, FlowTables.EMPTY);
    Verdict verdict = mock(Verdict.class);
    when(verdict.device()).thenReturn(HV1);
    when(verdict.at()).thenReturn(THEN);
    when(verdict.millis()).thenReturn(12L);
    when(verdict.report()).thenReturn(Optional.of(broken));
    when(verdict.isRefused()).thenReturn(true);
    when(verdict.reason()).thenReturn(Optional.of("violates what holds"));
    when(overlane.verification())
        .thenReturn(
            VerificationState.of(Verification.Policy.WARN, ImmutableSortedMap.of(HV1, verdict)));
    Difference difference = mock(Difference.class);
    when(difference.kind()).thenReturn(Difference.Kind.CHANGED);
    when(difference.owner()).thenReturn("Overlane");
    when(difference.what()).thenReturn("actions=drop");
    when(difference.wanted()).thenReturn(Optional.of("actions=output:1"));
    when(difference.unread()).thenReturn(ImmutableList.of("EXTENSION"));
    Drift drift = mock(Drift.class);
    when(drift.difference()).thenReturn(difference);
    when(drift.effect()).thenReturn(Drift.Effect.HARMFUL);
    when(drift.violations()).thenReturn(broken.violations());
    DriftReport report = mock(DriftReport.class);
    when(report.device()).thenReturn(HV1);
    when(report.at()).thenReturn(THEN);
    when(report.summary()).thenReturn("1 harmful");
    when(report.problem()).thenReturn(Optional.of("too many"));
    when(report.violations()).thenReturn(broken.violations());
    when(report.drifts()).thenReturn(ImmutableList.of(drift));
    when(overlane.drift()).thenReturn(DriftState.of(60, ImmutableSortedMap.of(HV1, report)));
  }
}
