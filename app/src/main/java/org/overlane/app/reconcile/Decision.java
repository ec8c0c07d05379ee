/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.reconcile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One comparison of desired and observed. Used once. */
final class Decision {
  private final Map<Item.Name, Item> desired;
  private final SwitchReconciler.Ledger ledger;
  private final long now;
  private final long holdRemovalsUntil;
  private final Map<Item.Name, ObservedItem> matched = new HashMap<>();
  private final List<ObservedItem> strays = new ArrayList<>();
  private final Set<Item.Name> occupied = new HashSet<>();
  private final Set<Item.Name> inUse = new HashSet<>();
  private final Plan.Builder plan = Plan.builder();
  private final Map<Item.Kind, Count> counts = new EnumMap<>(Item.Kind.class);
  private long wakeAt = Long.MAX_VALUE;

  Decision(
      Map<Item.Name, Item> desired,
      Collection<ObservedItem> observed,
      SwitchReconciler.Ledger ledger,
      long now,
      long holdRemovalsUntil) {
    this.desired = desired;
    this.ledger = ledger;
    this.now = now;
    this.holdRemovalsUntil = holdRemovalsUntil;
    for (Item.Kind kind : Item.Kind.values()) {
      counts.put(kind, new Count());
    }
    observed.forEach(this::sort);
    desired.values().forEach(this::compare);
    strays.forEach(this::retire);
    forgetTheUnknown();
  }

  Plan plan() {
    return plan.build();
  }

  long wakeAt() {
    return wakeAt;
  }

  Progress progress(Item.Kind kind) {
    Count count = counts.get(kind);
    return Progress.of(count.desired, count.observed, count.pending, count.failed);
  }

  private void sort(ObservedItem seen) {
    Item item = seen.item();
    Item wanted = desired.get(item.name());
    if (wanted != null && wanted.identity().equals(item.identity())) {
      matched.put(item.name(), seen);
    } else {
      strays.add(seen);
      occupied.add(item.name());
    }
    boolean live = seen.state() != ObservedItem.State.REMOVING;
    if (live) {
      inUse.addAll(item.needs());
    }
    if (seen.state() == ObservedItem.State.PRESENT || seen.state() == ObservedItem.State.UPDATING) {
      counts.get(item.kind()).observed++;
    }
  }

  private void compare(Item item) {
    counts.get(item.kind()).desired++;
    ObservedItem seen = matched.get(item.name());
    if (seen == null) {
      write(item, false);
    } else if (!seen.item().content().equals(item.content())) {
      write(item, true);
    } else {
      confirm(item, seen.state());
    }
  }

  private void confirm(Item item, ObservedItem.State state) {
    switch (state) {
      case PRESENT:
        ledger.settled(item.name());
        break;
      case ADDING:
      case UPDATING:
        // Found on its way without having been sent from here (after a restart): give it its time.
        if (!ledger.awaited(item, false).isPresent() && !ledger.hasFailed(item.name())) {
          ledger.sent(item, false, now);
        }
        if (item.kind() != Item.Kind.ENTRY && state == ObservedItem.State.ADDING) {
          // ONOS itself sends an unconfirmed group or meter again; all that is left to do is to say
          // so.
          isDue(item, false);
          unsettled(item);
        } else {
          write(item, true);
        }
        break;
      case REMOVING:
        if (item.kind() != Item.Kind.ENTRY) {
          // A group or meter cannot be taken back while its removal is under way: wait until it is
          // gone.
          unsettled(item);
        } else {
          write(item, true);
        }
        break;
      case FAILED:
      default:
        if (!ledger.hasFailed(item.name())) {
          ledger.failed(item.name(), "refused by the switch", now);
        }
        write(item, true);
        break;
    }
  }

  private void write(Item item, boolean keyIsThere) {
    boolean due = !occupied.contains(item.name()) && isDue(item, false);
    unsettled(item);
    if (due && item.needs().stream().allMatch(this::isOnSwitch)) {
      plan.write(item, keyIsThere);
    }
  }

  private boolean isOnSwitch(Item.Name needed) {
    ObservedItem seen = matched.get(needed);
    return seen != null
        && (seen.state() == ObservedItem.State.PRESENT
            || seen.state() == ObservedItem.State.UPDATING);
  }

  private void retire(ObservedItem seen) {
    Item item = seen.item();
    if (seen.state() == ObservedItem.State.REMOVING && !ledger.awaited(item, true).isPresent()) {
      ledger.sent(item, true, now);
    }
    // A switch that deletes a group or meter deletes the entries that refer to it (OpenFlow 1.3.5,
    // 6.5 and 6.6).
    if (now < holdRemovalsUntil) {
      wakeAt = Math.min(wakeAt, holdRemovalsUntil);
      unsettled(item);
      return;
    }
    boolean due = !inUse.contains(item.name()) && isDue(item, true);
    unsettled(item);
    if (due) {
      plan.remove(item);
    }
  }

  /**
   * Whether to send a change now: neither awaiting its confirmation nor pausing after a failure.
   */
  private boolean isDue(Item item, boolean removal) {
    Optional<Long> confirmBy = ledger.awaited(item, removal);
    if (confirmBy.isPresent()) {
      if (now < confirmBy.get()) {
        wakeAt = Math.min(wakeAt, confirmBy.get());
        return false;
      }
      ledger.failed(item.name(), ledger.overdue(), now);
    }
    Optional<Long> retryAt = ledger.retryAt(item.name());
    if (retryAt.isPresent() && now < retryAt.get()) {
      wakeAt = Math.min(wakeAt, retryAt.get());
      return false;
    }
    return true;
  }

  private void unsettled(Item item) {
    Count count = counts.get(item.kind());
    if (ledger.hasFailed(item.name())) {
      count.failed++;
    } else {
      count.pending++;
    }
  }

  private void forgetTheUnknown() {
    if (!ledger.isEmpty()) {
      Set<Item.Name> known = new HashSet<>(desired.keySet());
      known.addAll(occupied);
      ledger.forgetAllBut(known);
    }
  }

  private static final class Count {
    private int desired;
    private int observed;
    private int pending;
    private int failed;
  }
}
