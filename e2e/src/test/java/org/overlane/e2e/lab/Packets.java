/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A description of marked frames to send, for {@code e2e/lab/tools/send.py}. Frames without IP
 * addresses carry EtherType 0x88b5, which nobody answers. Immutable.
 */
public final class Packets {
  private final List<String> words;

  private Packets(List<String> words) {
    this.words = List.copyOf(words);
  }

  /** A marker that no other test uses. */
  public static String newMarker() {
    return "mark" + UUID.randomUUID().toString().substring(0, 8);
  }

  /** One Ethernet frame. */
  public static Packets frame(String marker, String source, String destination) {
    return new Packets(List.of("--marker", marker, "--src", source, "--dst", destination));
  }

  private Packets and(String... more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of(more));
    return new Packets(all);
  }

  /** An IP/UDP packet in the frame. */
  public Packets ip(String source, String destination) {
    return and("--ip-src", source, "--ip-dst", destination);
  }

  /** Bytes after the Ethernet or UDP header. */
  public Packets payload(int bytes) {
    return and("--payload", "" + bytes);
  }

  /** Everything this often. */
  public Packets times(int count) {
    return and("--count", "" + count);
  }

  /** The frame in a VXLAN packet from the endpoint of one hypervisor to that of another. */
  public Packets vxlan(Lab lab, int vni, int from, int to) {
    return and(
        "--vni", "" + vni,
        "--outer-src", lab.vtepMac(from),
        "--outer-dst", lab.vtepMac(to),
        "--vtep-src", lab.vtep(from),
        "--vtep-dst", lab.vtep(to));
  }

  /** Outer packets in this VLAN. */
  public Packets tagged(int vlan) {
    return and("--outer-tag", "" + vlan);
  }

  /** One packet from each of this many outer UDP source ports. */
  public Packets sources(int count) {
    return and("--sources", "" + count);
  }

  /** In outer fragments, none larger than this many bytes of IP packet. */
  public Packets fragmented(int bytes) {
    return and("--fragment", "" + bytes);
  }

  /** Of each packet the first fragment alone: what a reassembly waits for in vain. */
  public Packets firstFragmentOnly() {
    return and("--first-only");
  }

  /** Fragments in another order: "reversed" or "shuffled". */
  public Packets order(String order) {
    return and("--order", order);
  }

  /** Every frame twice. */
  public Packets duplicated() {
    return and("--duplicate");
  }

  List<String> words() {
    return words;
  }
}
