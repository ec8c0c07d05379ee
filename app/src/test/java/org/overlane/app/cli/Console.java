/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.impl.action.command.DefaultActionPreparator;
import org.apache.karaf.shell.support.CommandException;
import org.overlane.app.api.ClassCounters;
import org.overlane.app.api.ConflictException;
import org.overlane.app.api.DropReport;
import org.overlane.app.api.LargePacketReport;
import org.overlane.app.api.ModelView;
import org.overlane.app.api.ObservedTables;
import org.overlane.app.api.OverlaneService;
import org.overlane.app.drift.DriftState;
import org.overlane.app.probing.SampleTunnels;
import org.overlane.app.reconcile.Fabric;
import org.overlane.app.reconcile.Notice;
import org.overlane.app.reconcile.Progress;
import org.overlane.app.reconcile.SwitchStatus;
import org.overlane.app.reconcile.Verification;
import org.overlane.app.reconcile.VerificationState;
import org.overlane.app.slowpath.Tracked;
import org.overlane.config.Assembly;
import org.overlane.config.ModelAssembler;
import org.overlane.config.ModelChecks;
import org.overlane.config.ModelDocument;
import org.overlane.config.ModelReader;
import org.overlane.config.PortDirectory;
import org.overlane.flowrules.compile.PipelineCompiler;
import org.overlane.flowrules.feature.PacketClass;
import org.overlane.flowrules.model.NodeId;

/**
 * A console of a controller whose model is an example: commands are parsed as Karaf parses them,
 * and changes are checked as the real store checks them.
 */
final class Console {
  static final String HV1 = "of:0000000000000001";

  final OverlaneService overlane = mock(OverlaneService.class);
  private final List<String> lines = new ArrayList<>();
  private ModelDocument document;

  Console() throws IOException {
    try (InputStream in = Files.newInputStream(Path.of("../examples/large-packets.json"))) {
      document = new ModelReader().readDocument(in);
    }
    when(overlane.model()).thenAnswer(call -> ModelView.of(document, 1));
    when(overlane.assembly(any())).thenAnswer(call -> assembly(call.getArgument(0)));
    when(overlane.change(any(), anyBoolean()))
        .thenAnswer(call -> change(call.getArgument(0), call.getArgument(1)));
    when(overlane.compile(any()))
        .thenAnswer(
            call ->
                assembly(document).model().node(call.getArgument(0)).isPresent()
                    ? Optional.of(
                        new PipelineCompiler()
                            .compile(assembly(document).model(), call.getArgument(0)))
                    : Optional.empty());
    when(overlane.observed(any(), any()))
        .thenAnswer(
            call ->
                ObservedTables.of(
                    true, call.getArgument(1), ImmutableList.of(), ImmutableList.of()));
    when(overlane.problem()).thenReturn(Optional.empty());
    when(overlane.unknownHosts()).thenReturn(ImmutableList.of());
    when(overlane.ovsdb(any())).thenReturn(Optional.empty());
    when(overlane.provisioning()).thenReturn(ImmutableList.of());
    answerReports();
  }

  private void answerReports() {
    SwitchStatus status = status();
    when(overlane.statuses()).thenReturn(ImmutableSortedMap.of(NodeId.of(HV1), status));
    when(overlane.drift()).thenReturn(DriftState.of(60, ImmutableSortedMap.of()));
    when(overlane.verification())
        .thenReturn(VerificationState.of(Verification.Policy.WARN, ImmutableSortedMap.of()));
    when(overlane.tunnels()).thenReturn(SampleTunnels.among(2));
    when(overlane.largePackets())
        .thenReturn(
            LargePacketReport.of(ImmutableMap.of(), ImmutableList.of(), Tracked.of(3, 2, 1)));
    when(overlane.counters(any()))
        .thenReturn(ImmutableList.of(ClassCounters.of(PacketClass.VXLAN_RECEIVE, 2, 7, 700)));
    when(overlane.drops(any()))
        .thenReturn(
            DropReport.of(
                ImmutableList.of(
                    DropReport.EntryRow.of(
                        NodeId.of(HV1), PacketClass.UNKNOWN_VNI, 0, "tunnel port 10", 4)),
                ImmutableList.of(
                    DropReport.MeterRow.of(NodeId.of(HV1), "fragments for the VTEP", 7, 3))));
  }

  private static SwitchStatus status() {
    SwitchStatus status = mock(SwitchStatus.class, RETURNS_DEEP_STUBS);
    when(status.id()).thenReturn(NodeId.of(HV1));
    when(status.state()).thenReturn(SwitchStatus.State.IN_SYNC);
    when(status.link()).thenReturn(Fabric.Link.HERE);
    when(status.entries()).thenReturn(Progress.of(24, 24, 0, 0));
    when(status.groups()).thenReturn(Progress.NONE);
    when(status.meters()).thenReturn(Progress.NONE);
    when(status.lastChange()).thenReturn(Optional.empty());
    when(status.lastError()).thenReturn(Optional.empty());
    when(status.lastErrorAt()).thenReturn(Optional.empty());
    when(status.reasons()).thenReturn(ImmutableList.of());
    when(status.pending()).thenReturn(ImmutableList.of());
    when(status.diagnostics()).thenReturn(ImmutableList.of());
    when(status.notices())
        .thenReturn(ImmutableList.of(Notice.of("port 1", "is down", "Plug it in")));
    return status;
  }

  private static Assembly assembly(ModelDocument document) {
    return ModelAssembler.assemble(document, PortDirectory.offline());
  }

  private ModelView change(UnaryOperator<ModelDocument> change, boolean dryRun) {
    ModelDocument wanted = change.apply(document);
    if (!ModelChecks.check(wanted).isEmpty()) {
      throw new ConflictException(ModelChecks.check(wanted));
    }
    document = dryRun ? document : wanted;
    return ModelView.of(wanted, 1);
  }

  ModelDocument document() {
    return document;
  }

  /** What a command prints. */
  String run(OverlaneCommand command, String... arguments) throws Exception {
    lines.clear();
    command.source = () -> overlane;
    command.console = lines::add;
    List<Object> words = new ArrayList<>(Arrays.asList(arguments));
    if (new DefaultActionPreparator().prepare(command, mock(Session.class), words)) {
      command.doExecute();
    }
    return String.join("\n", lines);
  }

  JsonNode json(OverlaneCommand command, String... arguments) throws Exception {
    List<String> words = new ArrayList<>(Arrays.asList(arguments));
    words.add(0, "--json");
    return new ObjectMapper().readTree(run(command, words.toArray(new String[0])));
  }

  /** What a command that must be refused tells; nothing may have changed. */
  String refusal(OverlaneCommand command, String... arguments) {
    ModelDocument before = document;
    CommandException[] caught = new CommandException[1];
    assertThatThrownBy(() -> run(command, arguments))
        .isInstanceOfSatisfying(CommandException.class, e -> caught[0] = e);
    org.assertj.core.api.Assertions.assertThat(document).isEqualTo(before);
    return caught[0].getNiceHelp();
  }
}
