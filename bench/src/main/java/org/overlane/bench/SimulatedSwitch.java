/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * As much of an OpenFlow 1.3 switch as a controller asks of one: it remembers entries and meters,
 * and tells about them. Numbers and layouts are those of the OpenFlow 1.3.5 specification, section
 * 7. Called from one thread, but for the counts.
 */
final class SimulatedSwitch {
  static final int ECHO_REQUEST = 2;
  static final int ECHO_REPLY = 3;
  static final int FLOW_MOD = 14;
  static final int METER_MOD = 29;
  private static final byte VERSION = 4;
  private static final int HEADER = 8;
  private static final long LOCAL = 0xfffffffeL;

  /** The longest part of a multipart reply. */
  private static final int PART = 60_000;

  private final long datapath;
  private final int ports;
  private final Map<ByteBuffer, byte[]> entries = new ConcurrentHashMap<>();
  private final Map<Integer, byte[]> meters = new ConcurrentHashMap<>();
  private byte[] configuration = new byte[4];

  /**
   * A switch without entries.
   *
   * @param ports of VMs, besides uplink, tunnel and LOCAL
   */
  SimulatedSwitch(long datapath, int ports) {
    this.datapath = datapath;
    this.ports = ports;
  }

  int entries() {
    return entries.size();
  }

  int meters() {
    return meters.size();
  }

  /** What it says first: version 1.3, and no other. */
  static ByteBuffer hello() {
    return ByteBuffer.allocate(16)
        .put(VERSION)
        .put((byte) 0)
        .putShort((short) 16)
        .putInt(1)
        .putShort((short) 1)
        .putShort((short) 8)
        .putInt(1 << VERSION)
        .flip();
  }

  /** What it answers to a message. */
  List<ByteBuffer> answers(ByteBuffer message) {
    switch (message.get(1)) {
      case ECHO_REQUEST:
        return List.of(reply(message, ECHO_REPLY, body(message, HEADER)));
      case 5:
        return List.of(reply(message, 6, features()));
      case 7:
        return List.of(reply(message, 8, configuration));
      case 9:
        configuration = body(message, HEADER);
        return List.of();
      case FLOW_MOD:
        change(message);
        return List.of();
      case METER_MOD:
        meter(message);
        return List.of();
      case 18:
        return multipart(message);
      case 20:
        return List.of(reply(message, 21, new byte[0]));
      case 24:
        return List.of(reply(message, 25, body(message, HEADER)));
      default:
        return List.of();
    }
  }

  private static byte[] body(ByteBuffer message, int from) {
    byte[] body = new byte[message.limit() - from];
    message.duplicate().position(from).get(body);
    return body;
  }

  private static ByteBuffer reply(ByteBuffer request, int type, byte[] body) {
    return ByteBuffer.allocate(HEADER + body.length)
        .put(VERSION)
        .put((byte) type)
        .putShort((short) (HEADER + body.length))
        .putInt(request.getInt(4))
        .put(body)
        .flip();
  }

  /** With statistics of entries, tables, ports and groups. */
  private byte[] features() {
    return ByteBuffer.allocate(24)
        .putLong(datapath)
        .putInt(0)
        .put((byte) 254)
        .put((byte) 0)
        .putShort((short) 0)
        .putInt(0xf)
        .putInt(0)
        .array();
  }

  // Entries.

  private void change(ByteBuffer mod) {
    int command = mod.get(25);
    boolean delete = command == 3 || command == 4;
    if (command == 3) {
      entries.clear();
    } else if (delete) {
      entries.remove(key(mod));
    } else {
      entries.put(key(mod), statistics(mod));
    }
  }

  /** Bytes of the match of a flow-mod, with its padding. */
  private static int matchLength(ByteBuffer mod) {
    return (mod.getShort(50) + 7) / 8 * 8;
  }

  private static ByteBuffer key(ByteBuffer mod) {
    ByteBuffer key = ByteBuffer.allocate(3 + matchLength(mod));
    return key.put(mod.get(24))
        .putShort(mod.getShort(30))
        .put(mod.duplicate().position(48).limit(48 + matchLength(mod)).slice())
        .flip();
  }

