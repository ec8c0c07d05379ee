/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.onlab.util.OrderedExecutor;
import org.onosproject.core.GroupId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.meter.MeterCellId;
import org.overlane.openflow.channel.SwitchConnection;
import org.projectfloodlight.openflow.protocol.OFControllerRole;

/** One connection of a switch and what the providers keep about it. Thread-safe. */
final class ConnectedSwitch {

  private final SwitchConnection connection;
  private final DeviceId id;
  private final Instant since = Instant.now();
  private final Executor events;
  private final PacketQueue packets;
  private final RecentChanges<FlowRule> flowChanges = new RecentChanges<>();
  private final RecentChanges<GroupId> groupChanges = new RecentChanges<>();
  private final RecentChanges<MeterCellId> meterChanges = new RecentChanges<>();
  private final MendAttempts<MeterCellId> meterMends = new MendAttempts<>();
  private final AtomicBoolean awaitsMeters = new AtomicBoolean();
  private volatile Optional<String> lastRefusal = Optional.empty();

  /** The second executor is for packet-ins only, which ONOS's applications may keep for long. */
  ConnectedSwitch(SwitchConnection connection, Executor workers, Executor packetWorkers) {
    this.connection = connection;
    this.id = deviceId(connection.datapathId());
    this.events = new OrderedExecutor(workers);
    this.packets = new PacketQueue(packetWorkers);
  }

  /** ONOS's id of a datapath: "of:" and 16 hexadecimal digits. */
  static DeviceId deviceId(long datapathId) {
    return DeviceId.deviceId(URI.create(String.format("of:%016x", datapathId)));
  }

  SwitchConnection connection() {
    return connection;
  }

  DeviceId id() {
    return id;
  }

  Instant since() {
    return since;
  }

  boolean isMastered() {
    return connection.isConnected() && connection.role() == OFControllerRole.ROLE_MASTER;
  }

  /** By table, priority and match: that is what equality of rules means to ONOS. */
  RecentChanges<FlowRule> flowChanges() {
    return flowChanges;
  }

  RecentChanges<GroupId> groupChanges() {
    return groupChanges;
  }

  RecentChanges<MeterCellId> meterChanges() {
    return meterChanges;
  }

  MendAttempts<MeterCellId> meterMends() {
    return meterMends;
  }

  /** The switch refused a rule because it has not the meter that the rule refers to. */
  void lacksMeter() {
    awaitsMeters.set(true);
  }

  /** True, once, if a rule was refused for the lack of a meter. */
  boolean tookMeters() {
    return awaitsMeters.getAndSet(false);
  }

  /** Runs what has to happen in the order of the messages of the switch. */
  void inOrder(Runnable event) {
    events.execute(event);
  }

  /** The packet-ins that wait to be taken by ONOS. */
  PacketQueue packets() {
    return packets;
  }

  /** Why a rule, group or meter was last refused, by the switch or before it was sent. */
  Optional<String> lastRefusal() {
    return lastRefusal;
  }

  void refused(String what) {
    lastRefusal = Optional.of(what);
  }

  @Override
  public String toString() {
    return id.toString();
  }
}
