/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import org.overlane.openflow.codec.RawErrorMsg;
import org.projectfloodlight.openflow.protocol.OFErrorMsg;

/**
 * Renders an error message as one short line: type and code, without the copy of the offending
 * message.
 */
final class ErrorText {

  private ErrorText() {}

  static String of(OFErrorMsg error) {
    if (error instanceof RawErrorMsg) {
      return "the switch answered " + error;
    }
    String text = error.toString();
    int type = text.indexOf("code=");
    String code = type < 0 ? "unknown code" : text.substring(type + 5).split("[,)]", 2)[0];
    return "the switch answered " + error.getErrType() + "/" + code;
  }
}
