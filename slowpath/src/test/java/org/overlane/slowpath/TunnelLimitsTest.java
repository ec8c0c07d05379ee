/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.overlane.flowrules.model.IpAddress;

class TunnelLimitsTest {
  @Test
  void theMtuIsWithoutHeaderAndTags() {
    TunnelLimits limits = TunnelLimits.of(1464, false, ImmutableList.of());
    assertThat(limits.ipMtu(0)).isEqualTo(1450);
    assertThat(limits.ipMtu(2)).isEqualTo(1442);
    assertThatIllegalArgumentException().isThrownBy(() -> limits.ipMtu(3));
    assertThatIllegalArgumentException().isThrownBy(() -> limits.ipMtu(-1));
  }

  @Test
  void takesTheFirstGatewayOfEachFamily() {
    IpAddress ipv6 = IpAddress.parse("fe80::1");
    IpAddress ipv4 = IpAddress.parse("10.0.0.1");
    IpAddress other = IpAddress.parse("10.0.0.2");
    TunnelLimits limits = TunnelLimits.of(1464, true, ImmutableList.of(ipv6, ipv4, other));
    assertThat(limits.ipv4Gateway()).contains(ipv4);
    assertThat(limits.ipv6Gateway()).contains(ipv6);
    assertThat(TunnelLimits.of(1464, true, ImmutableList.of()).ipv4Gateway()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 89, 65_558, Integer.MAX_VALUE})
  void refusesImpossibleLimits(int frameLimit) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TunnelLimits.of(frameLimit, false, ImmutableList.of()))
        .withMessage("the frame limit must be 90 to 65557 bytes, not " + frameLimit);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "224.0.0.1", "255.255.255.255", "::", "::1", "ff02::1"})
  void refusesImpossibleGateways(String gateway) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TunnelLimits.of(1464, false, ImmutableList.of(IpAddress.parse(gateway))))
        .withMessageContaining(gateway);
  }
}
