/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import org.onosproject.core.ApplicationId;
import org.onosproject.mastership.MastershipEvent;
import org.onosproject.mastership.MastershipListener;
import org.onosproject.net.DeviceId;
import org.onosproject.net.config.NetworkConfigEvent;
import org.onosproject.net.config.NetworkConfigListener;
import org.onosproject.net.config.NetworkConfigService;
import org.onosproject.net.device.DeviceEvent;
import org.onosproject.net.device.DeviceListener;
import org.onosproject.net.flow.FlowRuleEvent;
import org.onosproject.net.flow.FlowRuleListener;
import org.onosproject.net.group.GroupEvent;
import org.onosproject.net.group.GroupListener;
import org.onosproject.net.meter.MeterEvent;
import org.onosproject.net.meter.MeterListener;
import org.overlane.app.config.OverlaneDeviceConfig;
import org.overlane.app.probing.ProbingLoop;
import org.overlane.app.reconcile.ReconcileLoop;
import org.overlane.app.reconcile.SwitchStatus;
import org.overlane.app.slowpath.LargePackets;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.Cookie;

/** Turns ONOS's events into hints to look again. Nothing is concluded from an event itself. */
final class SwitchEvents {
  private static final long SOON = 5;

  /** Entries are confirmed one by one, in bursts. */
  private static final long AFTER_BURST = 100;

  private final ApplicationId app;
  private final OnosServices services;
  private final NetworkConfigService netcfg;
  private final ReconcileLoop loop;
  private final DeviceDeclarations declarations;
  private final LargePackets large;
  private final ProbingLoop probing;

  private final NetworkConfigListener onConfig = this::configChanged;
  private final DeviceListener onDevice = this::deviceChanged;
  private final MastershipListener onMastership = this::masterChanged;
  private final FlowRuleListener onRule = this::ruleChanged;
  private final GroupListener onGroup = this::groupChanged;
  private final MeterListener onMeter = this::meterChanged;

  SwitchEvents(
      ApplicationId app,
      OnosServices services,
      NetworkConfigService netcfg,
      DeviceDeclarations declarations,
      ReconcileLoop loop,
      LargePackets large,
      ProbingLoop probing) {
    this.app = app;
    this.services = services;
    this.netcfg = netcfg;
    this.declarations = declarations;
    this.loop = loop;
    this.large = large;
    this.probing = probing;
  }

  void start() {
    netcfg.addListener(onConfig);
    services.devices().addListener(onDevice);
    services.mastership().addListener(onMastership);
    services.rules().addListener(onRule);
    services.groups().addListener(onGroup);
    services.meters().addListener(onMeter);
  }

  void stop() {
    netcfg.removeListener(onConfig);
    services.devices().removeListener(onDevice);
    services.mastership().removeListener(onMastership);
    services.rules().removeListener(onRule);
    services.groups().removeListener(onGroup);
    services.meters().removeListener(onMeter);
  }

  private void configChanged(NetworkConfigEvent event) {
    if (OverlaneDeviceConfig.class.equals(event.configClass())) {
      declarations.changed();
      loop.modelChanged();
    }
  }

  private void deviceChanged(DeviceEvent event) {
    if (event.type() == DeviceEvent.Type.PORT_STATS_UPDATED
        || !OnosFabric.isOpenFlow(event.subject().id())) {
      return;
    }
    loop.modelChanged();
    probing.switchChanged(NodeId.of(event.subject().id().toString()));
    look(event.subject().id(), SOON);
  }

  private void masterChanged(MastershipEvent event) {
    look(event.subject(), SOON);
  }

  private void ruleChanged(FlowRuleEvent event) {
    boolean news =
        event.type() == FlowRuleEvent.Type.RULE_ADDED
            || event.type() == FlowRuleEvent.Type.RULE_REMOVED;
    if (news && event.subject().appId() == app.id()) {
      if (event.type() == FlowRuleEvent.Type.RULE_REMOVED) {
        large.removed(
            NodeId.of(event.subject().deviceId().toString()),
            Cookie.ofBits(event.subject().id().value()));
      }
      look(event.subject().deviceId(), AFTER_BURST);
    }
  }

  private void groupChanged(GroupEvent event) {
    if (!event.subject().appId().equals(app)) {
      return;
    }
    switch (event.type()) {
      case GROUP_UPDATED:
        // Also comes with every poll of statistics.
        if (!isInSync(event.subject().deviceId())) {
          look(event.subject().deviceId(), AFTER_BURST);
        }
        break;
      case GROUP_ADDED:
      case GROUP_REMOVED:
      case GROUP_ADD_FAILED:
      case GROUP_UPDATE_FAILED:
      case GROUP_REMOVE_FAILED:
        look(event.subject().deviceId(), SOON);
        break;
      default:
        break;
    }
  }

  private void meterChanged(MeterEvent event) {
    boolean news =
        event.type() == MeterEvent.Type.METER_ADDED
            || event.type() == MeterEvent.Type.METER_REMOVED;
    if (news && event.subject().appId().equals(app)) {
      look(event.subject().deviceId(), AFTER_BURST);
    }
  }

  private boolean isInSync(DeviceId device) {
    SwitchStatus status = loop.statuses().get(NodeId.of(device.toString()));
    return status != null && status.state() == SwitchStatus.State.IN_SYNC;
  }

  private void look(DeviceId device, long delay) {
    if (OnosFabric.isOpenFlow(device)) {
      loop.switchChanged(NodeId.of(device.toString()), delay);
    }
  }
}
