/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.overlane.openflow.channel.RecordingListener.await;
import static org.overlane.openflow.channel.RecordingListener.get;
import static org.overlane.openflow.channel.RecordingListener.next;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.overlane.openflow.codec.Bytes;
import org.overlane.openflow.codec.ExtraOxms;
import org.overlane.openflow.codec.NiciraActions;
import org.overlane.openflow.codec.RawAction;
import org.overlane.openflow.codec.RawMatch;
import org.projectfloodlight.openflow.protocol.OFControllerRole;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFFlowAdd;
import org.projectfloodlight.openflow.protocol.OFFlowMod;
import org.projectfloodlight.openflow.protocol.OFFlowModFlags;
import org.projectfloodlight.openflow.protocol.OFFlowRemoved;
import org.projectfloodlight.openflow.protocol.OFGroupMod;
import org.projectfloodlight.openflow.protocol.OFGroupType;
import org.projectfloodlight.openflow.protocol.OFMeterMod;
import org.projectfloodlight.openflow.protocol.OFMeterModCommand;
import org.projectfloodlight.openflow.protocol.OFPacketIn;
import org.projectfloodlight.openflow.protocol.OFType;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.protocol.action.OFAction;
import org.projectfloodlight.openflow.protocol.instruction.OFInstructionApplyActions;
import org.projectfloodlight.openflow.protocol.match.MatchField;
import org.projectfloodlight.openflow.types.EthType;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFGroup;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.TableId;
import org.projectfloodlight.openflow.types.TransportPort;
import org.projectfloodlight.openflow.types.U64;

/** The channel against a real Open vSwitch. */
class ChannelOvsIT {

  private static final OFFactory OF = OFFactories.getFactory(OFVersion.OF_13);

  /** The last rounds show what a warm virtual machine does. */
  private static final int ROUNDS = 6;

  private final RecordingListener listener = new RecordingListener();
  private OvsSandbox ovs;
  private OpenFlowServer server;

  @BeforeEach
  void start() throws Exception {
    ovs = OvsSandbox.start();
    server =
        OpenFlowServer.create(
            ServerSettings.builder().ports(ImmutableList.of(0)).build(), listener);
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    if (server != null) {
      server.stop();
    }
    if (ovs != null) {
      ovs.close();
    }
  }

  private SwitchConnection connect() throws Exception {
    ovs.addBridge("br0", 0x1L, server.boundAddresses().get(0).getPort());
    return next(listener.connected);
  }

  static OFFlowAdd overlayEntry(int index) {
    MacAddress mac = MacAddress.of(0x020000000000L | index);
    return OF.buildFlowAdd()
        .setTableId(TableId.of(30))
        .setPriority(100)
        .setCookie(U64.of(0x00c8_0300_0000_0000L | index))
        .setMatch(
            OF.buildMatch()
                .setExact(MatchField.TUNNEL_ID, U64.of(100))
                .setExact(MatchField.ETH_DST, mac)
                .build())
        .setInstructions(
            ImmutableList.of(
                OF.instructions()
                    .applyActions(
                        ImmutableList.of(
                            OF.actions()
                                .setField(
                                    OF.oxms()
                                        .tunnelIpv4Dst(IPv4Address.of(0xc0000200 | index & 0xff))),
                            OF.actions().buildOutput().setPort(OFPort.of(10)).build()))))
        .build();
  }

  @Test
  void connectsABridgeWithAllVersionsAtOpenFlow13() throws Exception {
    SwitchConnection connection = connect();
    SwitchProfileInfo info = connection.info();
    assertThat(info.version()).isEqualTo(OFVersion.OF_13);
    assertThat(connection.datapathId()).isEqualTo(1L);
    assertThat(info.isOpenVSwitch()).isTrue();
    assertThat(info.openVSwitchVersion().get()).matches("\\d+\\.\\d+.*");
    assertThat(info.nTables()).isEqualTo(254);
    assertThat(info.missSendLength()).isEqualTo(128);
    assertThat(connection.ports()).hasSize(1);
    assertThat(connection.ports().get(0).getPortNo()).isEqualTo(OFPort.LOCAL);
    assertThat(server.connection(1L)).contains(connection);
    assertThat(info.meterFeatures()).isPresent();
  }

