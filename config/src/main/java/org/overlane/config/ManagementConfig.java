/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.google.auto.value.AutoValue;
import java.util.Optional;
import org.overlane.flowrules.model.MacAddress;

/** The declared port of a host's own IP stack. */
@AutoValue
public abstract class ManagementConfig {
  ManagementConfig() {}

  public abstract PortRef port();

  /** Absent: the MAC address that the switch reports for the port. */
  public abstract Optional<MacAddress> mac();

  public static ManagementConfig of(PortRef port, Optional<MacAddress> mac) {
    return new AutoValue_ManagementConfig(port, mac);
  }
}
