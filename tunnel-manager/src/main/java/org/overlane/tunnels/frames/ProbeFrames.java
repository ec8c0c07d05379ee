/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.frames;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.overlane.flowrules.model.MacAddress;

/**
 * Makes the frames of probes, and tells them from all else.
 *
 * <pre>
 *   0  destination    6  source    12  0x88b6 (IEEE 802-2014 clause 9.2.4: local experiments)
 *  14  version        1 byte, 1
 *  15  zero           1 byte
 *  16  length         2 bytes, of the whole frame
 *  18  id             8 bytes
 *  26  sent           8 bytes, microseconds of the sender's clock
 *  34  tag            16 bytes: HMAC-SHA256 (RFC 2104) of all that is before it, cut off
 *  50  zeros          up to the length
 * </pre>
 *
 * <p>The key stays in one controller: who does not have it can neither make a probe nor change one.
 * What is behind the tag is not looked at, only its length. Thread-safe.
 */
public final class ProbeFrames {
  /** Local Experimental Ethertype 2. */
  public static final int ETHER_TYPE = 0x88b6;

  public static final int SHORTEST = 60;

  /** What one packet-out carries, whatever its actions. */
  public static final int LONGEST = 65_000;

  private static final String ALGORITHM = "HmacSHA256";
  private static final byte VERSION = 1;
  private static final int SIGNED = 34;
  private static final int TAG = 16;

  private final SecretKeySpec key;

  /**
   * Frames of one controller.
   *
   * @param key at random, 16 bytes or more
   */
  public ProbeFrames(byte[] key) {
    if (key.length < TAG) {
      throw new IllegalArgumentException("the key has 16 bytes or more, not " + key.length);
    }
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /** The bytes of a probe, without FCS. */
  public byte[] encode(ProbeFrame probe) {
    ByteBuffer bytes = ByteBuffer.allocate(probe.length());
    putMac(bytes, probe.destination());
    putMac(bytes, probe.source());
    bytes.putShort((short) ETHER_TYPE).put(VERSION).put((byte) 0);
    bytes.putShort((short) probe.length()).putLong(probe.id()).putLong(probe.sentMicros());
    bytes.put(tag(bytes.array()));
    return bytes.array();
  }

  /**
   * Reads a probe of this controller. No exception but this one escapes, whatever the bytes.
   *
   * @param frame Ethernet header included, FCS not
   * @throws NotAProbeException if it is none, or somebody else's
   */
  public ProbeFrame decode(byte[] frame) throws NotAProbeException {
    if (frame.length < SHORTEST) {
      throw new NotAProbeException(false, "too short: " + frame.length + " bytes");
    }
    ByteBuffer bytes = ByteBuffer.wrap(frame);
    final MacAddress destination = mac(bytes);
    final MacAddress source = mac(bytes);
    int etherType = bytes.getShort() & 0xffff;
    byte version = bytes.get();
    byte zero = bytes.get();
    int length = bytes.getShort() & 0xffff;
    final long id = bytes.getLong();
    final long sent = bytes.getLong();
    if (etherType != ETHER_TYPE || version != VERSION || zero != 0) {
      throw new NotAProbeException(false, "not of the form of a probe");
    }
    if (!MessageDigest.isEqual(tag(frame), Arrays.copyOfRange(frame, SIGNED, SIGNED + TAG))) {
      throw new NotAProbeException(true, "not signed with the key of this controller");
    }
    if (length != frame.length) {
      throw new NotAProbeException(false, length + " bytes were sent, " + frame.length + " came");
    }
    return ProbeFrame.of(source, destination, id, length, sent);
  }

  private byte[] tag(byte[] frame) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(frame, 0, SIGNED);
      return Arrays.copyOf(mac.doFinal(), TAG);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  private static void putMac(ByteBuffer bytes, MacAddress mac) {
    bytes.putShort((short) (mac.toLong() >>> 32)).putInt((int) mac.toLong());
  }

  private static MacAddress mac(ByteBuffer bytes) {
    return MacAddress.of((bytes.getShort() & 0xffffL) << 32 | bytes.getInt() & 0xffffffffL);
  }

  /** A frame is no probe of this controller. */
  public static final class NotAProbeException extends Exception {
    private static final long serialVersionUID = 1;
    private final boolean forged;

    NotAProbeException(boolean forged, String message) {
      super(message, null, false, false);
      this.forged = forged;
    }

    /**
     * Whether it has the form of a probe, and another signature: it is forged, or of another
     * controller, or of this one before it was started anew.
     */
    public boolean isForged() {
      return forged;
    }
  }
}
