/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.overlane.openflow.channel.ModEffect.Kind;
import org.overlane.openflow.codec.Bytes;

/**
 * A model switch that handles messages in order but later, and whose answers arrive later still,
 * against the rule that matters: a modification is suppressed only if the switch, once it has
 * handled all that was sent before, has exactly what the modification would leave.
 */
class ObservedStateTest {

  private enum Verb {
    ADD,
    ADD_REFUSED,
    DELETE,
    DELETE_WIDE,
    READ,
    SWITCH_WORKS,
    ANSWER_ARRIVES
  }

  private static final class Step {
    private final Verb verb;
    private final byte key;
    private final byte body;

    Step(Verb verb, int key, int body) {
      this.verb = verb;
      this.key = (byte) key;
      this.body = (byte) body;
    }

    @Override
    public String toString() {
      return verb + " " + key + "=" + body;
    }
  }

  private final ObservedState state = new ObservedState();
  private final Map<Bytes, Bytes> onSwitch = new HashMap<>();
  private final Map<Bytes, Bytes> onceAllIsHandled = new HashMap<>();
  private final Deque<Runnable> toSwitch = new ArrayDeque<>();
  private final Deque<Runnable> toController = new ArrayDeque<>();
  private int suppressed;

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Verb> verb =
        Arbitraries.of(
            Verb.ADD,
            Verb.ADD,
            Verb.ADD,
            Verb.ADD_REFUSED,
            Verb.DELETE,
            Verb.DELETE_WIDE,
            Verb.READ,
            Verb.READ,
            Verb.SWITCH_WORKS,
            Verb.SWITCH_WORKS,
            Verb.SWITCH_WORKS,
            Verb.ANSWER_ARRIVES,
            Verb.ANSWER_ARRIVES,
            Verb.ANSWER_ARRIVES);
    return Combinators.combine(
            verb, Arbitraries.integers().between(1, 3), Arbitraries.integers().between(1, 2))
        .as(Step::new)
        .list()
        .ofMinSize(10)
        .ofMaxSize(80);
  }

  @Property(tries = 3000)
  void onlyWhatChangesNothingIsSuppressed(@ForAll("steps") List<Step> steps) {
    ObservedStateTest model = new ObservedStateTest();
    steps.forEach(model::run);
    Statistics.label("something was suppressed").collect(model.suppressed > 0);
  }

  /** Without this the property would hold for a state that never suppresses. */
  @Property(tries = 200)
  void whatIsThereIsSuppressedOnceAllHasSettled(@ForAll("steps") List<Step> steps) {
    ObservedStateTest model = new ObservedStateTest();
    steps.forEach(model::run);
    model.settle();
    model.run(new Step(Verb.READ, 0, 0));
    model.settle();
    for (Map.Entry<Bytes, Bytes> there : model.onSwitch.entrySet()) {
      assertThat(model.state.suppresses(add(there.getKey(), there.getValue()))).isTrue();
    }
  }

  private void settle() {
    while (!toSwitch.isEmpty() || !toController.isEmpty()) {
      poll(toSwitch);
      poll(toController);
    }
  }

  private static void poll(Deque<Runnable> queue) {
    Optional.ofNullable(queue.poll()).ifPresent(Runnable::run);
  }

  private static ModEffect add(Bytes key, Bytes body) {
    return new AutoValue_ModEffect(Kind.FLOW, Optional.of(key), Optional.of(body), false);
  }

  private void run(Step step) {
    Bytes key = Bytes.of(step.key);
    Bytes body = Bytes.of(step.body);
    switch (step.verb) {
      case ADD:
        send(add(key, body), true, map -> map.put(key, body));
        break;
      case ADD_REFUSED:
        send(add(key, body), false, map -> {});
        break;
      case DELETE:
        send(
            new AutoValue_ModEffect(Kind.FLOW, Optional.of(key), Optional.empty(), false),
            true,
            map -> map.remove(key));
        break;
      case DELETE_WIDE:
        send(
            new AutoValue_ModEffect(Kind.FLOW, Optional.empty(), Optional.empty(), false),
            true,
            Map::clear);
        break;
      case READ:
        read();
        break;
      case SWITCH_WORKS:
        poll(toSwitch);
        break;
      default:
        poll(toController);
        break;
    }
  }

  private void send(
      ModEffect effect, boolean accepted, java.util.function.Consumer<Map<Bytes, Bytes>> change) {
    if (state.suppresses(effect)) {
      suppressed++;
      assertThat(onceAllIsHandled.get(effect.key().get())).isEqualTo(effect.body().get());
      return;
    }
    state.sent(effect);
    change.accept(onceAllIsHandled);
    toSwitch.add(
        () -> {
          change.accept(onSwitch);
          toController.add(accepted ? () -> state.done(effect) : () -> state.refused(effect));
        });
  }

  private void read() {
    ObservedState.Read read = state.beginRead();
    toSwitch.add(
        () -> {
          Map<Bytes, Bytes> found = new HashMap<>(onSwitch);
          toController.add(() -> state.endRead(read, found));
        });
  }
}
