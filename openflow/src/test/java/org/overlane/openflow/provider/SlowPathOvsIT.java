/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.overlane.openflow.channel.RecordingListener.get;
import static org.overlane.openflow.channel.RecordingListener.next;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ethernet;
import org.onlab.packet.IPv4;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.flow.criteria.Criteria;
import org.onosproject.net.flow.criteria.ExtensionSelector;
import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.onosproject.net.flow.instructions.Instructions;
import org.onosproject.net.meter.MeterId;
import org.onosproject.net.packet.PacketContext;
import org.onosproject.net.packet.PacketProviderRegistry;
import org.onosproject.net.packet.PacketProviderService;
import org.overlane.openflow.channel.ModOutcome;
import org.overlane.openflow.channel.SwitchConnection;
import org.overlane.openflow.driver.CheckPktLarger;
import org.overlane.openflow.driver.LoadRegister;
import org.overlane.openflow.driver.MatchNwFrag;
import org.overlane.openflow.driver.MatchRegister;
import org.overlane.openflow.driver.MatchTcpFlags;
import org.projectfloodlight.openflow.protocol.OFFlowMod;
import org.projectfloodlight.openflow.protocol.OFMeterFlags;
import org.projectfloodlight.openflow.protocol.OFMeterModCommand;

/**
 * The entries that find oversize packets and take them to the controller, on a real Open vSwitch.
 */
class SlowPathOvsIT {

  private static final long METER = 262_141;
  private static final int JUMBO = 9_000;

  private final BlockingQueue<PacketContext> packets = new LinkedBlockingQueue<>();
  private LiveSwitch live;
  private SwitchConnection connection;

  @BeforeEach
  void start() throws Exception {
    PacketProviderService service = mock(PacketProviderService.class);
    doAnswer(call -> packets.add(call.getArgument(0))).when(service).processPacket(any());
    PacketProviderRegistry registry = mock(PacketProviderRegistry.class);
    when(registry.register(any())).thenReturn(service);
    live =
        new LiveSwitch(
            me -> {
              PacketInProvider provider = new PacketInProvider(me.switches);
              provider.register(registry);
              return ImmutableList.of(provider);
            });
    connection = live.connect().connection();
    live.ovs.addPort(LiveSwitch.BRIDGE, "p1", 1);
    assertThat(
            get(
                connection.sendMeterMods(
                    ImmutableList.of(
                        connection
                            .factory()
                            .buildMeterMod()
                            .setCommand(OFMeterModCommand.ADD)
                            .setMeterId(METER)
                            .setFlags(ImmutableSet.of(OFMeterFlags.PKTPS, OFMeterFlags.STATS))
                            .setMeters(
                                ImmutableList.of(
                                    connection
                                        .factory()
                                        .meterBands()
                                        .buildDrop()
                                        .setRate(1000)
                                        .build()))
                            .build()))))
        .allMatch(ModOutcome::isSuccess);
  }

  @AfterEach
  void stop() throws Exception {
    if (live != null) {
      live.close();
    }
  }

  private static FlowRule.Builder rule(
      int priority, TrafficSelector.Builder selector, TrafficTreatment.Builder treatment) {
    return DefaultFlowRule.builder()
        .forDevice(Rules.DEVICE)
        .forTable(0)
        .withPriority(priority)
        .fromApp(new DefaultApplicationId(9, "app"))
        .withSelector(selector.build())
        .withTreatment(treatment.build());
  }

  private static TrafficTreatment.Builder treatment() {
    return DefaultTrafficTreatment.builder();
  }

  private static TrafficSelector.Builder selector() {
    return DefaultTrafficSelector.builder();
  }

  private static TrafficSelector.Builder with(
      TrafficSelector.Builder selector, ExtensionSelector... extensions) {
    for (ExtensionSelector extension : extensions) {
      selector.add(Criteria.extension(extension, Rules.DEVICE));
    }
    return selector;
  }

  private static TrafficTreatment.Builder with(ExtensionTreatment... extensions) {
    TrafficTreatment.Builder treatment = treatment();
    for (ExtensionTreatment extension : extensions) {
      treatment.add(Instructions.extension(extension, Rules.DEVICE));
    }
    return treatment;
  }

