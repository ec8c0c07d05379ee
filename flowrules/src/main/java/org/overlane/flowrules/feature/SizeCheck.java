/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.feature;

import com.google.common.collect.ImmutableList;
import org.overlane.flowrules.model.PathLimit;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.pipeline.RegField;

/** The actions that find out whether a frame fits the underlay on a path. */
final class SizeCheck {
  private SizeCheck() {}

  /** Sets {@link RegField#OVERSIZE} and {@link RegField#ENDPOINT_FRAGMENTS}. */
  static ImmutableList<Action> actions(PathLimit limit) {
    ImmutableList.Builder<Action> actions = ImmutableList.builder();
    if (limit.endpointFragments()) {
      actions.add(Action.setField(RegField.ENDPOINT_FRAGMENTS.of(1)));
    }
    return actions.add(check(limit)).build();
  }

  /**
   * Sets {@link RegField#OVERSIZE} alone: whoever fragments, the copy on this path is not
   * fragmented.
   */
  static Action ofMulticast(PathLimit smallest) {
    return check(smallest);
  }

  private static Action check(PathLimit limit) {
    return Action.checkPacketLarger(
        limit.frameLimit(), RegField.OVERSIZE.field(), RegField.OVERSIZE.offset());
  }
}
