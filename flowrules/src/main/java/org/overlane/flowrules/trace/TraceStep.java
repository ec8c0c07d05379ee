/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace;

import com.google.auto.value.AutoValue;
import org.overlane.flowrules.openflow.ActionSet;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.Group;

/** One thing that happens to a packet. A closed set: see {@link Visitor}. Immutable. */
public abstract class TraceStep {
  private TraceStep() {}

  /** One method for each kind of step. */
  public interface Visitor<T> {
    T matched(Matched step);

    T noMatch(NoMatch step);

    T metered(Metered step);

    T fieldSet(FieldSet step);

    T sizeChecked(SizeChecked step);

    T actionSetChanged(ActionSetChanged step);

    T actionSetExecuted(ActionSetExecuted step);

    T groupEntered(GroupEntered step);

    T bucketEntered(BucketEntered step);

    T ended(Ended step);
  }

  public abstract <T> T accept(Visitor<T> visitor);

  /** The entry of highest priority that matches, with cookie and source. */
  @AutoValue
  public abstract static class Matched extends TraceStep {
    public abstract FlowEntry entry();

    static Matched of(FlowEntry entry) {
      return new AutoValue_TraceStep_Matched(entry);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.matched(this);
    }
  }

  /** A table without any entry that matches. */
  @AutoValue
  public abstract static class NoMatch extends TraceStep {
    public abstract int table();

    static NoMatch of(int table) {
      return new AutoValue_TraceStep_NoMatch(table);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.noMatch(this);
    }
  }

  /** A meter, which drops the packet if there are too many; here it lets it pass. */
  @AutoValue
  public abstract static class Metered extends TraceStep {
    public abstract long meter();

    static Metered of(long meter) {
      return new AutoValue_TraceStep_Metered(meter);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.metered(this);
    }
  }

  /** A field that an action or write-metadata has set; it may have had the value before. */
  @AutoValue
  public abstract static class FieldSet extends TraceStep {
    public abstract Field field();

    public abstract Bits before();

    public abstract Bits after();

    static FieldSet of(Field field, Bits before, Bits after) {
      return new AutoValue_TraceStep_FieldSet(field, before, after);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.fieldSet(this);
    }
  }

  /** A comparison of the frame's length; the bit of the register is set or cleared. */
  @AutoValue
  public abstract static class SizeChecked extends TraceStep {
    /** Bytes with Ethernet header and VLAN tag. */
    public abstract int length();

    public abstract int limit();

    public abstract Field register();

    public abstract int bit();

    public boolean isLarger() {
      return length() > limit();
    }

    static SizeChecked of(int length, int limit, Field register, int bit) {
      return new AutoValue_TraceStep_SizeChecked(length, limit, register, bit);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.sizeChecked(this);
    }
  }

  /** The action set that the packet carries has been emptied or written to, or is lost. */
  @AutoValue
  public abstract static class ActionSetChanged extends TraceStep {
    /** As it is now. */
    public abstract ActionSet set();

    static ActionSetChanged of(ActionSet set) {
      return new AutoValue_TraceStep_ActionSetChanged(set);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.actionSetChanged(this);
    }
  }

  /** The tables are left, and what is in the action set is done. */
  @AutoValue
  public abstract static class ActionSetExecuted extends TraceStep {
    /** Not empty. */
    public abstract ActionSet set();

    static ActionSetExecuted of(ActionSet set) {
      return new AutoValue_TraceStep_ActionSetExecuted(set);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.actionSetExecuted(this);
    }
  }

  /** A group; of a group that has a choice, what follows in each bucket is one alternative. */
  @AutoValue
  public abstract static class GroupEntered extends TraceStep {
    public abstract Group group();

    static GroupEntered of(Group group) {
      return new AutoValue_TraceStep_GroupEntered(group);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.groupEntered(this);
    }
  }

  /** A bucket, which gets, or may get, a copy of the packet as it entered the group. */
  @AutoValue
  public abstract static class BucketEntered extends TraceStep {
    public abstract long groupId();

    /** From 0. */
    public abstract int bucket();

    static BucketEntered of(long groupId, int bucket) {
      return new AutoValue_TraceStep_BucketEntered(groupId, bucket);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.bucketEntered(this);
    }
  }

  /** The end of one copy: output, to the controller, dropped or suppressed. */
  @AutoValue
  public abstract static class Ended extends TraceStep {
    public abstract Disposition disposition();

    static Ended of(Disposition disposition) {
      return new AutoValue_TraceStep_Ended(disposition);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.ended(this);
    }
  }
}
