/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSortedMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.overlane.config.ModelAssembler;
import org.overlane.config.ModelReader;
import org.overlane.config.PortDirectory;
import org.overlane.flowrules.compile.Capability.Case;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.trace.path.PathEnd;
import org.overlane.tracing.TraceAnswer;
import org.overlane.tracing.TraceOption;
import org.overlane.tracing.TraceQuery;
import org.overlane.tunnels.plan.Fate;
import org.overlane.tunnels.plan.PlanFacts;
import org.overlane.tunnels.plan.WhatIf;

/** What is predicted for running traffic is what a tracer finds in the tables. */
class WhatIfTraceTest {
  /** Of every case that is predicted, how it ended: the examples must show variety. */
  private final Set<String> seen = new HashSet<>();

  @Test
  void predictsWhatHappens() throws IOException {
    for (Path file : ExamplesTest.files()) {
      NetworkModel model =
          ModelAssembler.assemble(
                  new ModelReader().readDocument(Files.readString(file)), PortDirectory.offline())
              .model();
      for (NodeId device : model.nodes().keySet()) {
        for (int mtu : new int[] {1400, 2000}) {
          check(model, ImmutableSortedMap.of(device, mtu));
        }
      }
    }
    assertThat(seen)
        .contains(
            "TX-4 DELIVERED",
            "TX-4 LOST",
            "TX-5 ANSWERED",
            "TX-5 LOST",
            "TX-6 ANSWERED",
            "TX-8 DELIVERED",
            "TX-8 DROPPED",
            "TX-8 LOST");
  }

  private void check(NetworkModel before, ImmutableSortedMap<NodeId, Integer> change) {
    NetworkModel.Builder changed = before.toBuilder();
    change.forEach(
        (id, mtu) -> changed.add(before.requireNode(id).toBuilder().underlayMtu(mtu).build()));
    NetworkModel after = changed.build();
    for (WhatIf.Effect effect : WhatIf.of(before, PlanFacts.NONE, change).effects()) {
      NetworkModel fits = effect.fitAfterwards() ? after : before;
      NetworkModel doesNot = effect.fitAfterwards() ? before : after;
      for (Fate fate : effect.fates()) {
        if (fate.about() != Case.TCP) {
          for (int size : new int[] {effect.least(), effect.most()}) {
            String what = change + " " + effect.network() + " " + fate + " " + size;
            assertThat(ends(fits, effect, fate.about(), size))
                .as(what)
                .containsOnly(PathEnd.Kind.DELIVERED);
            assertThat(ends(doesNot, effect, fate.about(), size))
                .as(what)
                .containsOnly(PathEnd.Kind.valueOf(fate.result().name()));
            seen.add(fate.about().id() + " " + fate.result());
          }
        }
      }
    }
  }

  /** Where a packet of an effect ends, from a VM on one device to a VM on the other. */
  private static Set<PathEnd.Kind> ends(
      NetworkModel model, WhatIf.Effect effect, Case about, int size) {
    Map<TraceOption, String> query = new EnumMap<>(TraceOption.class);
    query.put(TraceOption.FROM, endpoint(model, effect.network(), effect.from()));
    query.put(TraceOption.TO, endpoint(model, effect.network(), effect.to()));
    query.put(TraceOption.SIZE, Integer.toString(size));
    int tags = model.networks().get(effect.network()).vlanTags();
    assertThat(tags).isLessThan(2);
    if (tags == 1) {
      query.put(TraceOption.VLAN, "7");
    }
    if (about == Case.OTHER) {
      query.put(TraceOption.ETHERTYPE, "0x88cc");
    } else {
      boolean ipv6 = about == Case.IPV6;
      query.put(TraceOption.UDP, "");
      query.put(TraceOption.SRC_IP, ipv6 ? "fd00::1" : "10.9.9.1");
      query.put(TraceOption.DST_IP, ipv6 ? "fd00::2" : "10.9.9.2");
      if (about == Case.IPV4_DF) {
        query.put(TraceOption.DF, "");
      }
    }
    return TraceAnswer.desired(model, TraceQuery.of(query)).trace().ends().stream()
        .map(PathEnd::kind)
        .collect(Collectors.toSet());
  }

  private static String endpoint(NetworkModel model, NetworkId network, NodeId device) {
    return model.endpointsAt(device).stream()
        .filter(e -> e.network().equals(network))
        .findFirst()
        .orElseThrow()
        .id();
  }
}
