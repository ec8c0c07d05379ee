/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.overlane.config.Assembly;
import org.overlane.config.ModelAssembler;
import org.overlane.config.ModelReader;
import org.overlane.config.PortDirectory;
import org.overlane.flowrules.compile.PipelineCompiler;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.FlowTables;

class ReconcileLoopTest {
  private static final NodeId ONE = NodeId.of("of:0000000000000001");
  private static final NodeId TWO = NodeId.of("of:0000000000000002");
  private static final String BOTH =
      "{\"devices\": {"
          + "\"of:0000000000000001\": {\"overlane\": {\"name\": \"hv1\", \"vteps\": [\"192.0.2.1\"],"
          + " \"tunnel\": {\"mode\": \"native\", \"port\": 9}}},"
          + "\"of:0000000000000002\": {\"overlane\": {\"vteps\": [\"192.0.2.2\"],"
          + " \"tunnel\": {\"mode\": \"native\", \"port\": 9}}}},"
          + "\"networks\": [{\"id\": \"blue\", \"vni\": 100}],"
          + "\"endpoints\": ["
          + "{\"id\": \"vm1\", \"network\": \"blue\", \"mac\": \"02:00:00:00:00:01\","
          + " \"device\": \"of:0000000000000001\", \"port\": 1},"
          + "{\"id\": \"vm2\", \"network\": \"blue\", \"mac\": \"02:00:00:00:00:02\","
          + " \"device\": \"of:0000000000000002\", \"port\": 1}]}";

  private final MemoryFabric fabric = new MemoryFabric();
  private volatile Assembly model = assembly(BOTH);
  private volatile boolean broken;
  private volatile boolean notReady;
  private final ReconcileLoop loop =
      new ReconcileLoop(
          () -> {
            if (broken) {
              throw new IllegalStateException("the store is away");
            }
            if (notReady) {
              throw new ModelNotReadyException("a moment, please");
            }
            return model;
          },
          fabric,
          Timing.of(500, 1_000, 20, 100),
          ReconcileLoop.Clock.system(),
          50);

  @AfterEach
  void stop() {
    loop.stop();
  }

