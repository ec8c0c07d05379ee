/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.testing;

import com.google.common.collect.Sets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real Open vSwitch of our own, in a directory of its own, whose datapath carries nothing. */
public final class OpenVSwitch implements AutoCloseable {
  private static final String SCHEMA = "/usr/share/openvswitch/vswitch.ovsschema";

  private final Path directory;
  private final List<Process> daemons = new ArrayList<>();
  private Set<String> metersThere = Set.of();

  private OpenVSwitch(Path directory) {
    this.directory = directory;
  }

  /** Whether all parts of it are there, and may be started here. */
  public static boolean isInstalled() {
    boolean tools =
        Stream.of("ovs-ofctl", "ovs-vsctl", "ovsdb-tool")
            .allMatch(tool -> Files.isExecutable(Path.of("/usr/bin", tool)));
    return tools
        && Files.isExecutable(Path.of("/usr/sbin/ovs-vswitchd"))
        && Files.isReadable(Path.of(SCHEMA));
  }

  /** A bridge {@code br} with ports 1 to 60 and a flow-based tunnel port 9. */
  public static OpenVSwitch start() throws Exception {
    OpenVSwitch ovs = new OpenVSwitch(Files.createTempDirectory("overlane-ovs"));
    try {
      ovs.boot();
    } catch (Exception e) {
      ovs.close();
      throw e;
    }
    return ovs;
  }

  private void boot() throws Exception {
    run("ovsdb-tool", "create", path("conf.db"), SCHEMA);
    daemons.add(
        start(
            "ovsdb-server",
            path("conf.db"),
            "--remote=punix:" + path("db.sock"),
            "--unixctl=" + path("db.ctl")));
    awaitFile("db.sock");
    vsctl("--no-wait", "init");
    daemons.add(
        start(
            "ovs-vswitchd",
            "unix:" + path("db.sock"),
            "--enable-dummy=override",
            "--disable-system",
            "--disable-system-route",
            "--unixctl=" + path("vswitchd.ctl")));
    vsctl(
        "add-br",
        "br",
        "--",
        "set",
        "bridge",
        "br",
        "datapath_type=dummy",
        "protocols=OpenFlow13,OpenFlow15",
        "fail-mode=secure");
    List<String> ports = new ArrayList<>();
    for (int i = 1; i <= 60; i++) {
      boolean tunnel = i == 9;
      ports.addAll(
          List.of(
              "--",
              "add-port",
              "br",
              "p" + i,
              "--",
              "set",
              "interface",
              "p" + i,
              "type=" + (tunnel ? "vxlan" : "dummy"),
              "ofport_request=" + i));
      if (tunnel) {
        ports.addAll(List.of("options:remote_ip=flow", "options:key=flow"));
      }
    }
    vsctl(ports.subList(1, ports.size()).toArray(new String[0]));
  }

  private void awaitFile(String name) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!Files.exists(directory.resolve(name))) {
      if (System.nanoTime() > deadline) {
        throw new IOException(name + " did not appear in " + directory);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** Runs ovs-ofctl on the bridge with OpenFlow 1.3, and gives what it prints. */
  public String ofctl(String command, String... arguments) throws Exception {
    return ofctlWith("OpenFlow13", command, arguments);
  }

  private String ofctlWith(String version, String command, String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of("ovs-ofctl", "-O", version, "--no-stats"));
    line.add(command);
    line.add("unix:" + path("br.mgmt"));
    line.addAll(List.of(arguments));
    return run(line.toArray(new String[0]));
  }

  /** Puts these entries, groups and meters in the place of all others. */
  public void load(String flows, String groups, String meters) throws Exception {
    ofctl("del-flows");
    ofctl("del-groups");
    Set<String> wanted =
        meters.lines().map(m -> m.replaceFirst(" *#.*", "")).collect(Collectors.toSet());
    for (String meter : Sets.difference(metersThere, wanted)) {
      ofctl("del-meter", meter.replaceFirst(",.*", ""));
    }
    for (String meter : Sets.difference(wanted, metersThere)) { // ovs-ofctl takes one at a time
      ofctl("add-meter", meter);
    }
    metersThere = Set.copyOf(wanted);
    // Only with 1.5 can it be told how to choose a bucket: by itself it does so in the datapath.
    ofctlWith("OpenFlow15", "add-groups", file(groups));
    ofctl("add-flows", file(flows));
  }

  /** Runs a command of ovs-appctl on the daemon, and gives what it prints. */
  public String appctl(String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of("ovs-appctl", "-t", path("vswitchd.ctl")));
    line.addAll(List.of(arguments));
    return run(line.toArray(new String[0]));
  }

  /** Writes a text to a file of its own and gives the path. */
  public String file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(directory, "input", ".txt"), text).toString();
  }

  /** Runs ovs-vsctl. */
  public void vsctl(String... arguments) throws Exception {
    List<String> line =
        new ArrayList<>(List.of("ovs-vsctl", "--timeout=30", "--db=unix:" + path("db.sock")));
    line.addAll(List.of(arguments));
    run(line.toArray(new String[0]));
  }

  private String run(String... command) throws Exception {
    Process process = start(command);
    String output = new String(process.getInputStream().readAllBytes(), "UTF-8");
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + output);
    }
    return output;
  }

  private Process start(String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("OVS_RUNDIR", directory.toString());
    builder.environment().put("OVS_LOGDIR", directory.toString());
    builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    if (command[0].endsWith("d") || command[0].endsWith("server")) {
      builder.redirectOutput(directory.resolve(command[0] + ".log").toFile());
    }
    return builder.start();
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  @Override
  public void close() throws Exception {
    for (Process daemon : daemons) {
      daemon.destroy();
      if (!daemon.waitFor(10, TimeUnit.SECONDS)) {
        daemon.destroyForcibly().waitFor();
      }
    }
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }
}
