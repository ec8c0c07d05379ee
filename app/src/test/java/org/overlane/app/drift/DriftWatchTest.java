/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.overlane.app.api.ObservedTables;
import org.overlane.app.api.OtherEntry;
import org.overlane.app.reconcile.InForce;
import org.overlane.app.reconcile.ReconcileLoop;
import org.overlane.config.Assembly;
import org.overlane.config.ModelAssembler;
import org.overlane.config.ModelReader;
import org.overlane.config.PortDirectory;
import org.overlane.flowrules.compile.PipelineCompiler;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.openflow.Meter;
import org.overlane.flowrules.text.OfctlFormat;
import org.overlane.flowrules.verify.Invariant;
import org.overlane.flowrules.verify.Violation;

/** What is told of a switch that has other entries than it should, look by look. */
class DriftWatchTest {
  private static final NodeId ONE = NodeId.of("of:0000000000000001");
  private static final String MODEL =
      "{\"devices\": {\"of:0000000000000001\": {\"overlane\": {\"vteps\": [\"192.0.2.1\"],"
          + " \"uplinks\": [{\"port\": 1, \"management\":"
          + " {\"port\": 2, \"mac\": \"02:00:00:00:ee:01\"}}],"
          + " \"tunnel\": {\"mode\": \"native\", \"port\": 9}}},"
          + "\"of:0000000000000002\": {\"overlane\": {\"vteps\": [\"192.0.2.2\"],"
          + " \"tunnel\": {\"mode\": \"native\", \"port\": 9}}}},"
          + "\"networks\": [{\"id\": \"blue\", \"vni\": 100}],"
          + "\"endpoints\": [{\"id\": \"vm1\", \"network\": \"blue\","
          + " \"mac\": \"02:00:00:00:00:01\","
          + " \"device\": \"of:0000000000000001\", \"port\": 11},"
          + "{\"id\": \"vm2\", \"network\": \"blue\", \"mac\": \"02:00:00:00:00:02\","
          + " \"device\": \"of:0000000000000002\", \"port\": 11}]}";

  /** Frames of a type that nobody asks for: they would be dropped anyway. */
  private static final String HARMLESS =
      "cookie=0x5, table=0, priority=77, dl_type=0x88b6, actions=drop";

  /** ARP of the management OS goes into the tunnel. */
  private static final String LEAK =
      "cookie=0x6, table=0, priority=40000, arp, in_port=2, actions=output:9";

  private final SteppedClock clock = new SteppedClock();
  private final Assembly assembly =
      ModelAssembler.assemble(new ModelReader().readDocument(MODEL), PortDirectory.offline());
  private FlowTables desired = new PipelineCompiler().compile(assembly.model(), ONE).tables();
  private boolean ours = true;
  private boolean settled = true;
  private final List<FlowEntry> lost = new ArrayList<>();
  private final List<OtherEntry> others = new ArrayList<>();
  private Optional<FlowTables> instead = Optional.empty();
  private Optional<String> failure = Optional.empty();
  private final DriftWatch watch =
      new DriftWatch(this::inForce, (id, tables) -> observed(), id -> Optional.empty(), clock);

  @BeforeEach
  void lookWhenTheTestSaysSo() {
    watch.stop();
    watch.setInterval(60);
  }

  private InForce inForce() {
    return InForce.of(
        assembly, ours ? Map.of(ONE, desired) : Map.of(), ours && settled ? Set.of(ONE) : Set.of());
  }

  private ObservedTables observed() {
    failure.ifPresent(
        f -> {
          throw new IllegalStateException(f);
        });
    List<FlowEntry> there = new ArrayList<>(instead.orElse(desired).entries());
    there.removeAll(lost);
    others.forEach(o -> o.entry().ifPresent(there::add));
    FlowTables tables =
        new FlowTables(
            there,
            instead.orElse(desired).groups().values(),
            instead.orElse(desired).meters().values());
    return ObservedTables.of(true, tables, lost, others);
  }

