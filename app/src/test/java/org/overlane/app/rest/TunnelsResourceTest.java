/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.ws.rs.core.Response;
import org.junit.jupiter.api.Test;
import org.overlane.app.api.OverlaneService;
import org.overlane.app.probing.SampleTunnels;
import org.overlane.config.ConfigException;

class TunnelsResourceTest {
  private final OverlaneService overlane = mock(OverlaneService.class);
  private final TunnelsResource resource =
      new TunnelsResource() {
        @Override
        OverlaneService overlane() {
          return overlane;
        }
      };

  private static JsonNode json(Response response) {
    try {
      return new ObjectMapper().readTree((String) response.getEntity());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void showsTunnelsWithStateReasonAndSizes() {
    when(overlane.tunnels()).thenReturn(SampleTunnels.among(2));
    JsonNode json = json(resource.tunnels("", null, null, null));
    assertThat(json.path("probing").path("mode").asText()).isEqualTo("off");
    assertThat(json.path("probing").path("forged").asLong()).isEqualTo(2);
    assertThat(json.has("next")).isFalse();
    assertThat(json.path("tunnels")).hasSize(2);
    JsonNode first = json.path("tunnels").path(0);
    assertThat(first.path("from").asText()).isEqualTo("of:0000000000000001");
    assertThat(first.path("to").asText()).isEqualTo("of:0000000000000002");
    assertThat(first.path("family").asText()).isEqualTo("ipv4");
    assertThat(first.path("source").asText()).isEqualTo("192.0.2.1");
    assertThat(first.path("destination").asText()).isEqualTo("192.0.2.2");
    assertThat(first.path("state").asText()).isEqualTo("unprobed");
    assertThat(first.path("why").asText()).isEqualTo("probing is off");
    assertThat(first.path("underlayMtu").asInt()).isEqualTo(1500);
    assertThat(first.path("limit").asInt()).isEqualTo(1404);
    assertThat(first.path("since").asText()).startsWith("2026-");
    assertThat(json(resource.events()).path("events")).hasSize(2);
  }

  /** Every tunnel once, whatever the size of the pages. */
  @Test
  void pagesAreWhole() {
    when(overlane.tunnels()).thenReturn(SampleTunnels.among(7));
    for (int size : new int[] {1, 5, 6, 7, 41, 42, 43}) {
      Set<String> seen = new HashSet<>();
      List<Integer> sizes = new ArrayList<>();
      String after = null;
      do {
        JsonNode page = json(resource.tunnels(null, null, "" + size, after));
        page.path("tunnels").forEach(t -> seen.add(t.path("from") + " " + t.path("to")));
        sizes.add(page.path("tunnels").size());
        after = page.has("next") ? page.path("next").asText() : null;
      } while (after != null);
      assertThat(seen).hasSize(42);
      assertThat(sizes.stream().mapToInt(i -> i).sum()).isEqualTo(42);
      assertThat(sizes).allMatch(s -> s >= 1 && s <= size);
    }
  }

  @Test
  void filtersByDeviceAndState() {
    when(overlane.tunnels()).thenReturn(SampleTunnels.among(4));
    assertThat(json(resource.tunnels("of:0000000000000003", null, null, null)).path("tunnels"))
        .hasSize(6);
    assertThat(json(resource.tunnels("of:0000000000000009", null, null, null)).path("tunnels"))
        .isEmpty();
    assertThat(json(resource.tunnels(null, "unprobed", null, null)).path("tunnels")).hasSize(12);
    assertThat(json(resource.tunnels(null, "down", null, null)).path("tunnels")).isEmpty();
  }

  @Test
  void refusesWhatCannotBe() {
    when(overlane.tunnels()).thenReturn(SampleTunnels.among(2));
    Map.of("state", "sideways", "limit", "0")
        .forEach(
            (name, value) ->
                assertThatThrownBy(
                        () ->
                            resource.tunnels(
                                null,
                                name.equals("state") ? value : null,
                                name.equals("limit") ? value : null,
                                null))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(name)
                    .hasMessageContaining(value));
    for (String limit : List.of("-1", "1001", "99999999999", "ten", "1.5")) {
      assertThatThrownBy(() -> resource.tunnels(null, null, limit, null))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("1 to 1000");
    }
  }
}
