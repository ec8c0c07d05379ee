/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.overlane.flowrules.openflow.Action;

/**
 * What a bucket does: it is an action set, whatever the order in which it was written (OpenFlow
 * 1.3.5 sections 5.6.1 and 5.10). First all fields are set; then the packet goes to the group if
 * there is one, else to the port: one of each at most, the last that was written. An action set has
 * no place for check_pkt_larger: what a switch does with it in a bucket is not defined.
 */
final class BucketOrder {
  private BucketOrder() {}

  static ImmutableList<Action> of(List<Action> bucket) {
    ImmutableList.Builder<Action> order = ImmutableList.builder();
    ImmutableList<Action> last = ImmutableList.of();
    boolean toGroup = false;
    for (Action action : bucket) {
      if (action instanceof Action.SetField) {
        order.add(action);
      } else if (action instanceof Action.ToGroup) {
        toGroup = true;
        last = ImmutableList.of(action);
      } else if (action instanceof Action.Output && !toGroup) {
        last = ImmutableList.of(action);
      } else if (action instanceof Action.CheckPacketLarger) {
        throw new IllegalArgumentException(
            "a bucket cannot hold check_pkt_larger; check before the group");
      }
    }
    return order.addAll(last).build();
  }
}
