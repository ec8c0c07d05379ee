/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import static org.overlane.app.onos.PathProbing.CONFIRMATION_TIMER;
import static org.overlane.app.onos.PathProbing.CONFIRMATION_TIMER_DEFAULT;
import static org.overlane.app.onos.PathProbing.HOLD_DOWN;
import static org.overlane.app.onos.PathProbing.HOLD_DOWN_DEFAULT;
import static org.overlane.app.onos.PathProbing.MAX_PATHS;
import static org.overlane.app.onos.PathProbing.MAX_PATHS_DEFAULT;
import static org.overlane.app.onos.PathProbing.MODE;
import static org.overlane.app.onos.PathProbing.MODE_DEFAULT;
import static org.overlane.app.onos.PathProbing.NODE_RATE;
import static org.overlane.app.onos.PathProbing.NODE_RATE_DEFAULT;
import static org.overlane.app.onos.PathProbing.PROBE_TIMER;
import static org.overlane.app.onos.PathProbing.PROBE_TIMER_DEFAULT;
import static org.overlane.app.onos.PathProbing.RAISE_TIMER;
import static org.overlane.app.onos.PathProbing.RAISE_TIMER_DEFAULT;
import static org.overlane.app.onos.PathProbing.RATE;
import static org.overlane.app.onos.PathProbing.RATE_DEFAULT;

import java.util.Dictionary;
import java.util.Optional;
import org.onlab.util.Tools;
import org.onosproject.cfg.ComponentConfigService;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.overlane.app.probing.ProbingConfig;
import org.overlane.app.probing.ProbingMode;
import org.overlane.tunnels.probing.ProbingSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings of probing, as ONOS's component configuration has them. Thread-safe. Activated when
 * {@link OverlaneController} asks for it, by the same thread, and not by another one beside it.
 */
@Component(
    service = PathProbing.class,
    property = {
      MODE + ":String=" + MODE_DEFAULT,
      PROBE_TIMER + ":Integer=" + PROBE_TIMER_DEFAULT,
      CONFIRMATION_TIMER + ":Integer=" + CONFIRMATION_TIMER_DEFAULT,
      RAISE_TIMER + ":Integer=" + RAISE_TIMER_DEFAULT,
      HOLD_DOWN + ":Integer=" + HOLD_DOWN_DEFAULT,
      RATE + ":Integer=" + RATE_DEFAULT,
      NODE_RATE + ":Integer=" + NODE_RATE_DEFAULT,
      MAX_PATHS + ":Integer=" + MAX_PATHS_DEFAULT
    })
public final class PathProbing {
  static final String MODE = "mode";
  static final String MODE_DEFAULT = "off";
  static final String PROBE_TIMER = "probeTimer";
  static final int PROBE_TIMER_DEFAULT = 1_000;
  static final String CONFIRMATION_TIMER = "confirmationTimer";
  static final int CONFIRMATION_TIMER_DEFAULT = 30_000;
  static final String RAISE_TIMER = "raiseTimer";
  static final int RAISE_TIMER_DEFAULT = 600_000;
  static final String HOLD_DOWN = "firstHoldDown";
  static final int HOLD_DOWN_DEFAULT = 10_000;
  static final String RATE = "probesPerSecond";
  static final int RATE_DEFAULT = 200;
  static final String NODE_RATE = "nodeProbesPerSecond";
  static final int NODE_RATE_DEFAULT = 20;
  static final String MAX_PATHS = "maxPaths";
  static final int MAX_PATHS_DEFAULT = 20_000;

  private static final Logger LOG = LoggerFactory.getLogger(PathProbing.class);

  @Reference ComponentConfigService settings;

  private volatile ProbingConfig config = ProbingConfig.OFF;
  private volatile Runnable listener = () -> {};

  @Activate
  void activate(ComponentContext context) {
    settings.registerProperties(getClass());
    modified(context);
  }

  @Deactivate
  void deactivate() {
    settings.unregisterProperties(getClass(), false);
  }

  @Modified
  void modified(ComponentContext context) {
    try {
      ProbingConfig next = read(context.getProperties());
      if (!next.equals(config)) {
        config = next;
        listener.run();
      }
    } catch (IllegalArgumentException e) {
      LOG.warn("Probing stays {}: {}", config, e.getMessage());
    }
  }

  private static ProbingConfig read(Dictionary<?, ?> properties) {
    String mode = Optional.ofNullable(Tools.get(properties, MODE)).orElse(MODE_DEFAULT);
    ProbingSettings settings =
        ProbingSettings.builder()
            .probeTimer(number(properties, PROBE_TIMER, PROBE_TIMER_DEFAULT))
            .confirmationTimer(number(properties, CONFIRMATION_TIMER, CONFIRMATION_TIMER_DEFAULT))
            .raiseTimer(number(properties, RAISE_TIMER, RAISE_TIMER_DEFAULT))
            .firstHoldDown(number(properties, HOLD_DOWN, HOLD_DOWN_DEFAULT))
            .probesPerSecond(number(properties, RATE, RATE_DEFAULT))
            .nodeProbesPerSecond(number(properties, NODE_RATE, NODE_RATE_DEFAULT))
            .maxPaths(number(properties, MAX_PATHS, MAX_PATHS_DEFAULT))
            .build();
    return ProbingConfig.of(
        ProbingMode.named(mode)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        MODE + " must be off, watch or limit, not " + mode)),
        settings);
  }

  private static int number(Dictionary<?, ?> properties, String name, int otherwise) {
    Integer value = Tools.getIntegerProperty(properties, name);
    return value == null ? otherwise : value;
  }

  ProbingConfig config() {
    return config;
  }

  /** Told after each change, by a thread of ONOS. */
  void onChange(Runnable changed) {
    listener = changed;
  }
}
