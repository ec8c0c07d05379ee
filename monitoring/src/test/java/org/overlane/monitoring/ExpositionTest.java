/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.monitoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.hawkular.agent.prometheus.text.TextPrometheusMetricDataParser;
import org.hawkular.agent.prometheus.types.Counter;
import org.hawkular.agent.prometheus.types.Gauge;
import org.hawkular.agent.prometheus.types.Histogram;
import org.hawkular.agent.prometheus.types.MetricFamily;
import org.hawkular.agent.prometheus.types.MetricType;
import org.junit.jupiter.api.Test;

/** What is written is read by a parser that has nothing to do with the writer. */
class ExpositionTest {
  private static List<MetricFamily> read(String text) throws IOException {
    var parser = new TextPrometheusMetricDataParser(new ByteArrayInputStream(text.getBytes(UTF_8)));
    List<MetricFamily> all = new ArrayList<>();
    for (MetricFamily next = parser.parse(); next != null; next = parser.parse()) {
      all.add(next);
    }
    return all;
  }

  @Test
  void tellsCountersGaugesAndHistograms() throws Exception {
    DurationHistogram rounds = new DurationHistogram();
    rounds.observe(3);
    rounds.observe(400);
    rounds.observe(3_600_000);
    rounds.observe(-1);
    String text =
        new Exposition()
            .gauge("switch_entries", "Entries of a switch.", s -> s.add(7, "device", "of:1"))
            .counter("packets_total", "Packets.", s -> s.add(1e12, "reason", "fits"))
            .histogram("round_seconds", "Rounds.", rounds)
            .text();
    List<MetricFamily> families = read(text);
    assertThat(families)
        .extracting(MetricFamily::getName)
        .containsExactly("packets_total", "round_seconds", "switch_entries");
    assertThat(families)
        .extracting(MetricFamily::getType)
        .containsExactly(MetricType.COUNTER, MetricType.HISTOGRAM, MetricType.GAUGE);
    Counter packets = (Counter) families.get(0).getMetrics().get(0);
    assertThat(packets.getValue()).isEqualTo(1e12);
    assertThat(packets.getLabels()).containsEntry("reason", "fits");
    Histogram histogram = (Histogram) families.get(1).getMetrics().get(0);
    assertThat(histogram.getSampleCount()).isEqualTo(4);
    assertThat(histogram.getSampleSum()).isEqualTo(3_600.403);
    assertThat(histogram.getBuckets())
        .filteredOn(b -> b.getUpperBound() == 0.005 || b.getUpperBound() == 0.5)
        .extracting(Histogram.Bucket::getCumulativeCount)
        .containsExactly(2L, 3L);
    assertThat(((Gauge) families.get(2).getMetrics().get(0)).getValue()).isEqualTo(7);
  }

  @Test
  void knowsTheNamesOfAllSamplesEvenIfThereAreNone() {
    Exposition exposition =
        new Exposition()
            .counter("lost_total", "Lost probes.", s -> {})
            .histogram("round_seconds", "Rounds.", new DurationHistogram());
    assertThat(exposition.names())
        .containsExactly(
            "lost_total", "round_seconds_bucket", "round_seconds_count", "round_seconds_sum");
    assertThat(exposition.text()).doesNotContain("lost");
  }

  /** A name that an operator gave comes back as it was, whatever is in it. */
  @Property(tries = 200)
  void carriesAnyLabelValue(
      @ForAll @StringLength(max = 12) @CharRange(from = ' ', to = 'ÿ') String name) {
    String text = new Exposition().gauge("g", "Help.", s -> s.add(1, "name", name)).text();
    String line = text.lines().filter(l -> !l.startsWith("#")).findFirst().orElseThrow();
    String value = line.substring("g{name=\"".length(), line.length() - "\"} 1.0".length());
    assertThat(unescaped(value)).isEqualTo(name);
    assertThat(value.replace("\\\\", "").replace("\\\"", "")).doesNotContain("\"", "\\");
  }

  @Test
  void keepsALabelValueWithLinesOnOneLine() {
    String text =
        new Exposition().gauge("g", "Help.", s -> s.add(1, "name", "a\nb\\n\"c\"")).text();
    assertThat(text).contains("g{name=\"a\\nb\\\\n\\\"c\\\"\"} 1.0\n");
  }

  private static String unescaped(String value) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\') {
        c = value.charAt(++i) == 'n' ? '\n' : value.charAt(i);
      }
      plain.append(c);
    }
    return plain.toString();
  }

  @Test
  void refusesWhatPrometheusWouldMisread() {
    Exposition exposition = new Exposition();
    assertThatThrownBy(() -> exposition.counter("packets", "Packets.", s -> {}))
        .hasMessageContaining("_total");
    assertThatThrownBy(() -> exposition.gauge("entries_total", "Entries.", s -> {}))
        .hasMessageContaining("no total");
    assertThatThrownBy(
            () ->
                exposition.gauge(
                    "twice", "Twice.", s -> Set.of(1, 2).forEach(v -> s.add(v, "a", "b"))))
        .hasMessageContaining("Duplicate labels");
  }
}