  private long[] push(SwitchConnection connection, List<OFFlowMod> mods) throws Exception {
    long start = System.nanoTime();
    assertThat(get(connection.sendFlowMods(mods)))
        .hasSize(mods.size())
        .allMatch(outcome -> outcome.kind() == ModOutcome.Kind.DONE);
    long pushed = System.nanoTime();
    assertThat(get(connection.readFlows())).hasSize(mods.size());
    return new long[] {pushed - start, System.nanoTime() - pushed};
  }

  /** Prints the rates; they depend on what else runs on the machine, so none is asserted. */
  @Test
  void pushesAndReadsBackTwentyThousandEntries() throws Exception {
    SwitchConnection connection = connect();
    List<OFFlowMod> mods =
        IntStream.range(0, 20_000)
            .mapToObj(ChannelOvsIT::overlayEntry)
            .collect(Collectors.toList());
    for (int round = 0; round < ROUNDS; round++) {
      long[] nanos = push(connection, mods);
      System.out.printf(
          "20000 entries: pushed at %.0f/s, read back at %.0f/s%n",
          20_000 / (nanos[0] / 1e9), 20_000 / (nanos[1] / 1e9));
      long sent = connection.counters().flowModsSent();
      assertThat(get(connection.sendFlowMods(mods)))
          .allMatch(outcome -> outcome.kind() == ModOutcome.Kind.SUPPRESSED);
      assertThat(connection.counters().flowModsSent()).isEqualTo(sent);
      get(connection.sendFlowMods(ImmutableList.of(deleteAll())));
      assertThat(get(connection.readFlows())).isEmpty();
    }
  }

  private static OFFlowMod deleteAll() {
    return OF.buildFlowDelete()
        .setTableId(TableId.ALL)
        .setOutPort(OFPort.ANY)
        .setOutGroup(OFGroup.ANY)
        .build();
  }

  private void installReferences(SwitchConnection connection) throws Exception {
    assertThat(get(connection.sendGroupMods(ImmutableList.of(SampleEntries.group()))))
        .containsExactly(ModOutcome.done());
    assertThat(get(connection.sendMeterMods(ImmutableList.of(SampleEntries.meter(100)))))
        .containsExactly(ModOutcome.done());
  }

  @Test
  void everyKindOfEntryReadsBackAsEqual() throws Exception {
    SwitchConnection connection = connect();
    installReferences(connection);
    ImmutableMap<String, OFFlowAdd> samples = SampleEntries.all();
    List<OFFlowMod> mods = ImmutableList.copyOf(samples.values());
    List<ModOutcome> first = get(connection.sendFlowMods(mods));
    assertThat(Maps.filterValues(byName(samples, first), o -> o.kind() != ModOutcome.Kind.DONE))
        .isEmpty();

    List<ObservedFlow> observed = get(connection.readFlows());
    assertThat(observed).hasSameSizeAs(mods);
    List<ModOutcome> second = get(connection.sendFlowMods(mods));
    assertThat(
            Maps.filterValues(byName(samples, second), o -> o.kind() != ModOutcome.Kind.SUPPRESSED))
        .isEmpty();
    assertThat(connection.counters().flowModsSent()).isEqualTo(mods.size());
    for (ObservedFlow flow : observed) {
      OFFlowAdd sent = (OFFlowAdd) mods.get(flow.priority() - 100);
      assertThat(flow.cookie()).isEqualTo(sent.getCookie().getValue());
      assertThat(RawMatch.extensionsOf(flow.match()))
          .containsExactlyInAnyOrderElementsOf(RawMatch.extensionsOf(sent.getMatch()));
    }
  }

  private static Map<String, ModOutcome> byName(
      ImmutableMap<String, OFFlowAdd> samples, List<ModOutcome> outcomes) {
    Map<String, ModOutcome> byName = new LinkedHashMap<>();
    Iterator<ModOutcome> next = outcomes.iterator();
    samples.keySet().forEach(name -> byName.put(name, next.next()));
    return byName;
  }