  private static List<FlowRule> slowPath() {
    TrafficSelector.Builder syn = selector().matchEthType(Ethernet.TYPE_IPV4);
    syn.matchIPProtocol(IPv4.PROTOCOL_TCP);
    return ImmutableList.of(
        rule(
                10,
                selector().matchInPort(PortNumber.portNumber(1)),
                treatment().meter(MeterId.meterId(METER)).setOutput(PortNumber.CONTROLLER))
            .makePermanent()
            .build(),
        rule(
                20,
                with(selector().matchTunnelId(100), new MatchRegister(3, 0x20, 0xf0)),
                with(new CheckPktLarger(1464, 2, 5), new LoadRegister(4, 7, 0xff)).transition(20))
            .makePermanent()
            .build(),
        rule(30, with(syn, new MatchTcpFlags(2, 2)), treatment().transition(30))
            .makePermanent()
            .build(),
        rule(
                40,
                with(selector().matchEthType(Ethernet.TYPE_IPV6), new MatchNwFrag(1, 1)),
                treatment().meter(MeterId.meterId(METER)))
            .makePermanent()
            .build(),
        rule(
                45,
                with(
                    selector().matchEthType(Ethernet.TYPE_IPV4).matchIPProtocol(IPv4.PROTOCOL_TCP),
                    new MatchNwFrag(0, 1),
                    new MatchTcpFlags(2, 2),
                    new MatchRegister(2, 0x20, 0x20)),
                treatment().meter(MeterId.meterId(METER)).setOutput(PortNumber.CONTROLLER))
            .makePermanent()
            .build(),
        rule(
                50,
                with(selector().matchEthType(Ethernet.TYPE_IPV4), new MatchNwFrag(3, 3)),
                with(new LoadRegister(0, 1, 0xffffffffL)).transition(20))
            .makePermanent()
            .build());
  }

  private List<ModOutcome> add(List<FlowRule> rules) throws Exception {
    List<OFFlowMod> mods = new ArrayList<>();
    for (FlowRule rule : rules) {
      mods.add(FlowRuleTranslator.add(rule));
    }
    return get(connection.sendFlowMods(mods));
  }

  private List<FlowEntry> read() throws Exception {
    return get(connection.readFlows()).stream()
        .map(flow -> FlowRuleTranslator.entry(flow, Rules.DEVICE))
        .collect(toList());
  }

  @Test
  void entriesAreReadBackExactlyAndNotSentAgain() throws Exception {
    List<FlowRule> rules = slowPath();
    assertThat(rules)
        .as("a rule with all criteria, of which ONOS dropped none")
        .anyMatch(rule -> rule.selector().criteria().size() == 5);
    assertThat(add(rules)).allMatch(outcome -> outcome.kind() == ModOutcome.Kind.DONE);
    List<FlowEntry> entries = read();
    assertThat(entries).hasSameSizeAs(rules);
    for (FlowRule rule : rules) {
      assertThat(entries).as("%s", rule).anyMatch(entry -> entry.exactMatch(rule));
    }
    assertThat(add(rules)).containsOnly(ModOutcome.suppressed());
  }

  @Test
  void temporaryRuleIsAPermanentEntryOfTheSwitch() throws Exception {
    FlowRule temporary =
        rule(
                10,
                selector().matchInPort(PortNumber.portNumber(1)),
                treatment().setOutput(PortNumber.portNumber(2)))
            .makeTemporary(5)
            .build();
    assertThat(add(ImmutableList.of(temporary))).allMatch(ModOutcome::isSuccess);
    FlowEntry entry = read().get(0);
    assertThat(entry.exactMatch(temporary)).isTrue();
    assertThat(entry.isPermanent()).isTrue();
    assertThat(live.ovs.ofctl("dump-flows", LiveSwitch.BRIDGE)).doesNotContain("timeout");
    assertThat(add(ImmutableList.of(temporary))).containsOnly(ModOutcome.suppressed());
    assertThat(get(connection.sendFlowMods(ImmutableList.of(FlowRuleTranslator.delete(temporary)))))
        .allMatch(ModOutcome::isSuccess);
    assertThat(read()).isEmpty();
  }

  @Test
  void wholeFramesReachTheController() throws Exception {
    assertThat(add(slowPath())).allMatch(ModOutcome::isSuccess);
    for (int size : new int[] {60, 1_514, JUMBO, JUMBO + 14}) {
      byte[] frame = frame(size);
      live.ovs.receive("p1", frame);
      PacketContext context = next(packets);
      assertThat(context.inPacket().receivedFrom().port()).isEqualTo(PortNumber.portNumber(1));
      byte[] data = new byte[context.inPacket().unparsed().remaining()];
      context.inPacket().unparsed().get(data);
      assertThat(data).isEqualTo(frame);
    }
  }

  static byte[] frame(int size) {
    byte[] frame = new byte[size];
    new Random(size).nextBytes(frame);
    frame[0] = 2;
    frame[6] = 2;
    frame[12] = (byte) 0x88;
    frame[13] = (byte) 0xb5;
    return frame;
  }
}
