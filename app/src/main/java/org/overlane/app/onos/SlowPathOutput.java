/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Maps;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.onosproject.core.ApplicationId;
import org.onosproject.mastership.MastershipService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.driver.DriverService;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.packet.DefaultOutboundPacket;
import org.onosproject.net.packet.PacketService;
import org.overlane.app.slowpath.LargePackets;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.FlowEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends frames and exceptions of the slow path, and probes, through ONOS. Thread-safe. */
final class SlowPathOutput implements LargePackets.Output {
  private static final Logger LOG = LoggerFactory.getLogger(SlowPathOutput.class);

  private final ApplicationId app;
  private final DeviceService devices;
  private final MastershipService mastership;
  private final DriverService drivers;
  private final FlowRuleService rules;
  private final PacketService packets;
  private final IntSupplier idleTimeout;

  /** Few: one for each node and remote. What the driver offers may change, so not for long. */
  private final Cache<Object, TrafficTreatment> treatments =
      CacheBuilder.newBuilder().maximumSize(10_000).expireAfterWrite(10, TimeUnit.SECONDS).build();

  /**
   * The output of one controller.
   *
   * @param idleTimeout seconds after which an exception without packets goes
   */
  SlowPathOutput(
      ApplicationId app, OnosServices services, PacketService packets, IntSupplier idleTimeout) {
    this.app = app;
    this.devices = services.devices();
    this.mastership = services.mastership();
    this.drivers = services.drivers();
    this.rules = services.rules();
    this.packets = packets;
    this.idleTimeout = idleTimeout;
  }

  @Override
  public void answer(NodeId node, OfPort port, byte[] frame) {
    emit(node, PortNumber.CONTROLLER, ImmutableList.of(Action.output(port)), frame);
  }

  @Override
  public void send(NodeId node, OfPort port, ImmutableList<Action> actions, byte[] frame) {
    emit(node, SelectorTranslator.port(port), actions, frame);
  }

  /**
   * Sends a probe of the controller's own.
   *
   * @throws IllegalStateException with the reason, if the switch is away or cannot do what it must
   */
  void probe(NodeId node, ImmutableList<Action> actions, byte[] frame) {
    DeviceId device = OnosFabric.device(node);
    if (!mastership.isLocalMaster(device) || !devices.isAvailable(device)) {
      throw new IllegalStateException(device + " is not connected here");
    }
    try {
      emit(device, PortNumber.CONTROLLER, actions, frame);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause().getMessage(), e);
    }
  }

  private void emit(NodeId node, PortNumber inPort, ImmutableList<Action> actions, byte[] frame) {
    DeviceId device = OnosFabric.device(node);
    try {
      emit(device, inPort, actions, frame);
    } catch (ExecutionException e) {
      LOG.debug("{}: cannot send a packet: {}", device, e.getCause().getMessage());
    }
  }

  private void emit(DeviceId device, PortNumber inPort, ImmutableList<Action> actions, byte[] frame)
      throws ExecutionException {
    TrafficTreatment treatment =
        treatments.get(
            Maps.immutableEntry(device, actions), () -> translator(device).treatment(actions));
    packets.emit(new DefaultOutboundPacket(device, treatment, ByteBuffer.wrap(frame), inPort));
  }

  @Override
  public void install(NodeId node, FlowEntry exception) {
    DeviceId device = OnosFabric.device(node);
    try {
      rules.applyFlowRules(translator(device).temporaryRule(exception, idleTimeout.getAsInt()));
    } catch (UntranslatableException e) {
      LOG.debug("{}: cannot install an exception: {}", device, e.getMessage());
    }
  }

  private FlowRuleTranslator translator(DeviceId device) {
    return new FlowRuleTranslator(
        app.id(), device, DriverExtensions.of(device, devices, drivers), 0);
  }
}
