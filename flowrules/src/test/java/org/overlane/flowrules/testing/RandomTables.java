/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.testing;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
import org.overlane.flowrules.openflow.Meter;

/** Tables with all that a flow entry can hold; valid to a switch, but without any sense. */
public final class RandomTables {
  private static final int METERS = 6;
  private static final Field[] SETTABLE = {
    Field.ETH_DST, Field.ETH_SRC, Field.TUNNEL_ID, Field.TUN_DST, Field.TUN_IPV6_DST, Field.REG0
  };

  /** Value and mask of all that ovs-ofctl has a name for. */
  private static final int[][] FRAGMENTS = {{0, 3}, {1, 1}, {1, 3}, {3, 3}, {0, 2}};

  private final Random random;

  private RandomTables(Random random) {
    this.random = random;
  }

  public static FlowTables tables(Random random, int entries) {
    return new RandomTables(random).tables(entries);
  }

  /** Few fields, few values: many overlaps. */
  public static List<FlowEntry> crowded(Random random, int entries) {
    RandomTables tables = new RandomTables(random);
    List<FlowEntry> list = new ArrayList<>();
    for (int i = 0; i < entries; i++) {
      Map<Field, FieldValue> match = new EnumMap<>(Field.class);
      for (Field field : List.of(Field.IN_PORT, Field.ETH_DST, Field.TUNNEL_ID)) {
        if (random.nextInt(4) > 0) {
          long value = 1 + random.nextInt(16);
          long mask = field == Field.ETH_DST ? 1L << random.nextInt(4) | 8 : ~0L;
          Bits bits = field.allBits().and(Bits.of(mask));
          match.put(field, FieldValue.masked(field, Bits.of(value).and(bits), bits));
        }
      }
      list.add(tables.entry(0, 1 + random.nextInt(2), Match.of(match.values())));
    }
    return list;
  }

  /** Some of the entries, groups and meters changed, some removed, some added. */
  public static FlowTables changed(FlowTables tables, Random random) {
    RandomTables changes = new RandomTables(random);
    Map<FlowEntry.Key, FlowEntry> entries = new HashMap<>();
    for (FlowEntry entry : tables.entries()) {
      int what = random.nextInt(4);
      if (what == 0) {
        entries.put(entry.key(), changes.entry(entry.table(), entry.priority(), entry.match()));
      } else if (what > 1) {
        entries.put(entry.key(), entry);
      }
    }
    FlowTables added = changes.tables(random.nextInt(5));
    added.entries().forEach(e -> entries.put(e.key(), e));
    Map<Long, Group> groups = new HashMap<>(added.groups());
    tables.groups().values().stream()
        .filter(g -> random.nextBoolean())
        .forEach(g -> groups.put(g.id(), g));
    Map<Long, Meter> meters = new HashMap<>(added.meters());
    tables.meters().values().stream()
        .filter(m -> random.nextBoolean())
        .forEach(m -> meters.put(m.id(), m));
    return new FlowTables(entries.values(), groups.values(), meters.values());
  }

  private FlowTables tables(int count) {
    Map<FlowEntry.Key, FlowEntry> entries = new HashMap<>();
    for (int i = 0; i < count; i++) {
      FlowEntry entry = entry(random.nextInt(5) * 10, random.nextInt(0x10000), match());
      entries.put(entry.key(), entry);
    }
    List<Group> groups = new ArrayList<>();
    for (int i = 0; i < random.nextInt(4); i++) {
      groups.add(group(i * 77L));
    }
    List<Meter> meters = new ArrayList<>();
    for (int id = 1; id <= METERS; id++) {
      if (random.nextInt(3) > 0) {
        int rate = 1 + random.nextInt(3);
        int burst = random.nextInt(9) == 0 ? Integer.MAX_VALUE : 1 + random.nextInt(1_000_000);
        meters.add(Meter.of(id, rate, burst, "meter of port " + id));
      }
    }
    return new FlowTables(entries.values(), groups, meters);
  }

  private Group group(long id) {
    List<ImmutableList<Action>> buckets = new ArrayList<>();
    for (int i = 0; i < random.nextInt(4); i++) {
      buckets.add(ImmutableList.of(setField(), Action.output(port())));
    }
    Group.Type[] types = Group.Type.values();
    Group.Type type = types[random.nextInt(buckets.size() == 1 ? types.length : 2)];
    return Group.of(id, type, buckets, "group " + id);
  }

