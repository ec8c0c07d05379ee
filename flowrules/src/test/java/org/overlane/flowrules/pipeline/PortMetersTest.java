/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Meter;
import org.overlane.flowrules.pipeline.PortMeters.Purpose;

class PortMetersTest {
  private static final List<Purpose> OF_PORTS =
      List.of(Purpose.OVERSIZE, Purpose.SYN, Purpose.DROP, Purpose.ADVERTISE);

  /** Of the userspace datapath of Open vSwitch. */
  private static final int ROOM = 262_144;

  /** They are on switches and in operators' notes. */
  @ParameterizedTest
  @CsvSource({
    "1, OVERSIZE, 5, oversize of port 1",
    "11, OVERSIZE, 45, oversize of port 11",
    "11, SYN, 46, syn of port 11",
    "11, DROP, 47, drop of port 11",
    "65279, DROP, 261119, drop of port 65279",
    "11, ADVERTISE, 44, advertise of port 11",
    "65279, ADVERTISE, 261116, advertise of port 65279",
    "4294967294, ADVERTISE, 262136, advertise of port LOCAL",
    "4294967294, SYN, 262138, syn of port LOCAL",
    "65280, OVERSIZE, 262141, oversize of ports above 65279",
    "70000, OVERSIZE, 262141, oversize of ports above 65279",
  })
  void idsNeverChange(long port, Purpose purpose, long id, String source) {
    Meter meter = PortMeters.of(OfPort.of(port), purpose);
    assertThat(meter.id()).isEqualTo(id);
    assertThat(meter.source()).isEqualTo(source);
    assertThat(meter.rate()).isEqualTo(purpose.rate());
    assertThat(meter.burst()).isEqualTo(purpose.burst());
  }

  /** They come by all tunnel ports together, of which there may be many. */
  @Test
  void theMeterOfProbesIsThatOfTheNode() {
    Meter meter = PortMeters.probes();
    assertThat(meter.id()).isEqualTo(1);
    assertThat(meter.source()).isEqualTo("probes of the tunnel ports");
    assertThat(PortMeters.purpose(1)).contains(Purpose.PROBE);
    assertThat(PortMeters.port(1)).isEmpty();
    assertThat(PortMeters.of(OfPort.of(7), Purpose.PROBE)).isEqualTo(meter);
  }

  @Test
  void portAndPurposeCanBeToldFromTheId() {
    Set<Long> ids = new HashSet<>();
    for (long number = 1; number <= 0xfeff; number++) {
      assertReadBack(OfPort.of(number), ids);
    }
    assertReadBack(OfPort.LOCAL, ids);
    assertThat(ids).hasSize(4 * (0xfeff + 1)).allMatch(id -> id > 0 && id < ROOM);
  }

  private static void assertReadBack(OfPort port, Set<Long> ids) {
    for (Purpose purpose : OF_PORTS) {
      long id = PortMeters.of(port, purpose).id();
      ids.add(id);
      if (!PortMeters.purpose(id).equals(java.util.Optional.of(purpose))
          || !PortMeters.port(id).equals(java.util.Optional.of(port))) {
        throw new AssertionError(port + " " + purpose + " is read back wrong from " + id);
      }
    }
  }

  /** Which other switches may have, if none of their VMs is to go without a limit. */
  @Test
  void portsThatOpenVSwitchCannotHaveShareAMeter() {
    for (Purpose purpose : OF_PORTS) {
      Meter one = PortMeters.of(OfPort.of(0xff00), purpose);
      assertThat(PortMeters.of(OfPort.of(0xffffff00L), purpose)).isEqualTo(one);
      assertThat(one.id()).isLessThan(ROOM);
      assertThat(PortMeters.purpose(one.id())).contains(purpose);
      assertThat(PortMeters.port(one.id())).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 2, 3, 261_120, 262_132, 262_135, 262_144, 262_145, Meter.MAX_ID, -1, -3})
  void metersOfOthersAreNotOurs(long id) {
    assertThat(PortMeters.purpose(id)).isEmpty();
    assertThat(PortMeters.port(id)).isEmpty();
  }

  @Test
  void theMeterOfANodeIsThatOfNoPort() {
    Meter fragments = NodeMeters.fragments(500);
    assertThat(fragments.id()).isEqualTo(262_132).isLessThan(ROOM);
    assertThat(fragments.rate()).isEqualTo(500);
    assertThat(fragments.burst()).isEqualTo(500);
    assertThat(PortMeters.name(fragments.id())).contains("fragments for the VTEP");
    assertThat(PortMeters.purpose(fragments.id())).isEmpty();
    assertThat(PortMeters.port(fragments.id())).isEmpty();
    assertThat(NodeMeters.name(fragments.id() + 1)).isEmpty();
  }

  /** A purpose that has come first keeps its place: its order is in the ids. */
  @Test
  void theOrderOfPurposesNeverChanges() {
    assertThat(List.of(Purpose.values()))
        .containsExactly(
            Purpose.OVERSIZE, Purpose.SYN, Purpose.DROP, Purpose.ADVERTISE, Purpose.PROBE);
  }
}
