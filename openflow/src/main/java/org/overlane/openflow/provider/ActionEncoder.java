/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onlab.packet.VlanId;
import org.onosproject.core.GroupId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.Instructions.ExtensionInstructionWrapper;
import org.onosproject.net.flow.instructions.Instructions.GroupInstruction;
import org.onosproject.net.flow.instructions.Instructions.OutputInstruction;
import org.onosproject.net.flow.instructions.Instructions.SetQueueInstruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.ModEtherInstruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.ModMplsBosInstruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.ModMplsHeaderInstruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.ModMplsLabelInstruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.ModTunnelIdInstruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.ModVlanHeaderInstruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.ModVlanIdInstruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.ModVlanPcpInstruction;
import org.onosproject.net.flow.instructions.L3ModificationInstruction;
import org.onosproject.net.flow.instructions.L3ModificationInstruction.ModArpEthInstruction;
import org.onosproject.net.flow.instructions.L3ModificationInstruction.ModArpIPInstruction;
import org.onosproject.net.flow.instructions.L3ModificationInstruction.ModArpOpInstruction;
import org.onosproject.net.flow.instructions.L3ModificationInstruction.ModDscpInstruction;
import org.onosproject.net.flow.instructions.L3ModificationInstruction.ModIPInstruction;
import org.onosproject.net.flow.instructions.L3ModificationInstruction.ModIPv6FlowLabelInstruction;
import org.onosproject.net.flow.instructions.L4ModificationInstruction;
import org.onosproject.net.flow.instructions.L4ModificationInstruction.ModTransportPortInstruction;
import org.overlane.openflow.codec.Bytes;
import org.overlane.openflow.codec.NiciraActions;
import org.overlane.openflow.codec.RawAction;
import org.overlane.openflow.codec.RawOxm;
import org.overlane.openflow.driver.CheckPktLarger;
import org.overlane.openflow.driver.LoadRegister;
import org.overlane.openflow.driver.OverlaneExtensions;
import org.overlane.openflow.driver.SetTunnelDst;
import org.overlane.openflow.driver.SetTunnelIpv6Dst;
import org.overlane.openflow.driver.UnknownAction;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.protocol.action.OFAction;
import org.projectfloodlight.openflow.protocol.action.OFActions;
import org.projectfloodlight.openflow.types.EthType;
import org.projectfloodlight.openflow.types.OFGroup;

/** ONOS instructions as OpenFlow 1.3 actions; {@link ActionDecoder} is the way back. */
final class ActionEncoder {

  /** OFPCML_NO_BUFFER: send whole packets to the controller (OpenFlow 1.3.5 section 7.2.4). */
  static final int WHOLE_PACKET = 0xffff;

  static final int FIELD_TUN_IPV4_DST = 32;
  static final int FIELD_TUN_IPV6_DST = 110;

  private static final int VLAN_PRESENT = 0x1000;
  private static final OFActions ACTIONS = OFFactories.getFactory(OFVersion.OF_13).actions();

  private ActionEncoder() {}

  /** NOACTION gives no action at all. */
  static ImmutableList<OFAction> encode(List<Instruction> instructions)
      throws UnsupportedRuleException {
    ImmutableList.Builder<OFAction> actions = ImmutableList.builder();
    for (Instruction instruction : instructions) {
      if (instruction.type() != Instruction.Type.NOACTION) {
        actions.add(encode(instruction));
      }
    }
    return actions.build();
  }

  private static OFAction encode(Instruction instruction) throws UnsupportedRuleException {
    switch (instruction.type()) {
      case OUTPUT:
        PortNumber port = ((OutputInstruction) instruction).port();
        int maxLength = port.equals(PortNumber.CONTROLLER) ? WHOLE_PACKET : 0;
        return ACTIONS.output(Ports.toOpenFlow(port), maxLength);
      case GROUP:
        return ACTIONS.group(group(((GroupInstruction) instruction).groupId()));
      case QUEUE:
        SetQueueInstruction queue = (SetQueueInstruction) instruction;
        if (queue.port() != null) {
          throw unsupported(
              instruction, "a queue without a port, followed by an output, can be set");
        }
        return ACTIONS.setQueue(queue.queueId());
      case L2MODIFICATION:
        return layer2((L2ModificationInstruction) instruction);
      case L3MODIFICATION:
        return layer3((L3ModificationInstruction) instruction);
      case L4MODIFICATION:
        return layer4((L4ModificationInstruction) instruction);
      case EXTENSION:
        return extension(((ExtensionInstructionWrapper) instruction).extensionInstruction());
      default:
        throw unsupported(instruction, "OpenFlow 1.3 has no action for it");
    }
  }

  /** A group number, 0..0xffffff00 (OpenFlow 1.3.5 section 7.3.4.3). */
  static OFGroup group(GroupId id) throws UnsupportedRuleException {
    try {
      return OFGroup.of(id.id());
    } catch (IllegalArgumentException e) {
      throw new UnsupportedRuleException("group " + id + ": groups are 0..0xffffff00", e);
    }
  }

