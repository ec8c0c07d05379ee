/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import com.google.common.collect.ImmutableList;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.flow.instructions.Instructions;
import org.onosproject.net.meter.MeterId;
import org.overlane.openflow.driver.UnknownAction;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.protocol.action.OFAction;
import org.projectfloodlight.openflow.protocol.instruction.OFInstruction;
import org.projectfloodlight.openflow.protocol.instruction.OFInstructionApplyActions;
import org.projectfloodlight.openflow.protocol.instruction.OFInstructionGotoTable;
import org.projectfloodlight.openflow.protocol.instruction.OFInstructionMeter;
import org.projectfloodlight.openflow.protocol.instruction.OFInstructionWriteActions;
import org.projectfloodlight.openflow.protocol.instruction.OFInstructionWriteMetadata;
import org.projectfloodlight.openflow.protocol.instruction.OFInstructions;
import org.projectfloodlight.openflow.types.TableId;
import org.projectfloodlight.openflow.types.U64;

/**
 * Traffic treatments as OpenFlow 1.3 instructions and back: immediate instructions are
 * apply-actions, deferred ones write-actions.
 */
final class TreatmentTranslator {

  /** The last table that an entry can be in or go to; 255 means all tables. */
  private static final int MAX_TABLE = 254;

  private static final OFInstructions INSTRUCTIONS =
      OFFactories.getFactory(OFVersion.OF_13).instructions();

  private TreatmentTranslator() {}

  /** The instructions in the order in which a switch executes them (OpenFlow 1.3.5 section 5.9). */
  static ImmutableList<OFInstruction> encode(TrafficTreatment treatment)
      throws UnsupportedRuleException {
    ImmutableList.Builder<OFInstruction> instructions = ImmutableList.builder();
    if (treatment.statTrigger() != null) {
      throw new UnsupportedRuleException("statTrigger: OpenFlow 1.5 is needed for it");
    }
    if (treatment.meters().size() > 1) {
      throw new UnsupportedRuleException(
          "meters " + treatment.meters() + ": an entry has at most one in OpenFlow 1.3");
    }
    for (Instructions.MeterInstruction meter : treatment.meters()) {
      instructions.add(INSTRUCTIONS.meter(meter.meterId().id()));
    }
    List<OFAction> apply = ActionEncoder.encode(treatment.immediate());
    if (!apply.isEmpty()) {
      instructions.add(INSTRUCTIONS.applyActions(apply));
    }
    if (treatment.clearedDeferred()) {
      instructions.add(INSTRUCTIONS.clearActions());
    }
    List<OFAction> write = ActionEncoder.encode(treatment.deferred());
    if (!write.isEmpty()) {
      instructions.add(INSTRUCTIONS.writeActions(write));
    }
    if (treatment.writeMetadata() != null) {
      instructions.add(
          INSTRUCTIONS.writeMetadata(
              U64.of(treatment.writeMetadata().metadata()),
              U64.of(treatment.writeMetadata().metadataMask())));
    }
    if (treatment.tableTransition() != null) {
      int next = treatment.tableTransition().tableId();
      if (next < 0 || next > MAX_TABLE) {
        throw new UnsupportedRuleException("table transition to " + next + ": tables are 0..254");
      }
      instructions.add(INSTRUCTIONS.gotoTable(TableId.of(next)));
    }
    return instructions.build();
  }

  /** An instruction that ONOS cannot express becomes an {@link UnknownAction} with its bytes. */
  static TrafficTreatment decode(List<OFInstruction> instructions, DeviceId device) {
    TrafficTreatment.Builder treatment = DefaultTrafficTreatment.builder();
    ByteArrayOutputStream unknown = new ByteArrayOutputStream();
    for (OFInstruction instruction : instructions) {
      if (instruction instanceof OFInstructionApplyActions) {
        treatment.immediate();
        ActionDecoder.decode(
            ((OFInstructionApplyActions) instruction).getActions(), device, treatment);
      } else if (instruction instanceof OFInstructionWriteActions) {
        treatment.deferred();
        ActionDecoder.decode(
            ((OFInstructionWriteActions) instruction).getActions(), device, treatment);
      } else if (instruction instanceof OFInstructionMeter) {
        long meter = ((OFInstructionMeter) instruction).getMeterId();
        treatment.meter(MeterId.meterId(meter));
      } else if (instruction instanceof OFInstructionWriteMetadata) {
        OFInstructionWriteMetadata write = (OFInstructionWriteMetadata) instruction;
        treatment.writeMetadata(write.getMetadata().getValue(), write.getMetadataMask().getValue());
      } else if (instruction instanceof OFInstructionGotoTable) {
        treatment.transition((int) ((OFInstructionGotoTable) instruction).getTableId().getValue());
      } else if (isClear(instruction)) {
        treatment.wipeDeferred();
      } else {
        byte[] bytes = Oxm.written(instruction::writeTo).toArray();
        unknown.write(bytes, 0, bytes.length);
      }
    }
    if (unknown.size() > 0) {
      treatment.immediate();
      treatment.add(Instructions.extension(new UnknownAction(unknown.toByteArray()), device));
    }
    return treatment.build();
  }

  private static boolean isClear(OFInstruction instruction) {
    return instruction
        instanceof org.projectfloodlight.openflow.protocol.instruction.OFInstructionClearActions;
  }
}
