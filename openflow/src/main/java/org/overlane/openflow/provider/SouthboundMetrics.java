/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import com.google.common.base.Ascii;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.overlane.monitoring.Exposition;
import org.overlane.monitoring.Exposition.Samples;
import org.projectfloodlight.openflow.protocol.OFType;

/**
 * What Prometheus is told of the southbound. Counters of a switch are those of its connection: they
 * begin anew with the next one, as Prometheus expects of a counter that restarts.
 */
final class SouthboundMetrics {
  private SouthboundMetrics() {}

  static Exposition of(SwitchStatisticsService southbound) {
    Exposition to = new Exposition();
    List<SwitchSnapshot> switches = southbound.switches();
    to.gauge(
        "overlane_openflow_listening",
        "1 if it listens for switches, 0 while something is in the way; the log says what.",
        s -> s.add(southbound.isListening() ? 1 : 0));
    to.gauge("overlane_openflow_switches", "Connected switches.", s -> s.add(switches.size()));
    to.counter(
        "overlane_openflow_connects_total",
        "Connections of switches that were established.",
        s -> s.add(southbound.connects()));
    to.counter(
        "overlane_openflow_disconnects_total",
        "Connections of switches that have ended.",
        s -> s.add(southbound.disconnects()));
    addConnections(to, switches);
    to.counter(
        "overlane_openflow_messages_total",
        "OpenFlow messages of the present connection, by direction as the controller sees it.",
        s ->
            switches.forEach(
                d -> {
                  messages(s, d, "sent", d.counters().sent());
                  messages(s, d, "received", d.counters().received());
                }));
    return to;
  }

  private static void addConnections(Exposition to, List<SwitchSnapshot> switches) {
    to.gauge(
        "overlane_openflow_connected_since_timestamp_seconds",
        "When the present connection of a switch was established.",
        s -> each(s, switches, d -> d.connectedSince().getEpochSecond()));
    to.gauge(
        "overlane_openflow_master",
        "1 if this controller is the master of the switch.",
        s -> each(s, switches, d -> d.role().equals("MASTER") ? 1 : 0));
    to.counter(
        "overlane_openflow_suppressed_total",
        "Modifications that were not sent, since the switch had just that.",
        s -> each(s, switches, d -> d.counters().suppressed()));
    to.counter(
        "overlane_openflow_undecodable_total",
        "Messages that could not be understood, and were dropped.",
        s -> each(s, switches, d -> d.counters().undecodable()));
    to.gauge(
        "overlane_openflow_packet_in_queue_size",
        "Packet-ins that wait for ONOS to take them.",
        s -> each(s, switches, SwitchSnapshot::packetInsWaiting));
    to.gauge(
        "overlane_openflow_packet_in_queue_capacity",
        "How many may wait for each switch; the newest beyond that are dropped.",
        s -> s.add(PacketQueue.MAX_PACKETS));
    to.counter(
        "overlane_openflow_packet_ins_dropped_total",
        "Packet-ins that were dropped, since ONOS did not take them fast enough.",
        s -> each(s, switches, SwitchSnapshot::packetInsDropped));
  }

  private static void each(
      Samples to, List<SwitchSnapshot> switches, ToDoubleFunction<SwitchSnapshot> value) {
    switches.forEach(d -> to.add(value.applyAsDouble(d), "device", d.id().toString()));
  }

  private static void messages(
      Samples to, SwitchSnapshot device, String direction, Map<OFType, Long> counts) {
    counts.forEach(
        (type, count) ->
            to.add(
                count,
                "device",
                device.id().toString(),
                "direction",
                direction,
                "type",
                Ascii.toLowerCase(type.name())));
  }
}