  @Test
  void sendsNothingAfterAReconnectWhenNothingChanged() throws Exception {
    SwitchConnection first = connect();
    installReferences(first);
    List<OFFlowMod> mods = ImmutableList.copyOf(SampleEntries.all().values());
    get(first.sendFlowMods(mods));
    first.disconnect("test");
    assertThat(next(listener.disconnected)).isEqualTo("test");

    SwitchConnection second = next(listener.connected);
    assertThat(get(second.sendGroupMods(ImmutableList.of(SampleEntries.group()))))
        .containsExactly(ModOutcome.suppressed());
    assertThat(get(second.sendMeterMods(ImmutableList.of(SampleEntries.meter(100)))))
        .containsExactly(ModOutcome.suppressed());
    assertThat(get(second.sendFlowMods(mods))).containsOnly(ModOutcome.suppressed());
    SwitchCounters counters = second.counters();
    assertThat(counters.flowModsSent()).isZero();
    assertThat(counters.sent(OFType.GROUP_MOD)).isZero();
    assertThat(counters.sent(OFType.METER_MOD)).isZero();
    assertThat(counters.suppressed()).isEqualTo(mods.size() + 2);
  }

  /** A new role spoils what is being read: whoever was master may have changed anything. */
  @Test
  void sendsNothingThatIsThereEvenIfARoleIsTakenMeanwhile() throws Exception {
    SwitchConnection first = connect();
    installReferences(first);
    List<OFFlowMod> mods = ImmutableList.copyOf(SampleEntries.all().values());
    get(first.sendFlowMods(mods));
    first.disconnect("test");

    SwitchConnection second = next(listener.connected);
    CompletableFuture<OFControllerRole> role = second.requestRole(OFControllerRole.ROLE_MASTER);
    assertThat(get(second.sendFlowMods(mods))).containsOnly(ModOutcome.suppressed());
    assertThat(get(role)).isEqualTo(OFControllerRole.ROLE_MASTER);
    assertThat(second.counters().flowModsSent()).isZero();
  }

  @Test
  void changedGroupsAndMetersAreSent() throws Exception {
    SwitchConnection connection = connect();
    installReferences(connection);
    OFGroupMod changed =
        OF.buildGroupModify()
            .setGroup(OFGroup.of(SampleEntries.GROUP))
            .setGroupType(OFGroupType.ALL)
            .setBuckets(SampleEntries.group(NiciraActions.checkPktLarger(99, 3, 4)).getBuckets())
            .build();
    assertThat(get(connection.sendGroupMods(ImmutableList.of(changed))))
        .containsExactly(ModOutcome.done());
    assertThat(get(connection.readGroups())).hasSize(1);
    assertThat(get(connection.readGroups()).get(0).getBuckets().get(1).getActions())
        .contains(NiciraActions.checkPktLarger(99, 3, 4));
    assertThat(get(connection.sendGroupMods(ImmutableList.of(changed))))
        .containsExactly(ModOutcome.suppressed());

    OFMeterMod faster =
        SampleEntries.meter(200).createBuilder().setCommand(OFMeterModCommand.MODIFY).build();
    assertThat(get(connection.sendMeterMods(ImmutableList.of(faster))))
        .containsExactly(ModOutcome.done());
    assertThat(get(connection.readMeters())).hasSize(1);
    assertThat(get(connection.sendMeterMods(ImmutableList.of(faster))))
        .containsExactly(ModOutcome.suppressed());
  }

  @Test
  void aFlowWithCheckPktLargerAddedByHandSurvivesStatistics() throws Exception {
    SwitchConnection connection = connect();
    ovs.ofctl(
        "add-flow",
        "br0",
        "table=3,priority=7,ip,nw_frag=later,actions=check_pkt_larger(1464)->NXM_NX_REG2[5],"
            + "learn(table=9),note:01.02.03,resubmit(,9)");
    ovs.ofctl("add-flow", "br0", "priority=8,tcp,tcp_flags=+syn-ack,actions=ct(commit,zone=3)");
    List<ObservedFlow> flows = get(connection.readFlows());
    assertThat(flows).hasSize(2);
    ObservedFlow flow = flows.stream().filter(f -> f.tableId() == 3).findFirst().get();
    assertThat(RawMatch.foreignOf(flow.match())).containsExactly(ExtraOxms.nwFrag(3, 3));
    assertThat(flow.match().get(MatchField.ETH_TYPE)).isEqualTo(EthType.IPv4);
    List<OFAction> actions = ((OFInstructionApplyActions) flow.instructions().get(0)).getActions();
    assertThat(actions.get(0)).isEqualTo(NiciraActions.checkPktLarger(1464, 2, 5));
    assertThat(actions.get(1)).isInstanceOf(RawAction.class);

    OFFlowAdd same =
        OF.buildFlowAdd()
            .setTableId(TableId.of(3))
            .setPriority(7)
            .setMatch(flow.match())
            .setInstructions(flow.instructions())
            .build();
    assertThat(get(connection.sendFlowMods(ImmutableList.of(same))))
        .containsExactly(ModOutcome.suppressed());
    assertThat(connection.isConnected()).isTrue();
    assertThat(connection.counters().undecodable()).isZero();
  }

