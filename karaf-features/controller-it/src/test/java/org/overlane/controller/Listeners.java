/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.controller;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The sockets of a process that accept connections or datagrams, from /proc (proc(5)). */
final class Listeners {
  private static final String TCP_LISTEN = "0A";
  private static final String UDP_UNCONNECTED = "07";

  private Listeners() {}

  static List<InetSocketAddress> of(long pid) throws IOException {
    Path process = Path.of("/proc", String.valueOf(pid));
    Set<String> sockets = sockets(process);
    List<InetSocketAddress> listeners = new ArrayList<>();
    for (String table : List.of("tcp", "tcp6", "udp", "udp6")) {
      String state = table.startsWith("tcp") ? TCP_LISTEN : UDP_UNCONNECTED;
      List<String> lines = Files.readAllLines(process.resolve("net").resolve(table));
      for (String line : lines.subList(1, lines.size())) {
        String[] fields = line.trim().split("\\s+");
        if (fields[3].equals(state) && sockets.contains("socket:[" + fields[9] + "]")) {
          listeners.add(address(fields[1]));
        }
      }
    }
    return listeners;
  }

  private static Set<String> sockets(Path process) throws IOException {
    Set<String> sockets = new HashSet<>();
    try (var descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : descriptors) {
        target(descriptor).ifPresent(sockets::add);
      }
    }
    return sockets;
  }

  private static Optional<String> target(Path descriptor) {
    try {
      return Optional.of(Files.readSymbolicLink(descriptor).toString());
    } catch (IOException e) {
      return Optional.empty(); // closed in the meantime
    }
  }

  /** The kernel writes an address as 32-bit words in the byte order of the machine. */
  private static InetSocketAddress address(String field) throws IOException {
    String[] parts = field.split(":");
    ByteBuffer words = ByteBuffer.wrap(HexFormat.of().parseHex(parts[0]));
    ByteBuffer address = ByteBuffer.allocate(words.capacity()).order(ByteOrder.nativeOrder());
    while (words.hasRemaining()) {
      address.putInt(words.getInt());
    }
    return new InetSocketAddress(
        InetAddress.getByAddress(address.array()), Integer.parseInt(parts[1], 16));
  }
}
