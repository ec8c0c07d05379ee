/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.overlane.config.Assembly;
import org.overlane.config.ModelAssembler;
import org.overlane.config.ModelReader;
import org.overlane.config.PortDirectory;
import org.overlane.flowrules.compile.CompileResult;
import org.overlane.flowrules.compile.ModelChange;
import org.overlane.flowrules.compile.PipelineCompiler;
import org.overlane.flowrules.feature.Feature;
import org.overlane.flowrules.feature.Features;
import org.overlane.flowrules.feature.NetworkContext;
import org.overlane.flowrules.feature.NodeContext;
import org.overlane.flowrules.feature.PacketClass;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.pipeline.EntryClass;
import org.overlane.flowrules.pipeline.FlowSink;
import org.overlane.flowrules.pipeline.Pipeline;
import org.overlane.flowrules.pipeline.PriorityBand;
import org.overlane.flowrules.verify.Invariant;

/** Tables of a feature that leaks do not get to a switch where the policy is to enforce. */
class VerificationTest {
  private static final NodeId ONE = NodeId.of("of:0000000000000001");
  private static final OfPort TUNNEL = OfPort.of(9);
  private static final String MODEL =
      "{\"devices\": {\"of:0000000000000001\": {\"overlane\": {\"vteps\": [\"192.0.2.1\"],"
          + " \"uplinks\": [{\"port\": 1, \"management\":"
          + " {\"port\": \"LOCAL\", \"mac\": \"02:00:00:00:ee:01\"}}],"
          + " \"tunnel\": {\"mode\": \"port-per-remote\","
          + " \"ports\": {\"192.0.2.2\": 9, \"192.0.2.3\": 10}}}},"
          + "\"of:0000000000000002\": {\"overlane\": {\"vteps\": [\"192.0.2.2\"],"
          + " \"tunnel\": {\"mode\": \"native\", \"port\": 9}}},"
          + "\"of:0000000000000003\": {\"overlane\": {\"vteps\": [\"192.0.2.3\"],"
          + " \"tunnel\": {\"mode\": \"native\", \"port\": 9}}}},"
          + "\"networks\": [{\"id\": \"blue\", \"vni\": 100}],"
          + "\"endpoints\": [{\"id\": \"vm1\", \"network\": \"blue\","
          + " \"mac\": \"02:00:00:00:00:01\","
          + " \"device\": \"of:0000000000000001\", \"port\": 11},"
          + "{\"network\": \"blue\", \"mac\": \"02:00:00:00:00:77\","
          + " \"device\": \"of:0000000000000002\", \"port\": 11},"
          + "{\"network\": \"blue\", \"mac\": \"02:00:00:00:00:78\","
          + " \"device\": \"of:0000000000000003\", \"port\": 11}]}";

  private final ReconcileLoopTest.MemoryFabric fabric = new ReconcileLoopTest.MemoryFabric();
  private volatile Assembly model = assembly(MODEL);
  private volatile Optional<Feature> feature = Optional.empty();
  private final ReconcileLoop loop =
      new ReconcileLoop(
          () -> model,
          fabric,
          Timing.of(500, 1_000, 20, 100),
          ReconcileLoop.Clock.system(),
          50,
          this::compile);

  @AfterEach
  void stop() {
    loop.stop();
  }

  private static Assembly assembly(String json) {
    return ModelAssembler.assemble(new ModelReader().readDocument(json), PortDirectory.offline());
  }

  private CompileResult compile(Optional<CompileResult> previous, ModelChange change, NodeId id) {
    return feature
        .map(VerificationTest::with)
        .orElseGet(Compilation::pipeline)
        .compile(previous, change, id);
  }

