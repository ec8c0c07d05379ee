/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import java.util.List;
import java.util.Optional;
import org.onlab.packet.EthType;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.MacAddress;
import org.onlab.packet.MplsLabel;
import org.onlab.packet.TpPort;
import org.onlab.packet.VlanId;
import org.onosproject.core.GroupId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.Instructions;
import org.overlane.openflow.codec.Bytes;
import org.overlane.openflow.codec.RawAction;
import org.overlane.openflow.codec.RawOxm;
import org.overlane.openflow.driver.CheckPktLarger;
import org.overlane.openflow.driver.LoadRegister;
import org.overlane.openflow.driver.SetTunnelDst;
import org.overlane.openflow.driver.SetTunnelIpv6Dst;
import org.overlane.openflow.driver.UnknownAction;
import org.projectfloodlight.openflow.protocol.action.OFAction;
import org.projectfloodlight.openflow.protocol.action.OFActionGroup;
import org.projectfloodlight.openflow.protocol.action.OFActionNiciraLoad;
import org.projectfloodlight.openflow.protocol.action.OFActionOutput;
import org.projectfloodlight.openflow.protocol.action.OFActionPopMpls;
import org.projectfloodlight.openflow.protocol.action.OFActionPushMpls;
import org.projectfloodlight.openflow.protocol.action.OFActionPushVlan;
import org.projectfloodlight.openflow.protocol.action.OFActionSetField;
import org.projectfloodlight.openflow.protocol.action.OFActionSetQueue;
import org.projectfloodlight.openflow.types.OFPort;

/**
 * OpenFlow 1.3 actions as ONOS instructions; {@link ActionEncoder} is the way there. An action that
 * ONOS cannot express exactly becomes an {@link UnknownAction} with its bytes, so that it is seen
 * to differ from every rule that ONOS sent.
 */
final class ActionDecoder {

  private static final int REGISTERS = 16;
  private static final int VLAN_PRESENT = 0x1000;
  private static final long WORD = 0xffffffffL;
  private static final EthType MPLS = EthType.EtherType.MPLS_UNICAST.ethType();

  private ActionDecoder() {}

  /** Adds the instructions to the list that the builder currently fills, deferred or immediate. */
  static void decode(List<OFAction> actions, DeviceId device, TrafficTreatment.Builder treatment) {
    for (OFAction action : actions) {
      treatment.add(
          decode(action, device)
              .orElseGet(
                  () ->
                      Instructions.extension(
                          new UnknownAction(Oxm.written(action::writeTo).toArray()), device)));
    }
  }

  private static Optional<Instruction> decode(OFAction action, DeviceId device) {
    if (action instanceof RawAction) {
      return Optional.empty();
    }
    if (action instanceof org.overlane.openflow.codec.CheckPktLarger) {
      org.overlane.openflow.codec.CheckPktLarger check =
          (org.overlane.openflow.codec.CheckPktLarger) action;
      return extension(new CheckPktLarger(check.length(), check.register(), check.bit()), device);
    }
    if (action instanceof OFActionNiciraLoad) {
      return load((OFActionNiciraLoad) action).flatMap(load -> extension(load, device));
    }
    switch (action.getType()) {
      case OUTPUT:
        return output((OFActionOutput) action);
      case GROUP:
        int group = ((OFActionGroup) action).getGroup().getGroupNumber();
        return Optional.of(Instructions.createGroup(new GroupId(group)));
      case SET_QUEUE:
        return Optional.of(Instructions.setQueue(((OFActionSetQueue) action).getQueueId(), null));
      case PUSH_VLAN:
        return Optional.of(
            Instructions.pushVlan(ethType(((OFActionPushVlan) action).getEthertype())));
      case POP_VLAN:
        return Optional.of(Instructions.popVlan());
      case PUSH_MPLS:
        boolean unicast = ethType(((OFActionPushMpls) action).getEthertype()).equals(MPLS);
        return unicast ? Optional.of(Instructions.pushMpls()) : Optional.empty();
      case POP_MPLS:
        return Optional.of(
            Instructions.popMpls(ethType(((OFActionPopMpls) action).getEthertype())));
      case DEC_MPLS_TTL:
        return Optional.of(Instructions.decMplsTtl());
      case DEC_NW_TTL:
        return Optional.of(Instructions.decNwTtl());
      case COPY_TTL_IN:
        return Optional.of(Instructions.copyTtlIn());
      case COPY_TTL_OUT:
        return Optional.of(Instructions.copyTtlOut());
      case SET_FIELD:
        return setField((OFActionSetField) action, device);
      default:
        return Optional.empty();
    }
  }

  /** ONOS cannot say how much of a packet goes to the controller: all of it is what it means. */
  private static Optional<Instruction> output(OFActionOutput output) {
    return output.getPort().equals(OFPort.CONTROLLER)
            && output.getMaxLen() != ActionEncoder.WHOLE_PACKET
        ? Optional.empty()
        : Optional.of(Instructions.createOutput(Ports.toOnos(output.getPort())));
  }

