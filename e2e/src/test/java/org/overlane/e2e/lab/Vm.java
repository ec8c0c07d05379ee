/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e.lab;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A virtual machine: a namespace with one interface, attached to a port of its hypervisor. */
public final class Vm {
  private static final Pattern PING_SUMMARY =
      Pattern.compile("(\\d+) packets transmitted, (\\d+) received");

  private final Lab lab;
  private final String[] fields;

  private Vm(Lab lab, String[] fields) {
    this.lab = lab;
    this.fields = fields;
  }

  static Vm parse(Lab lab, String line) {
    return new Vm(lab, line.split("\t"));
  }

  /** Name of the VM and of its port. */
  public String name() {
    return fields[0];
  }

  public String network() {
    return fields[1];
  }

  public int vni() {
    return Integer.parseInt(fields[2]);
  }

  public int hypervisor() {
    return Integer.parseInt(fields[3]);
  }

  /** OpenFlow number of its port. */
  public int port() {
    return Integer.parseInt(fields[4]);
  }

  public String mac() {
    return fields[5];
  }

  public String ipv4() {
    return fields[6];
  }

  public String ipv6() {
    return fields[7];
  }

  /** Its interface, as the VM sees it. */
  public Place place() {
    return new Place(lab, List.of("vm", name()), "eth0");
  }

  /** Echo requests and their answers. */
  public record Ping(int sent, int received) {
    public int lost() {
      return sent - received;
    }
  }

  /**
   * Sends echo requests, 20 per second.
   *
   * @param address IPv4 or IPv6
   * @param size bytes of echo data; the IPv4 packet is 28 larger
   */
  public Ping ping(String address, int count, int size) {
    return parsePing(
        lab.attempt(
            "vm",
            name(),
            "ping",
            "-n",
            "-i",
            "0.05",
            "-W",
            "1",
            "-c",
            "" + count,
            "-s",
            "" + size,
            address));
  }

  private static Ping parsePing(Command.Output output) {
    Matcher summary = PING_SUMMARY.matcher(output.out());
    if (!summary.find()) {
      throw new IllegalStateException("ping said: " + output.out() + output.err());
    }
    return new Ping(Integer.parseInt(summary.group(1)), Integer.parseInt(summary.group(2)));
  }

  /** Starts an endless ping, 100 requests per second. */
  public ContinuousPing pingContinuously(String address) {
    return new ContinuousPing(
        lab.environment(), lab.script("vm", name(), "ping", "-n", "-q", "-i", "0.01", address));
  }

  static Ping summary(String text) {
    return parsePing(new Command.Output(0, text, ""));
  }

  @Override
  public String toString() {
    return name();
  }
}