  private void look() {
    watch.round();
    clock.now += DriftWatch.SECOND_LOOK;
  }

  /** Whatever was seen before: the next looks are due. */
  private void lookTwice() {
    clock.now += 60_000;
    look();
    look();
  }

  private DriftReport report() {
    return watch.state().reports().get(ONE);
  }

  private Drift only() {
    assertThat(report().drifts()).hasSize(1);
    return report().drifts().get(0);
  }

  private static OtherEntry other(OtherEntry.Kind kind, String line, String... unread) {
    FlowEntry parsed = OfctlFormat.parseEntry(line);
    FlowEntry entry =
        FlowEntry.of(
            parsed.table(),
            parsed.priority(),
            parsed.match(),
            parsed.instructions(),
            parsed.cookie(),
            "application org.test");
    return OtherEntry.builder()
        .kind(kind)
        .owner("application org.test")
        .text(line)
        .table(entry.table())
        .priority(entry.priority())
        .entry(Optional.of(entry))
        .unread(ImmutableList.copyOf(unread))
        .build();
  }

  private static OtherEntry foreign(String line, String... unread) {
    return other(OtherEntry.Kind.FOREIGN, line, unread);
  }

  private FlowEntry wanted(int table, String source) {
    return desired.entries().stream()
        .filter(e -> e.table() == table && e.source().equals(source))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aSwitchAsWantedIsVerifiedAtTheFirstLook() {
    look();
    assertThat(report().summary()).isEqualTo("as wanted");
    assertThat(report().verified().orElseThrow().isProven()).isTrue();
    assertThat(report().at()).isEqualTo(Instant.EPOCH);
  }

  @Test
  void anEntryThatChangesNoVerdictIsHarmless() {
    others.add(foreign(HARMLESS));
    lookTwice();
    assertThat(only().effect()).isEqualTo(Drift.Effect.HARMLESS);
    assertThat(only().difference().kind()).isEqualTo(Difference.Kind.EXTRA);
    assertThat(only().difference().owner()).isEqualTo("application org.test");
    assertThat(report().violations()).isEmpty();
    assertThat(report().summary()).isEqualTo("1 harmless");
  }

  @Test
  void aLeakIsNamedWithAPacketAndTheEntryToBlame() {
    others.add(foreign(LEAK));
    lookTwice();
    assertThat(only().effect()).isEqualTo(Drift.Effect.HARMFUL);
    Violation violation = only().violations().get(0);
    assertThat(violation.invariant()).isEqualTo(Invariant.MANAGEMENT_ISOLATION);
    assertThat(violation.packet().orElseThrow().inPort().toLong()).isEqualTo(2);
    assertThat(violation.trace()).contains("output to port 9");
    assertThat(violation.entries()).extracting(FlowEntry::source).contains("application org.test");
    assertThat(only().toString())
        .startsWith("harmful: extra, application org.test: cookie=0x6")
        .endsWith("actions=output:9");
  }

  @Test
  void eachOfSeveralIsJudgedByItself() {
    others.add(foreign(LEAK));
    others.add(foreign(HARMLESS));
    lost.add(wanted(20, "endpoint vm1"));
    lookTwice();
    assertThat(report().drifts())
        .extracting(d -> d.difference().kind(), Drift::effect)
        .containsExactlyInAnyOrder(
            tuple(Difference.Kind.MISSING, Drift.Effect.HARMFUL),
            tuple(Difference.Kind.EXTRA, Drift.Effect.HARMFUL),
            tuple(Difference.Kind.EXTRA, Drift.Effect.HARMLESS));
    assertThat(report().summary()).isEqualTo("2 harmful, 1 harmless");
  }

  @Test
  void aMissingEntryIsHarmfulIfSomethingIsNotDeliveredWithoutIt() {
    lost.add(wanted(20, "endpoint vm1"));
    lookTwice();
    assertThat(only().effect()).isEqualTo(Drift.Effect.HARMFUL);
    assertThat(only().difference().owner()).isEqualTo("endpoint vm1");
    assertThat(only().violations())
        .extracting(Violation::invariant)
        .contains(Invariant.UNICAST_DELIVERY);
  }

  @Test
  void aChangedEntryIsComparedWithWhatIsWanted() {
    FlowEntry right = wanted(0, "management port 2");
    lost.add(right);
    others.add(
        other(OtherEntry.Kind.OURS, OfctlFormat.entry(right).replace("output:1", "output:11")));
    lookTwice();
    assertThat(only().effect()).isEqualTo(Drift.Effect.HARMFUL);
    assertThat(only().difference().kind()).isEqualTo(Difference.Kind.CHANGED);
    assertThat(only().difference().what()).endsWith("output:11");
    assertThat(only().difference().wanted().orElseThrow()).endsWith("output:1");
  }

  /** Whether a rate is right is no question about packets, but a meter that is missing is one. */
  @Test
  void metersAreLookedAtToo() {
    List<Meter> slower = new ArrayList<>();
    desired.meters().values().forEach(m -> slower.add(Meter.of(m.id(), 7, 7, "somebody")));
    instead = Optional.of(new FlowTables(desired.entries(), desired.groups().values(), slower));
    lookTwice();
    assertThat(report().drifts())
        .hasSameSizeAs(desired.meters().values())
        .allMatch(d -> d.difference().kind() == Difference.Kind.CHANGED)
        .allMatch(d -> d.effect() == Drift.Effect.HARMLESS);
    instead = Optional.of(new FlowTables(desired.entries(), desired.groups().values()));
    lookTwice();
    assertThat(report().drifts())
        .isNotEmpty()
        .allMatch(d -> d.difference().kind() == Difference.Kind.MISSING)
        .allMatch(d -> d.effect() == Drift.Effect.HARMFUL);
  }

  /** An entry of a table that packets do not get to, or one that others shadow, does nothing. */
  @Test
  void anEntryThatNoPacketHitsIsHarmless() {
    others.add(foreign("table=0, priority=1, in_port=2, actions=output:9"));
    others.add(foreign("table=99, priority=1, actions=output:9"));
    lookTwice();
    assertThat(report().summary()).isEqualTo("2 harmless");
  }

  @Test
  void whatCouldNotBeReadIsNeitherHarmfulNorHarmless() {
    others.add(
        OtherEntry.builder()
            .kind(OtherEntry.Kind.FOREIGN)
            .owner("application org.test")
            .text("table 0, priority 5, [IP_DSCP:2e] -> [OUTPUT:9]")
            .table(0)
            .priority(5)
            .entry(Optional.empty())
            .unread(ImmutableList.of("match IP_DSCP:2e"))
            .build());
    others.add(foreign(HARMLESS, "action VLAN_PUSH"));
    lookTwice();
    assertThat(report().drifts()).extracting(Drift::effect).containsOnly(Drift.Effect.UNKNOWN);
    assertThat(report().summary()).isEqualTo("2 unknown");
    others.add(foreign(LEAK));
    lookTwice();
    assertThat(report().summary()).isEqualTo("1 harmful, 2 unknown");
  }

  @Test
  void whatTheSlowPathHasPutThereIsNoDrift() {
    others.add(
        other(
            OtherEntry.Kind.EXCEPTION,
            "table=51, priority=280, ip, tun_id=100, nw_dst=10.0.0.1, actions=goto_table:52"));
    look();
    assertThat(report().summary()).isEqualTo("as wanted");
  }

  @Test
  void whatIsSeenOnceIsNoDrift() {
    others.add(foreign(LEAK));
    look();
    assertThat(report()).isNull();
    others.clear();
    look();
    assertThat(report().summary()).isEqualTo("as wanted");
    others.add(foreign(LEAK));
    clock.now += 60_000;
    look();
    assertThat(report().summary()).isEqualTo("as wanted");
  }

  /** The second look comes soon, the next ones at the pace that was asked for. */
  @Test
  void looksAsOftenAsItShould() {
    others.add(foreign(LEAK));
    watch.round();
    clock.now += DriftWatch.SECOND_LOOK - 1;
    watch.round();
    assertThat(report()).isNull();
    clock.now += 1;
    watch.round();
    assertThat(report().summary()).isEqualTo("1 harmful");
    others.clear();
    clock.now += 59_999;
    watch.round();
    assertThat(report().summary()).isEqualTo("1 harmful");
    clock.now += 1;
    watch.round();
    assertThat(report().summary()).isEqualTo("as wanted");
  }

  @Test
  void aSwitchThatIsBeingReconciledIsNotLookedAt() {
    settled = false;
    lost.addAll(desired.entries());
    lookTwice();
    assertThat(report()).isNull();
  }

  @Test
  void otherTablesAreLookedAtAnew() {
    lost.add(wanted(20, "endpoint vm1"));
    look();
    desired =
        new FlowTables(desired.entries(), desired.groups().values(), desired.meters().values());
    look();
    assertThat(report()).isNull();
    look();
    assertThat(report().summary()).isEqualTo("1 harmful");
  }

  @Test
  void aFloodOfEntriesIsCountedAndNotVerified() {
    IntStream.rangeClosed(0, DriftJudge.TOGETHER)
        .forEach(i -> others.add(foreign("table=0, priority=9, tun_id=" + i + ", actions=drop")));
    lookTwice();
    assertThat(report().drifts()).isEmpty();
    assertThat(report().summary()).isEqualTo("not verified");
    assertThat(report().problem().orElseThrow())
        .startsWith(DriftJudge.TOGETHER + 1 + " entries differ");
  }

  /** Beyond so many, only what a violation names is blamed. */
  @Test
  void ofManyEntriesTheOneToBlameIsStillFound() {
    IntStream.range(0, 2 * DriftJudge.ALONE)
        .forEach(
            i ->
                others.add(
                    foreign("table=0, priority=50000, in_port=" + (20 + i) + ", actions=drop")));
    others.add(foreign(LEAK));
    lookTwice();
    assertThat(
            report().drifts().stream()
                .filter(d -> d.effect() == Drift.Effect.HARMFUL)
                .map(d -> d.difference().what())
                .collect(Collectors.toList()))
        .hasSize(1)
        .allMatch(w -> w.endsWith("output:9"));
  }

  @Test
  void aSwitchThatCannotBeReadSaysSoUntilItCan() {
    failure = Optional.of("the store is away");
    look();
    assertThat(report().problem().orElseThrow()).contains("the store is away");
    failure = Optional.empty();
    clock.now += 60_000;
    look();
    assertThat(report().summary()).isEqualTo("as wanted");
  }

  @Test
  void aSwitchThatGoesToSomebodyElseIsForgotten() {
    look();
    assertThat(report()).isNotNull();
    ours = false;
    look();
    assertThat(watch.state().reports()).isEmpty();
  }

  @Test
  void nobodyLooksWhereTheIntervalIsZero() {
    look();
    watch.setInterval(0);
    assertThat(watch.state().interval()).isZero();
    assertThat(watch.state().reports()).isEmpty();
  }

  /** A look that takes long is followed by a pause that is longer. */
  @Test
  void takesATwentiethOfTheTimeAtMost() {
    clock.step = 50_000;
    assertThat(watch.round()).isGreaterThanOrEqualTo(19 * 50_000L);
  }

  /** Stands still, or goes on by a step each time it is asked. */
  private static final class SteppedClock implements ReconcileLoop.Clock {
    private long now;
    private long step;

    @Override
    public long millis() {
      now += step;
      return now;
    }

    @Override
    public Instant wall() {
      return Instant.ofEpochMilli(now);
    }
  }
}
