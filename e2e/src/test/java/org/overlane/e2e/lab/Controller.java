/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The assembled distribution, unpacked into a directory of its own and run in a namespace of the
 * lab: its ports are the usual ones and collide with nobody's.
 */
public final class Controller implements AutoCloseable {
  /** Where it listens for switches, inside its namespace. */
  public static final int OPENFLOW_PORT = 6653;

  private static final String REST = "http://127.0.0.1:8181";
  private static final Pattern HEAP_USED = Pattern.compile("\\bused (\\d+)K");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Lab lab;
  private final Path directory;
  private final Thread emergencyExit = new Thread(this::end);
  private Optional<Process> process = Optional.empty();

  private Controller(Lab lab, Path directory) {
    this.lab = lab;
    this.directory = directory;
  }

  /** Unpacks the distribution and starts it; does not wait until it is ready. */
  public static Controller start(Lab lab) {
    try {
      Path directory = Files.createTempDirectory("overlane-controller");
      Command.Output unpacked =
          Command.run(
              lab.environment(),
              List.of(
                  "tar",
                  "-xzf",
                  distribution().toString(),
                  "-C",
                  directory.toString(),
                  "--strip-components=1"));
      if (unpacked.exitCode() != 0) {
        throw new IllegalStateException("cannot unpack the distribution: " + unpacked.err());
      }
      Controller controller = new Controller(lab, directory);
      Runtime.getRuntime().addShutdownHook(controller.emergencyExit);
      controller.start();
      return controller;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The built archive; system property {@code overlane.distribution} names another. */
  private static Path distribution() throws IOException {
    String named = System.getProperty("overlane.distribution");
    if (named != null) {
      return Path.of(named);
    }
    Path target = Repository.root().resolve("karaf-features/distribution/target");
    if (Files.isDirectory(target)) {
      try (Stream<Path> files = Files.list(target)) {
        Optional<Path> archive = files.filter(p -> p.toString().endsWith(".tar.gz")).findFirst();
        if (archive.isPresent()) {
          return archive.get();
        }
      }
    }
    throw new IllegalStateException(
        "no distribution in " + target + "; build it with: mvn package -DskipTests");
  }

  /** Starts it again after {@link #kill}. */
  public void start() {
    ProcessBuilder builder =
        new ProcessBuilder(
                lab.script("ctl", directory.resolve("bin/overlane-controller").toString(), "run"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(outputFile().toFile()));
    builder.environment().putAll(lab.environment());
    // The account and the addresses of the machine's own controller, if there is one, are not ours.
    builder.environment().keySet().removeIf(name -> name.startsWith("OVERLANE_"));
    try {
      process = Optional.of(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path outputFile() {
    return directory.resolve("output.log");
  }

  /** Ends it as a crash would: SIGKILL, no chance to say goodbye. */
  public void kill() {
    process.ifPresent(
        p -> {
          List<ProcessHandle> all = new ArrayList<>(p.descendants().toList());
          all.add(p.toHandle());
          all.forEach(ProcessHandle::destroyForcibly);
          all.forEach(handle -> handle.onExit().join());
        });
    process = Optional.empty();
  }

  public boolean running() {
    return process.isPresent() && process.get().isAlive();
  }

  /** Bytes of its heap that are in use after a full collection. */
  public long heapInUse() {
    String pid = Long.toString(javaProcess().pid());
    jcmd(pid, "GC.run");
    Matcher used = HEAP_USED.matcher(jcmd(pid, "GC.heap_info").replaceAll("(?s)Metaspace.*", ""));
    long kibibytes = 0;
    while (used.find()) {
      kibibytes += Long.parseLong(used.group(1));
    }
    require(kibibytes > 0, "no used heap in what jcmd says");
    return kibibytes * 1024;
  }

  private ProcessHandle javaProcess() {
    ProcessHandle first = process.orElseThrow().toHandle();
    return Stream.concat(Stream.of(first), first.descendants())
        .filter(p -> p.info().command().orElse("").endsWith("/java"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no java among the controller's processes"));
  }

  private static String jcmd(String... arguments) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
    words.addAll(List.of(arguments));
    Command.Output output = Command.run(Map.of(), words);
    require(output.exitCode() == 0, words + " failed: " + output.err());
    return output.out();
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalStateException(otherwise);
    }
  }

  /** Sets a property of a component, as its operator would. */
  public void setProperty(String component, String name, String value) {
    Answer answer =
        request(
            "POST", "/onos/v1/configuration/" + component, "{\"" + name + "\": \"" + value + "\"}");
    require(answer.ok(), "setting " + name + " of " + component + ": " + answer.text());
  }

  /**
   * The answer to a REST request.
   *
   * @param code HTTP status code, or 0 if nobody answered
   * @param body missing if it was no JSON
   */
  public record Answer(int code, JsonNode body, String text) {
    public boolean ok() {
      return code / 100 == 2;
    }
  }

  /** Sends a request without a body. */
  public Answer request(String method, String path) {
    return curl(List.of("-X", method, REST + path));
  }

  /** Sends a request with a JSON body. */
  public Answer request(String method, String path, String body) {
    try {
      Path file = Files.writeString(directory.resolve("request.json"), body);
      return curl(
          List.of(
              "-X",
              method,
              "-H",
              "Content-Type: application/json",
              "--data-binary",
              "@" + file,
              REST + path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Answer curl(List<String> arguments) {
    List<String> words = new ArrayList<>(List.of("ctl", "curl", "-s", "--max-time", "20"));
    words.addAll(List.of("--config", account().toString(), "-w", "\n%{http_code}"));
    words.addAll(arguments);
    String output = lab.attempt(words.toArray(String[]::new)).out();
    int end = output.lastIndexOf('\n');
    String text = end < 0 ? "" : output.substring(0, end);
    int code = end < 0 ? 0 : Integer.parseInt(output.substring(end + 1).strip());
    return new Answer(code, parse(text), text);
  }

  private static JsonNode parse(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      return node == null ? MissingNode.getInstance() : node;
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  /** Somebody who may log in. */
  public record Account(String user, String password) {}

  /** The account that was generated at the first start; empty before that. */
  public Account administrator() {
    try {
      Path credentials = directory.resolve("karaf/etc/overlane-credentials");
      String user = "";
      String password = "";
      if (Files.exists(credentials)) {
        for (String line : Files.readAllLines(credentials)) {
          user = line.startsWith("user=") ? line.substring(5) : user;
          password = line.startsWith("password=") ? line.substring(9) : password;
        }
      }
      return new Account(user, password);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds an account that may look, but not change anything. */
  public Account addReader() {
    Account reader = new Account("reader", "only-looking");
    try {
      Files.writeString(
          directory.resolve("karaf/etc/users.properties"),
          "\n" + reader.user() + " = " + reader.password() + ",viewer\n",
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return reader;
  }

  /** The generated account, in a file that curl reads: no process list shows it. */
  private Path account() {
    try {
      Path file = directory.resolve("curl.conf");
      Account account = administrator();
      if (!Files.exists(file)) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      return Files.writeString(
          file, "user = \"" + account.user() + ":" + account.password() + "\"\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether Overlane answers REST requests. */
  public boolean ready() {
    if (!running()) {
      throw new IllegalStateException("the controller has ended: " + log());
    }
    return status().ok();
  }

  /** The status of all switches. */
  public Answer status() {
    return request("GET", "/onos/overlane/v1/status");
  }

  /** Whether nothing is left to do on any configured switch. */
  public boolean inSync() {
    JsonNode status = status().body();
    List<String> states = new ArrayList<>();
    for (JsonNode device : status.path("switches")) {
      if (device.path("configured").asBoolean()) {
        states.add(device.path("state").asText());
      }
    }
    return !status.has("problem")
        && !states.isEmpty()
        && states.stream().allMatch("IN_SYNC"::equals);
  }

  /** The last lines of its log, for a message of a failed test. */
  public String log() {
    StringBuilder text = new StringBuilder();
    for (Path file : List.of(outputFile(), directory.resolve("karaf/data/log/karaf.log"))) {
      try {
        List<String> lines = Files.readAllLines(file);
        text.append(String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size())));
      } catch (IOException e) {
        text.append("no ").append(file);
      }
      text.append('\n');
    }
    return text.toString();
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(emergencyExit);
    end();
  }

  private void end() {
    kill();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
