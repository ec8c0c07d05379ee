/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.ovsdb;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A private Open vSwitch with the dummy datapath whose database listens on the loopback interface;
 * all of it in a directory under target/.
 */
public final class OvsHost implements AutoCloseable {
  private static final Path OVSDB_SERVER = Path.of("/usr/sbin/ovsdb-server");
  private static final Path OVS_VSWITCHD = Path.of("/usr/sbin/ovs-vswitchd");
  private static final Path SCHEMA = Path.of("/usr/share/openvswitch/vswitch.ovsschema");

  private final Path directory;
  private final int port;
  private final List<String> more;
  private final Thread hook = new Thread(this::kill);
  private Process database;
  private Process daemon;

  private OvsHost(Path directory, int port, List<String> more) {
    this.directory = directory;
    this.port = port;
    this.more = more;
  }

  /** Starts one. Skips the test where Open vSwitch is not installed; with CI=true, fails it. */
  public static OvsHost start() throws IOException, InterruptedException {
    return start(List.of());
  }

  /** The same with more arguments for the database server. */
  static OvsHost start(List<String> more) throws IOException, InterruptedException {
    boolean installed =
        Stream.of(OVSDB_SERVER, OVS_VSWITCHD).allMatch(Files::isExecutable) && Files.exists(SCHEMA);
    if (!installed && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("Open vSwitch is not installed: apt-get install openvswitch-switch");
    }
    Assumptions.assumeTrue(
        installed, "Open vSwitch is not installed: apt-get install openvswitch-switch");
    Path base = Files.createDirectories(Path.of("target", "ovs").toAbsolutePath());
    OvsHost host = new OvsHost(Files.createTempDirectory(base, "h"), freePort(), more);
    Runtime.getRuntime().addShutdownHook(host.hook);
    try {
      host.run("ovsdb-tool", "create", host.path("conf.db"), SCHEMA.toString());
      host.startDatabase();
      host.vsctl("--no-wait", "init");
      host.daemon =
          host.spawn(
              OVS_VSWITCHD.toString(),
              "unix:" + host.path("db.sock"),
              "--no-chdir",
              "--disable-system",
              "--disable-system-route",
              "--enable-dummy",
              "--unixctl=" + host.path("vswitchd.ctl"),
              "-vconsole:off",
              "-vsyslog:off");
    } catch (IOException | InterruptedException | RuntimeException e) {
      host.close();
      throw e;
    }
    return host;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Starts the database, or starts it again after {@link #stopDatabase}. */
  public void startDatabase() throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                OVSDB_SERVER.toString(),
                path("conf.db"),
                "--remote=punix:" + path("db.sock"),
                "--remote=ptcp:" + port + ":127.0.0.1",
                "--no-chdir",
                "--unixctl=" + path("ovsdb.ctl"),
                "-vconsole:off",
                "-vsyslog:off"));
    words.addAll(more);
    database = spawn(words.toArray(String[]::new));
    Await.until(() -> Files.exists(directory.resolve("db.sock")), () -> "no socket");
  }

  /** Ends the database as a crash would. */
  public void stopDatabase() throws IOException, InterruptedException {
    database.destroyForcibly().waitFor(10, SECONDS);
    Files.deleteIfExists(directory.resolve("db.sock"));
  }

  /** Runs ovs-vsctl and waits for the switch to follow. */
  public String vsctl(String... arguments) throws IOException, InterruptedException {
    List<String> words =
        new ArrayList<>(List.of("ovs-vsctl", "--timeout=20", "--db=unix:" + path("db.sock")));
    words.addAll(List.of(arguments));
    return run(words.toArray(String[]::new));
  }

  /** What operators write into the database; the rest is the switch's own report. */
  public String configuration() throws IOException, InterruptedException {
    return dump("Bridge", "name", "ports", "controller", "fail_mode", "protocols", "other_config")
        + dump("Bridge", "external_ids", "datapath_type")
        + dump("Port", "name", "interfaces", "external_ids", "other_config")
        + dump("Interface", "name", "type", "options", "external_ids", "mtu_request", "mac")
        + dump("Controller", "target", "external_ids", "other_config")
        + dump("Open_vSwitch", "bridges", "external_ids", "other_config", "manager_options");
  }

  private String dump(String... tableAndColumns) throws IOException, InterruptedException {
    List<String> words =
        new ArrayList<>(List.of("ovsdb-client", "dump", "unix:" + path("db.sock"), "Open_vSwitch"));
    words.addAll(List.of(tableAndColumns));
    return run(words.toArray(String[]::new));
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  private ProcessBuilder command(String... command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    for (String name : List.of("OVS_RUNDIR", "OVS_LOGDIR", "OVS_DBDIR", "OVS_SYSCONFDIR")) {
      builder.environment().put(name, directory.toString());
    }
    return builder.redirectErrorStream(true);
  }

  private Process spawn(String... command) throws IOException {
    return command(command)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("out").toFile()))
        .start();
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

  private void kill() {
    Stream.of(daemon, database).filter(p -> p != null).forEach(Process::destroyForcibly);
  }

  @Override
  public void close() throws IOException {
    kill();
    try {
      for (Process process : new Process[] {daemon, database}) {
        if (process != null) {
          process.waitFor(10, SECONDS);
        }
      }
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(file);
      }
    }
  }
}
