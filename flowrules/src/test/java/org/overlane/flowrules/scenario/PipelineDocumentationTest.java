/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.scenario;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.overlane.flowrules.feature.Feature;
import org.overlane.flowrules.feature.Features;
import org.overlane.flowrules.feature.PacketClass;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.openflow.Group;
import org.overlane.flowrules.pipeline.Pipeline;
import org.overlane.flowrules.pipeline.PriorityBand;
import org.overlane.flowrules.pipeline.TableSpec;
import org.overlane.flowrules.testing.Goldens;
import org.overlane.flowrules.testing.Scenario;
import org.overlane.flowrules.testing.Scenarios;
import org.overlane.flowrules.text.OfctlFormat;

/** docs/pipeline.md is made of the contracts, the features and the entries of scenarios. */
class PipelineDocumentationTest {
  private static final String INTRODUCTION =
      """
      # The pipeline

      Generated from the table contracts, the features and the scenarios of `flowrules`; to change
      it, change those and run `mvn -f flowrules/pom.xml test -Dgoldens=write`.

      ```
                    underlay                                        VM
                       |                                            |
       0 Classify -----+--> management port (and back to the uplink) |
          |   \\                                                      |
          |    `--- from a VM ------> 10 VmIngress                   |
          |                               |                          |
          `-- from a tunnel --.           v                          |
                              |       30 Forward --------------------+
                              v           |                          |
       controller <-- 20 TunnelIngress ---(--------------------------'
       (probes of other nodes)            v
                      controller <--- 40 MssClamp     (TCP SYN, where the network clamps)
                                          v
                      controller <--- 51 Oversize     (IP packets that are too large)
                                          v
                                   52 Encapsulate ---> tunnel port
      ```

      Where a network advertises its MTU, VmIngress sends DHCP replies and copies of router
      advertisements of its VMs to the controller.

      A table's contract is enforced when an entry is built: an entry that matches, sets, outputs or
      goes to anything else is an error of the feature that builds it. Entries of one table and
      priority never overlap. Every drop has an entry, and so a counter; every output to the
      controller has a meter.

      """;

  @Test
  void isCurrent() throws IOException {
    String text =
        INTRODUCTION
            + tables()
            + bands()
            + "## Packet classes\n\n"
            + "Each entry belongs to one class; bits 40 to 47 of its cookie are the id of the"
            + " class, the lower 40 a hash of table, priority and match.\n\n"
            + Features.ALL.stream().map(PipelineDocumentationTest::feature).collect(joining())
            + whole("A node with a native tunnel", Scenarios.nativeHostScenario())
            + whole("A node with a management-os tunnel", Scenarios.managementOsHost())
            + whole("A node that clamps the MSS", Scenarios.mssClamping())
            + whole("A node whose VMs are told the MTU", Scenarios.advertiseMtu())
            + whole("A plain OpenFlow 1.3 switch", Scenarios.openflow13Host())
            + whole("br-phy: the underlay bridge of a split host", Scenarios.underlayBridge());
    Goldens.check(Goldens.DOCUMENTATION.resolve("pipeline.md"), text.stripTrailing() + "\n");
  }

  @Test
  void everyClassBelongsToOneFeatureAndItsAnchorIsItsTitle() {
    assertThat(Features.ALL.stream().flatMap(f -> f.classes().stream()))
        .containsExactlyInAnyOrder(PacketClass.values());
    for (PacketClass packetClass : PacketClass.values()) {
      assertThat(packetClass.anchor())
          .isEqualTo(packetClass.title().toLowerCase(Locale.ROOT).replace(' ', '-'));
    }
  }

  private static String tables() {
    String rows =
        Pipeline.TABLES.stream()
            .map(
                t ->
                    Stream.of(
                            t.id() + " " + t.name(),
                            t.purpose(),
                            names(t.matches()) + (t.matchesVni() ? vni(t.matches()) : ""),
                            names(t.sets()) + (t.setsVni() ? vni(t.sets()) : ""),
                            outputs(t),
                            t.next().stream().sorted().map(String::valueOf).collect(joining(", ")),
                            t.missNext().map(n -> "to " + n).orElse("drop"))
                        .collect(joining(" | ", "| ", " |\n")))
            .collect(joining());
    return "## Tables\n\n"
        + "| table | purpose | may match | may set | may output to | may go to | miss |\n"
        + "|---|---|---|---|---|---|---|\n"
        + rows
        + "\nEvery entry of table "
        + Pipeline.CLASSIFY.id()
        + " but the miss matches "
        + names(Pipeline.CLASSIFY.requires())
        + ". *VNI* is `tun_id` on profile ovs and bits 0 to 23 of `metadata` on profile"
        + " openflow13. Tables of stage "
        + TableSpec.Stage.CLASSIFY
        + " cannot even be declared with a transport field.\n\n";
  }

  private static String outputs(TableSpec table) {
    String ports = table.outputs().stream().map(r -> r.text()).collect(joining(", "));
    if (!table.toController()) {
      return ports;
    }
    return (ports.isEmpty() ? "" : ports + "; ") + "controller, through a meter";
  }

  private static String vni(Collection<?> others) {
    return others.isEmpty() ? "*VNI*" : ", *VNI*";
  }

  private static String names(Collection<org.overlane.flowrules.openflow.Field> fields) {
    return fields.stream().map(f -> "`" + f.ofctlName() + "`").collect(joining(", "));
  }

  private static String bands() {
    return "## Priorities\n\n| band | priority |\n|---|---|\n"
        + Arrays.stream(PriorityBand.values())
            .map(b -> "| " + b + " | " + b.priority() + " |\n")
            .collect(joining())
        + "\n";
  }

  private static String feature(Feature feature) {
    StringBuilder text = new StringBuilder();
    boolean first = true;
    for (PacketClass packetClass : feature.classes()) {
      text.append("### ").append(packetClass.title()).append("\n\n");
      text.append(packetClass.purpose());
      text.append(" Class ").append(packetClass.id());
      text.append(packetClass.isDrop() ? ", counts drops.\n\n" : ".\n\n");
      if (first) {
        text.append(feature.explanation()).append("\n\n");
      }
      first = false;
      text.append("```\n").append(samples(packetClass)).append("```\n\n");
    }
    return text.toString();
  }

  private static String samples(PacketClass packetClass) {
    ImmutableList<FlowEntry> entries =
        Scenarios.entriesOf(packetClass).values().iterator().next().entries();
    return entries.stream().limit(3).map(PipelineDocumentationTest::line).collect(joining());
  }

  private static String line(FlowEntry entry) {
    return OfctlFormat.entry(entry).replaceFirst("^cookie=[^,]*, ", "") + "\n";
  }

  private static String whole(String title, Scenario scenario) {
    FlowTables tables = scenario.compile().tables();
    return "## "
        + title
        + "\n\nScenario `"
        + scenario
        + "`, without cookies.\n\n```\n"
        + tables.entries().stream().map(PipelineDocumentationTest::line).collect(joining())
        + tables.groups().values().stream().map(g -> group(g)).collect(joining())
        + tables.meters().values().stream().map(m -> OfctlFormat.meter(m) + "\n").collect(joining())
        + "```\n\n";
  }

  private static String group(Group group) {
    return OfctlFormat.group(group) + "\n";
  }
}
