/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.DefaultFlowEntry;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.IndexTableId;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.TrafficTreatment;
import org.overlane.openflow.channel.ObservedFlow;
import org.overlane.openflow.codec.RawMatch;
import org.overlane.openflow.codec.RawOxm;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFFlowMod;
import org.projectfloodlight.openflow.protocol.OFFlowModFlags;
import org.projectfloodlight.openflow.protocol.OFFlowRemoved;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.protocol.instruction.OFInstruction;
import org.projectfloodlight.openflow.protocol.match.Match;
import org.projectfloodlight.openflow.types.OFBufferId;
import org.projectfloodlight.openflow.types.OFGroup;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.TableId;
import org.projectfloodlight.openflow.types.U64;

/**
 * Flow rules as flow-mods, and what switches report as flow entries.
 *
 * <p>A rule whose flow-mod would be read back as another rule is refused: ONOS would take what the
 * switch reports for a foreign change, and mend it for ever.
 *
 * <p>The cookie is the flow id of ONOS, whose top 16 bits are the application id. The idle timeout
 * stays 0: ONOS ages rules by itself, and would install again what the switch had aged out.
 */
final class FlowRuleTranslator {

  private static final int MAX_TIMEOUT_SECONDS = 65535;
  private static final int MAX_TABLE = 254;
  private static final OFFactory FACTORY = OFFactories.getFactory(OFVersion.OF_13);
  private static final Match ANY = FACTORY.buildMatch().build();

  private FlowRuleTranslator() {}

  /** An ADD, which also replaces the entry with the same table, priority and match. */
  static OFFlowMod add(FlowRule rule) throws UnsupportedRuleException {
    List<RawOxm> match = MatchTranslator.encode(rule.selector());
    List<OFInstruction> instructions = TreatmentTranslator.encode(rule.treatment());
    checkReadBack(rule, match, instructions);
    if (rule.hardTimeout() > MAX_TIMEOUT_SECONDS) {
      throw new UnsupportedRuleException(
          "hard timeout " + rule.hardTimeout() + " s: at most 65535");
    }
    return FACTORY
        .buildFlowAdd()
        .setCookie(U64.of(rule.id().value()))
        .setTableId(TableId.of(table(rule)))
        .setPriority(rule.priority())
        .setHardTimeout(rule.hardTimeout())
        .setBufferId(OFBufferId.NO_BUFFER)
        .setOutPort(OFPort.ANY)
        .setOutGroup(OFGroup.ANY)
        .setFlags(ImmutableSet.of(OFFlowModFlags.SEND_FLOW_REM))
        .setMatch(RawMatch.of(ANY, match))
        .setInstructions(instructions)
        .build();
  }

  /** A strict DELETE that leaves an entry with another cookie alone: it is not ours. */
  static OFFlowMod delete(FlowRule rule) throws UnsupportedRuleException {
    return FACTORY
        .buildFlowDeleteStrict()
        .setCookie(U64.of(rule.id().value()))
        .setCookieMask(U64.NO_MASK)
        .setTableId(TableId.of(table(rule)))
        .setPriority(rule.priority())
        .setBufferId(OFBufferId.NO_BUFFER)
        .setOutPort(OFPort.ANY)
        .setOutGroup(OFGroup.ANY)
        .setMatch(RawMatch.of(ANY, MatchTranslator.encode(rule.selector())))
        .build();
  }

  private static int table(FlowRule rule) throws UnsupportedRuleException {
    if (!(rule.table() instanceof IndexTableId)) {
      throw new UnsupportedRuleException("table " + rule.table() + ": OpenFlow tables are numbers");
    }
    int table = ((IndexTableId) rule.table()).id();
    if (table < 0 || table > MAX_TABLE) {
      throw new UnsupportedRuleException("table " + table + ": tables are 0..254");
    }
    return table;
  }

  private static void checkReadBack(
      FlowRule rule, List<RawOxm> match, List<OFInstruction> instructions)
      throws UnsupportedRuleException {
    TrafficSelector selector = MatchTranslator.decode(match, rule.deviceId());
    if (!selector.equals(rule.selector())) {
      throw new UnsupportedRuleException(
          "match " + rule.selector().criteria() + ": a switch would report " + selector.criteria());
    }
    TrafficTreatment treatment = TreatmentTranslator.decode(instructions, rule.deviceId());
    if (!treatment.equals(rule.treatment())) {
      throw new UnsupportedRuleException(
          "treatment " + rule.treatment() + ": a switch would report " + treatment);
    }
  }

  /** The entry that a switch reports in its statistics. */
  static FlowEntry entry(ObservedFlow flow, DeviceId device) {
    FlowRule rule =
        rule(
                device,
                flow.cookie(),
                flow.tableId(),
                flow.priority(),
                flow.idleTimeout(),
                flow.hardTimeout())
            .withSelector(MatchTranslator.decode(Oxm.fieldsOfMatch(flow.matchBytes()), device))
            .withTreatment(TreatmentTranslator.decode(flow.instructions(), device))
            .build();
    long nanos = TimeUnit.SECONDS.toNanos(flow.durationSeconds()) + flow.durationNanos();
    return new DefaultFlowEntry(
        rule,
        FlowEntry.FlowEntryState.ADDED,
        nanos,
        TimeUnit.NANOSECONDS,
        flow.packetCount(),
        flow.byteCount());
  }

  /** The entry that a flow-removed message is about; its treatment is not known. */
  static FlowEntry entry(OFFlowRemoved removed, DeviceId device) {
    ImmutableList<RawOxm> match = Oxm.fieldsOfMatch(Oxm.written(removed.getMatch()::writeTo));
    FlowRule rule =
        rule(
                device,
                removed.getCookie().getValue(),
                removed.getTableId().getValue(),
                removed.getPriority(),
                removed.getIdleTimeout(),
                removed.getHardTimeout())
            .withSelector(MatchTranslator.decode(match, device))
            .withReason(reason(removed))
            .build();
    long nanos = TimeUnit.SECONDS.toNanos(removed.getDurationSec()) + removed.getDurationNsec();
    return new DefaultFlowEntry(
        rule,
        FlowEntry.FlowEntryState.REMOVED,
        nanos,
        TimeUnit.NANOSECONDS,
        removed.getPacketCount().getValue(),
        removed.getByteCount().getValue());
  }

  private static FlowRule.Builder rule(
      DeviceId device, long cookie, int table, int priority, int idle, int hard) {
    FlowRule.Builder rule =
        DefaultFlowRule.builder()
            .forDevice(device)
            .withCookie(cookie)
            .forTable(table)
            .withPriority(priority);
    if (hard > 0) {
      return rule.withHardTimeout(hard);
    }
    return idle > 0 ? rule.makeTemporary(idle) : rule.makePermanent();
  }

  private static FlowRule.FlowRemoveReason reason(OFFlowRemoved removed) {
    switch (removed.getReason()) {
      case IDLE_TIMEOUT:
        return FlowRule.FlowRemoveReason.IDLE_TIMEOUT;
      case HARD_TIMEOUT:
        return FlowRule.FlowRemoveReason.HARD_TIMEOUT;
      case DELETE:
        return FlowRule.FlowRemoveReason.DELETE;
      case GROUP_DELETE:
        return FlowRule.FlowRemoveReason.GROUP_DELETE;
      case METER_DELETE:
        return FlowRule.FlowRemoveReason.METER_DELETE;
      case EVICTION:
        return FlowRule.FlowRemoveReason.EVICTION;
      default:
        return FlowRule.FlowRemoveReason.NO_REASON;
    }
  }
}
