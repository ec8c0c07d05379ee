/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.tunnels;

import com.google.auto.value.AutoValue;
import java.util.Optional;
import org.overlane.config.OvsdbAddress;
import org.overlane.tunnels.discovery.DeviceDiscovery;
import org.overlane.tunnels.ovsdb.ConnectionState;

/** How the database of a device's host is doing, and what it says about the device. */
@AutoValue
public abstract class OvsdbReport {
  OvsdbReport() {}

  public abstract OvsdbAddress address();

  public abstract ConnectionState connection();

  /** The version of Open vSwitch, where the host tells. */
  public abstract Optional<String> version();

  /** Absent before the database was read for the first time. */
  public abstract Optional<DeviceDiscovery> discovery();

  /** Absent if nothing is set up there. */
  public abstract Optional<ProvisionReport> provisioning();

  static OvsdbReport of(
      OvsdbAddress address,
      ConnectionState connection,
      Optional<String> version,
      Optional<DeviceDiscovery> discovery,
      Optional<ProvisionReport> provisioning) {
    return new AutoValue_OvsdbReport(address, connection, version, discovery, provisioning);
  }
}