  @Test
  void whatSomebodyDeletedOrChangedByHandIsSentAgainAfterTheNextRead() throws Exception {
    SwitchConnection connection = connect();
    List<OFFlowMod> mods = ImmutableList.of(overlayEntry(0), overlayEntry(1), overlayEntry(2));
    get(connection.sendFlowMods(mods));
    ovs.ofctl("del-flows", "br0", "table=30,tun_id=100,dl_dst=02:00:00:00:00:01");
    ovs.ofctl("mod-flows", "br0", "table=30,tun_id=100,dl_dst=02:00:00:00:00:02,actions=drop");
    assertThat(get(connection.readFlows())).hasSize(2);
    assertThat(kinds(get(connection.sendFlowMods(mods))))
        .containsExactly(ModOutcome.Kind.SUPPRESSED, ModOutcome.Kind.DONE, ModOutcome.Kind.DONE);
  }

  @Test
  void errorsAreMappedToTheModThatCausedThem() throws Exception {
    SwitchConnection connection = connect();
    List<OFFlowMod> mods = new ArrayList<>();
    for (int i = 0; i < 2_500; i++) {
      mods.add(overlayEntry(i));
    }
    OFFlowAdd toNoGroup =
        overlayEntry(5_000)
            .createBuilder()
            .setInstructions(
                ImmutableList.of(SampleEntries.apply(OF.actions().group(OFGroup.of(99)))))
            .build();
    OFFlowAdd withoutPrerequisite =
        overlayEntry(5_001)
            .createBuilder()
            .setMatch(OF.buildMatch().setExact(MatchField.TCP_DST, TransportPort.of(5)).build())
            .build();
    OFFlowAdd unknownAction =
        overlayEntry(5_002)
            .createBuilder()
            .setInstructions(
                ImmutableList.of(
                    SampleEntries.apply(
                        RawAction.of(Bytes.ofHex("ffff0010000023200fff000000000000")))))
            .build();
    mods.set(17, toNoGroup);
    mods.set(1_999, withoutPrerequisite);
    mods.set(2_499, unknownAction);
    List<ModOutcome> outcomes = get(connection.sendFlowMods(mods));
    for (int i = 0; i < outcomes.size(); i++) {
      boolean bad = i == 17 || i == 1_999 || i == 2_499;
      assertThat(outcomes.get(i).kind())
          .as("mod %s", i)
          .isEqualTo(bad ? ModOutcome.Kind.REFUSED : ModOutcome.Kind.DONE);
    }
    assertThat(outcomes.get(17).reason()).contains("BAD_ACTION").contains("BAD_OUT_GROUP");
    assertThat(outcomes.get(1_999).reason()).contains("BAD_MATCH").contains("BAD_PREREQ");
    assertThat(outcomes.get(2_499).reason()).contains("BAD_ACTION");
    assertThat(get(connection.readFlows())).hasSize(2_497);
    assertThat(listener.errors).isEmpty();
  }

  @Test
  void survivesARestartOfTheSwitch() throws Exception {
    SwitchConnection connection = connect();
    get(connection.sendFlowMods(ImmutableList.of(overlayEntry(1))));
    ovs.killDaemon();
    next(listener.disconnected);
    assertThat(get(connection.sendFlowMods(ImmutableList.of(overlayEntry(2)))).get(0).kind())
        .isEqualTo(ModOutcome.Kind.DISCONNECTED);
    ovs.startDaemon();
    SwitchConnection again = next(listener.connected);
    assertThat(again.datapathId()).isEqualTo(1L);
    assertThat(get(again.sendFlowMods(ImmutableList.of(overlayEntry(1)))))
        .containsExactly(ModOutcome.done());
  }