  private static Assembly assembly(String json) {
    return ModelAssembler.assemble(new ModelReader().readDocument(json), PortDirectory.offline());
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private void awaitState(NodeId id, SwitchStatus.State state) {
    await(() -> state(id).filter(state::equals).isPresent());
  }

  private Optional<SwitchStatus.State> state(NodeId id) {
    return Optional.ofNullable(loop.statuses().get(id)).map(SwitchStatus::state);
  }

  @Test
  void bringsSwitchesInSyncAndThenSendsNothing() {
    fabric.connect(ONE);
    loop.start();
    awaitState(ONE, SwitchStatus.State.IN_SYNC);
    awaitState(TWO, SwitchStatus.State.OFFLINE);
    int writes = fabric.writes();
    Instant later = Instant.now().plusMillis(200);
    await(() -> Instant.now().isAfter(later));
    assertThat(fabric.writes()).isEqualTo(writes);
    fabric.connect(TWO);
    loop.switchChanged(TWO, 0);
    awaitState(TWO, SwitchStatus.State.IN_SYNC);
  }

  @Test
  void countsWhatItDoes() {
    fabric.connect(ONE);
    loop.start();
    awaitState(ONE, SwitchStatus.State.IN_SYNC);
    LoopActivity activity = loop.activity();
    assertThat(activity.applied()).isEqualTo(fabric.contents(ONE).size());
    assertThat(activity.failed()).isZero();
    assertThat(activity.plans().count()).isPositive();
    await(() -> activity.audits() > 1 && activity.rounds().count() > 1);
    assertThat(activity.failedRounds()).isZero();
  }

  @Test
  void saysWhatSwitchesAreKeptAt() {
    assertThat(loop.inForce().tables()).isEmpty();
    fabric.connect(ONE);
    loop.start();
    await(() -> loop.inForce().settled().contains(ONE));
    InForce inForce = loop.inForce();
    assertThat(inForce.tables()).containsOnlyKeys(ONE);
    assertThat(inForce.tables().get(ONE))
        .isEqualTo(new PipelineCompiler().compile(model.model(), ONE).tables());
    assertThat(inForce.model()).isEqualTo(model.model());
    // The audit goes on, and the tables stay the very same object as long as nothing changes.
    await(() -> loop.inForce() != inForce);
    assertThat(loop.inForce().tables().get(ONE)).isSameAs(inForce.tables().get(ONE));
    fabric.failure = Optional.of("no answer from the store");
    await(() -> loop.inForce().settled().isEmpty());
    assertThat(loop.inForce().tables()).containsOnlyKeys(ONE);
  }

  @Test
  void mendsWhatSomebodyRemovesWithoutBeingTold() {
    fabric.connect(ONE);
    loop.start();
    awaitState(ONE, SwitchStatus.State.IN_SYNC);
    int before = fabric.contents(ONE).size();
    fabric.clear(ONE);
    await(() -> fabric.contents(ONE).size() == before);
  }

  @Test
  void sendsOnlyTheDifference() {
    fabric.connect(ONE);
    fabric.connect(TWO);
    loop.start();
    awaitState(ONE, SwitchStatus.State.IN_SYNC);
    awaitState(TWO, SwitchStatus.State.IN_SYNC);
    int before = fabric.writes();
    model = assembly(BOTH.replace("\"02:00:00:00:00:02\"", "\"02:00:00:00:00:03\""));
    loop.modelChanged();
    // The states of before are in sync as well: wait for what is new on both.
    await(() -> fabric.contents(ONE).toString().contains("0x20000000003"));
    await(() -> fabric.contents(TWO).toString().contains("0x20000000003"));
    awaitState(ONE, SwitchStatus.State.IN_SYNC);
    awaitState(TWO, SwitchStatus.State.IN_SYNC);
    assertThat(fabric.writes() - before).isBetween(2, 12);
  }

  @Test
  void keepsTheLastModelWhileTheStoreIsAway() {
    fabric.connect(ONE);
    loop.start();
    awaitState(ONE, SwitchStatus.State.IN_SYNC);
    Map<String, Object> before = fabric.contents(ONE);
    broken = true;
    loop.modelChanged();
    await(() -> loop.modelProblem().isPresent());
    assertThat(loop.modelProblem()).contains("the store is away");
    assertThat(fabric.contents(ONE)).isEqualTo(before);
    broken = false;
    await(() -> !loop.modelProblem().isPresent());
  }

  @Test
  void touchesNothingBeforeItKnowsTheModel() {
    fabric.connect(ONE);
    fabric.place(ONE, FakeSwitch.entry(1, "of an earlier life"));
    broken = true;
    loop.start();
    await(() -> loop.modelProblem().isPresent());
    Instant later = Instant.now().plusMillis(200);
    await(() -> Instant.now().isAfter(later));
    assertThat(fabric.contents(ONE)).hasSize(1);
    assertThat(fabric.writes()).isZero();
    broken = false;
    awaitState(ONE, SwitchStatus.State.IN_SYNC);
    assertThat(fabric.contents(ONE)).doesNotContainKey("ENTRY entry 1");
  }

  @Test
  void waitsForAModelThatIsNotReady() {
    fabric.connect(ONE);
    fabric.place(ONE, FakeSwitch.entry(1, "of an earlier life"));
    notReady = true;
    assertThat(loop.modelProblem()).contains("no model has been read yet");
    loop.start();
    await(() -> loop.modelProblem().equals(Optional.of("a moment, please")));
    assertThat(fabric.writes()).isZero();
    notReady = false;
    awaitState(ONE, SwitchStatus.State.IN_SYNC);
    assertThat(loop.modelProblem()).isEmpty();
  }

  @Test
  void removesEverythingWhereTheConfigurationIsTakenAway() {
    fabric.connect(ONE);
    loop.start();
    awaitState(ONE, SwitchStatus.State.IN_SYNC);
    model = assembly("{}");
    loop.modelChanged();
    awaitState(ONE, SwitchStatus.State.UNCONFIGURED);
    assertThat(fabric.contents(ONE)).isEmpty();
  }

  @Test
  void purgesOnRequestOnly() throws Exception {
    fabric.connect(ONE);
    loop.start();
    awaitState(ONE, SwitchStatus.State.IN_SYNC);
    loop.purge().get(20, TimeUnit.SECONDS);
    assertThat(fabric.contents(ONE)).isEmpty();
  }

  @Test
  void leavesTheSwitchesAloneWhenStopped() {
    fabric.connect(ONE);
    loop.start();
    awaitState(ONE, SwitchStatus.State.IN_SYNC);
    Map<String, Object> before = fabric.contents(ONE);
    loop.stop();
    loop.modelChanged();
    loop.switchChanged(ONE, 0);
    assertThat(fabric.contents(ONE)).isEqualTo(before).isNotEmpty();
  }

  @Test
  void saysWhatCannotBeExpressedAndGoesOnWithTheRest() {
    fabric.refusal = Optional.of(Notice.of("endpoint vm1", "cannot do it", "Use another driver"));
    fabric.connect(ONE);
    loop.start();
    awaitState(ONE, SwitchStatus.State.FAILED);
    assertThat(loop.statuses().get(ONE).reasons())
        .containsExactly("endpoint vm1: cannot do it. Use another driver");
    await(() -> !fabric.contents(ONE).isEmpty());
    fabric.refusal = Optional.empty();
    awaitState(ONE, SwitchStatus.State.IN_SYNC);
  }

  @Test
  void saysWhenASwitchCannotBeReadOrWritten() {
    fabric.failure = Optional.of("no answer from the store");
    fabric.connect(ONE);
    loop.start();
    awaitState(ONE, SwitchStatus.State.FAILED);
    assertThat(loop.statuses().get(ONE).reasons().toString()).contains("no answer from the store");
    fabric.failure = Optional.empty();
    awaitState(ONE, SwitchStatus.State.IN_SYNC);
    assertThat(loop.statuses().get(ONE).lastError().toString()).contains("no answer");
  }

  /** Switches in memory, which confirm what they take at the next look. */
  static final class MemoryFabric implements Fabric {
    private final Map<NodeId, FakeSwitch> switches = new TreeMap<>();
    private volatile Optional<Notice> refusal = Optional.empty();
    private volatile Optional<String> failure = Optional.empty();

    synchronized void connect(NodeId id) {
      switches.put(id, new FakeSwitch(new Random(1)));
    }

    synchronized void place(NodeId id, Item item) {
      switches.get(id).place(item);
    }

    synchronized void clear(NodeId id) {
      connect(id);
    }

    synchronized Map<String, Object> contents(NodeId id) {
      return ImmutableMap.copyOf(switches.get(id).contents());
    }

    synchronized int writes() {
      return switches.values().stream().mapToInt(s -> s.writes).sum();
    }

    @Override
    public synchronized ImmutableSet<NodeId> switches() {
      return ImmutableSet.copyOf(switches.keySet());
    }

    @Override
    public synchronized Link link(NodeId id) {
      return switches.containsKey(id) ? Link.HERE : Link.OFFLINE;
    }

    @Override
    public Translation translate(NodeId id, FlowTables tables) {
      ImmutableList.Builder<Item> items = ImmutableList.builder();
      tables
          .entries()
          .forEach(
              e ->
                  items.add(
                      Item.entry(e.key(), e.cookie(), e.toString(), e, 0, ImmutableSet.of())));
      return Translation.of(
          items.build(), refusal.map(ImmutableList::of).orElse(ImmutableList.of()));
    }

    @Override
    public synchronized ImmutableList<ObservedItem> observe(NodeId id) {
      failure.ifPresent(
          reason -> {
            throw new IllegalStateException(reason);
          });
      switches.get(id).poll();
      return ImmutableList.copyOf(switches.get(id).observe());
    }

    @Override
    public void apply(NodeId id, Plan plan, Consumer<Outcome> done) {
      CompletableFuture.runAsync(
          () -> {
            Outcome outcome;
            synchronized (this) {
              outcome = switches.get(id).apply(plan);
            }
            done.accept(outcome);
          });
    }

    @Override
    public ImmutableList<Notice> notices(NodeId id) {
      return ImmutableList.of();
    }
  }
}
