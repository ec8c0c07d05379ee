/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.codec;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.PrimitiveSink;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Objects;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.protocol.match.Match;
import org.projectfloodlight.openflow.protocol.match.MatchField;
import org.projectfloodlight.openflow.types.Masked;
import org.projectfloodlight.openflow.types.OFValueType;

/**
 * A match with fields that openflowj does not know, next to those that it does. Reading is
 * delegated to the known part; writing puts the known fields first, so that prerequisites such as
 * eth_type precede the foreign fields. Immutable and thread-safe.
 */
public final class RawMatch implements Match {

  private final Match known;
  private final ImmutableList<RawOxm> foreign;

  private RawMatch(Match known, ImmutableList<RawOxm> foreign) {
    this.known = known;
    this.foreign = foreign;
  }

  /**
   * Adds foreign fields to a match.
   *
   * @param known an openflowj match of OpenFlow 1.3 or a RawMatch, whose foreign fields are kept
   * @throws IllegalArgumentException if a foreign field is there twice
   */
  public static RawMatch of(Match known, List<RawOxm> foreign) {
    ImmutableList<RawOxm> all =
        ImmutableList.<RawOxm>builder().addAll(foreignOf(known)).addAll(foreign).build();
    for (int i = 0; i < all.size(); i++) {
      for (int j = i + 1; j < all.size(); j++) {
        checkArgument(!all.get(i).sameField(all.get(j)), "field twice in a match: %s", all.get(i));
      }
    }
    return new RawMatch(known instanceof RawMatch ? ((RawMatch) known).known : known, all);
  }

  /** As a switch sent it, whatever it repeats. */
  static RawMatch asRead(Match known, List<RawOxm> foreign) {
    return new RawMatch(known, ImmutableList.copyOf(foreign));
  }

  /** The foreign fields of any match; empty for an openflowj match. */
  public static ImmutableList<RawOxm> foreignOf(Match match) {
    return match instanceof RawMatch ? ((RawMatch) match).foreign : ImmutableList.of();
  }

  /**
   * All fields of any match that are no OpenFlow basic fields, whether openflowj knows them (REG0,
   * OVS_TCP_FLAGS, TUNNEL_IPV4_DST, ...) or not, in the order in which they are written.
   */
  public static ImmutableList<RawOxm> extensionsOf(Match match) {
    ByteBuf written = Unpooled.buffer();
    match.writeTo(written);
    ImmutableList.Builder<RawOxm> extensions = ImmutableList.builder();
    int end = written.getUnsignedShort(2);
    int at = 4;
    while (at < end) {
      int length = 4 + written.getUnsignedByte(at + 3);
      RawOxm oxm = RawOxm.of(Bytes.copyOf(written, at, length));
      if (oxm.oxmClass() != RawOxm.CLASS_BASIC) {
        extensions.add(oxm);
      }
      at += length;
    }
    return extensions.build();
  }

  /** The fields that openflowj knows. */
  public Match known() {
    return known;
  }

  /** The other fields, in the order in which they were given. */
  public ImmutableList<RawOxm> foreign() {
    return foreign;
  }

  @Override
  public void writeTo(ByteBuf buffer) {
    int start = buffer.writerIndex();
    known.writeTo(buffer);
    int oxmEnd = start + buffer.getUnsignedShort(start + 2);
    buffer.writerIndex(oxmEnd);
    for (RawOxm oxm : foreign) {
      oxm.writeTo(buffer);
    }
    int length = buffer.writerIndex() - start;
    buffer.setShort(start + 2, length);
    buffer.writeZero((length + 7) / 8 * 8 - length);
  }

  @Override
  public <F extends OFValueType<F>> F get(MatchField<F> field) {
    return known.get(field);
  }

  @Override
  public <F extends OFValueType<F>> Masked<F> getMasked(MatchField<F> field) {
    return known.getMasked(field);
  }

  @Override
  public boolean supports(MatchField<?> field) {
    return known.supports(field);
  }

  @Override
  public boolean supportsMasked(MatchField<?> field) {
    return known.supportsMasked(field);
  }

  @Override
  public boolean isExact(MatchField<?> field) {
    return known.isExact(field);
  }

  @Override
  public boolean isFullyWildcarded(MatchField<?> field) {
    return known.isFullyWildcarded(field);
  }

  @Override
  public boolean isPartiallyMasked(MatchField<?> field) {
    return known.isPartiallyMasked(field);
  }

  /** The fields that openflowj knows; see {@link #foreign} for the others. */
  @Override
  public Iterable<MatchField<?>> getMatchFields() {
    return known.getMatchFields();
  }

  /**
   * Not supported: a builder of the known part would lose the rest. Use {@link #of} on {@link
   * #known}.
   */
  @Override
  public Builder createBuilder() {
    throw new UnsupportedOperationException(
        "RawMatch has no builder; use RawMatch.of(known, foreign)");
  }

  @Override
  public OFVersion getVersion() {
    return known.getVersion();
  }

  @Override
  public void putTo(PrimitiveSink sink) {
    known.putTo(sink);
    foreign.forEach(oxm -> oxm.putTo(sink));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RawMatch
        && known.equals(((RawMatch) other).known)
        && foreign.equals(((RawMatch) other).foreign);
  }

  @Override
  public int hashCode() {
    return Objects.hash(known, foreign);
  }

  @Override
  public String toString() {
    return "RawMatch(" + known + ", " + foreign + ")";
  }
}
