/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.overlane.openflow.channel.ModOutcome;
import org.overlane.openflow.channel.ObservedFlow;
import org.overlane.openflow.channel.SwitchConnection;
import org.overlane.openflow.channel.SwitchCounters;
import org.overlane.openflow.channel.SwitchProfileInfo;
import org.projectfloodlight.openflow.protocol.OFControllerRole;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFFlowMod;
import org.projectfloodlight.openflow.protocol.OFGroupDescStatsEntry;
import org.projectfloodlight.openflow.protocol.OFGroupMod;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFMeterConfig;
import org.projectfloodlight.openflow.protocol.OFMeterMod;
import org.projectfloodlight.openflow.protocol.OFPortDesc;
import org.projectfloodlight.openflow.protocol.OFStatsReply;
import org.projectfloodlight.openflow.protocol.OFStatsRequest;
import org.projectfloodlight.openflow.protocol.OFVersion;

/** A switch that records what it is sent and answers as the test says. */
final class FakeConnection implements SwitchConnection {

  static final OFFactory FACTORY = OFFactories.getFactory(OFVersion.OF_13);

  final List<OFFlowMod> flowMods = new CopyOnWriteArrayList<>();
  final List<Integer> flowBatches = new CopyOnWriteArrayList<>();
  final List<OFGroupMod> groupMods = new CopyOnWriteArrayList<>();
  final List<OFMeterMod> meterMods = new CopyOnWriteArrayList<>();
  final List<OFMessage> messages = new CopyOnWriteArrayList<>();
  final List<OFControllerRole> roles = new CopyOnWriteArrayList<>();
  volatile Function<OFMessage, ModOutcome> answer = mod -> ModOutcome.done();
  volatile CompletableFuture<List<ObservedFlow>> flows =
      CompletableFuture.completedFuture(ImmutableList.of());
  volatile List<OFGroupDescStatsEntry> groups = ImmutableList.of();
  volatile List<OFMeterConfig> meters = ImmutableList.of();
  volatile Function<OFStatsRequest<?>, OFStatsReply> statistics = request -> null;
  volatile List<OFPortDesc> ports = ImmutableList.of();
  volatile OFControllerRole role = OFControllerRole.ROLE_MASTER;
  volatile Function<OFControllerRole, CompletableFuture<OFControllerRole>> roleAnswer =
      CompletableFuture::completedFuture;
  volatile CompletableFuture<Void> barrier = CompletableFuture.completedFuture(null);
  volatile boolean connected = true;
  volatile SwitchProfileInfo info =
      SwitchProfileInfo.builder()
          .datapathId(1)
          .version(OFVersion.OF_13)
          .nBuffers(0)
          .nTables(254)
          .remoteAddress(new InetSocketAddress("127.0.0.1", 4711))
          .manufacturer("Nicira, Inc.")
          .hardware("Open vSwitch")
          .software("3.1.0")
          .build();

  @Override
  public long datapathId() {
    return 1;
  }

  @Override
  public SwitchProfileInfo info() {
    return info;
  }

  @Override
  public OFFactory factory() {
    return FACTORY;
  }

  @Override
  public List<OFPortDesc> ports() {
    return ports;
  }

  @Override
  public OFControllerRole role() {
    return role;
  }

  @Override
  public CompletableFuture<OFControllerRole> requestRole(OFControllerRole requested) {
    roles.add(requested);
    return roleAnswer.apply(requested);
  }

  @Override
  public void send(OFMessage message) {
    messages.add(message);
  }

  @Override
  public CompletableFuture<OFMessage> request(OFMessage request) {
    throw new UnsupportedOperationException("no provider sends single requests: " + request);
  }

  @Override
  public CompletableFuture<List<ModOutcome>> sendFlowMods(List<OFFlowMod> mods) {
    flowMods.addAll(mods);
    flowBatches.add(mods.size());
    return answers(mods);
  }

  @Override
  public CompletableFuture<List<ModOutcome>> sendGroupMods(List<OFGroupMod> mods) {
    groupMods.addAll(mods);
    return answers(mods);
  }

  @Override
  public CompletableFuture<List<ModOutcome>> sendMeterMods(List<OFMeterMod> mods) {
    meterMods.addAll(mods);
    return answers(mods);
  }

  private CompletableFuture<List<ModOutcome>> answers(List<? extends OFMessage> mods) {
    List<ModOutcome> outcomes = new ArrayList<>();
    mods.forEach(mod -> outcomes.add(answer.apply(mod)));
    return barrier.thenApply(done -> outcomes);
  }

  @Override
  @SuppressWarnings("unchecked") // the test gives the reply that belongs to the request
  public <R extends OFStatsReply> CompletableFuture<List<R>> requestStats(
      OFStatsRequest<R> request) {
    OFStatsReply reply = statistics.apply(request);
    return CompletableFuture.completedFuture(
        reply == null ? ImmutableList.of() : ImmutableList.of((R) reply));
  }

  @Override
  public CompletableFuture<List<OFGroupDescStatsEntry>> readGroups() {
    return CompletableFuture.completedFuture(groups);
  }

  @Override
  public CompletableFuture<List<OFMeterConfig>> readMeters() {
    return CompletableFuture.completedFuture(meters);
  }

  @Override
  public CompletableFuture<List<ObservedFlow>> readFlows() {
    return flows;
  }

  @Override
  public SwitchCounters counters() {
    return SwitchCounters.of(ImmutableMap.of(), ImmutableMap.of(), 0, 0);
  }

  @Override
  public boolean isConnected() {
    return connected;
  }

  @Override
  public void disconnect(String reason) {
    connected = false;
  }
}
