/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.overlane.openflow.channel.OpenFlowServer;
import org.overlane.openflow.channel.OvsSandbox;
import org.overlane.openflow.channel.RecordingListener;
import org.overlane.openflow.channel.ServerSettings;
import org.overlane.openflow.channel.SwitchConnection;
import org.projectfloodlight.openflow.protocol.OFControllerRole;

/** A bridge of a real Open vSwitch, connected to providers, which are its master. */
final class LiveSwitch implements AutoCloseable {

  static final String BRIDGE = "br0";

  final OvsSandbox ovs;
  final Switches switches;
  final ExecutorService workers = Executors.newFixedThreadPool(4);
  final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  /** The switch each time that it is mastered. */
  final BlockingQueue<ConnectedSwitch> mastered = new LinkedBlockingQueue<>();

  private final OpenFlowServer server;

  /** Starts the server and an Open vSwitch without a bridge. */
  LiveSwitch(Function<LiveSwitch, List<SwitchEvents>> providers) throws Exception {
    ovs = OvsSandbox.start();
    switches = new Switches(workers, workers);
    List<SwitchEvents> subscribers = new ArrayList<>(providers.apply(this));
    subscribers.add(
        new SwitchEvents() {
          @Override
          public void connected(ConnectedSwitch device) {
            device
                .connection()
                .requestRole(OFControllerRole.ROLE_MASTER)
                .thenRun(() -> switches.mastered(device));
          }

          @Override
          public void mastered(ConnectedSwitch device) {
            mastered.add(device);
          }
        });
    switches.subscribe(subscribers);
    server =
        OpenFlowServer.create(
            ServerSettings.builder().ports(ImmutableList.of(0)).build(), switches);
    server.start();
  }

  /** Adds the bridge, which connects. */
  ConnectedSwitch connect() throws Exception {
    ovs.addBridge(BRIDGE, 1, server.boundAddresses().get(0).getPort());
    return RecordingListener.next(mastered);
  }

  /** Waits until the switch has done what it was sent. */
  static void barrier(SwitchConnection connection) throws Exception {
    RecordingListener.get(connection.request(connection.factory().buildBarrierRequest().build()));
  }

  @Override
  public void close() throws Exception {
    server.stop();
    timer.shutdownNow();
    workers.shutdownNow();
    ovs.close();
  }
}
