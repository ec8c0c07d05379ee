/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.plan;

import com.google.auto.value.AutoValue;
import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/**
 * One step of a change of MTUs. In this order nothing is lost on the way: after each step, no
 * device lets through what its link does not carry.
 */
@AutoValue
public abstract class MtuStep {
  MtuStep() {}

  /** What is done. */
  public enum Action {
    /** The MTU of a device's uplinks and management ports goes up. */
    RAISE_LINK,
    /** The VMs of a network get a smaller MTU. */
    LOWER_VMS,
    /** {@code underlayMtu} of a device goes down, and with it the size checks on all its peers. */
    LOWER_LIMIT,
    /** All switches must be in sync before the next step. */
    AWAIT_SYNC,
    /** The MTU of a device's uplinks and management ports goes down. */
    LOWER_LINK,
    /** {@code underlayMtu} of a device goes up. */
    RAISE_LIMIT,
    /** The VMs of a network may get a larger MTU. */
    RAISE_VMS;

    /** {@code raise-link}. */
    public String text() {
      return Ascii.toLowerCase(name()).replace('_', '-');
    }
  }

  public abstract Action action();

  /** The device, or the network; "" where all are meant. */
  public abstract String subject();

  /** Bytes, with IP header: what it is afterwards; absent where nothing is set. */
  public abstract OptionalInt mtu();

  /** What to do: a sentence without full stop. */
  public abstract String text();

  /** Why now, and why this one: a clause without full stop. */
  public abstract String why();

  static ImmutableList<MtuStep> of(List<WhatIf.OfDevice> devices, List<WhatIf.OfNetwork> networks) {
    List<WhatIf.OfDevice> raised = new ArrayList<>();
    List<WhatIf.OfDevice> lowered = new ArrayList<>();
    for (WhatIf.OfDevice device : devices) {
      if (device.after() != device.before()) {
        (device.after() > device.before() ? raised : lowered).add(device);
      }
    }
    lowered.sort(Comparator.comparing(WhatIf.OfDevice::after));
    raised.sort(Comparator.comparing(WhatIf.OfDevice::before));
    ImmutableList.Builder<MtuStep> steps = ImmutableList.builder();
    raised.forEach(d -> steps.add(raiseLink(d, raised.size() > 1 && d == raised.get(0))));
    networks.stream().filter(n -> n.after() < n.before()).forEach(n -> steps.add(lowerVms(n)));
    lowered.forEach(d -> steps.add(lowerLimit(d, lowered.size() > 1 && d == lowered.get(0))));
    if (!lowered.isEmpty()) {
      steps.add(awaitSync("a link may go down only when no switch sends more than it will carry"));
    }
    lowered.forEach(d -> steps.add(lowerLink(d)));
    for (int i = raised.size() - 1; i >= 0; i--) {
      steps.add(raiseLimit(raised.get(i), raised.size() > 1 && i == 0));
    }
    if (!raised.isEmpty()) {
      steps.add(awaitSync("until then some switches keep back what would fit"));
    }
    networks.stream().filter(n -> n.after() > n.before()).forEach(n -> steps.add(raiseVms(n)));
    return steps.build();
  }

  private static MtuStep raiseLink(WhatIf.OfDevice device, boolean first) {
    return of(
        Action.RAISE_LINK,
        device.device().toString(),
        device.after(),
        "Raise the MTU of the uplinks and management ports of "
            + device.device()
            + " to "
            + device.after(),
        "a wider link loses nothing"
            + (first ? "; the narrowest first, since most paths wait for it" : ""));
  }

  private static MtuStep lowerVms(WhatIf.OfNetwork network) {
    return of(
        Action.LOWER_VMS,
        network.network().toString(),
        network.after(),
        "Give the VMs of network " + network.network() + " an MTU of " + network.after(),
        "then they send nothing that would not fit, and nobody need be told");
  }

  private static MtuStep lowerLimit(WhatIf.OfDevice device, boolean first) {
    return of(
        Action.LOWER_LIMIT,
        device.device().toString(),
        device.after(),
        "Set underlayMtu of " + device.device() + " to " + device.after(),
        "it and its peers keep back what the link will not carry"
            + (first ? "; the smallest first, so that VMs are told the final size at once" : ""));
  }

  private static MtuStep awaitSync(String why) {
    return new AutoValue_MtuStep(
        Action.AWAIT_SYNC,
        "",
        OptionalInt.empty(),
        "Wait until GET status says that all switches are in sync",
        why);
  }

  private static MtuStep lowerLink(WhatIf.OfDevice device) {
    return of(
        Action.LOWER_LINK,
        device.device().toString(),
        device.after(),
        "Lower the MTU of the uplinks and management ports of "
            + device.device()
            + " to "
            + device.after(),
        "nothing larger is sent there any more");
  }

  private static MtuStep raiseLimit(WhatIf.OfDevice device, boolean last) {
    return of(
        Action.RAISE_LIMIT,
        device.device().toString(),
        device.after(),
        "Set underlayMtu of " + device.device() + " to " + device.after(),
        "all links carry it by now; where ovsdb tells and no underlayMtu is configured, this"
            + " happens by itself"
            + (last ? "; the narrowest last, since the paths widen with it" : ""));
  }

  private static MtuStep raiseVms(WhatIf.OfNetwork network) {
    return of(
        Action.RAISE_VMS,
        network.network().toString(),
        network.after(),
        "Give the VMs of network " + network.network() + " an MTU of " + network.after(),
        "only now does every path of the network carry it");
  }

  private static MtuStep of(Action action, String subject, int mtu, String text, String why) {
    return new AutoValue_MtuStep(action, subject, OptionalInt.of(mtu), text, why);
  }
}
