/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.overlane.flowrules.model.AddressFamily;

class FragmentationTest {
  @Test
  void fillsFragmentsInUnitsOfEight() {
    assertThat(Fragmentation.lengths(1536, 1500, AddressFamily.IPV4)).containsExactly(1500, 56);
    assertThat(Fragmentation.lengths(1501, 1500, AddressFamily.IPV4)).containsExactly(1500, 21);
    assertThat(Fragmentation.lengths(4000, 1499, AddressFamily.IPV4))
        .containsExactly(1492, 1492, 1056);
    assertThat(Fragmentation.lengths(1570, 1500, AddressFamily.IPV6)).containsExactly(1496, 130);
  }

  @Property(tries = 2000)
  void losesNothingAndFits(
      @ForAll @IntRange(min = 48, max = 65_535) int packet,
      @ForAll @IntRange(min = 576, max = 9000) int mtu,
      @ForAll AddressFamily family) {
    List<Integer> lengths = Fragmentation.lengths(packet, mtu, family);
    boolean ipv4 = family == AddressFamily.IPV4;
    if (packet <= mtu) {
      assertThat(lengths).containsExactly(packet);
      return;
    }
    int headers = ipv4 ? 20 : 48;
    List<Integer> payloads = lengths.stream().map(l -> l - headers).toList();
    assertThat(payloads.stream().mapToInt(p -> p).sum()).isEqualTo(packet - (ipv4 ? 20 : 40));
    assertThat(lengths).hasSizeGreaterThan(1).allMatch(l -> l <= mtu);
    assertThat(payloads.subList(0, payloads.size() - 1))
        .allMatch(p -> p % 8 == 0 && p > mtu - headers - 8);
  }
}
