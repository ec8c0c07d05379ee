/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.config;

import org.onosproject.net.DeviceId;
import org.onosproject.net.config.Config;
import org.onosproject.net.config.ConfigFactory;
import org.onosproject.net.config.InvalidFieldException;
import org.onosproject.net.config.basics.SubjectFactories;
import org.overlane.config.ConfigException;
import org.overlane.config.DeviceConfig;
import org.overlane.config.ModelReader;
import org.overlane.config.Problem;
import org.overlane.flowrules.model.NodeId;

/**
 * {@code devices/<id>/overlane} in ONOS's network configuration: what an operator declares about
 * one switch. Its fields are those of {@link DeviceConfig}; what they may contain is checked by
 * {@link ModelReader}, when the configuration is offered, so that ONOS never stores anything
 * invalid.
 */
public final class OverlaneDeviceConfig extends Config<DeviceId> {
  /** The name of the configuration. */
  public static final String KEY = "overlane";

  private static final ModelReader READER = new ModelReader();

  /**
   * Whether ONOS may store this.
   *
   * @throws InvalidFieldException naming the first field that is wrong, its value and the remedy
   */
  @Override
  public boolean isValid() {
    try {
      read();
      return true;
    } catch (ConfigException e) {
      Problem first = e.problems().get(0);
      String more = e.problems().size() > 1 ? " (and " + (e.problems().size() - 1) + " more)" : "";
      throw new InvalidFieldException(
          first.path().isEmpty() ? KEY : first.path(),
          first.message()
              + (first.value().isEmpty() ? "" : ", but is " + first.value())
              + ". "
              + first.remedy()
              + more);
    }
  }

  /**
   * The declaration.
   *
   * @throws ConfigException with every problem
   */
  public DeviceConfig read() {
    return READER.readDevice(NodeId.of(subject().toString()), node());
  }

  /** Tells ONOS about this configuration. */
  public static ConfigFactory<DeviceId, OverlaneDeviceConfig> factory() {
    return new ConfigFactory<DeviceId, OverlaneDeviceConfig>(
        SubjectFactories.DEVICE_SUBJECT_FACTORY, OverlaneDeviceConfig.class, KEY) {
      @Override
      public OverlaneDeviceConfig createConfig() {
        return new OverlaneDeviceConfig();
      }
    };
  }
}
