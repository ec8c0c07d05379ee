/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.onlab.packet.IpAddress;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.onosproject.net.flow.instructions.ExtensionTreatmentType;
import org.onosproject.net.flow.instructions.ExtensionTreatmentType.ExtensionTreatmentTypes;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.Instructions.ExtensionInstructionWrapper;
import org.onosproject.net.flow.instructions.Instructions.GroupInstruction;
import org.onosproject.net.flow.instructions.Instructions.MetadataInstruction;
import org.onosproject.net.flow.instructions.Instructions.MeterInstruction;
import org.onosproject.net.flow.instructions.Instructions.OutputInstruction;
import org.onosproject.net.flow.instructions.Instructions.TableTypeTransition;
import org.onosproject.net.flow.instructions.L2ModificationInstruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.ModEtherInstruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.ModTunnelIdInstruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.ModVlanIdInstruction;
import org.onosproject.net.flow.instructions.L3ModificationInstruction;
import org.onosproject.net.flow.instructions.L3ModificationInstruction.ModIPInstruction;
import org.onosproject.net.flow.instructions.L4ModificationInstruction;
import org.onosproject.net.flow.instructions.L4ModificationInstruction.ModTransportPortInstruction;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.ActionSet;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.Instructions;

/**
 * From ONOS treatments of anybody to instructions: the inverse of what {@link FlowRuleTranslator}
 * does, and more. What cannot be read is left out and named.
 */
final class TreatmentReader {
  /** ONOS has no other length for the controller: whole frames. */
  private static final int WHOLE = 0xffff;

  private static final int VLAN_PRESENT = 0x1000;

  private final Set<Long> groups;
  private final Set<Long> meters;

  /**
   * A reader for one device.
   *
   * @param groups the ids of those that are there and could be read
   * @param meters the same of meters
   */
  TreatmentReader(Set<Long> groups, Set<Long> meters) {
    this.groups = groups;
    this.meters = meters;
  }

  /** The instructions of a treatment; {@code unread} receives what had to be left out. */
  Instructions instructions(TrafficTreatment treatment, List<String> unread) {
    Instructions.Builder instructions =
        Instructions.builder()
            .applyActions(actions(treatment.immediate(), unread))
            .clearActions(treatment.clearedDeferred())
            .writeActions(written(treatment.deferred(), unread));
    for (MeterInstruction meter : treatment.meters()) {
      long id = meter.meterId().id();
      if (treatment.meters().size() == 1 && meters.contains(id)) {
        instructions.meter(id);
      } else {
        unread.add("meter " + id);
      }
    }
    MetadataInstruction metadata = treatment.writeMetadata();
    if (metadata != null && metadata.metadataMask() != 0) {
      long mask = metadata.metadataMask();
      instructions.writeMetadata(
          FieldValue.masked(Field.METADATA, Bits.of(metadata.metadata() & mask), Bits.of(mask)));
    }
    TableTypeTransition next = treatment.tableTransition();
    if (next != null) {
      instructions.gotoTable(next.tableId());
    }
    return instructions.build();
  }

  /** The actions of a bucket, which is an action set whatever ONOS calls them. */
  List<Action> bucket(TrafficTreatment treatment, List<String> unread) {
    return actions(treatment.allInstructions(), unread);
  }

  private List<Action> written(List<Instruction> instructions, List<String> unread) {
    List<Action> actions = actions(instructions, unread);
    if (!ActionSet.allows(actions)) {
      unread.add("check_pkt_larger in an action set");
      actions.removeIf(Action.CheckPacketLarger.class::isInstance);
    }
    return actions;
  }

  private List<Action> actions(List<Instruction> instructions, List<String> unread) {
    List<Action> actions = new ArrayList<>();
    for (Instruction instruction : instructions) {
      if (instruction.type() == Instruction.Type.NOACTION) {
        continue;
      }
      try {
        Optional<Action> action = action(instruction);
        action.ifPresent(actions::add);
        if (!action.isPresent()) {
          unread.add("action " + instruction);
        }
      } catch (IllegalArgumentException e) {
        unread.add("action " + instruction + " (" + e.getMessage() + ")");
      }
    }
    return actions;
  }

