/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.probing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.overlane.app.probing.Sites.id;
import static org.overlane.app.probing.Sites.node;
import static org.overlane.app.probing.Sites.path;
import static org.overlane.app.probing.Sites.plain;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.overlane.app.reconcile.Fabric;
import org.overlane.app.reconcile.ReconcileLoop;
import org.overlane.app.reconcile.SwitchStatus;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.PathMtus;
import org.overlane.flowrules.model.ProbeAddress;
import org.overlane.flowrules.openflow.Action;
import org.overlane.tunnels.probing.ProbePath;
import org.overlane.tunnels.probing.ProbingSettings;

/** The whole of it over an underlay that loses what is too large, on a clock of its own. */
class ProbingRoundTest {
  private static final int OUTER = 20 + 8 + 8;
  private static final ProbingConfig LIMIT = config(ProbingMode.LIMIT);

  private final Map<NodeId, SwitchStatus> statuses = new HashMap<>();
  private final MemoryRows rows = new MemoryRows();

  /** What each path carries; of those that are not here, 1500 bytes. */
  private final Map<ProbePath, Integer> carried = new HashMap<>();

  private final List<byte[]> sent = new ArrayList<>();
  private long now = 5_000_000;
  private int limitsChanged;
  private ProbeWire wire;
  private ProbingRound round;

  private static ProbingConfig config(ProbingMode mode) {
    return ProbingConfig.of(
        mode,
        ProbingSettings.builder()
            .probeTimer(200)
            .confirmationTimer(1_000)
            .raiseTimer(3_000)
            .firstHoldDown(1_000)
            .probesPerSecond(1_000)
            .nodeProbesPerSecond(500)
            .build());
  }

  @BeforeEach
  void start() {
    statuses.put(id(1), status(SwitchStatus.State.IN_SYNC, Fabric.Link.HERE));
    statuses.put(id(2), status(SwitchStatus.State.IN_SYNC, Fabric.Link.HERE));
    restart();
  }

  private static SwitchStatus status(SwitchStatus.State state, Fabric.Link link) {
    SwitchStatus status = mock(SwitchStatus.class);
    when(status.state()).thenReturn(state);
    when(status.link()).thenReturn(link);
    when(status.reasons()).thenReturn(ImmutableList.of());
    return status;
  }

  /** A controller that knows nothing but what is kept. */
  private void restart() {
    wire = new ProbeWire(this::underlay, () -> now * 1_000_000);
    round =
        new ProbingRound(
            wire,
            new HeldLimits(new PathMtuStore(rows)),
            () -> ImmutableMap.copyOf(statuses),
            () -> limitsChanged++,
            new Clock());
    round.configure(LIMIT);
    round.run(); // What is not known yet is not taken for what is not there.
    round.modelChanged(plain().build());
  }

  private final class Clock implements ReconcileLoop.Clock {
    @Override
    public long millis() {
      return now;
    }

    @Override
    public Instant wall() {
      return Instant.ofEpochMilli(1_700_000_000_000L + now);
    }
  }

  private void underlay(NodeId from, ImmutableList<Action> actions, byte[] frame) {
    sent.add(frame);
    for (int to = 1; to <= 3; to++) {
      if (ProbeAddress.of(id(to)).equals(destination(frame))) {
        ProbePath path = ProbePath.of(from, id(to), path(1, 2).family());
        if (frame.length + OUTER <= carried.getOrDefault(path, 1500)) {
          arrive(id(to), frame);
        }
      }
    }
  }

  private void arrive(NodeId at, byte[] frame) {
    wire.receive(at, frame).ifPresent(round::arrived);
  }

  private static MacAddress destination(byte[] frame) {
    long mac = 0;
    for (int i = 0; i < 6; i++) {
      mac = mac << 8 | (frame[i] & 0xff);
    }
    return MacAddress.of(mac);
  }

  /** Lets rounds follow each other until something holds. */
  private void until(String what, BooleanSupplier condition) {
    long end = now + 120_000;
    while (!condition.getAsBoolean()) {
      assertThat(now).as("%s; %s", what, round.events()).isLessThan(end);
      long next = round.run();
      now += Math.min(next, 50);
    }
  }

  private void settle(long millis) {
    long end = now + millis;
    until("time passes", () -> now >= end);
  }

  private Optional<TunnelStatus> status(int from, int to) {
    return round.tunnels().stream()
        .filter(t -> t.tunnel().path().equals(path(from, to)))
        .findFirst();
  }

