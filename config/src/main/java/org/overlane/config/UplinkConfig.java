/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.google.auto.value.AutoValue;
import java.util.Optional;

/** A declared port towards the underlay and the management port that uses it. */
@AutoValue
public abstract class UplinkConfig {
  UplinkConfig() {}

  public abstract PortRef port();

  public abstract Optional<ManagementConfig> management();

  public static UplinkConfig of(PortRef port, Optional<ManagementConfig> management) {
    return new AutoValue_UplinkConfig(port, management);
  }
}
