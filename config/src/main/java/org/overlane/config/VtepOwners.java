/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.google.common.collect.ImmutableList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.NodeId;

/**
 * Decides which device has which VTEP address. Devices that own theirs come first, by id; then
 * bridges whose host cannot be had, which keep what nobody owns; every other bridge has what its
 * host has.
 */
final class VtepOwners {
  private final ModelDocument declared;
  private final Map<IpAddress, NodeId> owners = new HashMap<>();

  VtepOwners(ModelDocument declared) {
    this.declared = declared;
    for (DeviceConfig device : declared.devices().values()) {
      if (!device.host().isPresent()) {
        device.vteps().forEach(vtep -> owners.putIfAbsent(vtep, device.id()));
      }
    }
    for (DeviceConfig device : declared.devices().values()) {
      if (device.host().isPresent() && !hostOf(device).isPresent()) {
        device.vteps().forEach(vtep -> owners.putIfAbsent(vtep, device.id()));
      }
    }
  }

  /** The host of a bridge, if it is declared and owns its addresses itself. */
  Optional<NodeId> hostOf(DeviceConfig device) {
    return device
        .host()
        .map(declared.devices()::get)
        .filter(host -> !host.host().isPresent())
        .map(DeviceConfig::id);
  }

  /** The addresses that the device has, in its own order; the others are pending. */
  ImmutableList<IpAddress> vtepsOf(DeviceConfig device, List<Pending> pending) {
    NodeId owner = hostOf(device).orElse(device.id());
    ImmutableList.Builder<IpAddress> vteps = ImmutableList.builder();
    for (int i = 0; i < device.vteps().size(); i++) {
      IpAddress vtep = device.vteps().get(i);
      if (owner.equals(owners.get(vtep))) {
        vteps.add(vtep);
      } else {
        pending.add(
            Pending.ofDevice(
                device.id(),
                Paths.of(device.id()) + ".vteps[" + i + "]",
                "VTEP address "
                    + vtep
                    + " is left out: "
                    + (owners.containsKey(vtep)
                        ? owners.get(vtep) + " has it"
                        : "it does not belong to " + owner),
                "Declare it at one device only, or name the host that owns it"));
      }
    }
    return vteps.build();
  }
}
