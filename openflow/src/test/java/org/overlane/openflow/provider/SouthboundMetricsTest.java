/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hawkular.agent.prometheus.text.TextPrometheusMetricDataParser;
import org.hawkular.agent.prometheus.types.Counter;
import org.hawkular.agent.prometheus.types.Gauge;
import org.hawkular.agent.prometheus.types.Metric;
import org.hawkular.agent.prometheus.types.MetricFamily;
import org.junit.jupiter.api.Test;
import org.onosproject.net.DeviceId;
import org.overlane.openflow.channel.SwitchCounters;
import org.projectfloodlight.openflow.protocol.OFType;

/** What Prometheus is told, as a parser reads it that has nothing to do with the writer. */
class SouthboundMetricsTest {
  private static final String DEVICE = "of:0000000000000001";

  private final SwitchStatisticsService southbound = mock(SwitchStatisticsService.class);

  SouthboundMetricsTest() {
    SwitchSnapshot device = mock(SwitchSnapshot.class);
    when(device.id()).thenReturn(DeviceId.deviceId(DEVICE));
    when(device.connectedSince()).thenReturn(Instant.ofEpochSecond(1_700_000_000));
    when(device.role()).thenReturn("MASTER");
    when(device.packetInsWaiting()).thenReturn(17);
    when(device.packetInsDropped()).thenReturn(3L);
    when(device.counters())
        .thenReturn(
            SwitchCounters.of(
                ImmutableMap.of(OFType.FLOW_MOD, 40L),
                ImmutableMap.of(OFType.PACKET_IN, 20L),
                2,
                5));
    when(southbound.switches()).thenReturn(ImmutableList.of(device));
    when(southbound.isListening()).thenReturn(true);
    when(southbound.connects()).thenReturn(9L);
    when(southbound.disconnects()).thenReturn(8L);
  }

  private double value(String family, Map<String, String> labels) throws IOException {
    byte[] text = SouthboundMetrics.of(southbound).text().getBytes(UTF_8);
    var parser = new TextPrometheusMetricDataParser(new ByteArrayInputStream(text));
    for (MetricFamily next = parser.parse(); next != null; next = parser.parse()) {
      for (Metric metric : next.getMetrics()) {
        if (next.getName().equals(family) && metric.getLabels().equals(labels)) {
          return metric instanceof Counter
              ? ((Counter) metric).getValue()
              : ((Gauge) metric).getValue();
        }
      }
    }
    throw new AssertionError("no sample of " + family + labels);
  }

  @Test
  void tellsMessagesQueueAndFlapping() throws Exception {
    Map<String, String> device = ImmutableMap.of("device", DEVICE);
    String messages = "overlane_openflow_messages_total";
    assertThat(
            value(
                messages,
                ImmutableMap.of("device", DEVICE, "direction", "sent", "type", "flow_mod")))
        .isEqualTo(40);
    assertThat(
            value(
                messages,
                ImmutableMap.of("device", DEVICE, "direction", "received", "type", "packet_in")))
        .isEqualTo(20);
    assertThat(value("overlane_openflow_packet_in_queue_size", device)).isEqualTo(17);
    assertThat(value("overlane_openflow_packet_ins_dropped_total", device)).isEqualTo(3);
    assertThat(value("overlane_openflow_undecodable_total", device)).isEqualTo(2);
    assertThat(value("overlane_openflow_suppressed_total", device)).isEqualTo(5);
    assertThat(value("overlane_openflow_master", device)).isEqualTo(1);
    assertThat(value("overlane_openflow_connected_since_timestamp_seconds", device))
        .isEqualTo(1_700_000_000);
    assertThat(value("overlane_openflow_switches", ImmutableMap.of())).isEqualTo(1);
    assertThat(value("overlane_openflow_connects_total", ImmutableMap.of())).isEqualTo(9);
    assertThat(value("overlane_openflow_disconnects_total", ImmutableMap.of())).isEqualTo(8);
  }

  /** Dashboard, alerts and documentation know just the metrics that there are. */
  @Test
  void isWhatDashboardAlertsAndDocumentationSay() throws Exception {
    Set<String> names = SouthboundMetrics.of(southbound).names();
    for (String file :
        ImmutableList.of(
            "tools/grafana/overlane.json",
            "tools/prometheus/overlane-alerts.yml",
            "docs/operations.md")) {
      assertThat(names).as(file).containsAll(named(file));
      assertThat(named(file)).as(file).isNotEmpty();
    }
    assertThat(named("docs/operations.md")).containsAll(names);
  }

  /** All metrics of the southbound that a file of the repository names. */
  private static Set<String> named(String file) throws IOException {
    Set<String> found = new TreeSet<>();
    Matcher matcher =
        Pattern.compile("\\boverlane_openflow_[a-z_]+\\b")
            .matcher(Files.readString(Path.of("..", file)));
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }

  @Test
  void tellsThatNothingListens() throws Exception {
    when(southbound.isListening()).thenReturn(false);
    when(southbound.switches()).thenReturn(ImmutableList.of());
    assertThat(value("overlane_openflow_listening", ImmutableMap.of())).isZero();
  }
}
