/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import com.google.common.collect.ImmutableList;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.projectfloodlight.openflow.protocol.OFPortDesc;
import org.projectfloodlight.openflow.protocol.OFPortReason;
import org.projectfloodlight.openflow.protocol.OFPortStatus;

/** The ports of one switch by number. Written by the thread of the channel, read by any. */
final class PortTable {

  private final Map<Integer, OFPortDesc> ports =
      new ConcurrentSkipListMap<>(Integer::compareUnsigned);

  void put(OFPortDesc port) {
    ports.put(port.getPortNo().getPortNumber(), port);
  }

  void apply(OFPortStatus status) {
    if (status.getReason() == OFPortReason.DELETE) {
      ports.remove(status.getDesc().getPortNo().getPortNumber());
    } else {
      put(status.getDesc());
    }
  }

  /** The ports, ascending by number. */
  ImmutableList<OFPortDesc> snapshot() {
    return ImmutableList.copyOf(ports.values());
  }
}
