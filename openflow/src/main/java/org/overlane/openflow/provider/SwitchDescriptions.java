/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.onlab.packet.ChassisId;
import org.onosproject.net.AnnotationKeys;
import org.onosproject.net.DefaultAnnotations;
import org.onosproject.net.Device;
import org.onosproject.net.DeviceId;
import org.onosproject.net.Port;
import org.onosproject.net.device.DefaultDeviceDescription;
import org.onosproject.net.device.DefaultPortDescription;
import org.onosproject.net.device.DefaultPortStatistics;
import org.onosproject.net.device.DeviceDescription;
import org.onosproject.net.device.PortDescription;
import org.onosproject.net.device.PortStatistics;
import org.overlane.openflow.channel.SwitchConnection;
import org.overlane.openflow.channel.SwitchProfileInfo;
import org.overlane.openflow.driver.OverlaneDrivers;
import org.projectfloodlight.openflow.protocol.OFPortConfig;
import org.projectfloodlight.openflow.protocol.OFPortDesc;
import org.projectfloodlight.openflow.protocol.OFPortFeatures;
import org.projectfloodlight.openflow.protocol.OFPortState;
import org.projectfloodlight.openflow.protocol.OFPortStatsEntry;

/** What ONOS is told of a switch and its ports. */
final class SwitchDescriptions {

  /** ONOS refuses longer texts in a device description. */
  private static final int MAX_TEXT = 256;

  private static final long KILOBITS_PER_MEGABIT = 1000;
  private static final long BITS_PER_MEGABIT = 1_000_000;

  private SwitchDescriptions() {}

  static DeviceDescription device(ConnectedSwitch device) {
    SwitchProfileInfo info = device.connection().info();
    String host = info.remoteAddress().getAddress().getHostAddress();
    DefaultAnnotations.Builder annotations =
        DefaultAnnotations.builder()
            .set(AnnotationKeys.PROTOCOL, info.version().toString())
            .set(AnnotationKeys.CHANNEL_ID, host + ":" + info.remoteAddress().getPort())
            .set(AnnotationKeys.MANAGEMENT_ADDRESS, host)
            .set(AnnotationKeys.DATAPATH_DESCRIPTION, text(info.datapathDescription()));
    if (info.isOpenVSwitch()) {
      // By manufacturer and version ONOS would find its own driver, too, and take either.
      annotations.set(AnnotationKeys.DRIVER, OverlaneDrivers.OVS);
    }
    return new DefaultDeviceDescription(
        device.id().uri(),
        Device.Type.SWITCH,
        text(info.manufacturer()),
        text(info.hardware()),
        text(info.software()),
        text(info.serialNumber()),
        // A chassis id has 48 bits: the MAC address part of the datapath id.
        new ChassisId(info.datapathId() & 0xffffffffffffL),
        annotations.build());
  }

  private static String text(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }

  static List<PortDescription> ports(SwitchConnection connection) {
    return connection.ports().stream()
        .map(SwitchDescriptions::port)
        .collect(ImmutableList.toImmutableList());
  }

  static PortDescription port(OFPortDesc port) {
    boolean fiber = port.getCurr().contains(OFPortFeatures.PF_FIBER);
    return DefaultPortDescription.builder()
        .withPortNumber(Ports.toOnos(port.getPortNo()))
        .isEnabled(
            !port.getConfig().contains(OFPortConfig.PORT_DOWN)
                && !port.getState().contains(OFPortState.LINK_DOWN))
        .type(fiber ? Port.Type.FIBER : Port.Type.COPPER)
        .portSpeed(megabits(port))
        .annotations(
            DefaultAnnotations.builder()
                .set(AnnotationKeys.PORT_NAME, port.getName())
                .set(AnnotationKeys.PORT_MAC, port.getHwAddr().toString())
                .build())
        .build();
  }

  /**
   * The current speed in kbit/s; a switch that does not know it may tell the link type at least.
   */
  private static long megabits(OFPortDesc port) {
    if (port.getCurrSpeed() > 0) {
      return port.getCurrSpeed() / KILOBITS_PER_MEGABIT;
    }
    return port.getCurr().stream()
        .mapToLong(feature -> feature.getPortSpeed().getSpeedBps() / BITS_PER_MEGABIT)
        .max()
        .orElse(0);
  }

  static PortStatistics statistics(DeviceId device, OFPortStatsEntry entry) {
    return DefaultPortStatistics.builder()
        .setDeviceId(device)
        .setPort(Ports.toOnos(entry.getPortNo()))
        .setPacketsReceived(entry.getRxPackets().getValue())
        .setPacketsSent(entry.getTxPackets().getValue())
        .setBytesReceived(entry.getRxBytes().getValue())
        .setBytesSent(entry.getTxBytes().getValue())
        .setPacketsRxDropped(entry.getRxDropped().getValue())
        .setPacketsTxDropped(entry.getTxDropped().getValue())
        .setPacketsRxErrors(entry.getRxErrors().getValue())
        .setPacketsTxErrors(entry.getTxErrors().getValue())
        .setDurationSec(entry.getDurationSec())
        .setDurationNano(entry.getDurationNsec())
        .build();
  }
}