  /** The entry of a multipart reply that tells of what a flow-mod has added. */
  private static byte[] statistics(ByteBuffer mod) {
    byte[] rest = body(mod, 48);
    return ByteBuffer.allocate(48 + rest.length)
        .putShort((short) (48 + rest.length))
        .put(mod.get(24))
        .put((byte) 0)
        .putInt(1)
        .putInt(0)
        .putShort(mod.getShort(30))
        .putShort(mod.getShort(26))
        .putShort(mod.getShort(28))
        .putShort(mod.getShort(44))
        .putInt(0)
        .putLong(mod.getLong(8))
        .putLong(0)
        .putLong(0)
        .put(rest)
        .array();
  }

  // Meters.

  private void meter(ByteBuffer mod) {
    int id = mod.getInt(12);
    if (mod.getShort(8) == 2) {
      meters.remove(id);
    } else {
      meters.put(id, body(mod, 10));
    }
  }

  /** Flags and bands, as they came. */
  private static byte[] meterConfiguration(int id, byte[] mod) {
    return ByteBuffer.allocate(2 + mod.length).putShort((short) (2 + mod.length)).put(mod).array();
  }

  /** With one band, as all of ours have. */
  private static byte[] meterStatistics(int id, byte[] mod) {
    return ByteBuffer.allocate(56).putInt(id).putShort((short) 56).array();
  }

  private Collection<byte[]> meters(BiFunction<Integer, byte[], byte[]> teller) {
    List<byte[]> all = new ArrayList<>();
    meters.forEach((id, mod) -> all.add(teller.apply(id, mod)));
    return all;
  }

  // Multipart.

  private List<ByteBuffer> multipart(ByteBuffer request) {
    switch (request.getShort(8)) {
      case 0:
        return parts(request, List.of(description()));
      case 1:
        return parts(request, entries.values());
      case 9:
        return parts(request, meters(SimulatedSwitch::meterStatistics));
      case 10:
        return parts(request, meters(SimulatedSwitch::meterConfiguration));
      case 11:
        return parts(request, List.of(meterFeatures()));
      case 13:
        return parts(request, portDescriptions());
      default:
        return parts(request, List.of());
    }
  }

  private static List<ByteBuffer> parts(ByteBuffer request, Collection<byte[]> elements) {
    List<ByteBuffer> parts = new ArrayList<>();
    List<byte[]> part = new ArrayList<>();
    int length = 0;
    for (byte[] element : elements) {
      if (length + element.length > PART) {
        parts.add(part(request, part, length, true));
        part.clear();
        length = 0;
      }
      part.add(element);
      length += element.length;
    }
    parts.add(part(request, part, length, false));
    return parts;
  }

  private static ByteBuffer part(
      ByteBuffer request, List<byte[]> elements, int length, boolean more) {
    ByteBuffer body = ByteBuffer.allocate(HEADER + length);
    body.putShort(request.getShort(8)).putShort((short) (more ? 1 : 0)).putInt(0);
    elements.forEach(body::put);
    return reply(request, 19, body.array());
  }

  /** What it takes to be taken for Open vSwitch. */
  private static byte[] description() {
    return ByteBuffer.allocate(1056)
        .put(text("Nicira, Inc.", 256))
        .put(text("Open vSwitch", 256))
        .put(text("3.1.0", 256))
        .put(text("None", 32))
        .put(text("simulated", 256))
        .array();
  }

  private static byte[] text(String text, int length) {
    return ByteBuffer.allocate(length).put(text.getBytes(StandardCharsets.US_ASCII)).array();
  }

  /** Drop bands, in packets a second, with bursts and statistics. */
  private static byte[] meterFeatures() {
    return ByteBuffer.allocate(16)
        .putInt(1_000_000)
        .putInt(1 << 1)
        .putInt(0xf)
        .put((byte) 1)
        .put((byte) 0)
        .array();
  }

  private List<byte[]> portDescriptions() {
    List<byte[]> all = new ArrayList<>();
    all.add(port(1, "ext"));
    all.add(port(10, "vx"));
    all.add(port(LOCAL, "br-int"));
    for (int i = 0; i < ports; i++) {
      all.add(port(Fleets.FIRST_PORT + i, "vm" + i));
    }
    return all;
  }

  private byte[] port(long number, String name) {
    long mac = 0x0a00_0000_0000L | datapath << 16 | number & 0xffff;
    return ByteBuffer.allocate(64)
        .putInt((int) number)
        .putInt(0)
        .putShort((short) (mac >> 32))
        .putInt((int) mac)
        .putShort((short) 0)
        .put(text(name, 16))
        .array();
  }
}
