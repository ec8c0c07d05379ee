/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;

/** Why a rule did not get through, as far as ONOS passes it on. */
final class Refusal {
  private static final String[] FLOW_MOD_CODES = {
    "unknown reason",
    "table full",
    "bad table id",
    "overlap",
    "not permitted",
    "bad timeout",
    "bad command",
    "bad flags"
  };

  private Refusal() {}

  /** One line: which rule, and the switch's error where there is one (OpenFlow 1.3.5, 7.4.4). */
  static String describe(FlowRule rule) {
    return place(rule) + ": " + error(rule);
  }

  /** Where a rule stands, and what it matches. */
  static String place(FlowRule rule) {
    return "table "
        + rule.tableId()
        + ", priority "
        + rule.priority()
        + ", "
        + rule.selector().criteria();
  }

  private static String error(FlowRule rule) {
    if (!(rule instanceof FlowEntry) || ((FlowEntry) rule).errType() < 0) {
      return "not taken; the controller's log may say why";
    }
    int type = ((FlowEntry) rule).errType();
    int code = ((FlowEntry) rule).errCode();
    return "refused by the switch, " + typeName(type) + ": " + codeName(type, code);
  }

  private static String typeName(int type) {
    switch (type) {
      case 1:
        return "bad request";
      case 2:
        return "bad action";
      case 3:
        return "bad instruction";
      case 4:
        return "bad match";
      case 5:
        return "flow mod failed";
      default:
        return "error type " + type;
    }
  }

  private static String codeName(int type, int code) {
    return type == 5 && code >= 0 && code < FLOW_MOD_CODES.length
        ? FLOW_MOD_CODES[code]
        : "code " + code;
  }
}
