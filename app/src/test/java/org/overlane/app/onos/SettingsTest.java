/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.io.Resources;
import java.util.Dictionary;
import java.util.Hashtable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.overlane.app.reconcile.Verification;

class SettingsTest {
  private final Settings settings = new Settings();

  private void read(String name, Object value) {
    Dictionary<String, Object> values = new Hashtable<>();
    values.put(name, value);
    settings.read(values);
  }

  @Test
  void takesOverWhatIsAllowed() {
    read("auditInterval", 100);
    read("driftInterval", 0);
    read("exceptionTimeout", "3600");
    read("verification", "enforce");
    assertThat(settings.auditInterval()).isEqualTo(100);
    assertThat(settings.driftInterval()).isZero();
    assertThat(settings.exceptionTimeout()).isEqualTo(3600);
    assertThat(settings.verification()).isEqualTo(Verification.Policy.ENFORCE);
  }

  @Test
  void aMissingValueStaysAsItIs() {
    read("verification", "off");
    settings.read(new Hashtable<>());
    assertThat(settings.verification()).isEqualTo(Verification.Policy.OFF);
  }

  @ParameterizedTest
  @CsvSource({
    "auditInterval, 99",
    "auditInterval, -1",
    "auditInterval, 2147483648",
    "auditInterval, often",
    "driftInterval, -1",
    "driftInterval, 86401",
    "driftInterval, daily",
    "exceptionTimeout, 0",
    "exceptionTimeout, 3601",
    "exceptionTimeout, 1.5",
    "verification, Enforce",
    "verification, ' '"
  })
  void whatIsNotAllowedChangesNothing(String name, String value) {
    read(name, value);
    assertThat(settings.auditInterval()).isEqualTo(5000);
    assertThat(settings.driftInterval()).isEqualTo(60);
    assertThat(settings.exceptionTimeout()).isEqualTo(60);
    assertThat(settings.verification()).isEqualTo(Verification.Policy.WARN);
  }

  /** ONOS shows what the definition says, and the component starts with what it declares. */
  @Test
  void onosIsToldOfEverySettingWithItsDefault() throws Exception {
    String definition =
        Resources.toString(
            OverlaneController.class.getResource("OverlaneController.cfgdef"), UTF_8);
    assertThat(definition)
        .contains("auditInterval|INTEGER|5000|")
        .contains("driftInterval|INTEGER|60|")
        .contains("exceptionTimeout|INTEGER|60|")
        .contains("verification|STRING|warn|");
  }
}