  private static OFAction layer2(L2ModificationInstruction instruction)
      throws UnsupportedRuleException {
    switch (instruction.subtype()) {
      case ETH_DST:
        return set(3, Bytes.of(((ModEtherInstruction) instruction).mac().toBytes()));
      case ETH_SRC:
        return set(4, Bytes.of(((ModEtherInstruction) instruction).mac().toBytes()));
      case VLAN_ID:
        VlanId vlan = ((ModVlanIdInstruction) instruction).vlanId();
        if (vlan.equals(VlanId.NONE) || vlan.equals(VlanId.ANY)) {
          throw unsupported(instruction, "only 0..4095 can be set; use popVlan to untag");
        }
        return set(6, Oxm.number(VLAN_PRESENT | vlan.toShort(), 2));
      case VLAN_PCP:
        return set(7, Oxm.number(((ModVlanPcpInstruction) instruction).vlanPcp(), 1));
      case VLAN_PUSH:
        return ACTIONS.pushVlan(ethType(((ModVlanHeaderInstruction) instruction).ethernetType()));
      case VLAN_POP:
        return ACTIONS.popVlan();
      case MPLS_PUSH:
        return ACTIONS.pushMpls(ethType(((ModMplsHeaderInstruction) instruction).ethernetType()));
      case MPLS_POP:
        return ACTIONS.popMpls(ethType(((ModMplsHeaderInstruction) instruction).ethernetType()));
      case MPLS_LABEL:
        return set(34, Oxm.number(((ModMplsLabelInstruction) instruction).label().toInt(), 4));
      case MPLS_BOS:
        return set(36, Oxm.number(((ModMplsBosInstruction) instruction).mplsBos() ? 1 : 0, 1));
      case DEC_MPLS_TTL:
        return ACTIONS.decMplsTtl();
      case TUNNEL_ID:
        return set(38, Oxm.number(((ModTunnelIdInstruction) instruction).tunnelId(), 8));
      default:
        throw unsupported(instruction, "this southbound does not know it");
    }
  }

  private static OFAction layer3(L3ModificationInstruction instruction)
      throws UnsupportedRuleException {
    switch (instruction.subtype()) {
      case IPV4_SRC:
        return set(11, address(instruction, ((ModIPInstruction) instruction).ip(), true));
      case IPV4_DST:
        return set(12, address(instruction, ((ModIPInstruction) instruction).ip(), true));
      case IPV6_SRC:
        return set(26, address(instruction, ((ModIPInstruction) instruction).ip(), false));
      case IPV6_DST:
        return set(27, address(instruction, ((ModIPInstruction) instruction).ip(), false));
      case IPV6_FLABEL:
        return set(28, Oxm.number(((ModIPv6FlowLabelInstruction) instruction).flowLabel(), 4));
      case DEC_TTL:
        return ACTIONS.decNwTtl();
      case TTL_OUT:
        return ACTIONS.copyTtlOut();
      case TTL_IN:
        return ACTIONS.copyTtlIn();
      case ARP_SPA:
        return set(22, address(instruction, ((ModArpIPInstruction) instruction).ip(), true));
      case ARP_TPA:
        return set(23, address(instruction, ((ModArpIPInstruction) instruction).ip(), true));
      case ARP_SHA:
        return set(24, mac(((ModArpEthInstruction) instruction).mac()));
      case ARP_THA:
        return set(25, mac(((ModArpEthInstruction) instruction).mac()));
      case ARP_OP:
        return set(21, Oxm.number(((ModArpOpInstruction) instruction).op(), 2));
      case IP_DSCP:
        return set(8, Oxm.number(((ModDscpInstruction) instruction).dscp(), 1));
      default:
        throw unsupported(instruction, "this southbound does not know it");
    }
  }

  private static OFAction layer4(L4ModificationInstruction instruction)
      throws UnsupportedRuleException {
    Bytes port = Oxm.number(((ModTransportPortInstruction) instruction).port().toInt(), 2);
    switch (instruction.subtype()) {
      case TCP_SRC:
        return set(13, port);
      case TCP_DST:
        return set(14, port);
      case UDP_SRC:
        return set(15, port);
      case UDP_DST:
        return set(16, port);
      default:
        throw unsupported(instruction, "this southbound does not know it");
    }
  }

  private static OFAction extension(ExtensionTreatment given) throws UnsupportedRuleException {
    try {
      ExtensionTreatment extension = OverlaneExtensions.own(given);
      if (extension instanceof SetTunnelDst) {
        byte[] address = ((SetTunnelDst) extension).tunnelDst().toOctets();
        return NiciraActions.setField(
            RawOxm.exact(Oxm.NXM_1, FIELD_TUN_IPV4_DST, Bytes.of(address)));
      }
      if (extension instanceof SetTunnelIpv6Dst) {
        byte[] address = ((SetTunnelIpv6Dst) extension).tunnelIpv6Dst().toOctets();
        return NiciraActions.setField(
            RawOxm.exact(Oxm.NXM_1, FIELD_TUN_IPV6_DST, Bytes.of(address)));
      }
      if (extension instanceof CheckPktLarger) {
        CheckPktLarger check = (CheckPktLarger) extension;
        return NiciraActions.checkPktLarger(check.length(), check.register(), check.bit());
      }
      if (extension instanceof LoadRegister) {
        LoadRegister load = (LoadRegister) extension;
        return NiciraActions.loadRegister(load.register(), load.registerValue(), load.mask());
      }
      return RawAction.of(Bytes.of(((UnknownAction) extension).octets()));
    } catch (IllegalArgumentException e) {
      throw new UnsupportedRuleException("extension treatment " + given + ": " + e.getMessage(), e);
    }
  }

  private static OFAction set(int field, Bytes value) {
    return NiciraActions.setField(RawOxm.exact(Oxm.BASIC, field, value));
  }

  private static Bytes mac(MacAddress address) {
    return Bytes.of(address.toBytes());
  }

  private static Bytes address(Instruction instruction, IpAddress address, boolean ip4)
      throws UnsupportedRuleException {
    if (address.isIp4() != ip4) {
      throw unsupported(instruction, "the address is of the other IP version");
    }
    return Bytes.of(address.toOctets());
  }

  private static EthType ethType(org.onlab.packet.EthType type) {
    return EthType.of(type.toShort() & 0xffff);
  }

  private static UnsupportedRuleException unsupported(Instruction instruction, String reason) {
    return new UnsupportedRuleException("instruction " + instruction + ": " + reason);
  }
}
