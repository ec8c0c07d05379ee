/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

import java.util.Arrays;

/**
 * What must hold for every verdict, whatever the frame was: read from the bytes that came out, by
 * other means than those that wrote them.
 */
final class Outputs {
  private final byte[] input;
  private final TunnelLimits limits;
  private final Verdict verdict;

  private Outputs(byte[] input, TunnelLimits limits, Verdict verdict) {
    this.input = input;
    this.limits = limits;
    this.verdict = verdict;
  }

  static void check(byte[] input, TunnelLimits limits, Verdict verdict) {
    new Outputs(input, limits, verdict).check();
  }

  private void check() {
    for (byte[] frame : verdict.frames()) {
      require(frame != input, "a frame is the input itself");
    }
    switch (verdict.kind()) {
      case DROP -> {
        require(verdict.frames().isEmpty(), "a drop with frames");
        require(verdict.reason().isDrop(), "a drop for no drop's reason");
        require(verdict.exception().isEmpty(), "a drop with an exception");
      }
      case DELIVER -> delivered();
      case ANSWER -> answered();
    }
  }

  private void delivered() {
    require(!verdict.frames().isEmpty(), "nothing delivered");
    require(!verdict.reason().isDrop(), "delivered for a drop's reason");
    boolean byException = verdict.reason() == Reason.DELIVERED_BY_EXCEPTION;
    require(byException || verdict.exception().isEmpty(), "a key without an exception");
    require(!byException || limits.endpointFragments(), "nobody fragments");
    require(verdict.frames().size() <= 64, "too many fragments");
    for (byte[] frame : verdict.frames()) {
      require(byException || frame.length <= limits.frameLimit(), "larger than the limit");
      require(Arrays.equals(frame, 0, 14, input, 0, 14), "other MACs or tags");
    }
  }

  private void answered() {
    require(verdict.frames().size() == 1, "not one answer");
    require(verdict.exception().isEmpty(), "an answer with an exception");
    byte[] frame = verdict.frames().get(0);
    require(Arrays.equals(frame, 0, 6, input, 6, 12), "not to the sender's MAC");
    require(Arrays.equals(frame, 6, 12, input, 0, 6), "not from where it was sent to");
    require((frame[0] & 1) == 0 && !Arrays.equals(frame, 0, 6, new byte[6], 0, 6), "to a group");
    require((frame[6] & 1) == 0, "about a frame to a group");
    int ip = 14;
    while (Packets.u16(frame, ip - 2) == 0x8100
        || Packets.u16(frame, ip - 2) == 0x88a8
        || Packets.u16(frame, ip - 2) == 0x9100) {
      ip += 4;
    }
    require(Arrays.equals(frame, 12, ip, input, 12, ip), "other tags");
    if (frame[ip] >> 4 == 4) {
      answeredIpv4(frame, ip);
    } else {
      answeredIpv6(frame, ip);
    }
  }

  private void answeredIpv4(byte[] frame, int ip) {
    byte[] header = Arrays.copyOfRange(frame, ip, ip + 20);
    byte[] icmp = Arrays.copyOfRange(frame, ip + 20, frame.length);
    byte[] quote = Arrays.copyOfRange(icmp, 8, icmp.length);
    require(Packets.checksum(header) == 0 && Packets.checksum(icmp) == 0, "a wrong checksum");
    require(Packets.u16(header, 2) == 20 + icmp.length, "a wrong length");
    require(20 + icmp.length <= 576, "too long an error");
    require(icmp[0] == 3 && icmp[1] == 4, "not type 3, code 4");
    require(Packets.u16(icmp, 6) == limits.frameLimit() - ip, "another MTU");
    require(Packets.u16(quote, 2) > Packets.u16(icmp, 6), "an error about what fits");
    require(Arrays.equals(header, 16, 20, quote, 12, 16), "not to the sender");
    int length = Math.min(Packets.u16(quote, 2), 548);
    require(quote.length == length, "a quote of another length");
    require(Arrays.equals(quote, 0, length, input, ip, ip + length), "another quote");
    require((quote[6] & 0x40) != 0, "an error about a packet with DF clear");
    require((Packets.u16(quote, 6) & 0x1fff) == 0, "an error about a later fragment");
    int source = Byte.toUnsignedInt(quote[12]);
    int destination = Byte.toUnsignedInt(quote[16]);
    require(source != 0 && source != 127 && source < 224, "an error to no host");
    require(destination < 224, "an error about a multicast");
    if (quote[9] == 1) {
      int type = quote[(quote[0] & 0xf) * 4];
      require(type != 3 && type != 4 && type != 5 && type != 11 && type != 12, "about an error");
    }
  }

  private void answeredIpv6(byte[] frame, int ip) {
    byte[] source = Arrays.copyOfRange(frame, ip + 8, ip + 24);
    byte[] destination = Arrays.copyOfRange(frame, ip + 24, ip + 40);
    byte[] icmp = Arrays.copyOfRange(frame, ip + 40, frame.length);
    byte[] quote = Arrays.copyOfRange(icmp, 8, icmp.length);
    require(Packets.u16(frame, ip + 4) == icmp.length, "a wrong length");
    require(icmp.length <= 1240, "too long an error");
    require(
        Arrays.equals(icmp, Packets.withChecksum(icmp, 2, source, destination, 58)),
        "a wrong checksum");
    require(icmp[0] == 2 && icmp[1] == 0, "not type 2, code 0");
    int mtu = Math.max(1280, limits.frameLimit() - ip);
    require(Packets.u16(icmp, 4) == 0 && Packets.u16(icmp, 6) == mtu, "another MTU");
    require(40 + Packets.u16(quote, 4) > mtu, "an error about what fits");
    require(Arrays.equals(destination, 0, 16, quote, 8, 24), "not to the sender");
    require(quote[8] != -1 && quote[24] != -1, "an error to or about a multicast");
    require(Arrays.equals(quote, 0, quote.length, input, ip, ip + quote.length), "another quote");
    require(
        quote.length == Math.min(40 + Packets.u16(quote, 4), 1232), "a quote of no such length");
    if (quote[6] == 58) {
      require(quote[40] < 0 && quote[40] != (byte) 137, "an error about an error");
    }
    if (quote[6] == 44) {
      require((Packets.u16(quote, 42) & 0xfff8) == 0, "an error about a later fragment");
    }
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(
          otherwise + ": " + verdict + " " + limits + " " + Packets.hex(input));
    }
  }
}
