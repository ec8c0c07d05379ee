/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.testing;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Cookie;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.openflow.Group;
import org.overlane.flowrules.openflow.Instructions;
import org.overlane.flowrules.openflow.Match;

/** Tables, and parts of packets, of so few values that most packets hit most tables somewhere. */
public abstract class FewValues {
  protected static final long[] PORTS = {1, 2, 3, 9, OfPort.LOCAL.toLong()};
  protected static final int[] TYPES = {0x0800, 0x0800, 0x86dd, 0x86dd, 0x0806, 0x88cc};
  private static final String[] IPV4 = {"192.0.2.1", "192.0.2.2", "10.0.0.1"};
  private static final String[] IPV6 = {"2001:db8::1", "2001:db8::2", "fe80::3"};

  protected final Random random;

  protected FewValues(Random random) {
    this.random = random;
  }

  protected abstract Match match();

  protected abstract Action setField();

  /** Bytes of a frame, Ethernet header included. */
  protected abstract int length();

  /** How many buckets the next group gets. */
  protected abstract int buckets();

  /** Whether a length may be checked behind these actions. */
  protected abstract boolean mayCheck(List<Action> before);

  /** Of three tables; no two entries of a table have one priority; outputs go to {@link #PORTS}. */
  public final FlowTables tables(int entries) {
    List<FlowEntry> list = new ArrayList<>();
    for (int i = 0; i < entries; i++) {
      int table = i % 3 * 10;
      list.add(
          FlowEntry.of(table, 1 + i, match(), instructions(table), Cookie.ofBits(i), "entry " + i));
    }
    List<Group> groups = new ArrayList<>();
    for (int id = 1; id <= 2; id++) {
      List<ImmutableList<Action>> buckets = new ArrayList<>();
      for (int bucket = buckets(); bucket > 0; bucket--) {
        buckets.add(ImmutableList.of(setField(), output()));
      }
      if (id == 1 && !buckets.isEmpty() && random.nextInt(4) == 0) {
        buckets.set(0, ImmutableList.of(setField(), Action.toGroup(2)));
      }
      groups.add(group(id, buckets));
    }
    return new FlowTables(list, groups);
  }

  private Group group(int id, List<ImmutableList<Action>> buckets) {
    int kind = random.nextInt(4);
    if (kind == 0 && !buckets.isEmpty()) {
      return Group.of(id, Group.Type.INDIRECT, buckets.subList(0, 1), "group " + id);
    }
    Group.Type type = kind < 3 ? Group.Type.SELECT : Group.Type.ALL;
    return Group.of(id, type, buckets, "group " + id);
  }

  private Instructions instructions(int table) {
    Instructions.Builder instructions = Instructions.builder();
    List<Action> actions = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      actions.add(action(actions, table));
    }
    instructions.applyActions(actions);
    if (random.nextInt(3) == 0) {
      List<Action> written = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        int kind = random.nextInt(6);
        written.add(
            kind < 2 ? Action.toGroup(1 + random.nextInt(2)) : kind < 4 ? output() : setField());
      }
      instructions.writeActions(written).clearActions(random.nextInt(5) == 0);
    }
    if (random.nextInt(3) == 0) {
      instructions.writeMetadata(small(Field.METADATA));
    }
    if (table < 20 && random.nextInt(4) > 0) {
      instructions.gotoTable(random.nextInt(6) == 0 ? 25 : table + 10);
    }
    return instructions.build();
  }

  /** What is compared after an action set was written to, Open vSwitch gets wrong. */
  private Action action(List<Action> before, int table) {
    int kind = random.nextInt(6);
    if (kind == 0 && table == 0 && mayCheck(before)) {
      return Action.checkPacketLarger(
          length(), random.nextBoolean() ? Field.REG0 : Field.REG1, random.nextInt(3));
    } else if (kind == 1) {
      return Action.toGroup(1 + random.nextInt(2));
    }
    return kind == 2 ? output() : setField();
  }

  private Action output() {
    int kind = random.nextInt(8);
    if (kind == 0) {
      return Action.toController(128);
    }
    return kind == 1 ? Action.output(OfPort.IN_PORT) : Action.output(OfPort.of(pick(PORTS)));
  }

  /** One time of so many. */
  protected final void maybe(int times, Map<Field, FieldValue> match, FieldValue value) {
    if (random.nextInt(times) == 0) {
      match.put(value.field(), value);
    }
  }

  protected final FieldValue small(Field field) {
    Bits mask = Bits.of(1 + random.nextInt(7));
    return FieldValue.masked(field, Bits.of(random.nextInt(8)).and(mask), mask);
  }

  protected final IpAddress address(boolean ipv4) {
    String[] texts = ipv4 ? IPV4 : IPV6;
    return IpAddress.parse(texts[random.nextInt(texts.length)]);
  }

  protected static Bits bits(IpAddress address) {
    return Bits.of(address.octets());
  }

  protected final long pick(long[] values) {
    return values[random.nextInt(values.length)];
  }

  protected final int pick(int[] values) {
    return values[random.nextInt(values.length)];
  }
}
