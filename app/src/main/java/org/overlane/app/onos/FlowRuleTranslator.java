/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import com.google.common.collect.ImmutableSet;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.MacAddress;
import org.onosproject.core.GroupId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.Instructions.GroupInstruction;
import org.onosproject.net.flow.instructions.Instructions.MeterInstruction;
import org.onosproject.net.meter.MeterId;
import org.overlane.app.reconcile.Item;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.Cookie;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.openflow.Instructions;

/**
 * From flow entries to ONOS flow rules, for one device: the only place where that is done. The flow
 * id, which is the cookie on the switch, carries the application id in its top 16 bits; the rest is
 * the entry's own cookie.
 */
final class FlowRuleTranslator {
  static final String REMEDY = "This is a defect of Overlane; please report it";

  private final short appId;
  private final DeviceId device;
  private final DriverExtensions extensions;
  private final SelectorTranslator selectors;

  /**
   * A translator for the tables of one device.
   *
   * @param metadataInUse the bits of the metadata that any entry of these tables sets
   */
  FlowRuleTranslator(
      short appId, DeviceId device, DriverExtensions extensions, long metadataInUse) {
    this.appId = appId;
    this.device = device;
    this.extensions = extensions;
    this.selectors = new SelectorTranslator(device, extensions, metadataInUse);
  }

  /** The bits of the metadata that any entry of these tables sets. */
  static long metadataInUse(FlowTables tables) {
    long bits = 0;
    for (FlowEntry entry : tables.entries()) {
      bits |= entry.instructions().writeMetadata().map(m -> m.mask().low()).orElse(0L);
    }
    return bits;
  }

  /**
   * The rule of an entry.
   *
   * @throws UntranslatableException if ONOS or the device's driver cannot express it
   */
  FlowRule rule(FlowEntry entry) throws UntranslatableException {
    return builder(entry).makePermanent().build();
  }

  /** The same, for an entry that goes when no packet has met it for so many seconds. */
  FlowRule temporaryRule(FlowEntry entry, int idleTimeout) throws UntranslatableException {
    return builder(entry).makeTemporary(idleTimeout).build();
  }

  private FlowRule.Builder builder(FlowEntry entry) throws UntranslatableException {
    return DefaultFlowRule.builder()
        .forDevice(device)
        .forTable(entry.table())
        .withPriority(entry.priority())
        .withSelector(selectors.selector(entry.match()))
        .withTreatment(treatment(entry.instructions()))
        .withCookie((long) appId << Cookie.BITS | entry.cookie().toLong());
  }

  private TrafficTreatment treatment(Instructions instructions) throws UntranslatableException {
    if (instructions.hasActionSet()) {
      throw new UntranslatableException(
          "Overlane sends no entries with action sets, and one has write_actions or clear_actions",
          REMEDY);
    }
    TrafficTreatment.Builder treatment = DefaultTrafficTreatment.builder();
    instructions.meter().ifPresent(id -> treatment.meter(MeterId.meterId(id)));
    add(treatment, instructions.applyActions());
    instructions
        .writeMetadata()
        .ifPresent(m -> treatment.writeMetadata(m.value().low(), m.mask().low()));
    instructions.gotoTable().ifPresent(treatment::transition);
    return treatment.build();
  }

  /** The treatment of an action list. */
  TrafficTreatment treatment(Iterable<Action> actions) throws UntranslatableException {
    TrafficTreatment.Builder treatment = DefaultTrafficTreatment.builder();
    add(treatment, actions);
    return treatment.build();
  }

  private void add(TrafficTreatment.Builder treatment, Iterable<Action> actions)
      throws UntranslatableException {
    for (Action action : actions) {
      if (action instanceof Action.Output) {
        treatment.setOutput(SelectorTranslator.port(((Action.Output) action).port()));
      } else if (action instanceof Action.ToGroup) {
        treatment.group(new GroupId((int) ((Action.ToGroup) action).groupId()));
      } else if (action instanceof Action.CheckPacketLarger) {
        Action.CheckPacketLarger check = (Action.CheckPacketLarger) action;
        treatment.extension(
            extensions.checkPacketLarger(
                check.length(), SelectorTranslator.register(check.register()), check.bit()),
            device);
      } else {
        setField(treatment, ((Action.SetField) action).value());
      }
    }
  }

  private void setField(TrafficTreatment.Builder treatment, FieldValue value)
      throws UntranslatableException {
    byte[] octets = value.value().toOctets(value.field().bits() / 8);
    switch (value.field()) {
      case TUNNEL_ID:
        treatment.setTunnelId(value.value().low());
        break;
      case TUN_DST:
        treatment.extension(extensions.setTunnelDst(Ip4Address.valueOf(octets)), device);
        break;
      case TUN_IPV6_DST:
        treatment.extension(extensions.setTunnelIpv6Dst(Ip6Address.valueOf(octets)), device);
        break;
      case ETH_DST:
        treatment.setEthDst(MacAddress.valueOf(octets));
        break;
      case ETH_SRC:
        treatment.setEthSrc(MacAddress.valueOf(octets));
        break;
      case REG0:
      case REG1:
      case REG2:
      case REG3:
        treatment.extension(
            extensions.loadRegister(
                SelectorTranslator.register(value.field()),
                (int) value.value().low(),
                (int) value.mask().low()),
            device);
        break;
      default:
        throw new UntranslatableException("ONOS cannot set " + value.field(), REMEDY);
    }
  }

  /** A rule as the reconciler sees it, whether desired or observed. */
  static Item item(FlowRule rule) {
    // Some implementations of FlowEntry compare counters too: take the rule alone.
    FlowRule bare = rule.getClass() == DefaultFlowRule.class ? rule : new DefaultFlowRule(rule);
    return Item.entry(bare, bare.id(), new ExactRule(bare), bare, bare.tableId(), needs(bare));
  }

  private static ImmutableSet<Item.Name> needs(FlowRule rule) {
    ImmutableSet.Builder<Item.Name> needs = ImmutableSet.builder();
    for (Instruction instruction : rule.treatment().allInstructions()) {
      if (instruction.type() == Instruction.Type.GROUP) {
        needs.add(Item.Name.of(Item.Kind.GROUP, ((GroupInstruction) instruction).groupId()));
      }
    }
    MeterInstruction meter = rule.treatment().metered();
    if (meter != null) {
      needs.add(Item.Name.of(Item.Kind.METER, meter.meterId()));
    }
    return needs.build();
  }

  /** Compares all that a switch holds; {@link FlowRule#equals} leaves the treatment out. */
  private static final class ExactRule {
    private final FlowRule rule;

    ExactRule(FlowRule rule) {
      this.rule = rule;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ExactRule && rule.exactMatch(((ExactRule) other).rule);
    }

    @Override
    public int hashCode() {
      return rule.hashCode();
    }
  }
}
