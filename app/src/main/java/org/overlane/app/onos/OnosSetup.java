/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.onosproject.cfg.ComponentConfigService;
import org.onosproject.cfg.ConfigProperty;
import org.onosproject.net.DeviceId;
import org.overlane.app.reconcile.Notice;
import org.overlane.config.DeviceConfig;
import org.overlane.flowrules.model.Profile;

/** What this ONOS, as it is set up, can carry for us, and what to change about it. Thread-safe. */
final class OnosSetup {
  private static final String METER_MANAGER = "org.onosproject.net.meter.impl.MeterManager";
  private static final String FLOW_RULE_MANAGER = "org.onosproject.net.flow.impl.FlowRuleManager";
  private static final Notice COLD_START =
      Notice.of(
          "controller",
          "ONOS deletes entries that it does not know, so that a restart of the whole controller"
              + " interrupts traffic until they are written again",
          "Set allowExtraneousRules and importExtraneousRules of "
              + FLOW_RULE_MANAGER
              + " to true (onos> cfg set)");
  private static final String METER_IDS =
      "ONOS chooses the ids of meters, so that packets which are too large cannot be metered, nor"
          + " probes: no switch checks sizes, such packets are not answered, and tunnels are not"
          + " probed";

  private final ComponentConfigService settings;
  private final OnosServices services;

  /** Devices that carry a size check. The model is assembled often, a driver changes seldom. */
  private final Cache<DeviceId, Boolean> sizeChecks =
      CacheBuilder.newBuilder().expireAfterWrite(30, TimeUnit.SECONDS).build();

  OnosSetup(ComponentConfigService settings, OnosServices services) {
    this.settings = settings;
    this.services = services;
  }

  /**
   * Whether a switch can be given a size check: the driver must offer the extensions, and ONOS must
   * take the ids of meters from us.
   */
  boolean carriesSizeCheck(DeviceId device) {
    return meterIdsAreOurs() && lackingForSizeCheck(device).isEmpty();
  }

  private ImmutableList<String> lackingForSizeCheck(DeviceId device) {
    if (sizeChecks.getIfPresent(device) != null) {
      return ImmutableList.of();
    }
    ImmutableList<String> lacking = extensions(device).lackingForSizeCheck();
    if (lacking.isEmpty()) {
      // What a driver lacks, it may still get: while a controller starts, they come one by one.
      sizeChecks.put(device, true);
    }
    return lacking;
  }

  private DriverExtensions extensions(DeviceId device) {
    return DriverExtensions.of(device, services.devices(), services.drivers());
  }

  /** Whether meters get the ids that entries of ours refer to. */
  boolean meterIdsAreOurs() {
    return meterIds().filter(ConfigProperty::asBoolean).isPresent();
  }

  /** Absent in ONOS before 2.5.3, and in 2.6: requests for meters have no place for an id there. */
  private Optional<ConfigProperty> meterIds() {
    return Optional.ofNullable(settings.getProperty(METER_MANAGER, "userDefinedIndex"));
  }

  /** What the driver of a switch cannot express of what its device asks for. */
  ImmutableList<Notice> notices(DeviceConfig device) {
    DeviceId id = OnosFabric.device(device.id());
    boolean matters =
        device.profile() == Profile.OVS
            && (device.tunnel().isPresent() || device.fragmentRate().isPresent());
    if (!matters || !services.devices().isAvailable(id)) {
      return ImmutableList.of();
    }
    ImmutableList<String> lacking = lackingForSizeCheck(id);
    return lacking.isEmpty()
        ? ImmutableList.of()
        : ImmutableList.of(
            Notice.of(
                "device " + device.id(),
                "its driver "
                    + extensions(id).driver()
                    + " cannot express "
                    + String.join(", ", lacking)
                    + ": the switch does not check sizes, packets that are too large are neither"
                    + " answered nor fragmented by the controller, no MSS is lowered, and received"
                    + " fragments are not limited",
                DriverExtensions.REMEDY));
  }

  /** What holds for all switches. */
  ImmutableList<Notice> notices() {
    ConfigProperty allowed = settings.getProperty(FLOW_RULE_MANAGER, "allowExtraneousRules");
    ImmutableList.Builder<Notice> notices = ImmutableList.builder();
    if (allowed != null && !allowed.asBoolean()) {
      notices.add(COLD_START);
    }
    if (!meterIdsAreOurs()) {
      notices.add(
          Notice.of(
              "controller",
              METER_IDS,
              meterIds().isPresent()
                  ? "Set userDefinedIndex of " + METER_MANAGER + " to true (onos> cfg set)"
                  : "Update ONOS: 2.5.3 to 2.5.9, and 2.7, can leave the choice to us"));
    }
    return notices.build();
  }
}
