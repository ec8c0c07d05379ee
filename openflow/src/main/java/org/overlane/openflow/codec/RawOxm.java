/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.codec;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.hash.PrimitiveSink;
import io.netty.buffer.ByteBuf;
import java.util.Objects;
import java.util.Optional;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.protocol.match.MatchField;
import org.projectfloodlight.openflow.protocol.oxm.OFOxm;

/**
 * One OXM TLV (OpenFlow 1.3.5 section 7.2.3.2) kept as its bytes, so that a field which openflowj
 * does not know can be received, compared and sent. It can be the field of a set_field action and
 * part of a {@link RawMatch}, but not of an openflowj match, which indexes by {@link MatchField}
 * and drops or rejects every other field.
 *
 * <p>Immutable and thread-safe.
 */
public final class RawOxm implements OFOxm<OxmBytes> {

  /** OXM class of the fields that OpenFlow itself defines. */
  public static final int CLASS_BASIC = 0x8000;

  /** OXM class of fields that carry an experimenter id after the header. */
  public static final int CLASS_EXPERIMENTER = 0xffff;

  private static final int HEADER_BYTES = 4;
  private static final int EXPERIMENTER_BYTES = 4;

  private final Bytes tlv;

  private RawOxm(Bytes tlv) {
    this.tlv = tlv;
  }

  /**
   * Wraps a whole TLV, header included.
   *
   * @throws IllegalArgumentException if the length in the header is not that of the bytes, or a
   *     mask or experimenter id that the header announces cannot be there
   */
  public static RawOxm of(Bytes tlv) {
    checkArgument(
        tlv.length() >= HEADER_BYTES, "an OXM has at least 4 bytes, not %s", tlv.length());
    RawOxm oxm = new RawOxm(tlv);
    checkArgument(
        tlv.at(3) == tlv.length() - HEADER_BYTES,
        "OXM header says %s payload bytes, there are %s",
        tlv.at(3),
        tlv.length() - HEADER_BYTES);
    int payload = tlv.at(3) - oxm.experimenterBytes();
    checkArgument(payload >= 0, "OXM of experimenter class without experimenter id: %s", tlv);
    checkArgument(
        !oxm.isMasked() || payload % 2 == 0, "OXM with a mask of another length: %s", tlv);
    return oxm;
  }

  /** A field of an OXM class without experimenter id; exact match. */
  public static RawOxm exact(int oxmClass, int field, Bytes value) {
    return of(header(oxmClass, field, false, value, Bytes.EMPTY));
  }

  /** A field of an OXM class without experimenter id; value and mask have the same length. */
  public static RawOxm masked(int oxmClass, int field, Bytes value, Bytes mask) {
    checkArgument(
        value.length() == mask.length(),
        "value has %s bytes, mask %s",
        value.length(),
        mask.length());
    return of(header(oxmClass, field, true, value, mask));
  }

  private static Bytes header(int oxmClass, int field, boolean masked, Bytes value, Bytes mask) {
    checkArgument(oxmClass >= 0 && oxmClass <= 0xffff, "OXM class %s: 0..65535", oxmClass);
    checkArgument(field >= 0 && field <= 127, "OXM field %s: 0..127", field);
    int payload = value.length() + mask.length();
    checkArgument(payload <= 255, "OXM payload of %s bytes: at most 255", payload);
    byte[] tlv = new byte[HEADER_BYTES + payload];
    tlv[0] = (byte) (oxmClass >> 8);
    tlv[1] = (byte) oxmClass;
    tlv[2] = (byte) (field << 1 | (masked ? 1 : 0));
    tlv[3] = (byte) payload;
    System.arraycopy(value.toArray(), 0, tlv, HEADER_BYTES, value.length());
    System.arraycopy(mask.toArray(), 0, tlv, HEADER_BYTES + value.length(), mask.length());
    return Bytes.of(tlv);
  }

  /** The whole TLV, header included. */
  public Bytes tlv() {
    return tlv;
  }

