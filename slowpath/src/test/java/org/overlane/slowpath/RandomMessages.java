/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

import com.google.common.primitives.Bytes;

/** DHCP replies and router advertisements as servers and routers send them, and less usual ones. */
final class RandomMessages {
  /**
   * Padding, host name, domain, vendor's, class, client id, relay agent, private: options whose
   * content may be any bytes, and none that matters here.
   */
  private static final int[] OPTIONS = {0, 12, 15, 43, 60, 61, 82, 224};

  private static final int[] ND_OPTIONS = {1, 14, 200, 253};

  private final RandomFrames random;

  RandomMessages(RandomFrames random) {
    this.random = random;
  }

  private byte[] dhcpOptions(int most) {
    byte[] options = new byte[0];
    for (int i = random.below(most); i > 0; i--) {
      int code = OPTIONS[random.below(OPTIONS.length)];
      byte[] content = random.bytes(1 + random.below(12));
      options =
          code == 0
              ? Bytes.concat(options, new byte[1])
              : Bytes.concat(options, new byte[] {(byte) code, (byte) content.length}, content);
    }
    return options;
  }

  byte[] dhcp() {
    boolean overloads = random.once(4);
    byte[] options =
        Bytes.concat(
            dhcpOptions(3),
            new byte[] {53, 1, (byte) (random.once(6) ? random.below(10) : random.once(2) ? 2 : 5)},
            dhcpOptions(8),
            random.once(3) ? Bytes.concat(new byte[] {26, 2}, random.bytes(2)) : new byte[0],
            overloads ? new byte[] {52, 1, (byte) (1 + random.below(3))} : new byte[0],
            random.once(20) ? new byte[] {90, 1, 1} : new byte[0],
            dhcpOptions(4));
    Messages.Dhcp dhcp =
        new Messages.Dhcp()
            .options(options)
            .checksum(!random.once(4))
            .padding(random.once(2) ? random.below(70) : 0);
    if (overloads) {
      dhcp.file("0c0141ff").serverName("ff");
    }
    return new Packets.Frame()
        .tags(random.below(3))
        .trailer(random.once(4) ? random.below(9) : 0)
        .of(dhcp.packet());
  }

  byte[] ra() {
    byte[] options = new byte[0];
    for (int i = random.below(6); i > 0; i--) {
      int units = 1 + random.below(4);
      byte[] content = random.bytes(units * 8 - 2);
      int type = ND_OPTIONS[random.below(ND_OPTIONS.length)];
      options = Bytes.concat(options, new byte[] {(byte) type, (byte) units}, content);
    }
    if (random.once(3)) {
      options = Bytes.concat(options, Packets.hex("050100000000"), random.bytes(2));
    }
    Messages.Ra ra = new Messages.Ra().options(options);
    return new Packets.Frame()
        .tags(random.below(3))
        .trailer(random.once(4) ? random.below(9) : 0)
        .of(ra.packet());
  }
}
