/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

import com.google.common.primitives.Bytes;

/**
 * DHCPv4 replies and router advertisements under construction; well formed unless told otherwise.
 */
final class Messages {
  private Messages() {}

  /** A reply of a DHCP server, from 10.0.0.1 to 10.0.0.2. */
  static final class Dhcp {
    private int op = 2;
    private byte[] options = Packets.hex("350105");
    private byte[] end = Packets.hex("ff");
    private byte[] serverName = new byte[64];
    private byte[] file = new byte[128];
    private int padding;
    private boolean checksum = true;
    private int from = 67;
    private int to = 68;

    Dhcp op(int value) {
      op = value;
      return this;
    }

    /** All options, that of the message type among them. */
    Dhcp options(String hex) {
      return options(Packets.hex(hex));
    }

    Dhcp options(byte[] bytes) {
      options = bytes;
      return this;
    }

    Dhcp end(String hex) {
      end = Packets.hex(hex);
      return this;
    }

    Dhcp padding(int bytes) {
      padding = bytes;
      return this;
    }

    Dhcp file(String hex) {
      System.arraycopy(Packets.hex(hex), 0, file, 0, Packets.hex(hex).length);
      return this;
    }

    Dhcp serverName(String hex) {
      System.arraycopy(Packets.hex(hex), 0, serverName, 0, Packets.hex(hex).length);
      return this;
    }

    Dhcp checksum(boolean on) {
      checksum = on;
      return this;
    }

    Dhcp ports(int source, int destination) {
      from = source;
      to = destination;
      return this;
    }

    byte[] udp() {
      byte[] message =
          Bytes.concat(
              new byte[] {(byte) op, 1, 6, 0},
              Packets.hex("deadbeef 0000 8000"),
              new byte[16],
              Packets.VM_MAC,
              new byte[10],
              serverName,
              file,
              Packets.hex("63825363"),
              options,
              end,
              new byte[padding]);
      byte[] udp =
          Bytes.concat(
              Packets.u16(from),
              Packets.u16(to),
              Packets.u16(8 + message.length),
              new byte[2],
              message);
      return checksum
          ? Packets.withChecksum(
              udp, 6, Packets.address("10.0.0.1"), Packets.address("10.0.0.2"), Packets.UDP)
          : udp;
    }

    byte[] packet() {
      return new Packets.V4().of(udp());
    }

    byte[] frame() {
      return new Packets.Frame().of(packet());
    }
  }

  /** A router advertisement from fe80::1 to all nodes. */
  static final class Ra {
    private byte[] options = new byte[0];
    private int hopLimit = 255;
    private int code;
    private String source = "fe80::1";

    Ra options(String hex) {
      return options(Packets.hex(hex));
    }

    Ra options(byte[] bytes) {
      options = bytes;
      return this;
    }

    Ra hopLimit(int value) {
      hopLimit = value;
      return this;
    }

    Ra code(int value) {
      code = value;
      return this;
    }

    Ra from(String address) {
      source = address;
      return this;
    }

    byte[] icmp() {
      byte[] icmp =
          Bytes.concat(
              new byte[] {(byte) 134, (byte) code, 0, 0},
              Packets.hex("40000708 00000000 00000000"),
              options);
      return Packets.withChecksum(
          icmp, 2, Packets.address(source), Packets.address("ff02::1"), Packets.ICMP6);
    }

    byte[] packet() {
      return packet(new Packets.V6());
    }

    byte[] packet(Packets.V6 header) {
      byte[] packet = header.protocol(Packets.ICMP6).from(source).to("ff02::1").of(icmp());
      packet[7] = (byte) hopLimit;
      return packet;
    }

    byte[] frame() {
      return new Packets.Frame().to(Packets.hex("333300000001")).of(packet());
    }
  }
}
