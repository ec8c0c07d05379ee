/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.overlane.app.tunnels.OvsdbReport;
import org.overlane.config.EndpointConfig;
import org.overlane.config.ModelReader;
import org.overlane.config.OvsdbAddress;
import org.overlane.tunnels.discovery.BridgeFacts;
import org.overlane.tunnels.discovery.DeviceDiscovery;
import org.overlane.tunnels.ovsdb.ConnectionState;

class OvsdbJsonTest {
  private static final EndpointConfig ANNOUNCED =
      new ModelReader()
          .readEndpoint(
              "{\"network\":\"blue\",\"mac\":\"02:00:00:00:01:01\","
                  + "\"device\":\"of:0000000000000001\",\"port\":5}");

  private static OvsdbReport report(Optional<DeviceDiscovery> discovery) {
    ConnectionState connection = mock(ConnectionState.class);
    when(connection.phase()).thenReturn(ConnectionState.Phase.WAITING);
    when(connection.since()).thenReturn(Instant.EPOCH);
    when(connection.lastError()).thenReturn(Optional.of("it closed the connection"));
    when(connection.lastErrorAt()).thenReturn(Optional.of(Instant.EPOCH));
    OvsdbReport report = mock(OvsdbReport.class);
    when(report.address()).thenReturn(OvsdbAddress.parse("tcp:[2001:db8::10]:6640"));
    when(report.connection()).thenReturn(connection);
    when(report.version()).thenReturn(Optional.of("3.1.0"));
    when(report.discovery()).thenReturn(discovery);
    when(report.provisioning()).thenReturn(Optional.empty());
    return report;
  }

  @Test
  void saysHowTheConnectionIsAndWhatWentWrong() {
    assertThat(OvsdbJson.of(report(Optional.empty())).toString())
        .isEqualTo(
            "{'address':'tcp:[2001:db8::10]:6640','state':'WAITING','since':'1970-01-01T00:00:00Z',"
                    .replace('\'', '"')
                + "'lastError':'it closed the connection','lastErrorAt':'1970-01-01T00:00:00Z',"
                    .replace('\'', '"')
                + "'version':'3.1.0'}".replace('\'', '"'));
  }

  @Test
  void showsTheBridgeAndItsEndpoints() {
    BridgeFacts bridge = mock(BridgeFacts.class, RETURNS_DEEP_STUBS);
    when(bridge.name()).thenReturn("br-int");
    when(bridge.datapathType()).thenReturn("netdev");
    when(bridge.comparesLengths()).thenReturn(Optional.of(true));
    when(bridge.failMode()).thenReturn(Optional.empty());
    when(bridge.ports()).thenReturn(ImmutableList.of());
    DeviceDiscovery discovery = mock(DeviceDiscovery.class);
    when(discovery.bridge()).thenReturn(Optional.of(bridge));
    when(discovery.endpoints()).thenReturn(ImmutableList.of(ANNOUNCED));
    ObjectNode json = OvsdbJson.of(report(Optional.of(discovery)));
    assertThat(json.get("bridge").toString().replace('"', '\''))
        .isEqualTo(
            "{'name':'br-int','datapath':'netdev','checkPktLen':true,'failMode':'standalone',"
                + "'ports':0}");
    assertThat(OvsdbJson.endpoints(discovery).get(0).get("id").asText())
        .isEqualTo("blue/02:00:00:00:01:01");
  }
}
