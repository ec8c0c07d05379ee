/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableMap;
import java.util.Map;
import org.projectfloodlight.openflow.protocol.OFType;

/** Messages of one connection since it was accepted, by type: a snapshot. Immutable. */
@AutoValue
public abstract class SwitchCounters {

  /** Messages written to the socket, by OpenFlow type; types without messages are absent. */
  public abstract ImmutableMap<OFType, Long> sent();

  /** Messages received, by OpenFlow type; types without messages are absent. */
  public abstract ImmutableMap<OFType, Long> received();

  /**
   * Messages of which a part could not be understood and that were dropped; the connection went on.
   */
  public abstract long undecodable();

  /**
   * ADDs, group-mods and meter-mods that were not sent, because the switch already had exactly
   * that.
   */
  public abstract long suppressed();

  public long sent(OFType type) {
    return sent().getOrDefault(type, 0L);
  }

  public long received(OFType type) {
    return received().getOrDefault(type, 0L);
  }

  /** Flow-mods sent. */
  public long flowModsSent() {
    return sent(OFType.FLOW_MOD);
  }

  public static SwitchCounters of(
      Map<OFType, Long> sent, Map<OFType, Long> received, long undecodable, long suppressed) {
    return new AutoValue_SwitchCounters(
        ImmutableMap.copyOf(sent), ImmutableMap.copyOf(received), undecodable, suppressed);
  }
}
