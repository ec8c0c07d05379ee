/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import java.util.OptionalLong;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.Vni;

/** The fields of a network. */
final class NetworkFields {
  static final ImmutableSet<String> ALLOWED = ImmutableSet.of("id", "vni", "underlay");

  private NetworkFields() {}

  static Optional<Network> read(Cursor at) {
    if (!at.isObject(ALLOWED)) {
      return Optional.empty();
    }
    Optional<NetworkId> id =
        at.required("id", "Name the network, as in \"blue\"").flatMap(Scalars::networkId);
    Optional<Vni> vni =
        at.required("vni", "Give the VXLAN network identifier, 1 to " + Vni.MAX)
            .flatMap(NetworkFields::vni);
    Optional<AddressFamily> underlay =
        at.optional("underlay").flatMap(u -> u.choice(AddressFamily.class, AddressFamily::text));
    return id.flatMap(i -> vni.map(v -> Network.of(i, v, underlay)));
  }

  private static Optional<Vni> vni(Cursor at) {
    OptionalLong number = at.integer(Vni.MIN, Vni.MAX, "a VNI");
    return number.isPresent() ? Optional.of(Vni.of(number.getAsLong())) : Optional.empty();
  }
}
