/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e;

import org.overlane.e2e.lab.LabOptions;
import org.overlane.e2e.lab.LabOptions.Underlay;
import org.overlane.e2e.lab.LabOptions.Variant;

/** Open vSwitch encapsulates. */
class ProbingNativeIpv6IT extends ProbingContract {
  @Override
  LabOptions options() {
    return LabOptions.of(Variant.NATIVE, Underlay.IPV6);
  }
}