  private boolean is(int from, int to, TunnelState state) {
    return status(from, to).filter(t -> t.state() == state).isPresent();
  }

  private boolean limited(int from, int to, int bytes) {
    return round.mtus().equals(PathMtus.of(ImmutableMap.of(HeldLimits.key(path(from, to)), bytes)))
        && status(from, to).filter(t -> t.limit().equals(of(bytes))).isPresent();
  }

  private static OptionalInt of(int bytes) {
    return OptionalInt.of(bytes);
  }

  @Test
  void tunnelsThatCarryWhatTheyShouldAreUpAndLimitNothing() {
    until("both are up", () -> is(1, 2, TunnelState.UP) && is(2, 1, TunnelState.UP));
    settle(10_000);
    assertThat(round.mtus()).isEqualTo(PathMtus.UNKNOWN);
    assertThat(limitsChanged).isZero();
    assertThat(rows.rows).isEmpty();
    assertThat(round.tunnels()).hasSize(2);
    assertThat(status(1, 2).get().lastArrival()).isPresent();
    assertThat(wire.counters().accepted()).isEqualTo(sent.size());
  }

  @Test
  void aNarrowPlaceLowersTheLimitOfOneDirectionExactlyAndIsNamed() {
    carried.put(path(1, 2), 1404);
    until("the limit", () -> limited(1, 2, 1404));
    assertThat(limitsChanged).isPositive();
    assertThat(is(1, 2, TunnelState.DEGRADED)).isTrue();
    assertThat(status(1, 2).get().why()).isNotEmpty();
    until("the way back is not as it should be", () -> is(2, 1, TunnelState.DEGRADED));
    assertThat(status(2, 1).get().why()).contains("the way back carries 1404 bytes");
    assertThat(status(2, 1).get().limit()).isEmpty();
  }

  @Test
  void aPlaceThatBecomesNarrowAndWideAgainIsFollowed() {
    until("up", () -> is(1, 2, TunnelState.UP));
    carried.put(path(1, 2), 1404);
    until("the limit", () -> limited(1, 2, 1404));
    carried.remove(path(1, 2));
    until("no limit", () -> round.mtus().equals(PathMtus.UNKNOWN) && is(1, 2, TunnelState.UP));
    assertThat(rows.rows).isEmpty();
    assertThat(round.events())
        .filteredOn(e -> e.path().equals(path(1, 2)))
        // First to what is known to arrive, so that nothing is lost while the rest is found out.
        .anySatisfy(
            e -> {
              assertThat(e.limitBefore()).isEmpty();
              assertThat(e.limitAfter().getAsInt()).isBetween(1200, 1404);
              assertThat(e.after()).contains(TunnelState.DEGRADED);
            })
        .anySatisfy(e -> assertThat(e.limitAfter()).isEqualTo(of(1404)))
        .anySatisfy(e -> assertThat(e.after()).contains(TunnelState.UP));
  }

  @Test
  void aTunnelThatCarriesNothingIsDown() {
    carried.put(path(1, 2), 0);
    until("down", () -> is(1, 2, TunnelState.DOWN));
    until("the other way is not as it should be", () -> is(2, 1, TunnelState.DEGRADED));
    assertThat(status(2, 1).get().why()).contains("the way back is down");
    assertThat(round.mtus()).isEqualTo(PathMtus.UNKNOWN);
    carried.remove(path(1, 2));
    until("up", () -> is(1, 2, TunnelState.UP) && is(2, 1, TunnelState.UP));
  }

  /** Neither a restart nor a switch that is away raises a limit, not even for a moment. */
  @Test
  void aRestartAndAnAbsentSwitchChangeNoLimit() {
    carried.put(path(1, 2), 1404);
    until("the limit", () -> limited(1, 2, 1404));
    limitsChanged = 0;
    statuses.put(id(2), status(SwitchStatus.State.OFFLINE, Fabric.Link.OFFLINE));
    until("not connected", () -> is(1, 2, TunnelState.CONFIGURED));
    assertThat(status(1, 2).get().why()).contains("of:0000000000000002 is not connected");
    assertThat(limited(1, 2, 1404)).isTrue();
    restart();
    assertThat(round.mtus().bytes()).containsValue(1404);
    settle(5_000);
    assertThat(limited(1, 2, 1404)).isTrue();
    statuses.put(id(2), status(SwitchStatus.State.IN_SYNC, Fabric.Link.HERE));
    until("found again", () -> is(1, 2, TunnelState.DEGRADED));
    assertThat(limitsChanged).isZero();
    assertThat(limited(1, 2, 1404)).isTrue();
  }

