/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.onosproject.core.CoreService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowEntry;
import org.overlane.monitoring.LimitedLog;
import org.overlane.openflow.channel.ObservedFlow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the entries of ONOS applications from those that somebody else put on a switch. The top 16
 * bits of a cookie are the application id; 0 is none. ONOS removes entries that it does not know,
 * so it never gets to see those of others. Thread-safe.
 */
final class OwnedEntries {

  private static final Logger LOG = LoggerFactory.getLogger(OwnedEntries.class);
  private static final LimitedLog LIMITED = new LimitedLog(LOG);

  private static final int APPLICATION_SHIFT = 48;

  private final CoreService core;

  OwnedEntries(CoreService core) {
    this.core = core;
  }

  boolean isOwned(long cookie) {
    short application = application(cookie);
    return application != 0 && core.getAppId(application) != null;
  }

  /** The owned ones, as ONOS's flow entries. */
  List<FlowEntry> entriesOf(List<ObservedFlow> flows, DeviceId device) {
    Map<Short, Boolean> known = new HashMap<>();
    List<FlowEntry> entries = new ArrayList<>();
    for (ObservedFlow flow : flows) {
      if (known.computeIfAbsent(application(flow.cookie()), id -> isOwned(flow.cookie()))) {
        try {
          entries.add(FlowRuleTranslator.entry(flow, device));
        } catch (IllegalArgumentException e) {
          LIMITED.warn(
              device.toString(),
              "An entry cannot be understood: device=" + device + " entry=" + flow,
              e);
        }
      }
    }
    return entries;
  }

  private static short application(long cookie) {
    return (short) (cookie >>> APPLICATION_SHIFT);
  }
}
