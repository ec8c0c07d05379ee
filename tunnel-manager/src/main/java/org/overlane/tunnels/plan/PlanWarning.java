/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.plan;

import com.google.auto.value.AutoValue;
import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Comparator;
import org.overlane.flowrules.model.NodeId;

/** Something about sizes or paths that costs traffic or effort, and what to do about it. */
@AutoValue
public abstract class PlanWarning implements Comparable<PlanWarning> {
  private static final Comparator<PlanWarning> ORDER =
      Comparator.comparing(PlanWarning::kind)
          .thenComparing(PlanWarning::subject)
          .thenComparing(PlanWarning::reason);

  PlanWarning() {}

  /** The kinds, worst first. */
  public enum Kind {
    /** Endpoints of one network cannot reach each other. */
    NO_PATH,
    /** An endpoint gets outer fragments that it does not put together. */
    FRAGMENTS_NOT_RECEIVED,
    /** A switch cannot tell sizes, and its endpoint does not fragment: large packets vanish. */
    NO_SIZE_CHECK,
    /** The MTU of a network is less than every IPv6 link must have (RFC 8200 section 5). */
    BELOW_IPV6_MINIMUM,
    /** An endpoint does not fragment, so the controller has to. */
    ENDPOINT_DOES_NOT_FRAGMENT,
    /** A network asks for MSS clamping, which a switch cannot support. */
    NO_MSS_CLAMPING,
    /** The underlay of some devices carries less than that of those they talk to. */
    NARROW_UNDERLAY,
    /** The paths of a network differ very much. */
    UNEQUAL_PATHS,
    /** A VM's port carries more than fits its network. */
    VM_MTU_TOO_LARGE,
    /** A VM's port carries less than the other VMs of its network may send. */
    VM_MTU_TOO_SMALL;

    /** {@code no-path}: for machines; it never changes. */
    public String text() {
      return Ascii.toLowerCase(name()).replace('_', '-');
    }
  }

  public abstract Kind kind();

  /** {@code network blue}, or devices. */
  public abstract String subject();

  /** What is wrong and what it costs: a clause without full stop. */
  public abstract String reason();

  /** What to do: sentences, the last without full stop. */
  public abstract String remedy();

  /** The devices that have a part in it. */
  public abstract ImmutableSortedSet<NodeId> devices();

  static PlanWarning of(
      Kind kind, String subject, String reason, String remedy, Iterable<NodeId> devices) {
    return new AutoValue_PlanWarning(
        kind, subject, reason, remedy, ImmutableSortedSet.copyOf(devices));
  }

  /** By kind, then by subject. */
  @Override
  public int compareTo(PlanWarning other) {
    return ORDER.compare(this, other);
  }

  /** One line. */
  @Override
  public final String toString() {
    return kind().text() + ": " + subject() + ": " + reason() + ". " + remedy();
  }
}
