/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.overlane.flowrules.testing.Models.network;
import static org.overlane.flowrules.testing.Models.node;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Of several VTEP addresses, which one a node sends to; and to which nodes it sends at all. */
class RemoteVtepTest {
  private static final Network BLUE = network("blue", 100);

  private static Optional<String> remote(Network network, Node from, Node to) {
    NetworkModel model = NetworkModel.builder().add(network).add(from).add(to).build();
    return model.remoteVtep(from, network, to).map(IpAddress::toString);
  }

  private static Node in(Node.Builder node, String... zones) {
    return node.zones(List.of(zones).stream().map(Zone::of).toList()).build();
  }

  @Test
  void theFirstOfAFamilyCounts() {
    Node to = node(2, "192.0.2.22", "2001:db8::22", "192.0.2.2", "2001:db8::2").build();

    assertThat(remote(BLUE, node(1, "192.0.2.11", "192.0.2.1").build(), to)).contains("192.0.2.22");
    assertThat(remote(BLUE, node(1, "2001:db8::1").build(), to)).contains("2001:db8::22");
  }

  @Test
  void theSenderPrefersAFamilyUnlessTheNetworkAsksForOne() {
    Node from = node(1, "2001:db8::1", "192.0.2.1").build();
    Node to = node(2, "192.0.2.2", "2001:db8::2").build();

    assertThat(remote(BLUE, from, to)).contains("2001:db8::2");
    assertThat(remote(BLUE, to, from)).contains("192.0.2.1");
    assertThat(remote(BLUE.toBuilder().underlay(Optional.of(AddressFamily.IPV4)).build(), from, to))
        .contains("192.0.2.2");
  }

  @Test
  void onlyInACommonZone() {
    Node plain = node(1, "192.0.2.1").build();

    assertThat(plain.zones()).containsExactly(Zone.of("default"));
    assertThat(remote(BLUE, plain, in(node(2, "192.0.2.2"), "default"))).isPresent();
    assertThat(remote(BLUE, plain, in(node(2, "192.0.2.2"), "a"))).isEmpty();
    assertThat(remote(BLUE, in(node(1, "192.0.2.1"), "b", "c"), in(node(2, "192.0.2.2"), "a", "b")))
        .contains("192.0.2.2");
  }

  @Test
  void aNodeIsInSomeZone() {
    assertThatThrownBy(() -> in(node(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one zone");
    assertThatThrownBy(() -> Zone.of(" ")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anAddressBelongsToOneNode() {
    assertThatThrownBy(
            () ->
                NetworkModel.builder()
                    .add(node(1, "192.0.2.1").build())
                    .add(node(2, "192.0.2.2", "192.0.2.1").build())
                    .build())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("share VTEP address 192.0.2.1");
  }
}
