/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.mastership.MastershipService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.driver.DriverService;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.group.GroupService;
import org.onosproject.net.meter.MeterService;
import org.onosproject.net.packet.OutboundPacket;
import org.onosproject.net.packet.PacketService;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Cookie;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.Instructions;
import org.overlane.flowrules.openflow.Match;

class SlowPathOutputTest {
  private static final ApplicationId APP = new DefaultApplicationId(5, "org.overlane");
  private static final NodeId NODE = NodeId.of("of:0000000000000001");

  private final PacketService packets = mock(PacketService.class);
  private final FlowRuleService rules = mock(FlowRuleService.class);
  private final DeviceService devices = mock(DeviceService.class);
  private final MastershipService mastership = mock(MastershipService.class);
  private final SlowPathOutput output =
      new SlowPathOutput(
          APP,
          OnosServices.of(
              devices,
              mastership,
              rules,
              mock(GroupService.class),
              mock(MeterService.class),
              mock(DriverService.class)),
          packets,
          () -> 7);

  private OutboundPacket emitted() {
    ArgumentCaptor<OutboundPacket> packet = ArgumentCaptor.forClass(OutboundPacket.class);
    verify(packets).emit(packet.capture());
    return packet.getValue();
  }

  @Test
  void answersGoToThePortAndComeFromNobody() {
    output.answer(NODE, OfPort.of(11), new byte[] {1, 2});
    OutboundPacket packet = emitted();
    assertThat(packet.sendThrough()).hasToString(NODE.toString());
    assertThat(packet.inPort()).isEqualTo(PortNumber.CONTROLLER);
    assertThat(packet.treatment())
        .isEqualTo(DefaultTrafficTreatment.builder().setOutput(PortNumber.portNumber(11)).build());
    assertThat(packet.data().array()).containsExactly(1, 2);
  }

  @Test
  void otherPacketsGoOnAsTheActionsSay() {
    Action setVni = Action.setField(FieldValue.exact(Field.TUNNEL_ID, 100));
    output.send(
        NODE, OfPort.of(11), ImmutableList.of(setVni, Action.output(OfPort.of(9))), new byte[60]);
    assertThat(emitted().inPort()).isEqualTo(PortNumber.portNumber(11));
    assertThat(emitted().treatment())
        .isEqualTo(
            DefaultTrafficTreatment.builder()
                .setTunnelId(100)
                .setOutput(PortNumber.portNumber(9))
                .build());
  }

  /** Without a driver nothing can be set but what is standard: the packet is lost, no more. */
  @Test
  void whatTheDriverCannotSayIsNotSent() {
    Action remote = Action.setField(FieldValue.exact(Field.TUN_DST, Bits.of(0xc0000202L)));
    output.send(NODE, OfPort.of(11), ImmutableList.of(remote), new byte[60]);
    verify(packets, never()).emit(any());
  }

  /** The prober must know what was not sent: it would take it for lost. */
  @Test
  void aProbeGoesToASwitchThatIsOursOrIsRefused() {
    ImmutableList<Action> actions = ImmutableList.of(Action.output(OfPort.of(9)));
    assertThatIllegalStateException()
        .isThrownBy(() -> output.probe(NODE, actions, new byte[60]))
        .withMessageContaining("not connected here");
    DeviceId device = DeviceId.deviceId(NODE.toString());
    when(mastership.isLocalMaster(device)).thenReturn(true);
    when(devices.isAvailable(device)).thenReturn(true);
    Action remote = Action.setField(FieldValue.exact(Field.TUN_DST, Bits.of(0xc0000202L)));
    assertThatIllegalStateException()
        .isThrownBy(() -> output.probe(NODE, ImmutableList.of(remote), new byte[60]));
    verify(packets, never()).emit(any());
    output.probe(NODE, actions, new byte[] {1});
    assertThat(emitted().inPort()).isEqualTo(PortNumber.CONTROLLER);
    assertThat(emitted().data().array()).containsExactly(1);
  }

  @Test
  void exceptionsGoByThemselves() {
    Match match = Match.of(ImmutableList.of(FieldValue.exact(Field.TUNNEL_ID, 100)));
    Instructions instructions = Instructions.builder().gotoTable(52).build();
    Cookie cookie = Cookie.of(20, 51, 280, match);
    output.install(NODE, FlowEntry.of(51, 280, match, instructions, cookie, "test"));
    ArgumentCaptor<FlowRule> rule = ArgumentCaptor.forClass(FlowRule.class);
    verify(rules).applyFlowRules(rule.capture());
    assertThat(rule.getValue().isPermanent()).isFalse();
    assertThat(rule.getValue().timeout()).isEqualTo(7);
    assertThat(rule.getValue().appId()).isEqualTo((short) 5);
    assertThat(rule.getValue().id().value()).isEqualTo(5L << 48 | cookie.toLong());
  }
}
