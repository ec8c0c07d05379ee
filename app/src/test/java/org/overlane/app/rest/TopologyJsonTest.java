/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.Optional;
import javax.ws.rs.NotFoundException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.overlane.app.api.ClassCounters;
import org.overlane.app.api.OverlaneService;
import org.overlane.app.reconcile.SwitchStatus;
import org.overlane.app.reconcile.SwitchStatus.State;
import org.overlane.config.ModelAssembler;
import org.overlane.config.ModelDocument;
import org.overlane.config.ModelReader;
import org.overlane.config.PortDirectory;
import org.overlane.flowrules.feature.PacketClass;
import org.overlane.flowrules.model.NodeId;

/** What a map is drawn from, and the counters beside it. */
class TopologyJsonTest {
  private static final NodeId ONE = NodeId.of("of:0000000000000001");
  private static final NodeId STRANGER = NodeId.of("of:0000000000000009");
  private static final String MODEL =
      "{'devices': {'of:0000000000000001': {'overlane': {'name': 'hv1', 'vteps': ['192.0.2.1'],"
          + " 'underlayMtu': 1400, 'tunnel': {'mode': 'native', 'port': 10}}}},"
          + " 'networks': [{'id': 'blue', 'vni': 100}], 'endpoints': [{'id': 'vm1', 'network':"
          + " 'blue', 'mac': '02:00:00:00:00:01', 'device': 'of:0000000000000001', 'port': 11,"
          + " 'ips': ['10.0.0.1']}, {'id': 'waits', 'network': 'blue', 'mac':"
          + " '02:00:00:00:00:02', 'device': 'of:0000000000000001', 'port': 'tap7'}]}";

  private final OverlaneService overlane = mock(OverlaneService.class, RETURNS_DEEP_STUBS);

  @BeforeEach
  void oneSwitchAndAStranger() {
    ModelDocument document = new ModelReader().readDocument(MODEL.replace('\'', '"'));
    when(overlane.model().document()).thenReturn(document);
    when(overlane.assembly(any()))
        .thenReturn(ModelAssembler.assemble(document, PortDirectory.offline()));
    when(overlane.problem()).thenReturn(Optional.empty());
    SwitchStatus one = status(ONE, State.IN_SYNC);
    SwitchStatus stranger = status(STRANGER, State.UNCONFIGURED);
    when(overlane.statuses()).thenReturn(ImmutableSortedMap.of(ONE, one, STRANGER, stranger));
  }

  private static SwitchStatus status(NodeId id, State state) {
    SwitchStatus status = mock(SwitchStatus.class);
    when(status.id()).thenReturn(id);
    when(status.state()).thenReturn(state);
    when(status.pending()).thenReturn(ImmutableList.of());
    when(status.notices()).thenReturn(ImmutableList.of());
    return status;
  }

  @Test
  void showsWhatIsInForce() {
    JsonNode json = TopologyJson.of(overlane);
    assertThat(json.path("devices").toString())
        .isEqualTo(
            ("[{'device':'of:0000000000000001','name':'hv1','state':'IN_SYNC','configured':true,"
                    + "'vteps':['192.0.2.1'],'profile':'ovs','tunnel':'native',"
                    + "'underlayMtu':1400,'warnings':0,'pending':0},"
                    + "{'device':'of:0000000000000009','name':'of:0000000000000009',"
                    + "'state':'UNCONFIGURED','configured':false,'vteps':[],'warnings':0,"
                    + "'pending':0}]")
                .replace('\'', '"'));
    assertThat(json.path("networks").toString())
        .isEqualTo("[{\"id\":\"blue\",\"vni\":100,\"endpoints\":2}]");
    assertThat(json.path("endpoints")).hasSize(2);
    assertThat(json.path("endpoints").findValues("port")).hasSize(1);
    assertThat(json.path("endpoints").path(0).path("declared").asBoolean()).isTrue();
    assertThat(json.has("problem")).isFalse();
  }

  @Test
  void saysWhyAModelCannotBePutToWork() {
    when(overlane.problem()).thenReturn(Optional.of("the store is away"));
    assertThat(TopologyJson.of(overlane).path("problem").asText()).isEqualTo("the store is away");
  }

  private final CountersResource counters =
      new CountersResource() {
        @Override
        OverlaneService overlane() {
          return overlane;
        }
      };

  @Test
  void countersComeByPacketClass() throws Exception {
    when(overlane.counters(ONE))
        .thenReturn(
            ImmutableList.of(ClassCounters.of(PacketClass.VXLAN_RECEIVE, 2, 7_000_000_000L, 9)));
    JsonNode json =
        new ObjectMapper().readTree((String) counters.ofDevice(ONE.toString()).getEntity());
    JsonNode first = json.path("classes").path(0);
    assertThat(first.path("packetClass").asText()).isEqualTo("vxlan-receive");
    assertThat(first.path("packets").asLong()).isEqualTo(7_000_000_000L);
    assertThat(first.path("entries").asInt()).isEqualTo(2);
  }

  @Test
  void aDeviceThatNobodyKnowsHasNone() {
    for (String device : new String[] {"", " ", "of:0000000000000077", "hv1"}) {
      assertThatThrownBy(() -> counters.ofDevice(device)).isInstanceOf(NotFoundException.class);
    }
  }
}
