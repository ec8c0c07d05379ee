/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.probing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.overlane.app.probing.Sites.endpoint;
import static org.overlane.app.probing.Sites.managementOs;
import static org.overlane.app.probing.Sites.network;
import static org.overlane.app.probing.Sites.node;
import static org.overlane.app.probing.Sites.path;
import static org.overlane.app.probing.Sites.plain;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.PathMtus;
import org.overlane.flowrules.model.TunnelEndpoint;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.tunnels.probing.ProbePath;

class TunnelsTest {
  @Test
  void areBetweenNodesThatShareANetworkAndNoOthers() {
    Map<ProbePath, Tunnel> tunnels = Tunnels.of(plain().build());
    assertThat(tunnels).containsOnlyKeys(path(1, 2), path(2, 1));
    Tunnel there = tunnels.get(path(1, 2));
    assertThat(there.network()).hasToString("blue");
    assertThat(there.use()).isEqualTo(2);
    assertThat(tunnels.get(path(2, 1)).use()).isEqualTo(1);
    assertThat(there.source()).contains(IpAddress.parse("192.0.2.1"));
    assertThat(there.destination()).contains(IpAddress.parse("192.0.2.2"));
    assertThat(there.obstacle()).isEmpty();
    assertThat(there.send())
        .containsExactly(
            Action.setField(FieldValue.exact(Field.TUNNEL_ID, 100)),
            Action.setField(FieldValue.exact(Field.TUN_DST, 0xc0000202L)),
            Action.output(OfPort.of(9)));
  }

  @Test
  void countTheEndpointsOfAllNetworksThatUseThem() {
    Map<ProbePath, Tunnel> tunnels =
        Tunnels.of(plain().add(endpoint("red", 2, 5)).add(endpoint("red", 1, 6)).build());
    assertThat(tunnels.get(path(1, 2)).use()).isEqualTo(3);
    assertThat(tunnels.get(path(1, 3)).use()).isEqualTo(1);
  }

  /** Probes look for what is there, not for what has been found already. */
  @Test
  void boundIsTheSmallerUnderlayMtuWhateverProbesHaveFound() {
    PathMtus.Path found = HeldLimits.key(path(1, 2));
    Map<ProbePath, Tunnel> tunnels =
        Tunnels.of(
            plain()
                .add(node(2).underlayMtu(1400).build())
                .pathMtus(PathMtus.of(ImmutableMap.of(found, 1300)))
                .build());
    assertThat(tunnels.get(path(1, 2)).bound()).isEqualTo(1400);
    assertThat(tunnels.get(path(2, 1)).bound()).isEqualTo(1400);
  }

  @Test
  void sayWhatIsMissing() {
    Map<ProbePath, Tunnel> tunnels =
        Tunnels.of(plain().add(node(2).tunnel(managementOs("red", 21)).build()).build());
    assertThat(tunnels.get(path(1, 2)).obstacle().orElse(""))
        .contains("of:0000000000000002 has no tunnel port for network blue");
    assertThat(tunnels.get(path(2, 1)).obstacle().orElse(""))
        .contains("of:0000000000000002 has no tunnel port for network blue");
    assertThat(tunnels.get(path(2, 1)).send()).isEmpty();
  }

  /** The first network that works lends its VNI. */
  @Test
  void aNetworkThatLacksAPortDoesNotHinderAnother() {
    Map<ProbePath, Tunnel> tunnels =
        Tunnels.of(
            plain()
                .add(node(2).tunnel(managementOs("green", 21)).build())
                .add(network("green", 300))
                .add(endpoint("green", 1, 7))
                .add(endpoint("green", 2, 8))
                .build());
    assertThat(tunnels.get(path(1, 2)).obstacle()).isEmpty();
    assertThat(tunnels.get(path(1, 2)).network()).isEqualTo(NetworkId.of("green"));
    assertThat(tunnels.get(path(1, 2)).use()).isEqualTo(3);
  }

  @Test
  void aPortForEachRemoteMustBeThereAtBothEnds() {
    TunnelEndpoint toOne =
        TunnelEndpoint.PortPerRemote.of(Map.of(IpAddress.parse("192.0.2.1"), OfPort.of(31)));
    TunnelEndpoint toThree =
        TunnelEndpoint.PortPerRemote.of(Map.of(IpAddress.parse("192.0.2.3"), OfPort.of(31)));
    assertThat(
            Tunnels.of(plain().add(node(2).tunnel(toOne).build()).build()).values().stream()
                .map(Tunnel::obstacle))
        .allMatch(o -> o.isEmpty());
    assertThat(
            Tunnels.of(plain().add(node(2).tunnel(toThree).build()).build()).values().stream()
                .map(Tunnel::obstacle))
        .allMatch(o -> o.isPresent());
  }

  @Test
  void anEmptyModelHasNone() {
    assertThat(Tunnels.of(plain().removeEndpoint("blue1").build())).isEmpty();
    assertThat(Tunnels.of(NetworkModel.empty())).isEmpty();
  }
}
