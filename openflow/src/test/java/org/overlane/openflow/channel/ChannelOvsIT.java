/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.overlane.openflow.channel.RecordingListener.get;
import static org.overlane.openflow.channel.RecordingListener.next;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFFlowAdd;
import org.projectfloodlight.openflow.protocol.OFFlowMod;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.protocol.match.MatchField;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.TableId;
import org.projectfloodlight.openflow.types.U64;

/** The channel against a real Open vSwitch. */
class ChannelOvsIT {

  private static final OFFactory OF = OFFactories.getFactory(OFVersion.OF_13);

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
    System.out.println(info);
  }

  @Test
  void pushesAndReadsBackTwentyThousandEntries() throws Exception {
    SwitchConnection connection = connect();
    List<OFFlowMod> mods = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      mods.add(overlayEntry(i));
    }
    for (int round = 0; round < 4; round++) {
      long start = System.nanoTime();
      List<ModOutcome> outcomes = get(connection.sendFlowMods(mods));
      double seconds = (System.nanoTime() - start) / 1e9;
      assertThat(outcomes).hasSize(20_000).allMatch(ModOutcome::isSuccess);
      System.out.printf("push 20000: %.3f s, %.0f entries/s%n", seconds, 20_000 / seconds);
      start = System.nanoTime();
      assertThat(get(connection.readFlows())).hasSize(20_000);
      seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf("read 20000: %.3f s, %.0f entries/s%n", seconds, 20_000 / seconds);
      long sent = connection.counters().flowModsSent();
      start = System.nanoTime();
      outcomes = get(connection.sendFlowMods(mods));
      seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf("suppress 20000: %.3f s%n", seconds);
      assertThat(outcomes).allMatch(o -> o.kind() == ModOutcome.Kind.SUPPRESSED);
      assertThat(connection.counters().flowModsSent()).isEqualTo(sent);
      get(
          connection.sendFlowMods(
              ImmutableList.of(
                  OF.buildFlowDelete()
                      .setTableId(TableId.ALL)
                      .setOutPort(OFPort.ANY)
                      .setOutGroup(org.projectfloodlight.openflow.types.OFGroup.ANY)
                      .build())));
      assertThat(get(connection.readFlows())).isEmpty();
    }
  }
}