  /** The pipeline, and one feature more. */
  private static Compilation with(Feature added) {
    return Compilation.of(
        new PipelineCompiler(
            ImmutableList.<Feature>builder().addAll(Features.ALL).add(added).build()));
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private void awaitState(SwitchStatus.State state) {
    await(
        () ->
            Optional.ofNullable(loop.statuses().get(ONE))
                .filter(s -> s.state() == state)
                .isPresent());
  }

  private void change() {
    model = assembly(MODEL.replace("02:00:00:00:00:01", "02:00:00:00:00:02"));
    loop.modelChanged();
  }

  @Test
  void enforceKeepsTheOldTablesInForce() {
    loop.setVerification(Verification.Policy.ENFORCE);
    fabric.connect(ONE);
    loop.start();
    awaitState(SwitchStatus.State.IN_SYNC);
    Object before = fabric.contents(ONE);

    feature = Optional.of(new Hairpin());
    change();

    awaitState(SwitchStatus.State.FAILED);
    assertThat(fabric.contents(ONE)).isEqualTo(before);
    List<String> reasons = loop.statuses().get(ONE).reasons();
    assertThat(reasons)
        .anyMatch(r -> r.startsWith("the new tables are refused: ") && r.contains("split-horizon"));
    Verdict verdict = loop.verification().verdicts().get(ONE);
    assertThat(verdict.isRefused()).isTrue();
    assertThat(verdict.report().orElseThrow().counts()).containsKey(Invariant.SPLIT_HORIZON);

    feature = Optional.empty();
    model = assembly(MODEL.replace("02:00:00:00:00:01", "02:00:00:00:00:03"));
    loop.modelChanged();
    awaitState(SwitchStatus.State.IN_SYNC);
    await(() -> fabric.contents(ONE).toString().contains("0x20000000003"));
    assertThat(loop.verification().verdicts().get(ONE).reason()).isEmpty();
  }

  /** What a contract forbids does not even become a table. */
  @Test
  void aContractIsBrokenBeforeAnythingIsVerified() {
    loop.setVerification(Verification.Policy.ENFORCE);
    fabric.connect(ONE);
    loop.start();
    awaitState(SwitchStatus.State.IN_SYNC);
    Object before = fabric.contents(ONE);

    feature = Optional.of(new BypassIntoTheTunnel());
    loop.modelChanged();
    model = assembly(MODEL.replace("192.0.2.1", "192.0.2.7"));
    loop.modelChanged();

    awaitState(SwitchStatus.State.FAILED);
    assertThat(fabric.contents(ONE)).isEqualTo(before);
    assertThat(loop.statuses().get(ONE).reasons())
        .anyMatch(
            r ->
                r.startsWith("the model cannot be compiled: ")
                    && r.contains("may not output to a tunnel port"));

    feature = Optional.empty();
    model = assembly(MODEL);
    loop.modelChanged();
    awaitState(SwitchStatus.State.IN_SYNC);
  }

  @Test
  void enforceLeavesAloneWhatIsThereWhenNothingWasEverProven() {
    loop.setVerification(Verification.Policy.ENFORCE);
    feature = Optional.of(new Hairpin());
    fabric.connect(ONE);
    fabric.place(ONE, FakeSwitch.entry(1, "of an earlier life"));
    loop.start();

    awaitState(SwitchStatus.State.FAILED);
    assertThat(fabric.contents(ONE)).hasSize(1);
    assertThat(fabric.writes()).isZero();
  }

  @Test
  void warnTakesThemOverAndSaysSo() {
    fabric.connect(ONE);
    loop.start();
    awaitState(SwitchStatus.State.IN_SYNC);
    assertThat(loop.verification().verdicts().get(ONE).report().orElseThrow().isProven()).isTrue();

    feature = Optional.of(new Hairpin());
    change();

    await(() -> loop.verification().verdicts().get(ONE).reason().isPresent());
    await(() -> fabric.contents(ONE).toString().contains("0x20000000002"));
    awaitState(SwitchStatus.State.IN_SYNC);
    assertThat(loop.verification().verdicts().get(ONE).isRefused()).isFalse();
  }

  @Test
  void offDoesNotLook() {
    loop.setVerification(Verification.Policy.OFF);
    feature = Optional.of(new Hairpin());
    fabric.connect(ONE);
    loop.start();
    awaitState(SwitchStatus.State.IN_SYNC);
    assertThat(loop.verification().verdicts()).isEmpty();
    assertThat(loop.verification().policy().text()).isEqualTo("off");
  }

  @Test
  void aWarningMayTakeOnlySoMuchTimeOfARound() {
    StepClock clock = new StepClock();
    Verification verification = new Verification(clock);
    NetworkModel known = model.model();
    FlowTables tables = new PipelineCompiler().compile(known, ONE).tables();
    clock.step = 600;
    verification.nextRound();
    for (int i = 0; i < 3; i++) {
      assertThat(verification.refuse(known, ONE, tables)).isEmpty();
    }
    Verdict last = verification.state().verdicts().get(ONE);
    assertThat(last.report()).isEmpty();
    assertThat(last.reason().orElseThrow()).startsWith("not verified: ");
    verification.nextRound();
    assertThat(verification.refuse(known, ONE, tables)).isEmpty();
    assertThat(verification.state().verdicts().get(ONE).report()).isPresent();
  }

  /** A packet class that no pipeline has. */
  private static final EntryClass WRONG =
      new EntryClass() {
        @Override
        public int id() {
          return 255;
        }

        @Override
        public String title() {
          return "Wrong";
        }
      };

  /**
   * Takes frames from the tunnel for those of a VM, and so forwards them into the tunnel again.
   * Every table's contract allows each step of it.
   */
  private static final class Hairpin implements Feature {
    @Override
    public ImmutableSet<PacketClass> classes() {
      return ImmutableSet.of();
    }

    @Override
    public String explanation() {
      return "Wrong.";
    }

    @Override
    public void compileNetwork(NetworkContext network, FlowSink out) {
      out.entry(Pipeline.CLASSIFY, PriorityBand.VTEP, WRONG, "a wrong feature")
          .inPort(TUNNEL)
          .tunnelKey(network.vni())
          .goTo(Pipeline.VM_INGRESS);
    }
  }

  /** Sends what comes from the management OS into the tunnel. */
  private static final class BypassIntoTheTunnel implements Feature {
    @Override
    public ImmutableSet<PacketClass> classes() {
      return ImmutableSet.of();
    }

    @Override
    public String explanation() {
      return "Wrong.";
    }

    @Override
    public void compileNode(NodeContext node, FlowSink out) {
      out.entry(Pipeline.CLASSIFY, PriorityBand.VTEP, WRONG, "a wrong feature")
          .inPort(OfPort.LOCAL)
          .output(TUNNEL);
    }
  }

  /** Goes on by a step each time it is asked. */
  private static final class StepClock implements ReconcileLoop.Clock {
    private long now;
    private long step;

    @Override
    public long millis() {
      now += step;
      return now;
    }

    @Override
    public Instant wall() {
      return Instant.EPOCH;
    }
  }
}
