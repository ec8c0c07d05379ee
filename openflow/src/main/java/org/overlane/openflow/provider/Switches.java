/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.onosproject.net.DeviceId;
import org.overlane.monitoring.LimitedLog;
import org.overlane.openflow.channel.SwitchConnection;
import org.overlane.openflow.channel.SwitchListener;
import org.projectfloodlight.openflow.protocol.OFErrorMsg;
import org.projectfloodlight.openflow.protocol.OFFlowRemoved;
import org.projectfloodlight.openflow.protocol.OFPacketIn;
import org.projectfloodlight.openflow.protocol.OFPortStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The switches that are connected to this node. Takes the events of the channel off its threads,
 * since ONOS may block, and gives them to the providers in order.
 */
final class Switches implements SwitchListener {

  private static final Logger LOG = LoggerFactory.getLogger(Switches.class);

  private static final long IDLE_SECONDS = 5;

  private final Map<DeviceId, ConnectedSwitch> connected = new ConcurrentHashMap<>();
  private final Executor workers;
  private final Executor packetWorkers;
  private final LimitedLog limited = new LimitedLog(LOG);
  private final LongAdder connects = new LongAdder();
  private final LongAdder disconnects = new LongAdder();
  private volatile List<SwitchEvents> subscribers = ImmutableList.of();

  Switches(Executor workers, Executor packetWorkers) {
    this.workers = workers;
    this.packetWorkers = packetWorkers;
  }

  /** To be called once, before the first switch can connect. */
  void subscribe(List<SwitchEvents> all) {
    subscribers = ImmutableList.copyOf(all);
  }

  Optional<ConnectedSwitch> get(DeviceId id) {
    return Optional.ofNullable(connected.get(id));
  }

  /** How many have connected so far. */
  long connects() {
    return connects.sum();
  }

  /** How many have been lost so far. */
  long disconnects() {
    return disconnects.sum();
  }

  Collection<ConnectedSwitch> all() {
    return ImmutableList.copyOf(connected.values());
  }

  @Override
  public void connected(SwitchConnection connection) {
    ConnectedSwitch device = new ConnectedSwitch(connection, workers, packetWorkers);
    connected.put(device.id(), device);
    connects.increment();
    limited.info(
        device.id(),
        "Switch connected: device="
            + device
            + " address="
            + connection.info().remoteAddress().getAddress().getHostAddress()
            + " hardware="
            + connection.info().hardware()
            + " software="
            + connection.info().software());
    tell(device, subscriber -> subscriber.connected(device));
  }

  @Override
  public void disconnected(SwitchConnection connection, String reason) {
    ConnectedSwitch device = connected.get(ConnectedSwitch.deviceId(connection.datapathId()));
    if (device == null || device.connection() != connection) {
      return;
    }
    connected.remove(device.id(), device);
    disconnects.increment();
    limited.info(device.id(), "Switch disconnected: device=" + device + " reason=" + reason);
    tell(device, subscriber -> subscriber.disconnected(device));
  }

  void mastered(ConnectedSwitch device) {
    tell(device, subscriber -> subscriber.mastered(device));
  }

  void unmastered(ConnectedSwitch device) {
    tell(device, subscriber -> subscriber.unmastered(device));
  }

  void meterInstalled(ConnectedSwitch device) {
    tell(device, subscriber -> subscriber.meterInstalled(device));
  }

  @Override
  public void portStatus(SwitchConnection connection, OFPortStatus status) {
    of(connection)
        .ifPresent(device -> tell(device, subscriber -> subscriber.portStatus(device, status)));
  }

  @Override
  public void flowRemoved(SwitchConnection connection, OFFlowRemoved removed) {
    of(connection)
        .ifPresent(device -> tell(device, subscriber -> subscriber.flowRemoved(device, removed)));
  }

  @Override
  public void packetIn(SwitchConnection connection, OFPacketIn packetIn) {
    of(connection)
        .ifPresent(
            device -> {
              boolean taken =
                  device
                      .packets()
                      .offer(
                          packetIn.getData().length,
                          () -> each(device, subscriber -> subscriber.packetIn(device, packetIn)));
              if (!taken) {
                limited.warn(
                    device.toString(),
                    "Packet-ins come faster than ONOS takes them, some are dropped: device="
                        + device);
              }
            });
  }

  @Override
  public void error(SwitchConnection connection, OFErrorMsg error) {
    limited.warn(
        connection.datapathId(),
        "An error that belongs to no request: device="
            + ConnectedSwitch.deviceId(connection.datapathId())
            + " type="
            + error.getErrType());
  }

  /**
   * Waits until what was told so far has been dealt with, so that ONOS learns that the switches are
   * gone while the providers still exist; a few seconds at most.
   */
  static void awaitIdle(Collection<ConnectedSwitch> devices) {
    CountDownLatch idle = new CountDownLatch(devices.size());
    devices.forEach(device -> device.inOrder(idle::countDown));
    try {
      if (!idle.await(IDLE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("ONOS is still busy with the end of {} switches", idle.getCount());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<ConnectedSwitch> of(SwitchConnection connection) {
    return get(ConnectedSwitch.deviceId(connection.datapathId()))
        .filter(device -> device.connection() == connection);
  }

  private void tell(ConnectedSwitch device, Consumer<SwitchEvents> event) {
    device.inOrder(() -> each(device, event));
  }

  private void each(ConnectedSwitch device, Consumer<SwitchEvents> event) {
    for (SwitchEvents subscriber : subscribers) {
      try {
        event.accept(subscriber);
      } catch (RuntimeException e) {
        // One provider, or an ONOS service behind it, must not keep the others from their events.
        limited.warn(
            device.toString(),
            subscriber.getClass().getSimpleName() + " failed: device=" + device,
            e);
      }
    }
  }
}
