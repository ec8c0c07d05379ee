/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.onosproject.net.DeviceId;
import org.onosproject.net.config.InvalidFieldException;

class OverlaneDeviceConfigTest {
  private static OverlaneDeviceConfig config(String json) throws Exception {
    OverlaneDeviceConfig config = OverlaneDeviceConfig.factory().createConfig();
    ObjectMapper mapper = new ObjectMapper();
    config.init(
        DeviceId.deviceId("of:0000000000000001"),
        OverlaneDeviceConfig.KEY,
        mapper.readTree(json),
        mapper,
        null);
    return config;
  }

  @Test
  void acceptsWhatTheModelAccepts() throws Exception {
    assertThat(config("{\"vteps\": [\"192.0.2.1\"], \"underlayMtu\": 9000}").isValid()).isTrue();
    assertThat(config("{\"underlayMtu\": 9000}").read().underlayMtu()).hasValue(9000);
  }

  @Test
  void refusesNamingFieldValueAndRemedy() {
    assertThatThrownBy(() -> config("{\"underlayMtu\": 100}").isValid())
        .isInstanceOf(InvalidFieldException.class)
        .hasMessageContaining("underlayMtu")
        .hasMessageContaining("100")
        .hasMessageContaining("Give a number");
    assertThatThrownBy(() -> config("{\"vtep\": []}").isValid())
        .isInstanceOf(InvalidFieldException.class)
        .hasMessageContaining("vtep");
  }
}