  private static Optional<Instruction> setField(OFActionSetField action, DeviceId device) {
    RawOxm field = RawOxm.of(Oxm.written(action.getField()::writeTo));
    if (field.isMasked()) {
      return Optional.empty();
    }
    if (field.oxmClass() == Oxm.BASIC) {
      return basic(field.field(), field.value());
    }
    if (field.oxmClass() != Oxm.NXM_1) {
      return Optional.empty();
    }
    if (field.field() == ActionEncoder.FIELD_TUN_IPV4_DST) {
      return extension(new SetTunnelDst(Ip4Address.valueOf(field.value().toArray())), device);
    }
    if (field.field() == ActionEncoder.FIELD_TUN_IPV6_DST) {
      return extension(new SetTunnelIpv6Dst(Ip6Address.valueOf(field.value().toArray())), device);
    }
    return field.field() < REGISTERS
        ? extension(new LoadRegister(field.field(), field.value().toLong(), WORD), device)
        : Optional.empty();
  }

  private static Optional<Instruction> basic(int field, Bytes value) {
    return field <= 16 ? headers(field, value) : neighboursAndLabels(field, value);
  }

  private static Optional<Instruction> headers(int field, Bytes value) {
    switch (field) {
      case 3:
        return Optional.of(Instructions.modL2Dst(MacAddress.valueOf(value.toArray())));
      case 4:
        return Optional.of(Instructions.modL2Src(MacAddress.valueOf(value.toArray())));
      case 6:
        long vlan = value.toLong();
        return (vlan & VLAN_PRESENT) == 0
            ? Optional.empty()
            : Optional.of(Instructions.modVlanId(VlanId.vlanId((short) (vlan & 0xfff))));
      case 7:
        return Optional.of(Instructions.modVlanPcp((byte) value.toLong()));
      case 8:
        return Optional.of(Instructions.modIpDscp((byte) value.toLong()));
      case 11:
        return Optional.of(Instructions.modL3Src(Ip4Address.valueOf(value.toArray())));
      case 12:
        return Optional.of(Instructions.modL3Dst(Ip4Address.valueOf(value.toArray())));
      case 13:
        return Optional.of(Instructions.modTcpSrc(port(value)));
      case 14:
        return Optional.of(Instructions.modTcpDst(port(value)));
      case 15:
        return Optional.of(Instructions.modUdpSrc(port(value)));
      case 16:
        return Optional.of(Instructions.modUdpDst(port(value)));
      default:
        return Optional.empty();
    }
  }

  private static Optional<Instruction> neighboursAndLabels(int field, Bytes value) {
    switch (field) {
      case 21:
        return Optional.of(Instructions.modL3ArpOp((short) value.toLong()));
      case 22:
        return Optional.of(Instructions.modArpSpa(Ip4Address.valueOf(value.toArray())));
      case 23:
        return Optional.of(Instructions.modArpTpa(Ip4Address.valueOf(value.toArray())));
      case 24:
        return Optional.of(Instructions.modArpSha(MacAddress.valueOf(value.toArray())));
      case 25:
        return Optional.of(Instructions.modArpTha(MacAddress.valueOf(value.toArray())));
      case 26:
        return Optional.of(Instructions.modL3IPv6Src(Ip6Address.valueOf(value.toArray())));
      case 27:
        return Optional.of(Instructions.modL3IPv6Dst(Ip6Address.valueOf(value.toArray())));
      case 28:
        return Optional.of(Instructions.modL3IPv6FlowLabel((int) value.toLong()));
      case 34:
        return Optional.of(Instructions.modMplsLabel(MplsLabel.mplsLabel((int) value.toLong())));
      case 36:
        return Optional.of(Instructions.modMplsBos(value.toLong() != 0));
      case 38:
        return Optional.of(Instructions.modTunnelId(value.toLong()));
      default:
        return Optional.empty();
    }
  }

  /** A Nicira reg_load into part of a register; other destinations have no extension. */
  private static Optional<LoadRegister> load(OFActionNiciraLoad load) {
    int offset = load.getOfsNbits() >> 6;
    int bits = (load.getOfsNbits() & 0x3f) + 1;
    long header = load.getDst();
    int register = (int) (header >> 9) & 0x7f;
    boolean isRegister =
        header >> 16 == Oxm.NXM_1 && register < REGISTERS && (header & 0x1ff) == Integer.BYTES;
    if (!isRegister || offset + bits > Integer.SIZE) {
      return Optional.empty();
    }
    long mask = ((1L << bits) - 1) << offset;
    return Optional.of(
        new LoadRegister(register, load.getValue().getValue() << offset & mask, mask));
  }

  private static Optional<Instruction> extension(ExtensionTreatment extension, DeviceId device) {
    return Optional.of(Instructions.extension(extension, device));
  }

  private static TpPort port(Bytes value) {
    return TpPort.tpPort((int) value.toLong());
  }

  private static EthType ethType(org.projectfloodlight.openflow.types.EthType type) {
    return new EthType(type.getValue());
  }
}
