/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.overlane.openflow.codec.RawErrorMsg;
import org.projectfloodlight.openflow.protocol.OFErrorMsg;
import org.projectfloodlight.openflow.protocol.errormsg.OFBadActionErrorMsg;
import org.projectfloodlight.openflow.protocol.errormsg.OFBadInstructionErrorMsg;
import org.projectfloodlight.openflow.protocol.errormsg.OFBadMatchErrorMsg;
import org.projectfloodlight.openflow.protocol.errormsg.OFBadRequestErrorMsg;
import org.projectfloodlight.openflow.protocol.errormsg.OFFlowModFailedErrorMsg;
import org.projectfloodlight.openflow.protocol.errormsg.OFGroupModFailedErrorMsg;
import org.projectfloodlight.openflow.protocol.errormsg.OFMeterModFailedErrorMsg;
import org.projectfloodlight.openflow.protocol.errormsg.OFRoleRequestFailedErrorMsg;

/**
 * Type and code of an error message, as numbers and as one short line. It stays away from
 * openflowj's own rendering, which parses the copy of the offending message: that is often cut off,
 * and what a switch puts there is its choice.
 */
final class ErrorText {

  private static final int TYPE_AT = 8;
  private static final int CODE_AT = 10;

  private ErrorText() {}

  /** The error type on the wire, 0..65535. */
  static int type(OFErrorMsg error) {
    return number(error, TYPE_AT);
  }

  /** The error code on the wire, 0..65535. */
  static int code(OFErrorMsg error) {
    return number(error, CODE_AT);
  }

  private static int number(OFErrorMsg error, int at) {
    ByteBuf written = Unpooled.buffer();
    error.writeTo(written);
    return written.getUnsignedShort(at);
  }

  static String of(OFErrorMsg error) {
    return "the switch answered "
        + (error instanceof RawErrorMsg ? error : error.getErrType() + "/" + codeName(error));
  }

  private static Object codeName(OFErrorMsg error) {
    if (error instanceof OFBadRequestErrorMsg) {
      return ((OFBadRequestErrorMsg) error).getCode();
    } else if (error instanceof OFBadActionErrorMsg) {
      return ((OFBadActionErrorMsg) error).getCode();
    } else if (error instanceof OFBadInstructionErrorMsg) {
      return ((OFBadInstructionErrorMsg) error).getCode();
    } else if (error instanceof OFBadMatchErrorMsg) {
      return ((OFBadMatchErrorMsg) error).getCode();
    } else if (error instanceof OFFlowModFailedErrorMsg) {
      return ((OFFlowModFailedErrorMsg) error).getCode();
    } else if (error instanceof OFGroupModFailedErrorMsg) {
      return ((OFGroupModFailedErrorMsg) error).getCode();
    } else if (error instanceof OFMeterModFailedErrorMsg) {
      return ((OFMeterModFailedErrorMsg) error).getCode();
    } else if (error instanceof OFRoleRequestFailedErrorMsg) {
      return ((OFRoleRequestFailedErrorMsg) error).getCode();
    }
    return "code " + code(error);
  }
}
