/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.monitoring;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What one scrape gets: collects samples and renders them in the text format of Prometheus, version
 * 0.0.4 ("Exposition formats" of the Prometheus documentation), each family with HELP and TYPE. One
 * without samples is left out. Label values may be any text. Not thread-safe.
 */
public final class Exposition {
  /** The media type of {@link #text}. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final String TOTAL = "_total";
  private static final String INFO = "_info";

  private final MetricSnapshots.Builder families = MetricSnapshots.builder();
  private final Set<String> names = new TreeSet<>();

  /** Takes the samples of one family. */
  public interface Samples {
    /**
     * One sample.
     *
     * @param labels names and values in turn; no two samples of a family may have the same
     */
    void add(double value, String... labels);
  }

  /**
   * Values that go up and down.
   *
   * @param name with the unit at its end, where there is one: {@code _seconds}, {@code _bytes}
   */
  public Exposition gauge(String name, String help, Consumer<Samples> fill) {
    if (name.endsWith(TOTAL)) {
      throw new IllegalArgumentException("a gauge is no total: " + name);
    }
    names.add(name);
    GaugeSnapshot.Builder family = GaugeSnapshot.builder().name(name).help(help);
    fill.accept(
        (value, labels) ->
            family.dataPoint(
                GaugeDataPointSnapshot.builder().value(value).labels(Labels.of(labels)).build()));
    families.metricSnapshot(family.build());
    return this;
  }

  /**
   * Values that only go up, but for a restart of what counts.
   *
   * @param name ends in {@code _total}
   */
  public Exposition counter(String name, String help, Consumer<Samples> fill) {
    if (!name.endsWith(TOTAL)) {
      throw new IllegalArgumentException("a counter ends in " + TOTAL + ": " + name);
    }
    names.add(name);
    CounterSnapshot.Builder family =
        CounterSnapshot.builder()
            .name(name.substring(0, name.length() - TOTAL.length()))
            .help(help);
    fill.accept(
        (value, labels) ->
            family.dataPoint(
                CounterDataPointSnapshot.builder().value(value).labels(Labels.of(labels)).build()));
    families.metricSnapshot(family.build());
    return this;
  }

  /**
   * What does not change, in labels; always 1.
   *
   * @param name ends in {@code _info}
   */
  public Exposition info(String name, String help, Consumer<Samples> fill) {
    if (!name.endsWith(INFO)) {
      throw new IllegalArgumentException("such a name ends in " + INFO + ": " + name);
    }
    names.add(name);
    InfoSnapshot.Builder family =
        InfoSnapshot.builder().name(name.substring(0, name.length() - INFO.length())).help(help);
    fill.accept(
        (value, labels) ->
            family.dataPoint(InfoDataPointSnapshot.builder().labels(Labels.of(labels)).build()));
    families.metricSnapshot(family.build());
    return this;
  }

  /** How long something took, in seconds. */
  public Exposition histogram(String name, String help, DurationHistogram durations) {
    names.add(name + "_bucket");
    names.add(name + "_count");
    names.add(name + "_sum");
    families.metricSnapshot(
        HistogramSnapshot.builder().name(name).help(help).dataPoint(durations.snapshot()).build());
    return this;
  }

  /** The names that samples have, or would have, in alphabetical order. */
  public Set<String> names() {
    return Collections.unmodifiableSet(names);
  }

  /**
   * All families, by name.
   *
   * @throws IllegalArgumentException if two families have one name
   */
  public String text() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create()
          .write(bytes, families.build(), EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
  }
}
