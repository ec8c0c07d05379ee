/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.overlane.flowrules.testing.Models.mac;

import com.google.common.collect.Iterables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.ActionSet;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.testing.OpenVSwitch;
import org.overlane.flowrules.testing.Outcomes;
import org.overlane.flowrules.testing.Scenario;
import org.overlane.flowrules.testing.Scenarios;
import org.overlane.flowrules.text.OfctlFormat;

/**
 * The same packets through the same tables in a real Open vSwitch ({@code ofproto/trace}), which
 * gets the packets as bytes: the same outputs in the same order, each with the same tunnel
 * metadata.
 */
class OvsTraceTest {
  private static final int RANDOM_TABLES = 25;
  private static final int PACKETS_PER_TABLE = 14;

  /**
   * The dummy datapath shows no tunnel metadata; so every output is made by a group that first
   * copies them into the Ethernet addresses, which it shows: source = 24 bits of the IPv6
   * destination, 24 of the key; destination = 16 bits as they were, the IPv4 destination. The
   * outputs of action sets stay as they are: a group would go before others there. (A clone would
   * not do: Open vSwitch executes the action set at the end of it.)
   */
  private static final String SHOWING_TUNNEL =
      "move:NXM_NX_TUN_ID[0..23]->NXM_OF_ETH_SRC[0..23],"
          + "move:NXM_NX_TUN_IPV6_DST[0..23]->NXM_OF_ETH_SRC[24..47],"
          + "move:NXM_NX_TUN_IPV4_DST[]->NXM_OF_ETH_DST[0..31],";

  private static final Pattern OUTPUT =
      Pattern.compile("(?:output:\\d+|IN_PORT|LOCAL)(?![^()]*\\))");

  private static final long FIRST_OUTPUT = 4_000_000_000L;

  private static final String BY_HASH =
      "type=select,selection_method=hash,fields(eth_src,eth_dst,in_port)";

  private static OpenVSwitch ovs;
  private static int checksCompared;
  private static int setsCompared;
  private static int choicesCompared;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(OpenVSwitch.isInstalled(), "Open vSwitch is not installed");
    ovs = OpenVSwitch.start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (ovs != null) {
      ovs.close();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = FragmentMode.class,
      names = {"NORMAL", "NX_MATCH", "DROP"})
  void agreesOnRandomTables(FragmentMode mode) throws Exception {
    RandomTraffic traffic = new RandomTraffic(new Random(mode.ordinal()));
    setMode(mode);
    int outputs = 0;
    int sets = setsCompared;
    int choices = choicesCompared;
    for (int i = 0; i < RANDOM_TABLES; i++) {
      FlowTables tables = traffic.tables(30 + i);
      load(tables);
      for (int j = 0; j < PACKETS_PER_TABLE; j++) {
        outputs += compare(tables, traffic.packet(), mode);
      }
    }
    assertThat(outputs).isGreaterThan(50);
    assertThat(setsCompared - sets).as("action sets").isGreaterThan(20);
    assertThat(choicesCompared - choices).as("choices of buckets").isGreaterThan(4);
  }

  @ParameterizedTest
  @EnumSource(
      value = FragmentMode.class,
      names = {"NORMAL", "NX_MATCH", "DROP"})
  void agreesOnScenarios(FragmentMode mode) throws Exception {
    RandomTraffic traffic = new RandomTraffic(new Random(7 + mode.ordinal()));
    setMode(mode);
    int outputs = 0;
    for (Scenario scenario : Scenarios.all()) {
      FlowTables tables = scenario.compile().tables();
      load(tables);
      for (int j = 0; j < PACKETS_PER_TABLE; j++) {
        outputs += compare(tables, traffic.packet(tables), mode);
      }
    }
    assertThat(outputs).isGreaterThan(50);
  }

  /**
   * Every look-up of every scenario that compares lengths, one byte below, at and above its limit,
   * by every kind of packet and fragment, tagged and not.
   */
  @ParameterizedTest
  @EnumSource(
      value = FragmentMode.class,
      names = {"NORMAL", "NX_MATCH", "DROP"})
  void agreesOnLengths(FragmentMode mode) throws Exception {
    RandomTraffic traffic = new RandomTraffic(new Random(20 + mode.ordinal()));
    setMode(mode);
    int before = checksCompared;
    for (Scenario scenario : Scenarios.all()) {
      FlowTables tables = scenario.compile().tables();
      List<TracedPacket> packets = traffic.atTheLimits(tables);
      if (!packets.isEmpty()) {
        load(tables);
        for (TracedPacket packet : packets) {
          compare(tables, packet, mode);
        }
      }
    }
    assertThat(checksCompared - before).isGreaterThan(80);
  }

