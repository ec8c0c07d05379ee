/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.junit.jupiter.api.Test;
import org.overlane.openflow.channel.ModEffect.Kind;
import org.overlane.openflow.codec.MalformedMessageException;
import org.projectfloodlight.openflow.protocol.OFFlowAdd;
import org.projectfloodlight.openflow.protocol.OFFlowModFlags;
import org.projectfloodlight.openflow.protocol.OFGroupType;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.match.MatchField;
import org.projectfloodlight.openflow.types.EthType;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.OFBufferId;
import org.projectfloodlight.openflow.types.OFGroup;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.TableId;
import org.projectfloodlight.openflow.types.U64;

/** What a modification leaves behind, and when that is uncertain. */
class ModEffectTest {

  private static final OFFlowAdd ADD =
      SampleEntries.entry(
              5,
              SampleEntries.OF
                  .buildMatch()
                  .setExact(MatchField.ETH_TYPE, EthType.IPv4)
                  .setMasked(
                      MatchField.IPV4_DST, IPv4Address.of("10.0.0.0"), IPv4Address.of("255.0.0.0"))
                  .build(),
              SampleEntries.apply(SampleEntries.output(OFPort.of(1), 0)),
              SampleEntries.gotoTable(9))
          .build();

  private static ModEffect flow(OFMessage mod) throws MalformedMessageException {
    return ModEffect.of(Kind.FLOW, Outbound.encode(mod, 1));
  }

  private static OFFlowAdd.Builder changed() {
    return ADD.createBuilder();
  }

  @Test
  void whatMeansTheSameHasTheSameEffect() throws Exception {
    ModEffect effect = flow(ADD);
    assertThat(effect.body()).isPresent();
    OFFlowAdd same =
        changed()
            .setInstructions(
                ImmutableList.of(
                    SampleEntries.gotoTable(9),
                    SampleEntries.apply(SampleEntries.output(OFPort.of(1), 0xffff)),
                    SampleEntries.OF.instructions().writeActions(ImmutableList.of())))
            .setMatch(
                SampleEntries.OF
                    .buildMatch()
                    .setExact(MatchField.ETH_TYPE, EthType.IPv4)
                    .setMasked(
                        MatchField.IPV4_DST,
                        IPv4Address.of("10.1.2.3"),
                        IPv4Address.of("255.0.0.0"))
                    .build())
            .build();
    assertThat(flow(same)).isEqualTo(effect);
  }

  @Test
  void whatDiffersInAnyRespectHasAnotherEffect() throws Exception {
    ModEffect effect = flow(ADD);
    assertThat(flow(changed().setTableId(TableId.of(6)).build()).key()).isNotEqualTo(effect.key());
    assertThat(flow(changed().setPriority(6).build()).key()).isNotEqualTo(effect.key());
    assertThat(flow(changed().setCookie(U64.of(6)).build()).body()).isNotEqualTo(effect.body());
    assertThat(
            flow(changed().setFlags(ImmutableSet.of(OFFlowModFlags.SEND_FLOW_REM)).build()).body())
        .isNotEqualTo(effect.body());
    assertThat(
            flow(changed()
                    .setInstructions(
                        ImmutableList.of(
                            SampleEntries.apply(SampleEntries.output(OFPort.of(2), 0)),
                            SampleEntries.gotoTable(9)))
                    .build())
                .body())
        .isNotEqualTo(effect.body());
  }

  @Test
  void anAddWithASideEffectIsNeverTakenForGranted() throws Exception {
    assertThat(flow(changed().setIdleTimeout(5).build()).body()).isEmpty();
    assertThat(flow(changed().setHardTimeout(5).build()).body()).isEmpty();
    assertThat(flow(changed().setBufferId(OFBufferId.of(5)).build()).body()).isEmpty();
    assertThat(
            flow(changed().setFlags(ImmutableSet.of(OFFlowModFlags.RESET_COUNTS)).build()).body())
        .isEmpty();
    assertThat(
            flow(changed().setFlags(ImmutableSet.of(OFFlowModFlags.CHECK_OVERLAP)).build()).body())
        .isEmpty();
  }

  @Test
  void strictModsTouchTheirKeyAndOthersAnything() throws Exception {
    OFMessage strict =
        SampleEntries.OF
            .buildFlowDeleteStrict()
            .setTableId(ADD.getTableId())
            .setPriority(ADD.getPriority())
            .setMatch(ADD.getMatch())
            .build();
    assertThat(flow(strict).key()).isEqualTo(flow(ADD).key());
    assertThat(flow(strict).body()).isEmpty();
    OFMessage wide =
        SampleEntries.OF
            .buildFlowDelete()
            .setTableId(ADD.getTableId())
            .setMatch(ADD.getMatch())
            .build();
    assertThat(flow(wide).key()).isEmpty();
    assertThat(flow(changed().setTableId(TableId.ALL).build()).key()).isEmpty();
  }

  @Test
  void groupsAndMetersAreKeyedByNumberAndTakeTheirEntriesAlong() throws Exception {
    ModEffect add = ModEffect.of(Kind.GROUP, Outbound.encode(SampleEntries.group(), 1));
    assertThat(add.key()).contains(ModEffect.keyOf(SampleEntries.GROUP));
    assertThat(add.deletesFlows()).isFalse();
    OFMessage delete =
        SampleEntries.OF
            .buildGroupDelete()
            .setGroupType(OFGroupType.ALL)
            .setGroup(OFGroup.of(SampleEntries.GROUP))
            .build();
    assertThat(ModEffect.of(Kind.GROUP, Outbound.encode(delete, 1)).deletesFlows()).isTrue();
    OFMessage deleteAll =
        SampleEntries.OF
            .buildGroupDelete()
            .setGroupType(OFGroupType.ALL)
            .setGroup(OFGroup.ALL)
            .build();
    assertThat(ModEffect.of(Kind.GROUP, Outbound.encode(deleteAll, 1)).key()).isEmpty();
    ModEffect slow = ModEffect.of(Kind.METER, Outbound.encode(SampleEntries.meter(10), 1));
    ModEffect fast = ModEffect.of(Kind.METER, Outbound.encode(SampleEntries.meter(20), 1));
    assertThat(slow.key()).isEqualTo(fast.key());
    assertThat(slow.body()).isNotEqualTo(fast.body());
  }
}
