/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hawkular.agent.prometheus.text.TextPrometheusMetricDataParser;
import org.hawkular.agent.prometheus.types.Counter;
import org.hawkular.agent.prometheus.types.Gauge;
import org.hawkular.agent.prometheus.types.Histogram;
import org.hawkular.agent.prometheus.types.Metric;
import org.hawkular.agent.prometheus.types.MetricFamily;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.overlane.app.api.ActivityReport;
import org.overlane.app.api.ClassCounters;
import org.overlane.app.api.MeterCounters;
import org.overlane.app.api.ModelView;
import org.overlane.app.api.OverlaneService;
import org.overlane.app.drift.Drift;
import org.overlane.app.drift.DriftReport;
import org.overlane.app.drift.DriftState;
import org.overlane.app.probing.ProbingConfig;
import org.overlane.app.probing.Tunnel;
import org.overlane.app.probing.TunnelReport;
import org.overlane.app.probing.TunnelState;
import org.overlane.app.probing.TunnelStatus;
import org.overlane.app.probing.WireCounters;
import org.overlane.app.reconcile.LoopActivity;
import org.overlane.app.reconcile.Progress;
import org.overlane.app.reconcile.SwitchStatus;
import org.overlane.app.reconcile.Verdict;
import org.overlane.app.reconcile.Verification;
import org.overlane.app.reconcile.VerificationState;
import org.overlane.app.slowpath.PacketInCounters;
import org.overlane.app.slowpath.Tracked;
import org.overlane.app.tunnels.OvsdbReport;
import org.overlane.app.tunnels.ProvisionReport;
import org.overlane.config.ModelReader;
import org.overlane.flowrules.feature.PacketClass;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NodeId;
import org.overlane.monitoring.DurationHistogram;
import org.overlane.slowpath.Reason;
import org.overlane.tunnels.ovsdb.ConnectionState;
import org.overlane.tunnels.probing.ProbePath;
import org.overlane.tunnels.probing.ProbingReport;

/** What Prometheus is told, as a parser reads it that has nothing to do with the writer. */
class OverlayMetricsTest {
  private static final NodeId HV1 = NodeId.of("of:0000000000000001");
  private static final NodeId HV2 = NodeId.of("of:0000000000000002");
  private static final String DEVICE = HV1.toString();

  private final OverlaneService overlane = mock(OverlaneService.class);
  private final OverlayMetrics metrics = new OverlayMetrics("1.0.0");
  private final Map<NodeId, SwitchStatus> statuses = new TreeMap<>();
  private final List<TunnelStatus> tunnels = new ArrayList<>();

  @BeforeEach
  void aControllerWithTwoSwitches() {
    when(overlane.model())
        .thenReturn(
            ModelView.of(
                new ModelReader()
                    .readDocument(
                        "{\"devices\": {\""
                            + HV1
                            + "\": {\"overlane\": {\"name\": \"hv\\\"1\\\\\"}}},"
                            + " \"networks\": [{\"id\": \"blue\", \"vni\": 100}]}"),
                1));
    metrics.overlane = overlane;
    when(overlane.problem()).thenReturn(Optional.empty());
    when(overlane.unknownHosts()).thenReturn(ImmutableList.of("198.51.100.7"));
    statuses.put(HV1, status(HV1, SwitchStatus.State.FAILED));
    statuses.put(HV2, status(HV2, SwitchStatus.State.IN_SYNC));
    when(overlane.statuses()).thenAnswer(i -> ImmutableSortedMap.copyOf(statuses));
    when(overlane.counters(HV1))
        .thenReturn(
            ImmutableList.of(
                ClassCounters.of(PacketClass.VXLAN_RECEIVE, 1, 1_000, 9),
                ClassCounters.of(PacketClass.UNKNOWN_VNI, 1, 7, 9),
                ClassCounters.of(PacketClass.OVERSIZE_DROP, 1, 123_456, 9)));
    when(overlane.counters(HV2)).thenReturn(ImmutableList.of());
    when(overlane.meters(HV1))
        .thenReturn(
            ImmutableList.of(MeterCounters.of("drop", 5, 5), MeterCounters.of("oversize", 50, 20)));
    when(overlane.meters(HV2)).thenReturn(ImmutableList.of());
    activity();
    probing();
    verification();
    databases();
  }