  /** OXM class, 0..65535; 0x8000 OpenFlow basic, 0x0000 and 0x0001 Nicira, 0xffff experimenter. */
  public int oxmClass() {
    return tlv.at(0) << 8 | tlv.at(1);
  }

  /** Field number within the class, 0..127. */
  public int field() {
    return tlv.at(2) >> 1;
  }

  /** Experimenter id, if the class is {@link #CLASS_EXPERIMENTER}. */
  public Optional<Long> experimenter() {
    if (experimenterBytes() == 0) {
      return Optional.empty();
    }
    return Optional.of(slice(HEADER_BYTES, EXPERIMENTER_BYTES).toLong());
  }

  /** The value without mask and experimenter id. */
  public Bytes value() {
    return slice(HEADER_BYTES + experimenterBytes(), valueLength());
  }

  /** The mask; all ones where the TLV has none. */
  public Bytes mask() {
    if (isMasked()) {
      return slice(HEADER_BYTES + experimenterBytes() + valueLength(), valueLength());
    }
    byte[] ones = new byte[valueLength()];
    java.util.Arrays.fill(ones, (byte) 0xff);
    return Bytes.of(ones);
  }

  /** True if both name the same class, field and experimenter, whatever the values and masks. */
  public boolean sameField(RawOxm other) {
    return oxmClass() == other.oxmClass()
        && field() == other.field()
        && experimenter().equals(other.experimenter());
  }

  private int experimenterBytes() {
    return oxmClass() == CLASS_EXPERIMENTER ? EXPERIMENTER_BYTES : 0;
  }

  private int valueLength() {
    int payload = tlv.length() - HEADER_BYTES - experimenterBytes();
    return isMasked() ? payload / 2 : payload;
  }

  private Bytes slice(int from, int length) {
    byte[] part = new byte[length];
    System.arraycopy(tlv.toArray(), from, part, 0, length);
    return Bytes.of(part);
  }

  @Override
  public long getTypeLen() {
    return slice(0, HEADER_BYTES).toLong();
  }

  @Override
  public OxmBytes getValue() {
    return OxmBytes.of(value());
  }

  @Override
  public OxmBytes getMask() {
    return OxmBytes.of(mask());
  }

  /** Not supported: openflowj has no such field. */
  @Override
  public MatchField<OxmBytes> getMatchField() {
    throw new UnsupportedOperationException("openflowj has no match field for OXM " + tlv);
  }

  @Override
  public boolean isMasked() {
    return (tlv.at(2) & 1) != 0;
  }

  /**
   * This OXM without its mask if that is all ones. An OXM whose mask is all zeros is returned as it
   * is.
   */
  @Override
  public OFOxm<OxmBytes> getCanonical() {
    if (!isMasked() || !mask().isAllOnes()) {
      return this;
    }
    byte[] shorter = java.util.Arrays.copyOf(tlv.toArray(), tlv.length() - valueLength());
    shorter[2] &= (byte) 0xfe;
    shorter[3] = (byte) (shorter.length - HEADER_BYTES);
    return new RawOxm(Bytes.of(shorter));
  }

  @Override
  public OFVersion getVersion() {
    return OFVersion.OF_13;
  }

  @Override
  public void writeTo(ByteBuf buffer) {
    tlv.writeTo(buffer);
  }

  @Override
  public void putTo(PrimitiveSink sink) {
    sink.putBytes(tlv.toArray());
  }

  /** Not supported: build a new OXM with {@link #exact} or {@link #masked}. */
  @Override
  public Builder<OxmBytes> createBuilder() {
    throw new UnsupportedOperationException(
        "RawOxm has no builder; use RawOxm.exact or RawOxm.masked");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RawOxm && tlv.equals(((RawOxm) other).tlv);
  }

  @Override
  public int hashCode() {
    return Objects.hash(tlv);
  }

  @Override
  public String toString() {
    return "oxm(" + tlv + ")";
  }
}