  private Optional<Action> action(Instruction instruction) {
    switch (instruction.type()) {
      case OUTPUT:
        return SelectorReader.port(((OutputInstruction) instruction).port())
            .map(p -> p.equals(OfPort.CONTROLLER) ? Action.toController(WHOLE) : Action.output(p));
      case GROUP:
        long id = ((GroupInstruction) instruction).groupId().id() & 0xffffffffL;
        return groups.contains(id) ? Optional.of(Action.toGroup(id)) : Optional.empty();
      case L2MODIFICATION:
        return linkLayer((L2ModificationInstruction) instruction);
      case L3MODIFICATION:
        return networkLayer((L3ModificationInstruction) instruction);
      case L4MODIFICATION:
        return transport((L4ModificationInstruction) instruction);
      case EXTENSION:
        return extension(((ExtensionInstructionWrapper) instruction).extensionInstruction());
      default:
        return Optional.empty();
    }
  }

  private static Optional<Action> linkLayer(L2ModificationInstruction instruction) {
    switch (instruction.subtype()) {
      case ETH_DST:
        return set(Field.ETH_DST, ((ModEtherInstruction) instruction).mac().toLong());
      case ETH_SRC:
        return set(Field.ETH_SRC, ((ModEtherInstruction) instruction).mac().toLong());
      case TUNNEL_ID:
        return set(Field.TUNNEL_ID, ((ModTunnelIdInstruction) instruction).tunnelId());
      case VLAN_ID:
        int vlan = ((ModVlanIdInstruction) instruction).vlanId().toShort();
        return set(Field.VLAN_VID, VLAN_PRESENT | vlan);
      default:
        return Optional.empty();
    }
  }

  private static Optional<Action> networkLayer(L3ModificationInstruction instruction) {
    switch (instruction.subtype()) {
      case IPV4_SRC:
        return set(Field.IPV4_SRC, ((ModIPInstruction) instruction).ip());
      case IPV4_DST:
        return set(Field.IPV4_DST, ((ModIPInstruction) instruction).ip());
      case IPV6_SRC:
        return set(Field.IPV6_SRC, ((ModIPInstruction) instruction).ip());
      case IPV6_DST:
        return set(Field.IPV6_DST, ((ModIPInstruction) instruction).ip());
      default:
        return Optional.empty();
    }
  }

  private static Optional<Action> transport(L4ModificationInstruction instruction) {
    switch (instruction.subtype()) {
      case TCP_SRC:
        return set(Field.TCP_SRC, port(instruction));
      case TCP_DST:
        return set(Field.TCP_DST, port(instruction));
      case UDP_SRC:
        return set(Field.UDP_SRC, port(instruction));
      case UDP_DST:
        return set(Field.UDP_DST, port(instruction));
      default:
        return Optional.empty();
    }
  }

  private static long port(L4ModificationInstruction instruction) {
    return ((ModTransportPortInstruction) instruction).port().toInt();
  }

  private static Optional<Action> extension(ExtensionTreatment extension) {
    ExtensionTreatmentType type = extension.type();
    if (type.equals(ExtensionTreatmentTypes.NICIRA_SET_TUNNEL_DST.type())) {
      return set(Field.TUN_DST, address(extension, "tunnelDst"));
    }
    if (type.equals(DriverExtensions.SET_TUNNEL_IPV6_DST)) {
      return set(Field.TUN_IPV6_DST, address(extension, "tunnelIpv6Dst"));
    }
    if (type.equals(DriverExtensions.LOAD_REGISTER)) {
      long mask = SelectorReader.number(extension, "mask");
      long value = SelectorReader.number(extension, "value") & mask;
      Field register = SelectorReader.register(SelectorReader.number(extension, "register"));
      return Optional.of(
          Action.setField(FieldValue.masked(register, Bits.of(value), Bits.of(mask))));
    }
    if (type.equals(DriverExtensions.CHECK_PKT_LARGER)) {
      return Optional.of(
          Action.checkPacketLarger(
              (int) SelectorReader.number(extension, "length"),
              SelectorReader.register(SelectorReader.number(extension, "register")),
              (int) SelectorReader.number(extension, "bit")));
    }
    return Optional.empty();
  }

  private static IpAddress address(ExtensionTreatment extension, String property) {
    Object value = SelectorReader.property(extension, property);
    if (!(value instanceof IpAddress)) {
      throw new IllegalArgumentException("its property " + property + " is " + value);
    }
    return (IpAddress) value;
  }

  private static Optional<Action> set(Field field, IpAddress address) {
    return Optional.of(Action.setField(FieldValue.exact(field, Bits.of(address.toOctets()))));
  }

  private static Optional<Action> set(Field field, long value) {
    return Optional.of(Action.setField(FieldValue.exact(field, value)));
  }
}