  /** A bucket is an action set: its order does not count, and it outputs once. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "output:2,set_field:100->tun_id,output:3",
        "output:2,output:3",
        "group:8,output:2",
        "output:1,set_field:5->tun_id,set_field:192.0.2.1->tun_dst,LOCAL",
        "drop"
      })
  void agreesOnBuckets(String bucket) throws Exception {
    FlowTables tables =
        OfctlFormat.parse(
            "table=0,priority=1,actions=set_field:7->tun_id,group:7,output:5,goto_table:1\n"
                + "table=1,priority=2,reg0=1,actions=output:4\n"
                + "table=1,priority=1,tun_id=7,actions=CONTROLLER:99",
            "group_id=8,type=all,bucket=actions=output:3,bucket=actions=output:4\n"
                + "group_id=7,type=all,bucket=actions="
                + bucket
                + ",bucket=actions=output:6");
    setMode(FragmentMode.NORMAL);
    load(tables);
    compare(
        tables, TracedPacket.builder(OfPort.of(1), mac(1), mac(2)).build(), FragmentMode.NORMAL);
  }

  /**
   * Action sets: one action of each kind, a group before an output, and what was applied before,
   * and a miss at the end, which does not keep Open vSwitch from executing the set.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "write_actions(output:2)",
        "write_actions(output:2,output:3)",
        "write_actions(output:2,set_field:02:00:00:00:00:09->eth_dst)",
        "output:4,write_actions(set_field:02:00:00:00:00:09->eth_dst,output:2)",
        "write_actions(group:7,output:2)",
        "write_actions(group:8)",
        "write_actions(group:6)",
        "clear_actions,write_actions(CONTROLLER:128)",
        "write_actions(output:1)",
        "write_actions(IN_PORT)",
        "clear_actions",
        "group:6,group:6,write_actions(group:7)",
      })
  void agreesOnActionSets(String actions) throws Exception {
    setMode(FragmentMode.NORMAL);
    for (String then :
        new String[] {
          "write_actions(output:5)",
          "write_actions(group:8)",
          "clear_actions",
          "clear_actions,write_actions(set_field:02:00:00:00:00:08->eth_dst,LOCAL)",
          "output:6,goto_table:4",
          "drop",
        }) {
      FlowTables tables =
          OfctlFormat.parse(
              "table=0,priority=1,actions=write_actions(output:5,set_field:1/1->reg0),goto_table:1\n"
                  + "table=1,priority=1,actions="
                  + actions
                  + ",goto_table:3\n"
                  + "table=3,priority=1,actions="
                  + then,
              "group_id=8,type=indirect,bucket=actions=set_field:5->tun_id,output:3\n"
                  + "group_id=7,type=select,bucket=actions=output:2,bucket=actions=group:8,"
                  + "bucket=actions=drop\n"
                  + "group_id=6,type=select,bucket=actions=output:3,bucket=actions=group:7");
      load(tables);
      for (int i = 1; i < 5; i++) {
        compare(
            tables,
            TracedPacket.builder(OfPort.of(1), mac(i), mac(9 - i)).build(),
            FragmentMode.NORMAL);
      }
    }
  }

  private static void setMode(FragmentMode mode) throws Exception {
    ovs.ofctl("set-frags", mode == FragmentMode.NX_MATCH ? "nx-match" : mode.name().toLowerCase());
  }

  private static void load(FlowTables tables) throws Exception {
    Map<String, Long> outputs = new TreeMap<>();
    String flows =
        actions(
            OfctlFormat.flows(tables),
            output ->
                "group:" + outputs.computeIfAbsent(output, o -> FIRST_OUTPUT + outputs.size()));
    StringBuilder groups = new StringBuilder();
    outputs.forEach(
        (output, id) ->
            groups.append("group_id=" + id + ",type=indirect,bucket=actions=" + output + "\n"));
    groups.append(OfctlFormat.groups(tables).replace("type=select", BY_HASH));
    ovs.load(
        flows,
        actions(groups.toString(), output -> SHOWING_TUNNEL + output),
        OfctlFormat.meters(tables));
  }

  /** Replaces all outputs to ports but those in action sets. */
  private static String actions(String text, UnaryOperator<String> outputs) {
    return text.lines()
        .map(line -> line.replaceAll(" #.*", ""))
        .map(
            line -> {
              int actions = Math.max(line.indexOf("actions="), 0);
              return line.substring(0, actions)
                  + OUTPUT
                      .matcher(line.substring(actions))
                      .replaceAll(output -> outputs.apply(output.group()));
            })
        .collect(Collectors.joining("\n"));
  }

