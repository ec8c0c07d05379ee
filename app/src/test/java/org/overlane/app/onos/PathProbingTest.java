/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onosproject.cfg.ComponentConfigService;
import org.osgi.service.component.ComponentContext;
import org.overlane.app.probing.ProbingConfig;
import org.overlane.app.probing.ProbingMode;
import org.overlane.tunnels.probing.ProbingSettings;

class PathProbingTest {
  private final PathProbing probing = new PathProbing();
  private int changes;

  @BeforeEach
  void activate() {
    probing.settings = mock(ComponentConfigService.class);
    probing.onChange(() -> changes++);
    probing.activate(context(Map.of()));
  }

  private static ComponentContext context(Map<String, Object> properties) {
    ComponentContext context = mock(ComponentContext.class);
    when(context.getProperties()).thenReturn(new Hashtable<>(properties));
    return context;
  }

  private void set(String name, Object value) {
    probing.modified(context(Map.of(name, value)));
  }

  @Test
  void isOffUnlessSwitchedOn() {
    assertThat(probing.config())
        .isEqualTo(ProbingConfig.of(ProbingMode.OFF, ProbingSettings.DEFAULT));
    assertThat(changes).isZero();
    set("mode", "limit");
    assertThat(probing.config().mode()).isEqualTo(ProbingMode.LIMIT);
    set("mode", "watch");
    assertThat(probing.config().mode()).isEqualTo(ProbingMode.WATCH);
    assertThat(changes).isEqualTo(2);
  }

  @Test
  void whatCannotBeLeavesAllAsItWas() {
    set("mode", "limit");
    for (Map<String, Object> wrong :
        List.<Map<String, Object>>of(
            Map.of("mode", "on"),
            Map.of("mode", "limit", "probeTimer", "99"),
            Map.of("mode", "limit", "confirmationTimer", "600000"),
            Map.of("mode", "limit", "raiseTimer", "0"),
            Map.of("mode", "limit", "firstHoldDown", "-1"),
            Map.of("mode", "limit", "probesPerSecond", "0"),
            Map.of("mode", "limit", "nodeProbesPerSecond", "10001"),
            Map.of("mode", "limit", "maxPaths", "0"))) {
      probing.modified(context(wrong));
      assertThat(probing.config())
          .as("%s", wrong)
          .isEqualTo(ProbingConfig.of(ProbingMode.LIMIT, ProbingSettings.DEFAULT));
    }
    assertThat(changes).isEqualTo(1);
  }

  @Test
  void numbersAreTakenOver() {
    probing.modified(context(Map.of("mode", "limit", "probeTimer", "300", "maxPaths", 7)));
    assertThat(probing.config().settings().probeTimer()).isEqualTo(300);
    assertThat(probing.config().settings().maxPaths()).isEqualTo(7);
  }
}
