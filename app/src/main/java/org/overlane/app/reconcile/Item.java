/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.reconcile;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableSet;

/**
 * A flow entry, a group or a meter, as far as reconciling is concerned: which one it is, whether
 * two are the same, and in what order they must be written. What it says is opaque. Immutable; each
 * instance equals only itself.
 */
public final class Item {
  /** What an item is. */
  public enum Kind {
    ENTRY,
    GROUP,
    METER
  }

  private final Name name;
  private final Object identity;
  private final Object content;
  private final Object subject;
  private final int table;
  private final ImmutableSet<Name> needs;

  private Item(
      Name name,
      Object identity,
      Object content,
      Object subject,
      int table,
      ImmutableSet<Name> needs) {
    this.name = name;
    this.identity = identity;
    this.content = content;
    this.subject = subject;
    this.table = table;
    this.needs = needs;
  }

  /**
   * A flow entry.
   *
   * @param key what there can be only one of on a switch: table, priority and match
   * @param identity under what name it is known to whoever writes it; two items of one key but
   *     different identity cannot replace each other: one must be gone before the other is written
   * @param content equal for two entries that a switch could not tell apart
   * @param subject the entry itself, for whoever writes it
   * @param needs the groups and meters that it refers to
   */
  public static Item entry(
      Object key,
      Object identity,
      Object content,
      Object subject,
      int table,
      ImmutableSet<Name> needs) {
    return new Item(Name.of(Kind.ENTRY, key), identity, content, subject, table, needs);
  }

  /** A group; the parameters as for an entry. */
  public static Item group(Object key, Object identity, Object content, Object subject) {
    return new Item(Name.of(Kind.GROUP, key), identity, content, subject, 0, ImmutableSet.of());
  }

  /** A meter; the parameters as for an entry. */
  public static Item meter(Object key, Object identity, Object content, Object subject) {
    return new Item(Name.of(Kind.METER, key), identity, content, subject, 0, ImmutableSet.of());
  }

  public Kind kind() {
    return name.kind();
  }

  public Object key() {
    return name.key();
  }

  public Object identity() {
    return identity;
  }

  public Object content() {
    return content;
  }

  public Object subject() {
    return subject;
  }

  /** The table of an entry; 0 for a group or a meter. */
  public int table() {
    return table;
  }

  /** The groups and meters that must be there before it is written, and stay as long as it does. */
  public ImmutableSet<Name> needs() {
    return needs;
  }

  public Name name() {
    return name;
  }

  @Override
  public String toString() {
    return kind() + " " + content;
  }

  /** Kind and key: names an item on its switch. */
  @AutoValue
  public abstract static class Name {
    Name() {}

    public abstract Kind kind();

    public abstract Object key();

    public static Name of(Kind kind, Object key) {
      return new AutoValue_Item_Name(kind, key);
    }
  }
}