  @Test
  void flowRemovedAndNonStrictDeletesAreSeen() throws Exception {
    SwitchConnection connection = connect();
    OFFlowAdd watched =
        overlayEntry(1)
            .createBuilder()
            .setMatch(
                RawMatch.of(
                    OF.buildMatch().setExact(MatchField.ETH_TYPE, EthType.IPv4).build(),
                    ImmutableList.of(ExtraOxms.nwFrag(1, 1))))
            .setFlags(ImmutableSet.of(OFFlowModFlags.SEND_FLOW_REM))
            .build();
    List<OFFlowMod> mods = ImmutableList.of(watched, overlayEntry(2), overlayEntry(3));
    get(connection.sendFlowMods(mods));
    ovs.ofctl("del-flows", "br0", "table=30,ip");
    OFFlowRemoved removed = next(listener.removed);
    assertThat(RawMatch.foreignOf(removed.getMatch())).containsExactly(ExtraOxms.nwFrag(1, 1));
    assertThat(kinds(get(connection.sendFlowMods(mods))))
        .containsExactly(
            ModOutcome.Kind.DONE, ModOutcome.Kind.SUPPRESSED, ModOutcome.Kind.SUPPRESSED);

    OFFlowMod deleteThird =
        OF.buildFlowDelete()
            .setTableId(TableId.of(30))
            .setOutPort(OFPort.ANY)
            .setOutGroup(OFGroup.ANY)
            .setMatch(overlayEntry(3).getMatch())
            .build();
    get(connection.sendFlowMods(ImmutableList.of(deleteThird)));
    assertThat(kinds(get(connection.sendFlowMods(mods))))
        .containsExactly(
            ModOutcome.Kind.SUPPRESSED, ModOutcome.Kind.SUPPRESSED, ModOutcome.Kind.DONE);
  }

  private static List<ModOutcome.Kind> kinds(List<ModOutcome> outcomes) {
    return outcomes.stream().map(ModOutcome::kind).collect(Collectors.toList());
  }

  @Test
  void rolesAreConfirmed() throws Exception {
    SwitchConnection connection = connect();
    assertThat(get(connection.requestRole(OFControllerRole.ROLE_MASTER)))
        .isEqualTo(OFControllerRole.ROLE_MASTER);
    assertThat(get(connection.requestRole(OFControllerRole.ROLE_SLAVE)))
        .isEqualTo(OFControllerRole.ROLE_SLAVE);
    assertThat(get(connection.sendFlowMods(ImmutableList.of(overlayEntry(1)))).get(0).kind())
        .isEqualTo(ModOutcome.Kind.REFUSED);
    assertThat(get(connection.requestRole(OFControllerRole.ROLE_MASTER)))
        .isEqualTo(OFControllerRole.ROLE_MASTER);
    assertThat(get(connection.sendFlowMods(ImmutableList.of(overlayEntry(1)))))
        .containsExactly(ModOutcome.done());
    assertThat(connection.role()).isEqualTo(OFControllerRole.ROLE_MASTER);
  }

  @Test
  void portsAndPacketInsArrive() throws Exception {
    SwitchConnection connection = connect();
    get(
        connection.sendFlowMods(
            ImmutableList.of(
                SampleEntries.entry(
                        0,
                        OF.buildMatch().build(),
                        SampleEntries.apply(
                            NiciraActions.loadRegister(9, 77, 0xffffffffL),
                            SampleEntries.output(OFPort.CONTROLLER, 0xffff)))
                    .build())));
    ovs.vsctl(
        "add-port", "br0", "p1", "--", "set", "interface", "p1", "type=dummy", "ofport_request=1");
    await("the port", () -> connection.ports().size() == 2);
    assertThat(next(listener.portStatus).getDesc().getName()).isEqualTo("p1");
    ovs.appctl(
        "netdev-dummy/receive",
        "p1",
        "in_port(1),eth(src=02:00:00:00:00:01,dst=02:00:00:00:00:02),eth_type(0x88b5)");
    OFPacketIn packetIn = next(listener.packetIns);
    assertThat(packetIn.getMatch().get(MatchField.IN_PORT)).isEqualTo(OFPort.of(1));
    assertThat(RawMatch.foreignOf(packetIn.getMatch())).containsExactly(ExtraOxms.register(9, 77));
    assertThat(packetIn.getData()).startsWith(2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1);

    assertThat(
            get(connection.requestStats(OF.buildPortStatsRequest().setPortNo(OFPort.ANY).build()))
                .get(0)
                .getEntries())
        .hasSize(2);
    assertThat(get(connection.requestStats(OF.buildTableStatsRequest().build()))).isNotEmpty();
    assertThat(get(connection.request(OF.buildBarrierRequest().build())).getType())
        .isEqualTo(OFType.BARRIER_REPLY);
  }
}
