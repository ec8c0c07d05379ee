/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.overlane.e2e.lab.Controller;
import org.overlane.e2e.lab.FlowEntry;
import org.overlane.e2e.lab.Lab;
import org.overlane.e2e.lab.LabOptions;
import org.overlane.e2e.lab.Switch;

/**
 * A lab whose switches are programmed by the assembled controller, which is configured through REST
 * alone. What the controller must reach is known from the offline compiler: the lab was loaded with
 * it before the controller came.
 */
@RequiresLab
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ControlledLab {
  static final Duration START = Duration.ofSeconds(240);

  private static final String SOUTHBOUND = "org.overlane.openflow.provider.OpenFlowSouthbound";

  /** Seconds from one reading of a switch's entries to the next; shorter than an operator's. */
  private static final int ROUND = 2;

  /** What two such rounds never take, not even on a busy machine. */
  static final Duration TWO_ROUNDS = Duration.ofSeconds(12);

  /** What has the settings of Overlane. */
  static final String COMPONENT = "org.overlane.app.onos.OverlaneController";

  static final String MODEL = "/onos/overlane/v1/model";

  Lab lab;
  Controller controller;
  private Map<String, List<String>> compiled;

  abstract LabOptions options();

  @BeforeAll
  void startController() {
    lab = Lab.up(options());
    controller = Controller.start(lab);
    lab.push();
    compiled = switches().collect(toMap(Switch::name, Switch::program));
    Await.until("REST answers", START, controller::ready);
    controller.setProperty(SOUTHBOUND, "flowStatisticsInterval", String.valueOf(ROUND));
    // The first controller of a bridge makes Open vSwitch forget all entries.
    lab.connect();
    configure(lab.model());
    awaitCompiledProgram();
  }

  @AfterAll
  void stopController() {
    if (controller != null) {
      controller.close();
    }
    if (lab != null) {
      lab.close();
    }
  }

  /** Ends the controller as a crash would, and waits until the switches have lost it. */
  void killController() {
    controller.kill();
    Await.until(
        "the switches have lost it",
        Duration.ofSeconds(10),
        () -> switches().noneMatch(lab.relay()::connected));
  }

  /** Starts it again, and waits until all is as before and has been looked at twice. */
  void restartController() {
    controller.start();
    Await.until("REST answers again", START, controller::ready);
    Await.until(
        "the switches are back",
        Duration.ofSeconds(60),
        () -> switches().allMatch(lab.relay()::connected) && controller.inSync());
    awaitTwoRounds();
  }

  /** How many the lab has. */
  int hypervisors() {
    return 2;
  }

  Stream<Switch> switches() {
    return IntStream.rangeClosed(1, hypervisors()).boxed().flatMap(i -> lab.switches(i).stream());
  }

  /** Replaces the model. */
  void configure(String document) {
    Controller.Answer answer = controller.request("PUT", MODEL, document);
    assertThat(answer.ok()).as("PUT %s: %s", MODEL, answer.text()).isTrue();
  }

  /** An owner that no application of ONOS is: they are numbered from one on. */
  static final int NOBODY = 0xfffe;

  /** The packet class of entries that packets bring about, not the model; they time out. */
  private static final int EXCEPTION_CLASS = 20;

  static boolean exception(FlowEntry entry) {
    return entry.packetClass() == EXCEPTION_CLASS;
  }

  /** Entries that an application of ONOS owns, without exceptions; only Overlane installs any. */
  static List<FlowEntry> owned(Switch bridge) {
    return bridge.entries().stream()
        .filter(e -> e.owner() > 0 && e.owner() != NOBODY && !exception(e))
        .toList();
  }

  /** The program of a switch as the offline compiler would write it; entries of others left out. */
  static List<String> program(Switch bridge) {
    return owned(bridge).stream().map(e -> e.withoutOwner().program()).sorted().toList();
  }

  /** Waits until the switches do what the offline compiler says, and the controller agrees. */
  void awaitCompiledProgram() {
    try {
      Await.until(
          "all switches as compiled offline",
          Duration.ofSeconds(40),
          () -> controller.inSync() && switches().allMatch(this::asCompiled));
    } catch (AssertionError e) {
      switches()
          .forEach(s -> assertThat(program(s)).as(s.name()).isEqualTo(compiled.get(s.name())));
      throw new AssertionError(
          e.getMessage() + "\n" + controller.status().text() + "\n" + controller.log(), e);
    }
  }

  boolean asCompiled(Switch bridge) {
    return program(bridge).equals(compiled.get(bridge.name()));
  }

  /**
   * Entries that differ between two programs: the fewest flow-mods that lead from one to the other.
   */
  static int difference(List<FlowEntry> from, List<FlowEntry> to) {
    Map<String, String> before = from.stream().collect(toMap(FlowEntry::key, FlowEntry::program));
    Map<String, String> after = to.stream().collect(toMap(FlowEntry::key, FlowEntry::program));
    Set<String> keys = new HashSet<>(before.keySet());
    keys.addAll(after.keySet());
    return (int)
        keys.stream()
            .filter(key -> !String.valueOf(before.get(key)).equals(after.get(key)))
            .count();
  }

  /** What Overlane has on each switch, in the order of {@link #switches}. */
  List<List<FlowEntry>> allEntries() {
    return switches().map(ControlledLab::owned).toList();
  }

  /** Only what differs may have been sent since the counters were reset. */
  void assertOnlyDifferenceSent(List<List<FlowEntry>> before, List<List<FlowEntry>> after) {
    List<Switch> all = switches().toList();
    for (int i = 0; i < all.size(); i++) {
      assertThat(flowMods(all.get(i)))
          .as(all.get(i).name())
          .isEqualTo(difference(before.get(i), after.get(i)));
    }
  }

  /** No more may have been sent than it takes from one state to the next, and on to the last. */
  void assertNoMoreSent(
      List<List<FlowEntry>> first, List<List<FlowEntry>> next, List<List<FlowEntry>> last) {
    List<Switch> all = switches().toList();
    for (int i = 0; i < all.size(); i++) {
      assertThat(flowMods(all.get(i)))
          .as(all.get(i).name())
          .isLessThanOrEqualTo(
              difference(first.get(i), next.get(i)) + difference(next.get(i), last.get(i)));
    }
  }

  /** Lets two rounds of statistics pass, after which the controller has seen the switches twice. */
  void awaitTwoRounds() {
    awaitTwoRounds(switches().toList());
  }

  void awaitTwoRounds(List<Switch> some) {
    Map<String, Long> before = some.stream().collect(toMap(Switch::name, this::flowStatistics));
    Await.until(
        "two rounds of flow statistics",
        Duration.ofSeconds(30),
        () -> some.stream().allMatch(s -> flowStatistics(s) >= before.get(s.name()) + 2));
  }

  private long flowStatistics(Switch bridge) {
    return lab.relay().sentTo(bridge, "MULTIPART_REQUEST:FLOW");
  }

  long flowMods(Switch bridge) {
    return lab.relay().sentTo(bridge, "FLOW_MOD");
  }
}
