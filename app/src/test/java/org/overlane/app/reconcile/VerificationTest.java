/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
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
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.TunnelEndpoint;
import org.overlane.flowrules.model.Uplink;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.verify.Invariant;

/** Tables of a feature that leaks do not get to a switch where the policy is to enforce. */
class VerificationTest {
  private static final NodeId ONE = NodeId.of("of:0000000000000001");
  private static final String MODEL =
      "{\"devices\": {\"of:0000000000000001\": {\"overlane\": {\"vteps\": [\"192.0.2.1\"],"
          + " \"uplinks\": [{\"port\": 1, \"management\":"
          + " {\"port\": \"LOCAL\", \"mac\": \"02:00:00:00:ee:01\"}}],"
          + " \"tunnel\": {\"mode\": \"native\", \"port\": 9}}}},"
          + "\"networks\": [{\"id\": \"blue\", \"vni\": 100}],"
          + "\"endpoints\": [{\"id\": \"vm1\", \"network\": \"blue\","
          + " \"mac\": \"02:00:00:00:00:01\","
          + " \"device\": \"of:0000000000000001\", \"port\": 11}]}";

  private final ReconcileLoopTest.MemoryFabric fabric = new ReconcileLoopTest.MemoryFabric();
  private volatile Assembly model = assembly(MODEL);
  private volatile boolean leaks;
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

  /** A compiler that, when it leaks, takes the tunnel for the uplink: the bypass leads into it. */
  private CompileResult compile(Optional<CompileResult> previous, ModelChange change, NodeId id) {
    if (!leaks) {
      return Compilation.pipeline().compile(previous, change, id);
    }
    NetworkModel right = change.after();
    Node node = right.node(id).orElseThrow();
    Node wrong =
        node.toBuilder()
            .uplinks(ImmutableList.of(Uplink.of(OfPort.of(9), node.uplinks().get(0).management())))
            .tunnel(TunnelEndpoint.Native.of(OfPort.of(1)))
            .build();
    return new PipelineCompiler().compile(right.toBuilder().add(wrong).build(), id);
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

    leaks = true;
    change();

    awaitState(SwitchStatus.State.FAILED);
    assertThat(fabric.contents(ONE)).isEqualTo(before);
    List<String> reasons = loop.statuses().get(ONE).reasons();
    assertThat(reasons)
        .anyMatch(
            r ->
                r.startsWith("the new tables are refused: ") && r.contains("management-isolation"));
    Verdict verdict = loop.verification().verdicts().get(ONE);
    assertThat(verdict.isRefused()).isTrue();
    assertThat(verdict.report().orElseThrow().counts()).containsKey(Invariant.MANAGEMENT_ISOLATION);

    leaks = false;
    model = assembly(MODEL.replace("02:00:00:00:00:01", "02:00:00:00:00:03"));
    loop.modelChanged();
    awaitState(SwitchStatus.State.IN_SYNC);
    await(() -> fabric.contents(ONE).toString().contains("0x20000000003"));
    assertThat(loop.verification().verdicts().get(ONE).reason()).isEmpty();
  }

  @Test
  void enforceLeavesAloneWhatIsThereWhenNothingWasEverProven() {
    loop.setVerification(Verification.Policy.ENFORCE);
    leaks = true;
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

    leaks = true;
    change();

    await(() -> loop.verification().verdicts().get(ONE).reason().isPresent());
    await(() -> fabric.contents(ONE).toString().contains("0x20000000002"));
    awaitState(SwitchStatus.State.IN_SYNC);
    assertThat(loop.verification().verdicts().get(ONE).isRefused()).isFalse();
  }

  @Test
  void offDoesNotLook() {
    loop.setVerification(Verification.Policy.OFF);
    leaks = true;
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
