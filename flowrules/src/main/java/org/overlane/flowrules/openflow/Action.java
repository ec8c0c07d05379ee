/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.openflow;

import com.google.auto.value.AutoValue;
import org.overlane.flowrules.model.OfPort;

/**
 * One action of an action list or set (OpenFlow 1.3.5 section 5.12). A closed set: see {@link
 * Visitor}.
 */
public abstract class Action {
  private Action() {}

  /** One method for each kind of action. */
  public interface Visitor<T> {
    T output(Output action);

    T setField(SetField action);

    T group(ToGroup action);

    T checkPacketLarger(CheckPacketLarger action);
  }

  public abstract <T> T accept(Visitor<T> visitor);

  public static Output output(OfPort port) {
    return new AutoValue_Action_Output(port, 0);
  }

  /**
   * Output to the controller.
   *
   * @param maxLength bytes of the frame to send, Ethernet header included; 0xffff sends all of it
   */
  public static Output toController(int maxLength) {
    if (maxLength < 0 || maxLength > 0xffff) {
      throw new IllegalArgumentException("max_len must be 0 to 65535 bytes, not " + maxLength);
    }
    return new AutoValue_Action_Output(OfPort.CONTROLLER, maxLength);
  }

  public static SetField setField(FieldValue value) {
    return new AutoValue_Action_SetField(value);
  }

  public static ToGroup toGroup(long groupId) {
    return new AutoValue_Action_ToGroup(groupId);
  }

  /**
   * Sets a bit of a register if the frame is longer than a limit (Nicira action 49).
   *
   * @param length bytes, Ethernet header and VLAN tags included; 0 to 65,535
   * @param register a register field
   * @param bit 0 to 31
   */
  public static CheckPacketLarger checkPacketLarger(int length, Field register, int bit) {
    if (length < 0
        || length > 0xffff
        || bit < 0
        || bit > 31
        || !register.ofctlName().startsWith("reg")) {
      throw new IllegalArgumentException(
          "check_pkt_larger(" + length + ")->" + register + "[" + bit + "] is out of range");
    }
    return new AutoValue_Action_CheckPacketLarger(length, register, bit);
  }

  /** Output to a port. */
  @AutoValue
  public abstract static class Output extends Action {
    public abstract OfPort port();

    /** Bytes sent to the controller, Ethernet header included; 0 for any other port. */
    public abstract int maxLength();

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.output(this);
    }
  }

  /** Sets a field, or the masked bits of a register. */
  @AutoValue
  public abstract static class SetField extends Action {
    public abstract FieldValue value();

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.setField(this);
    }
  }

  /** Sends the packet through a group. */
  @AutoValue
  public abstract static class ToGroup extends Action {
    /** 0 to 0xffffff00. */
    public abstract long groupId();

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.group(this);
    }
  }

  /** See {@link Action#checkPacketLarger}. */
  @AutoValue
  public abstract static class CheckPacketLarger extends Action {
    public abstract int length();

    public abstract Field register();

    public abstract int bit();

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.checkPacketLarger(this);
    }
  }
}
