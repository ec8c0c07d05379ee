/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Hashtable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SouthboundPropertiesTest {

  private static Hashtable<String, Object> with(String name, Object value) {
    Hashtable<String, Object> properties = new Hashtable<>();
    properties.put(name, value);
    return properties;
  }

  @Test
  void defaultsAreLoopbackAndTheTwoOpenFlowPorts() {
    SouthboundProperties defaults = SouthboundProperties.of(with("listenPorts", ""));
    assertThat(defaults.addresses()).containsExactly("127.0.0.1");
    assertThat(defaults.ports()).containsExactly(6653, 6633);
    assertThat(defaults.flowStatisticsInterval()).isEqualTo(5);
    assertThat(defaults.portStatisticsInterval()).isEqualTo(5);
  }

  @Test
  void listsAndNumbersAreRead() {
    Hashtable<String, Object> properties = with("listenAddresses", " 192.0.2.1 , ::1");
    properties.put("listenPorts", "16653");
    properties.put("flowStatisticsInterval", 2);
    SouthboundProperties read = SouthboundProperties.of(properties);
    assertThat(read.addresses()).containsExactly("192.0.2.1", "::1");
    assertThat(read.ports()).containsExactly(16653);
    assertThat(read.flowStatisticsInterval()).isEqualTo(2);
    assertThat(read.listensLike(SouthboundProperties.of(with("listenPorts", "1")))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "flowStatisticsInterval, 0, 1..3600",
    "flowStatisticsInterval, 3601, 1..3600",
    "portStatisticsInterval, soon, 1..3600",
    "listenPorts, 70000, 1..65535",
    "listenPorts, ','',''', listenPorts",
  })
  void wrongValuesAreRefusedWithNameValueAndRange(String name, String value, String range) {
    assertThatThrownBy(() -> SouthboundProperties.of(with(name, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(name, range);
  }

  /** ONOS finds the definitions next to the component, under its simple name. */
  @Test
  void propertiesAreDefinedForOnos() throws Exception {
    try (InputStream definitions =
        OpenFlowSouthbound.class.getResourceAsStream("OpenFlowSouthbound.cfgdef")) {
      String text = new String(definitions.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(text)
          .contains(
              SouthboundProperties.LISTEN_ADDRESSES + "|STRING|",
              SouthboundProperties.LISTEN_PORTS + "|STRING|",
              SouthboundProperties.FLOW_INTERVAL + "|INTEGER|5|",
              SouthboundProperties.PORT_INTERVAL + "|INTEGER|5|");
    }
  }
}
