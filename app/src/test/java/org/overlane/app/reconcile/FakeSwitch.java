/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.reconcile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A switch behind an ONOS that loses, delays, rejects and forgets, by the dice of a test. It checks
 * what no order of events may break: an entry is written only while the groups and meters that it
 * refers to are there, and these are removed only when no entry refers to them.
 */
final class FakeSwitch {
  /** What may go wrong with a message, out of 100. */
  int lost;

  int refused;

  private final Random dice;
  private final Map<String, ObservedItem> items = new TreeMap<>();
  private final Map<String, Item> onSwitch = new HashMap<>();
  int writes;

  FakeSwitch(Random dice) {
    this.dice = dice;
  }

  /** An entry; what it needs is a meter if its name begins with m, else a group. */
  static Item entry(int key, String content, String... needs) {
    ImmutableSet<Item.Name> names =
        Arrays.stream(needs)
            .map(n -> Item.Name.of(n.startsWith("m") ? Item.Kind.METER : Item.Kind.GROUP, n))
            .collect(ImmutableSet.toImmutableSet());
    return Item.entry("entry " + key, "id " + key, content, content, key % 4, names);
  }

  static Item meter(String key, String content) {
    return Item.meter(key, key, content, content);
  }

  static Item group(String key, String content) {
    return Item.group(key, key, content, content);
  }

  List<ObservedItem> observe() {
    return ImmutableList.copyOf(items.values());
  }

  /** Carries out a plan; each message may be lost or refused. */
  Outcome apply(Plan plan) {
    Map<Item, String> failed = new HashMap<>();
    for (Plan.Stage stage : plan.stages()) {
      for (Item item : stage.items()) {
        writes++;
        check(stage.operation(), item);
        int luck = dice.nextInt(100);
        if (luck < refused) {
          failed.put(item, "refused");
        } else if (luck >= refused + lost) {
          take(stage.operation(), item);
        }
      }
    }
    return Outcome.failures(failed);
  }

  private void check(Plan.Operation operation, Item item) {
    if (operation == Plan.Operation.WRITE_ENTRIES) {
      item.needs()
          .forEach(
              n -> {
                if (!onSwitch.containsKey(n.kind() + " " + n.key())) {
                  throw new AssertionError(item + " refers to what is not there: " + n);
                }
              });
    }
    if (operation == Plan.Operation.REMOVE_GROUPS || operation == Plan.Operation.REMOVE_METERS) {
      onSwitch
          .values()
          .forEach(
              e -> {
                if (e.needs().contains(item.name())) {
                  throw new AssertionError(e + " still refers to " + item);
                }
              });
    }
  }

  private void take(Plan.Operation operation, Item item) {
    String key = item.kind() + " " + item.key();
    switch (operation) {
      case REMOVE_ENTRIES:
      case REMOVE_GROUPS:
      case REMOVE_METERS:
        ObservedItem seen = items.get(key);
        if (seen != null) {
          items.put(key, ObservedItem.of(seen.item(), ObservedItem.State.REMOVING));
        }
        onSwitch.remove(key);
        break;
      case MODIFY_GROUPS:
      case MODIFY_METERS:
        items.put(key, ObservedItem.of(item, ObservedItem.State.UPDATING));
        onSwitch.put(key, item);
        break;
      default:
        items.put(key, ObservedItem.of(item, ObservedItem.State.ADDING));
        onSwitch.put(key, item);
    }
  }

  /** A round of statistics: what is on its way arrives, what is gone is forgotten. */
  void poll() {
    for (Map.Entry<String, ObservedItem> entry : new ArrayList<>(items.entrySet())) {
      if (entry.getValue().state() == ObservedItem.State.REMOVING) {
        items.remove(entry.getKey());
      } else {
        items.put(
            entry.getKey(), ObservedItem.of(entry.getValue().item(), ObservedItem.State.PRESENT));
      }
    }
  }

  /** Somebody removes an item by hand, and ONOS notices. */
  void drop(Item item) {
    String key = item.kind() + " " + item.key();
    if (onSwitch.values().stream().anyMatch(e -> e.needs().contains(item.name()))) {
      return;
    }
    items.remove(key);
    onSwitch.remove(key);
  }

  /** Somebody writes an item by hand, and ONOS notices. */
  void place(Item item) {
    String key = item.kind() + " " + item.key();
    items.put(key, ObservedItem.of(item, ObservedItem.State.PRESENT));
    onSwitch.put(key, item);
  }

  Map<String, Object> contents() {
    Map<String, Object> contents = new TreeMap<>();
    items.forEach((key, seen) -> contents.put(key, seen.item().content()));
    return contents;
  }

  boolean isSettled() {
    return items.values().stream().allMatch(o -> o.state() == ObservedItem.State.PRESENT);
  }
}