  private FlowEntry entry(int table, int priority, Match match) {
    Instructions.Builder instructions = Instructions.builder();
    List<Action> actions = new ArrayList<>();
    for (int i = 0; i < random.nextInt(4); i++) {
      actions.add(action());
    }
    instructions.applyActions(actions);
    if (random.nextInt(4) == 0) {
      instructions.clearActions(random.nextBoolean()).writeActions(written());
    }
    if (random.nextInt(4) == 0) {
      instructions.meter(1L + random.nextInt(METERS));
    }
    if (random.nextInt(4) == 0) {
      instructions.writeMetadata(value(Field.METADATA));
    }
    if (random.nextInt(4) == 0) {
      instructions.gotoTable(table + 1 + random.nextInt(9));
    }
    Cookie cookie = Cookie.ofBits(random.nextLong());
    return FlowEntry.of(
        table, priority, match, instructions.build(), cookie, "endpoint vm" + random.nextInt(99));
  }

  private List<Action> written() {
    List<Action> written = new ArrayList<>();
    for (int i = 0; i < random.nextInt(4); i++) {
      Action action = action();
      written.add(action instanceof Action.CheckPacketLarger ? setField() : action);
    }
    return written;
  }

  private Action action() {
    switch (random.nextInt(5)) {
      case 0:
        return Action.output(port());
      case 1:
        return setField();
      case 2:
        return Action.toController(random.nextInt(0x10000));
      case 3:
        return Action.checkPacketLarger(random.nextInt(0x10000), Field.REG1, random.nextInt(32));
      default:
        return Action.output(random.nextBoolean() ? OfPort.LOCAL : OfPort.IN_PORT);
    }
  }

  private OfPort port() {
    return OfPort.of(1 + random.nextInt(60_000));
  }

  private Action setField() {
    Field field = SETTABLE[random.nextInt(SETTABLE.length)];
    return Action.setField(field == Field.REG0 ? value(field) : exact(field));
  }

  private Match match() {
    Map<Field, FieldValue> match = new EnumMap<>(Field.class);
    for (Field field : List.of(Field.METADATA, Field.TUNNEL_ID, Field.ETH_DST, Field.ETH_SRC)) {
      if (random.nextInt(3) == 0) {
        match.put(field, value(field));
      }
    }
    if (random.nextBoolean()) {
      match.put(Field.IN_PORT, FieldValue.exact(Field.IN_PORT, port().toLong()));
    }
    layer3(match);
    return Match.of(match.values());
  }

  private void layer3(Map<Field, FieldValue> match) {
    switch (random.nextInt(6)) {
      case 0:
        protocol(match, 0x0800, 17, Field.IPV4_DST, Field.UDP_DST);
        break;
      case 1:
        protocol(match, 0x0800, 6, Field.IPV4_SRC, Field.TCP_FLAGS);
        break;
      case 2:
        protocol(match, 0x86dd, 6, Field.IPV6_DST, Field.TCP_SRC);
        break;
      case 3:
        protocol(match, 0x86dd, 58, Field.IPV6_SRC, Field.ICMPV6_TYPE);
        break;
      case 4:
        match.put(Field.ETH_TYPE, FieldValue.exact(Field.ETH_TYPE, 0x0806));
        match.put(Field.ARP_TPA, value(Field.ARP_TPA));
        match.put(Field.ARP_OP, FieldValue.exact(Field.ARP_OP, 1));
        break;
      default:
        match.put(Field.ETH_TYPE, FieldValue.exact(Field.ETH_TYPE, 0x88cc));
        break;
    }
  }

  private void protocol(
      Map<Field, FieldValue> match, int type, int proto, Field address, Field transport) {
    match.put(Field.ETH_TYPE, FieldValue.exact(Field.ETH_TYPE, type));
    match.put(address, value(address));
    if (random.nextBoolean()) {
      match.put(Field.IP_PROTO, FieldValue.exact(Field.IP_PROTO, proto));
      match.put(transport, transport == Field.ICMPV6_TYPE ? exact(transport) : value(transport));
    }
    if (random.nextInt(4) == 0) {
      int[] frag = FRAGMENTS[random.nextInt(FRAGMENTS.length)];
      match.put(
          Field.NW_FRAG, FieldValue.masked(Field.NW_FRAG, Bits.of(frag[0]), Bits.of(frag[1])));
    }
  }

  private FieldValue exact(Field field) {
    return FieldValue.exact(field, any().and(field.allBits()));
  }

  private FieldValue value(Field field) {
    if (random.nextBoolean()) {
      return exact(field);
    }
    Bits mask = any().and(field.allBits()).or(Bits.of(1));
    if (field.bits() == 128) { // ovs-ofctl misreads an IPv6 mask that starts with a digit
      mask = field.allBits().xor(Bits.ones(random.nextInt(128)));
    }
    return FieldValue.masked(field, any().and(mask), mask);
  }

  private Bits any() {
    return Bits.of(random.nextLong(), random.nextLong());
  }
}