  /** How many outputs there were, the controller included. */
  private static int compare(FlowTables tables, TracedPacket packet, FragmentMode mode)
      throws Exception {
    Trace trace = PacketTracer.trace(tables, packet, mode);
    StringBuilder flow = new StringBuilder("in_port=" + packet.inPort());
    packet.tunnelId().ifPresent(id -> flow.append(",tun_id=").append(id));
    packet
        .tunnelDst()
        .ifPresent(a -> flow.append(a.isIpv4() ? ",tun_dst=" : ",tun_ipv6_dst=").append(a));
    String text = ovs.appctl("ofproto/trace", "--names", "br", "" + flow, PacketBytes.hex(packet));
    DatapathActions real = DatapathActions.run(text, packet);
    String what = String.join("\n", OfctlFormat.flows(tables), TraceText.render(trace), text);
    List<List<String>> possible =
        Outcomes.of(trace.dispositions()).stream().map(e -> ends(trace, e)).toList();
    assertThat(possible).as(what).contains(real.ends());
    // Where both outcomes do the same, Open vSwitch does not compare.
    assertThat(checks(trace)).as(what).containsSubsequence(real.checks());
    checksCompared += real.checks().size();
    setsCompared += executedSet(trace).isPresent() ? 1 : 0;
    choicesCompared += possible.size() > 1 ? 1 : 0;
    return real.ends().size();
  }

  private static List<String> checks(Trace trace) {
    return trace.steps().stream()
        .filter(TraceStep.SizeChecked.class::isInstance)
        .map(TraceStep.SizeChecked.class::cast)
        .map(c -> DatapathActions.check(c.length(), c.limit()))
        .toList();
  }

  private static Optional<ActionSet> executedSet(Trace trace) {
    return trace.steps().stream()
        .filter(TraceStep.ActionSetExecuted.class::isInstance)
        .map(s -> ((TraceStep.ActionSetExecuted) s).set())
        .findFirst();
  }

  /**
   * Outputs with what {@link #SHOWING_TUNNEL} shows, or just the addresses where an action set
   * outputs by itself, which is the last thing that happens; and copies for the controller.
   */
  private static List<String> ends(Trace trace, List<Disposition> dispositions) {
    boolean bare =
        executedSet(trace)
            .flatMap(ActionSet::decisive)
            .filter(Action.Output.class::isInstance)
            .isPresent();
    Disposition last = Iterables.getLast(trace.dispositions());
    List<String> ends = new ArrayList<>();
    for (Disposition end : dispositions) {
      if (end.kind() == Disposition.Kind.TO_CONTROLLER) {
        ends.add("controller " + end.maxLength());
      } else if (end.kind() == Disposition.Kind.OUTPUT && bare && end == last) {
        FieldView fields = end.fields();
        long source = bits(fields, Field.ETH_SRC, 48);
        long destination = bits(fields, Field.ETH_DST, 48);
        ends.add(DatapathActions.output(end.port().orElseThrow() + "", source, destination));
      } else if (end.kind() == Disposition.Kind.OUTPUT) {
        ends.add(shown(end.port().orElseThrow(), end.fields()));
      }
    }
    return ends;
  }

  private static String shown(OfPort port, FieldView fields) {
    long source = bits(fields, Field.TUN_IPV6_DST, 24) << 24 | bits(fields, Field.TUNNEL_ID, 24);
    long upper = bits(fields, Field.ETH_DST, 48) & 0xffff00000000L;
    return DatapathActions.output(port.toString(), source, upper | bits(fields, Field.TUN_DST, 32));
  }

  private static long bits(FieldView fields, Field field, int bits) {
    return fields.get(field).orElseThrow().and(Bits.ones(bits)).low();
  }
}
