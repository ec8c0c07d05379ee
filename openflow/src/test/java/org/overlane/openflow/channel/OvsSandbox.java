/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.google.common.io.BaseEncoding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A private Open vSwitch: its own database, daemon and sockets in a directory under target/, with
 * the dummy datapath, so that it touches neither the kernel nor an Open vSwitch that is installed
 * on the machine.
 */
public final class OvsSandbox implements AutoCloseable {

  private static final Path OVSDB_SERVER = Paths.get("/usr/sbin/ovsdb-server");
  private static final Path OVS_VSWITCHD = Paths.get("/usr/sbin/ovs-vswitchd");
  private static final Path SCHEMA = Paths.get("/usr/share/openvswitch/vswitch.ovsschema");

  private static final int PCAP_HEADER_BYTES = 24;
  private static final int PCAP_RECORD_BYTES = 16;

  private final Path directory;
  private final Thread hook = new Thread(this::kill);
  private Process database;
  private Process daemon;

  private OvsSandbox(Path directory) {
    this.directory = directory;
  }

  /** Starts one, or skips the test where Open vSwitch is not installed. */
  public static OvsSandbox start() throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        Files.isExecutable(OVS_VSWITCHD)
            && Files.isExecutable(OVSDB_SERVER)
            && Files.exists(SCHEMA),
        "Open vSwitch is not installed: apt-get install openvswitch-switch");
    Path base = Files.createDirectories(Paths.get("target", "ovs").toAbsolutePath());
    OvsSandbox sandbox = new OvsSandbox(Files.createTempDirectory(base, "s"));
    Runtime.getRuntime().addShutdownHook(sandbox.hook);
    try {
      sandbox.startDatabase();
      sandbox.startDaemon();
    } catch (IOException | InterruptedException | RuntimeException e) {
      sandbox.close();
      throw e;
    }
    return sandbox;
  }

  private void startDatabase() throws IOException, InterruptedException {
    run("ovsdb-tool", "create", path("conf.db"), SCHEMA.toString());
    database =
        spawn(
            "ovsdb-server.out",
            OVSDB_SERVER.toString(),
            path("conf.db"),
            "--remote=punix:" + path("db.sock"),
            "--no-chdir",
            "--unixctl=" + path("ovsdb.ctl"));
    awaitFile(directory.resolve("db.sock"), database);
    vsctl("--no-wait", "init");
  }

  /** Starts the daemon, or starts it again after {@link #killDaemon}. */
  public void startDaemon() throws IOException, InterruptedException {
    Files.deleteIfExists(directory.resolve("vswitchd.ctl"));
    daemon =
        spawn(
            "ovs-vswitchd.out",
            OVS_VSWITCHD.toString(),
            "unix:" + path("db.sock"),
            "--no-chdir",
            "--disable-system",
            "--disable-system-route",
            "--enable-dummy",
            "--unixctl=" + path("vswitchd.ctl"),
            "-vconsole:warn",
            "-vsyslog:off");
    awaitFile(directory.resolve("vswitchd.ctl"), daemon);
  }

  /** Kills the daemon as a crash would. */
  public void killDaemon() throws InterruptedException {
    daemon.destroyForcibly();
    daemon.waitFor(10, SECONDS);
  }

  /** The process id of the daemon. */
  public long daemonPid() {
    return daemon.pid();
  }

  /**
   * Adds a bridge with every OpenFlow version enabled and this controller; entries survive a lost
   * controller.
   */
  public void addBridge(String name, long datapathId, int controllerPort)
      throws IOException, InterruptedException {
    vsctl(
        "add-br",
        name,
        "--",
        "set",
        "bridge",
        name,
        "datapath_type=dummy",
        "fail_mode=secure",
        "protocols=OpenFlow10,OpenFlow13,OpenFlow14,OpenFlow15",
        String.format("other-config:datapath-id=%016x", datapathId),
        "other-config:disable-in-band=true",
        "--",
        "set-controller",
        name,
        "tcp:127.0.0.1:" + controllerPort,
        "--",
        "set",
        "controller",
        name,
        "max_backoff=1000",
        "inactivity_probe=0");
  }

  /**
   * Adds a port whose packets can be fed in, and which keeps those that leave; for jumbo frames.
   */
  public void addPort(String bridge, String name, int number)
      throws IOException, InterruptedException {
    vsctl(
        "add-port",
        bridge,
        name,
        "--",
        "set",
        "interface",
        name,
        "type=dummy",
        "ofport_request=" + number,
        "mtu_request=9500",
        "options:tx_pcap=" + name + ".pcap");
  }

  /** Lets frames come in at a port. */
  public void receive(String port, byte[]... frames) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(Arrays.asList("netdev-dummy/receive", port));
    for (byte[] frame : frames) {
      arguments.add(BaseEncoding.base16().lowerCase().encode(frame));
    }
    appctl(arguments.toArray(new String[0]));
  }

  /** The frames that have left through a port so far. */
  public List<byte[]> sent(String port) throws IOException {
    Path file = directory.resolve(port + ".pcap");
    ByteBuffer pcap = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.nativeOrder());
    List<byte[]> frames = new ArrayList<>();
    pcap.position(PCAP_HEADER_BYTES);
    while (pcap.remaining() >= PCAP_RECORD_BYTES) {
      byte[] frame = new byte[pcap.getInt(pcap.position() + 8)];
      pcap.position(pcap.position() + PCAP_RECORD_BYTES);
      pcap.get(frame);
      frames.add(frame);
    }
    return frames;
  }

  public String vsctl(String... arguments) throws IOException, InterruptedException {
    return run(
        concat(
            new String[] {"ovs-vsctl", "--timeout=20", "--db=unix:" + path("db.sock")}, arguments));
  }

  /** Runs ovs-ofctl with OpenFlow 1.3 on a bridge: command, then the arguments after the bridge. */
  public String ofctl(String command, String bridge, String... arguments)
      throws IOException, InterruptedException {
    return run(
        concat(
            new String[] {
              "ovs-ofctl",
              "-O",
              "OpenFlow13",
              "--timeout=30",
              command,
              "unix:" + path(bridge + ".mgmt")
            },
            arguments));
  }

  public String appctl(String... arguments) throws IOException, InterruptedException {
    return run(concat(new String[] {"ovs-appctl", "-t", path("vswitchd.ctl")}, arguments));
  }

  private static String[] concat(String[] first, String[] second) {
    return Stream.concat(Arrays.stream(first), Arrays.stream(second)).toArray(String[]::new);
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  private ProcessBuilder command(String... command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("OVS_RUNDIR", directory.toString());
    builder.environment().put("OVS_LOGDIR", directory.toString());
    builder.environment().put("OVS_DBDIR", directory.toString());
    return builder.redirectErrorStream(true);
  }

  private Process spawn(String output, String... command) throws IOException {
    return command(command).redirectOutput(directory.resolve(output).toFile()).start();
  }

  private String run(String... command) throws IOException, InterruptedException {
    Process process = command(command).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + output);
    }
    return output;
  }

  private static void awaitFile(Path file, Process process)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + SECONDS.toNanos(20);
    while (!Files.exists(file)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IOException("no " + file + ": " + process.info());
      }
      Thread.sleep(20);
    }
  }

  private void kill() {
    for (Process process : processes()) {
      process.destroyForcibly();
    }
  }

  private List<Process> processes() {
    List<Process> processes = new ArrayList<>();
    if (daemon != null) {
      processes.add(daemon);
    }
    if (database != null) {
      processes.add(database);
    }
    return processes;
  }

  /** Stops the daemons and removes the directory. */
  @Override
  public void close() throws IOException {
    kill();
    try {
      for (Process process : processes()) {
        process.waitFor(10, SECONDS);
      }
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException e) {
      return; // the JVM is on its way out, and the hook does the rest
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(file);
      }
    }
  }
}
