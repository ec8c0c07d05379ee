/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.overlane.flowrules.testing.Models.id;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProbeAddressTest {
  @Test
  void everyNodeHasItsOwnThatStaysWhatItIs() {
    assertThat(ProbeAddress.of(id(1))).hasToString("f2:4f:3a:16:77:e2");
    Set<MacAddress> addresses = new HashSet<>();
    for (int node = 1; node <= 10_000; node++) {
      MacAddress address = ProbeAddress.of(id(node));
      assertThat(address.isUnicast() && ProbeAddress.isReserved(address)).isTrue();
      addresses.add(address);
    }
    assertThat(addresses).hasSize(10_000);
  }

  @Test
  void noEndpointMayHaveOne() {
    for (String mac : new String[] {"f2:4f:00:00:00:00", "f2:4f:ff:ff:ff:ff"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> endpoint(mac))
          .withMessageContaining("kept for probes, " + mac);
    }
    assertThat(endpoint("f2:50:00:00:00:00").mac()).hasToString("f2:50:00:00:00:00");
    assertThat(endpoint("f2:4e:ff:ff:ff:ff").mac()).hasToString("f2:4e:ff:ff:ff:ff");
  }

  private static Endpoint endpoint(String mac) {
    return Endpoint.of(
        "vm", NetworkId.of("blue"), MacAddress.parse(mac), id(1), Optional.empty(), Set.of());
  }
}
