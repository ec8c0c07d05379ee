/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;

/** Switches that report anything, but always the same. */
final class RandomPorts implements PortDirectory {
  private final long seed;

  private RandomPorts(long seed) {
    this.seed = seed;
  }

  static Arbitrary<PortDirectory> any() {
    return Arbitraries.longs().map(RandomPorts::new);
  }

  private Random random(Object... about) {
    return new Random(seed * 31 + Objects.hash(about) * 0x9e3779b97f4a7c15L);
  }

  @Override
  public boolean knows(NodeId device) {
    return random(device).nextInt(5) > 0;
  }

  @Override
  public boolean hasPort(NodeId device, OfPort port) {
    return random(device, port).nextInt(4) > 0;
  }

  @Override
  public Optional<OfPort> byName(NodeId device, String name) {
    Random random = random(device, name);
    switch (random.nextInt(6)) {
      case 0:
        return Optional.empty();
      case 1:
        return Optional.of(OfPort.LOCAL);
      case 2:
        return Optional.of(OfPort.CONTROLLER);
      default:
        return Optional.of(OfPort.of(1 + random.nextInt(6)));
    }
  }

  @Override
  public Optional<MacAddress> mac(NodeId device, OfPort port) {
    Random random = random(port, device);
    return random.nextInt(3) == 0
        ? Optional.empty()
        : Optional.of(MacAddress.of(random.nextLong() & 0x0300_0000_000fL));
  }

  @Override
  public OptionalInt mtu(NodeId device, PortRef port) {
    Random random = random("mtu", port, device);
    return random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt(65_536));
  }

  @Override
  public Optional<ImmutableSet<AddressFamily>> fragmentsOver(NodeId device, OfPort tunnel) {
    switch (random("fragments", device, tunnel).nextInt(3)) {
      case 0:
        return Optional.empty();
      case 1:
        return Optional.of(ImmutableSet.of());
      default:
        return Optional.of(ImmutableSet.of(AddressFamily.IPV4));
    }
  }

  @Override
  public ImmutableList<EndpointConfig> endpoints() {
    return Documents.announced(seed);
  }

  @Override
  public boolean carriesSizeCheck(NodeId device) {
    return random("size check", device).nextBoolean();
  }
}