  private static SwitchStatus status(NodeId id, SwitchStatus.State state) {
    SwitchStatus status = mock(SwitchStatus.class);
    when(status.id()).thenReturn(id);
    when(status.state()).thenReturn(state);
    when(status.entries()).thenReturn(Progress.of(40, 38, 1, 1));
    when(status.groups()).thenReturn(Progress.NONE);
    when(status.meters()).thenReturn(Progress.NONE);
    when(status.pending()).thenReturn(ImmutableList.of());
    when(status.notices()).thenReturn(ImmutableList.of());
    when(status.lastChange()).thenReturn(Optional.of(Instant.ofEpochSecond(1_700_000_000)));
    return status;
  }

  private void activity() {
    LoopActivity loop = mock(LoopActivity.class);
    DurationHistogram rounds = new DurationHistogram();
    rounds.observe(40);
    when(loop.rounds()).thenReturn(rounds);
    when(loop.plans()).thenReturn(new DurationHistogram());
    when(loop.audits()).thenReturn(12L);
    when(loop.applied()).thenReturn(300L);
    when(loop.failed()).thenReturn(4L);
    PacketInCounters packetIns = new PacketInCounters();
    packetIns.count(PacketClass.OVERSIZE);
    when(overlane.activity())
        .thenReturn(
            ActivityReport.of(
                loop,
                packetIns,
                ImmutableMap.of(
                    Optional.of(NetworkId.of("blue")),
                    ImmutableMap.of(Reason.ANSWERED_IPV4, 2L),
                    Optional.empty(),
                    ImmutableMap.of(Reason.DROPPED_UNKNOWN_ENDPOINT, 3L)),
                Tracked.of(3, 2, 1)));
  }

  private void probing() {
    ProbingReport prober = mock(ProbingReport.class);
    when(prober.sent()).thenReturn(100L);
    when(prober.notSent()).thenReturn(1L);
    when(prober.lost()).thenReturn(8L);
    when(prober.behind()).thenReturn(1_500L);
    WireCounters wire = mock(WireCounters.class);
    when(wire.forged()).thenReturn(6L);
    tunnels.add(tunnel(HV1, HV2, TunnelState.DEGRADED, OptionalInt.of(1_400)));
    tunnels.add(tunnel(HV2, HV1, TunnelState.UP, OptionalInt.empty()));
    when(overlane.tunnels())
        .thenAnswer(
            i ->
                TunnelReport.of(
                    ProbingConfig.OFF, Optional.of(prober), wire, tunnels, ImmutableList.of()));
  }

  private static TunnelStatus tunnel(NodeId from, NodeId to, TunnelState state, OptionalInt limit) {
    Tunnel tunnel = mock(Tunnel.class);
    when(tunnel.path()).thenReturn(ProbePath.of(from, to, AddressFamily.IPV4));
    when(tunnel.bound()).thenReturn(1_500);
    TunnelStatus status = mock(TunnelStatus.class);
    when(status.tunnel()).thenReturn(tunnel);
    when(status.state()).thenReturn(state);
    when(status.limit()).thenReturn(limit);
    return status;
  }

  private void verification() {
    Verdict refused = mock(Verdict.class);
    when(refused.isRefused()).thenReturn(true);
    when(refused.report()).thenReturn(Optional.empty());
    when(overlane.verification())
        .thenReturn(
            VerificationState.of(Verification.Policy.WARN, ImmutableSortedMap.of(HV1, refused)));
    DriftReport drift = mock(DriftReport.class);
    when(drift.count(Drift.Effect.HARMFUL)).thenReturn(2);
    when(drift.problem()).thenReturn(Optional.empty());
    when(overlane.drift()).thenReturn(DriftState.of(60, ImmutableSortedMap.of(HV1, drift)));
  }

  private void databases() {
    OvsdbReport report = mock(OvsdbReport.class);
    ConnectionState connection = mock(ConnectionState.class);
    when(connection.phase()).thenReturn(ConnectionState.Phase.WAITING);
    when(report.connection()).thenReturn(connection);
    ProvisionReport provisioning = mock(ProvisionReport.class);
    when(provisioning.state()).thenReturn(ProvisionReport.State.CONFLICT);
    when(report.provisioning()).thenReturn(Optional.of(provisioning));
    when(overlane.ovsdb(HV1)).thenReturn(Optional.of(report));
  }