  @Test
  void noProbeIsSentBeforeBothEndsHaveTheirEntries() {
    statuses.put(id(2), status(SwitchStatus.State.PENDING, Fabric.Link.HERE));
    settle(5_000);
    assertThat(sent).isEmpty();
    assertThat(is(1, 2, TunnelState.CONFIGURED)).isTrue();
    statuses.put(id(2), status(SwitchStatus.State.IN_SYNC, Fabric.Link.HERE));
    until("up", () -> is(1, 2, TunnelState.UP));
    // A later change that is on its way is no reason to stop.
    statuses.put(id(2), status(SwitchStatus.State.PENDING, Fabric.Link.HERE));
    int before = sent.size();
    settle(5_000);
    assertThat(sent).hasSizeGreaterThan(before);
    assertThat(is(1, 2, TunnelState.UP)).isTrue();
  }

  @Test
  void anotherControllersSwitchIsNotProbed() {
    statuses.put(id(2), status(SwitchStatus.State.ELSEWHERE, Fabric.Link.ELSEWHERE));
    settle(5_000);
    assertThat(sent).isEmpty();
    assertThat(is(1, 2, TunnelState.UNPROBED) && is(2, 1, TunnelState.UNPROBED)).isTrue();
    assertThat(status(1, 2).get().why()).contains("master of of:0000000000000002");
  }

  @Test
  void forgeriesAndRepetitionsAreCountedAndChangeNothing() {
    carried.put(path(1, 2), 0);
    until("down", () -> is(1, 2, TunnelState.DOWN));
    byte[] genuine = sent.get(sent.size() - 1).clone();
    arrive(id(2), new byte[1400]);
    byte[] forged = genuine.clone();
    forged[25] ^= 1;
    arrive(id(2), forged);
    byte[] arrived =
        sent.stream()
            .filter(f -> destination(f).equals(ProbeAddress.of(id(1))))
            .findFirst()
            .orElseThrow();
    arrive(id(1), arrived);
    byte[] lost =
        sent.stream()
            .filter(f -> destination(f).equals(ProbeAddress.of(id(2))))
            .reduce((one, other) -> other)
            .orElseThrow();
    arrive(id(3), lost);
    WireCounters counters = wire.counters();
    assertThat(counters.malformed()).isEqualTo(1);
    assertThat(counters.forged()).isEqualTo(1);
    assertThat(counters.repeated()).isEqualTo(1);
    assertThat(counters.misdirected()).isEqualTo(1);
    settle(1_000);
    assertThat(is(1, 2, TunnelState.DOWN)).isTrue();
  }

  @Test
  void whoWatchesLimitsNothing() {
    round.configure(config(ProbingMode.WATCH));
    carried.put(path(1, 2), 1404);
    until("found", () -> is(1, 2, TunnelState.DEGRADED));
    assertThat(limitsChanged).isZero();
    assertThat(status(1, 2).get().limit()).isEmpty();
  }

  @Test
  void whoSwitchesOffSendsNothingMore() {
    until("up", () -> is(1, 2, TunnelState.UP));
    round.configure(config(ProbingMode.OFF));
    settle(1_000);
    int before = sent.size();
    settle(5_000);
    assertThat(sent).hasSize(before);
    assertThat(is(1, 2, TunnelState.UNPROBED)).isTrue();
    assertThat(status(1, 2).get().why()).isEqualTo("probing is off");
  }

  @Test
  void aTunnelThatIsNoMoreIsGoneAndSoSaid() {
    until("up", () -> is(1, 2, TunnelState.UP));
    round.modelChanged(plain().removeEndpoint("blue1").build());
    until("gone", () -> round.tunnels().isEmpty());
    assertThat(round.events().get(0).after()).isEmpty();
  }

  @Test
  void aNewBoundIsLookedForAtOnce() {
    until("up", () -> is(1, 2, TunnelState.UP));
    carried.put(path(1, 2), 9000);
    carried.put(path(2, 1), 9000);
    round.modelChanged(
        plain()
            .add(node(1).underlayMtu(9000).build())
            .add(node(2).underlayMtu(9000).build())
            .build());
    until(
        "9000",
        () -> status(1, 2).get().probed().filter(p -> p.confirmed().equals(of(9000))).isPresent());
  }
}
