/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e.lab;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The relay between the switches and their controller: it counts OpenFlow messages, independently
 * of what the controller says about itself, and it can cut a switch off.
 */
public final class Relay {
  private final Lab lab;

  Relay(Lab lab) {
    this.lab = lab;
  }

  /** Messages of a type, such as "FLOW_MOD" or "FLOW_MOD:ADD", that the controller has sent. */
  public long sentTo(Switch bridge, String type) {
    return state(bridge).path("toSwitch").path(type).asLong(0);
  }

  /** Messages of a type that the switch has sent. */
  public long receivedFrom(Switch bridge, String type) {
    return state(bridge).path("fromSwitch").path(type).asLong(0);
  }

  /** Connections since the counters were reset. */
  public long connections(Switch bridge) {
    return state(bridge).path("connections").asLong();
  }

  public boolean connected(Switch bridge) {
    return state(bridge).path("connected").asBoolean();
  }

  /** All counters, for a message of a failed test. */
  public String counters() {
    return lab.lab("relay", "counters");
  }

  public void reset() {
    lab.lab("relay", "reset");
  }

  /** Closes the connection of a switch and refuses new ones. */
  public void block(Switch bridge) {
    lab.lab("relay", "block", bridge.name());
  }

  public void allow(Switch bridge) {
    lab.lab("relay", "allow", bridge.name());
  }

  private JsonNode state(Switch bridge) {
    return Json.parse(counters()).path(bridge.name());
  }
}
