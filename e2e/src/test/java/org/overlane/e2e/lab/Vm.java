/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A virtual machine: a namespace with one interface, attached to a port of its hypervisor. */
public final class Vm {
  private static final Pattern PING_SUMMARY =
      Pattern.compile("(\\d+) packets transmitted, (\\d+) received");

  /** As ping and ip say it: "mtu = 1450", "mtu=1450", "mtu 1450". */
  private static final Pattern MTU = Pattern.compile("\\bmtu ?=? ?(\\d+)");

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
  public record Ping(int sent, int received) {}

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

  /** The don't-fragment bit of a packet. */
  public enum DontFragment {
    /** Set; the kernel does not send what is larger than a path MTU that it has learned. */
    DO,
    /** Clear; the kernel fragments what is larger than a path MTU that it has learned. */
    DONT
  }

  /**
   * Echo requests, their answers, and the MTU that errors have named.
   *
   * @param mtus one for every error, also for those of the VM's own kernel
   */
  public record Probe(int sent, int received, List<Integer> mtus, String text) {}

  /** As {@link #ping(String, int, int)}, and says what became of the don't-fragment bit. */
  public Probe probe(String address, DontFragment fragmentation, int count, int size) {
    List<String> words = new ArrayList<>(List.of("vm", name(), "ping", "-n", "-i", "0.05"));
    // Long enough for a slow path on a busy machine; an error or the last answer ends it before.
    words.addAll(List.of("-W", "5", "-M", fragmentation.name().toLowerCase(Locale.ROOT)));
    words.addAll(List.of("-c", "" + count, "-s", "" + size, address));
    Command.Output output = lab.attempt(words.toArray(String[]::new));
    Ping ping = parsePing(output);
    String text = output.out() + output.err();
    List<Integer> mtus =
        MTU.matcher(text).results().map(m -> Integer.parseInt(m.group(1))).toList();
    return new Probe(ping.sent(), ping.received(), mtus, text);
  }

  /** The path MTU that the VM has learned; empty where it knows none but that of its interface. */
  public OptionalInt learnedMtu(String address) {
    Matcher mtu = MTU.matcher(place().run("ip", "route", "get", address));
    return mtu.find() ? OptionalInt.of(Integer.parseInt(mtu.group(1))) : OptionalInt.empty();
  }

  /** Makes the VM forget every path MTU that it has learned. */
  public void forgetMtus() {
    place().run("ip", "-4", "route", "flush", "cache");
    place().run("ip", "-6", "route", "flush", "cache");
  }

  /** Gives its interface another MTU, as the user of a VM may; the port behind it carries 9000. */
  public void mtu(int bytes) {
    place().run("ip", "link", "set", "dev", "eth0", "mtu", "" + bytes);
  }

  /** A second interface of the VM, with its MAC address and its MTU; its frames are tagged. */
  public Vlan vlan(int tag, String... addresses) {
    List<String> words = new ArrayList<>(List.of("--lower", "eth0", "--tag", "" + tag));
    words.addAll(List.of("--name", "tag" + tag, "--mac", mac(), "--mtu", "1500"));
    for (String address : addresses) {
      words.addAll(List.of("--address", address));
    }
    return new Vlan(
        Background.ready(environment(), script("vlan.py", words.toArray(String[]::new))));
  }

  /** Carries bytes over TCP, from this VM or to it, and waits for the end. */
  public Transfer.Result transfer(Vm to, String address, Transfer.Direction direction, int bytes) {
    try (Transfer transfer = Transfer.start(this, to, address, direction, bytes, false)) {
      return transfer.end();
    }
  }

  /** Starts to carry bytes over TCP; it stops in the middle until {@link Transfer#resume}. */
  public Transfer startTransfer(Vm to, String address, Transfer.Direction direction, int bytes) {
    return Transfer.start(this, to, address, direction, bytes, true);
  }

  /** Starts to wait for this many datagrams. */
  public Datagrams receiveDatagrams(int count) {
    List<String> words =
        script("datagram.py", "receive", "--port", Datagrams.PORT, "--count", "" + count);
    return new Datagrams(Background.ready(environment(), words));
  }

  /**
   * Sends datagrams without the don't-fragment bit, whatever path MTU the VM has learned.
   *
   * @param size bytes of the UDP payload
   */
  public void sendDatagrams(String address, int count, int size) {
    List<String> words = new ArrayList<>(List.of("send", "--to", address));
    words.addAll(List.of("--port", Datagrams.PORT, "--count", "" + count, "--size", "" + size));
    tool("datagram.py", words);
  }

  /** Sends the packets of a flood to another VM; returns when the last one is sent. */
  public int flood(Vm to, Flood flood) {
    List<String> words = new ArrayList<>(List.of("--iface", "eth0", "--src", mac()));
    words.addAll(List.of("--dst", to.mac(), "--ip-dst", flood.destination(to)));
    words.addAll(flood.words());
    return Integer.parseInt(tool("flood.py", words).strip());
  }

  private String tool(String name, List<String> arguments) {
    List<String> words = new ArrayList<>(List.of(Repository.tool(name)));
    words.addAll(arguments);
    return place().run(words.toArray(String[]::new));
  }

  /** The words that run a tool in this VM, for a process of its own. */
  List<String> script(String tool, String... arguments) {
    List<String> words = new ArrayList<>(List.of("vm", name(), Repository.tool(tool)));
    words.addAll(List.of(arguments));
    return lab.script(words.toArray(String[]::new));
  }

  Map<String, String> environment() {
    return lab.environment();
  }

  /**
   * Starts to serve addresses and to advertise itself as a router in its network.
   *
   * @param options of {@code e2e/lab/tools/announcer.py}, besides the addresses
   */
  public AutoCloseable announce(String... options) {
    List<String> words =
        new ArrayList<>(
            List.of("--range", "10.1.100.10,10.1.100.200,255.255.0.0", "--prefix", "fd00:99::/64"));
    words.addAll(List.of(options));
    return Background.ready(environment(), script("announcer.py", words.toArray(String[]::new)));
  }

  /**
   * The MTU of its interface after its DHCP client has got a lease; empty if it gets none.
   *
   * @param tries requests, one a second
   */
  public OptionalInt leasedMtu(int tries) {
    String mtu = tool("lease.py", List.of("" + tries)).strip();
    return mtu.equals("none") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(mtu));
  }

  /** Starts or stops to take router advertisements; without any at the beginning. */
  public void acceptAdvertisements(boolean accept) {
    place().run("sysctl", "-qw", "net.ipv6.conf.eth0.accept_ra=" + (accept ? 1 : 0));
    place().run("ip", "-6", "route", "flush", "proto", "ra");
    place().run("sysctl", "-qw", "net.ipv6.conf.eth0.mtu=1500");
  }

  /** Whether a router advertisement has given it a default route. */
  public boolean hasRouter() {
    return place().run("ip", "-6", "route", "show", "default").contains("proto ra");
  }

  /** What router advertisements have told it about the MTU of its link. */
  public int ipv6Mtu() {
    return Integer.parseInt(place().run("cat", "/proc/sys/net/ipv6/conf/eth0/mtu").strip());
  }

  /** Starts an endless ping, 100 requests per second. */
  public ContinuousPing pingContinuously(String address) {
    return new ContinuousPing(
        lab.environment(), lab.script("vm", name(), "ping", "-n", "-i", "0.01", address));
  }

  static Ping summary(String text) {
    return parsePing(new Command.Output(0, text, ""));
  }

  @Override
  public String toString() {
    return name();
  }
}