  private List<MetricFamily> scrape() {
    byte[] text = metrics.scrape().text().getBytes(UTF_8);
    var parser = new TextPrometheusMetricDataParser(new ByteArrayInputStream(text));
    List<MetricFamily> all = new ArrayList<>();
    try {
      for (MetricFamily next = parser.parse(); next != null; next = parser.parse()) {
        all.add(next);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return all;
  }

  private Metric metric(String family, String... labels) {
    Map<String, String> wanted = new TreeMap<>();
    for (int i = 0; i < labels.length; i += 2) {
      wanted.put(labels[i], labels[i + 1]);
    }
    return scrape().stream()
        .filter(f -> f.getName().equals(family))
        .flatMap(f -> f.getMetrics().stream())
        .filter(m -> m.getLabels().equals(wanted))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no sample of " + family + wanted));
  }

  private double gauge(String family, String... labels) {
    return ((Gauge) metric(family, labels)).getValue();
  }

  private double counter(String family, String... labels) {
    return ((Counter) metric(family, labels)).getValue();
  }

  @Test
  void tellsHowEachSwitchIsDoing() {
    assertThat(gauge("overlane_switch_desired", "device", DEVICE, "kind", "entry")).isEqualTo(40);
    assertThat(gauge("overlane_switch_observed", "device", DEVICE, "kind", "entry")).isEqualTo(38);
    assertThat(gauge("overlane_switch_pending", "device", DEVICE, "kind", "entry")).isEqualTo(1);
    assertThat(gauge("overlane_switch_failed", "device", DEVICE, "kind", "entry")).isEqualTo(1);
    assertThat(gauge("overlane_switch_state", "device", DEVICE, "state", "failed")).isEqualTo(1);
    assertThat(gauge("overlane_switch_state", "device", DEVICE, "state", "in_sync")).isZero();
    assertThat(gauge("overlane_switch_last_change_timestamp_seconds", "device", DEVICE))
        .isEqualTo(1_700_000_000);
  }

  @Test
  void tellsWhatTheControllerDoes() {
    Histogram rounds = (Histogram) metric("overlane_reconcile_round_seconds");
    assertThat(rounds.getSampleCount()).isEqualTo(1);
    assertThat(rounds.getSampleSum()).isEqualTo(0.04);
    assertThat(counter("overlane_reconcile_audits_total")).isEqualTo(12);
    assertThat(counter("overlane_reconcile_changes_total", "outcome", "failed")).isEqualTo(4);
    assertThat(counter("overlane_packet_ins_total", "class", "oversize")).isEqualTo(1);
    assertThat(
            counter(
                "overlane_slow_path_packets_total", "network", "blue", "reason", "answered-ipv4"))
        .isEqualTo(2);
    assertThat(
            counter(
                "overlane_slow_path_packets_total",
                "network",
                "",
                "reason",
                "dropped-unknown-endpoint"))
        .isEqualTo(3);
    assertThat(gauge("overlane_slow_path_table_size", "table", "pairs")).isEqualTo(2);
    assertThat(gauge("overlane_model_readable")).isEqualTo(1);
    assertThat(gauge("overlane_model_objects", "kind", "network")).isEqualTo(1);
    assertThat(gauge("overlane_build_info", "version", "1.0.0")).isEqualTo(1);
    assertThat(gauge("jvm_memory_used_bytes", "area", "heap")).isPositive();
  }

  /** Entries behind a size check count all packets: what was dropped there, only a meter knows. */
  @Test
  void tellsDropsByTheirReason() {
    String family = "overlane_switch_dropped_packets_total";
    assertThat(counter(family, "device", DEVICE, "reason", "unknown-vni")).isEqualTo(7);
    assertThat(counter(family, "device", DEVICE, "reason", "oversize-drop")).isEqualTo(5);
    String packets = "overlane_switch_class_packets_total";
    assertThat(counter(packets, "device", DEVICE, "class", "vxlan-receive")).isEqualTo(1_000);
    String metered = "overlane_switch_meter_dropped_packets_total";
    assertThat(counter(metered, "device", DEVICE, "purpose", "oversize")).isEqualTo(20);
  }

  /** An entry that goes takes its packets out of the sum. */
  @Test
  void aCounterOfASwitchNeverFalls() {
    String family = "overlane_switch_class_packets_total";
    assertThat(counter(family, "device", DEVICE, "class", "vxlan-receive")).isEqualTo(1_000);
    when(overlane.counters(HV1))
        .thenReturn(ImmutableList.of(ClassCounters.of(PacketClass.VXLAN_RECEIVE, 1, 600, 9)));
    assertThat(counter(family, "device", DEVICE, "class", "vxlan-receive")).isEqualTo(1_000);
    when(overlane.counters(HV1))
        .thenReturn(ImmutableList.of(ClassCounters.of(PacketClass.VXLAN_RECEIVE, 1, 650, 9)));
    assertThat(counter(family, "device", DEVICE, "class", "vxlan-receive")).isEqualTo(1_050);
  }

  @Test
  void tellsTunnelsProbesDriftAndDatabases() {
    assertThat(gauge("overlane_tunnels", "device", DEVICE, "state", "degraded")).isEqualTo(1);
    assertThat(gauge("overlane_tunnels", "device", DEVICE, "state", "up")).isZero();
    assertThat(gauge("overlane_tunnels_limited", "device", DEVICE)).isEqualTo(1);
    assertThat(gauge("overlane_tunnel_mtu_min_bytes", "device", DEVICE)).isEqualTo(1_400);
    assertThat(gauge("overlane_tunnel_mtu_min_bytes", "device", HV2.toString())).isEqualTo(1_500);
    assertThat(counter("overlane_probes_sent_total")).isEqualTo(99);
    assertThat(counter("overlane_probes_lost_total")).isEqualTo(8);
    assertThat(gauge("overlane_probing_behind_seconds")).isEqualTo(1.5);
    assertThat(counter("overlane_probe_frames_total", "result", "forged")).isEqualTo(6);
    assertThat(gauge("overlane_verification_switches", "verdict", "refused")).isEqualTo(1);
    assertThat(gauge("overlane_drift", "device", DEVICE, "effect", "harmful")).isEqualTo(2);
    assertThat(gauge("overlane_ovsdb_connected", "device", DEVICE)).isZero();
    assertThat(gauge("overlane_provisioning_devices", "state", "conflict")).isEqualTo(1);
    assertThat(gauge("overlane_ovsdb_unknown_hosts")).isEqualTo(1);
  }

  @Test
  void leavesOutWhatProbingDoesNotCountWhileItIsOff() {
    WireCounters wire = mock(WireCounters.class);
    when(overlane.tunnels())
        .thenReturn(
            TunnelReport.of(
                ProbingConfig.OFF, Optional.empty(), wire, tunnels, ImmutableList.of()));
    assertThat(scrape())
        .extracting(MetricFamily::getName)
        .doesNotContain("overlane_probes_sent_total");
    assertThat(metrics.scrape().names()).contains("overlane_probes_sent_total");
  }

  /** Dashboard, alerts and documentation know just the metrics that there are. */
  @Test
  void isWhatDashboardAlertsAndDocumentationSay() throws Exception {
    Set<String> names = metrics.scrape().names();
    for (String file :
        List.of(
            "tools/grafana/overlane.json",
            "tools/prometheus/overlane-alerts.yml",
            "docs/operations.md")) {
      assertThat(named(file)).as(file).isNotEmpty().allMatch(n -> isThere(names, n));
    }
    Set<String> documented = named("docs/operations.md");
    assertThat(names).allMatch(n -> documented.contains(n.replaceAll("_(bucket|count|sum)$", "")));
  }

  private static boolean isThere(Set<String> names, String name) {
    return names.contains(name) || names.contains(name + "_bucket");
  }

  /** All metrics of the application that a file of the repository names. */
  private static Set<String> named(String file) throws IOException {
    Set<String> found = new TreeSet<>();
    Matcher matcher =
        Pattern.compile("\\b(overlane_(?!openflow)|jvm_|process_)[a-z_]+\\b")
            .matcher(Files.readString(Path.of("..", file)));
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }

  /** 200 hosts have 39,800 tunnels; what Prometheus has to keep grows with the hosts only. */
  @Test
  void isBoundedByTheNumberOfDevices() {
    statuses.clear();
    tunnels.clear();
    int devices = 200;
    for (int i = 1; i <= devices; i++) {
      NodeId id = NodeId.of(String.format("of:%016x", i));
      statuses.put(id, status(id, SwitchStatus.State.IN_SYNC));
      when(overlane.counters(id))
          .thenReturn(
              Arrays.stream(PacketClass.values())
                  .map(c -> ClassCounters.of(c, 1, 1, 1))
                  .collect(ImmutableList.toImmutableList()));
      when(overlane.meters(id)).thenReturn(ImmutableList.of());
    }
    Collection<NodeId> ids = ImmutableList.copyOf(statuses.keySet());
    for (NodeId from : ids) {
      TunnelStatus status =
          tunnel(from, from.equals(HV1) ? HV2 : HV1, TunnelState.UP, OptionalInt.empty());
      for (int i = 1; i < devices; i++) {
        tunnels.add(status);
      }
    }
    assertThat(tunnels).hasSize(devices * (devices - 1));
    long samples = metrics.scrape().text().lines().filter(l -> !l.startsWith("#")).count();
    assertThat(samples).isLessThan(60L * devices + 200);
  }
}
