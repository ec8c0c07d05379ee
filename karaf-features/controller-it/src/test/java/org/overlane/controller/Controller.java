/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.controller;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** An unpacked distribution on free ports, as an operator would start it. */
final class Controller {
  private static final Duration START = Duration.ofMinutes(4);
  private static final int LAST_LINES = 20;
  private static final Pattern WARNING = Pattern.compile("\\| (WARN|ERROR) ");
  private static final AtomicInteger NEXT_PORT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(20_000, 30_000));

  /**
   * ONOS, the southbound and the application start one after the other, not always in this order.
   */
  private static final List<String> READY =
      List.of("/onos/v1/flows", "/onos/overlane/openflow/v1/switches", "/onos/overlane/v1/model");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path root;
  private final int httpPort = freePort();
  private final int sshPort = freePort();
  private final int clusterPort = freePort();
  private final int openflowPort = freePort();
  private Process process;

  private Controller(Path root) {
    this.root = root;
  }

  /** Unpacks the archive below an empty directory. */
  static Controller unpack(Path archive, Path directory) throws Exception {
    Process tar =
        new ProcessBuilder("tar", "xzf", archive.toString(), "-C", directory.toString())
            .inheritIO()
            .start();
    if (tar.waitFor() != 0) {
      throw new IOException("tar cannot unpack " + archive);
    }
    // Where ./overlane has it.
    return new Controller(
        Files.move(directory.resolve("overlane-controller"), directory.resolve("controller")));
  }

  /** Starts the controller and waits until all of it answers. */
  void start() throws Exception {
    process = script("run");
    Instant deadline = Instant.now().plus(START);
    while (!isReady()) {
      if (!process.isAlive()) {
        throw new IllegalStateException("The controller has ended: " + output());
      }
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException("Not ready after " + START + ": " + whatIsMissing());
      }
      TimeUnit.MILLISECONDS.sleep(250);
    }
  }

  /** Runs the script that comes with the distribution. */
  Process script(String... command) throws IOException {
    File output = root.resolve(command[0] + ".out").toFile();
    List<String> words = new ArrayList<>(List.of(command));
    words.add(0, root.resolve("bin/overlane-controller").toString());
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output);
    builder.environment().put("OVERLANE_HTTP_PORT", String.valueOf(httpPort));
    builder.environment().put("OVERLANE_SSH_PORT", String.valueOf(sshPort));
    builder.environment().put("OVERLANE_CLUSTER_PORT", String.valueOf(clusterPort));
    builder.environment().put("OVERLANE_OPENFLOW_PORTS", String.valueOf(openflowPort));
    return builder.start();
  }

  /**
   * {@code ./overlane console} with some words, as an operator of this controller would type it.
   * Without words it is the console itself: let it have a terminal.
   */
  ProcessBuilder console(List<String> words) throws IOException {
    Files.createDirectories(root.resolveSibling("run"));
    Path overlane = Path.of("../../overlane").toAbsolutePath().normalize();
    List<String> command = new ArrayList<>(List.of(overlane.toString(), "console"));
    command.addAll(words);
    ProcessBuilder builder =
        words.isEmpty()
            ? new ProcessBuilder(
                "timeout",
                "--foreground",
                "60",
                "script",
                "-qfc",
                String.join(" ", command),
                "/dev/null")
            : new ProcessBuilder(command);
    builder.redirectErrorStream(true);
    builder.environment().put("OVERLANE_HOME", root.getParent().toString());
    builder.environment().put("OVERLANE_SSH_PORT", String.valueOf(sshPort));
    return builder;
  }

  /** Kills the process as a power failure would. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  int httpPort() {
    return httpPort;
  }

  int openflowPort() {
    return openflowPort;
  }

  String output() throws IOException {
    return output("run");
  }

  /** What the script has printed the last time that it was called with this command. */
  String output(String command) throws IOException {
    return Files.readString(root.resolve(command + ".out"));
  }

  Path root() {
    return root;
  }

  Path etc() {
    return root.resolve("karaf/etc");
  }

  Path log() {
    return root.resolve("karaf/data/log/karaf.log");
  }

  Properties credentials() throws IOException {
    Properties credentials = new Properties();
    try (var reader = Files.newBufferedReader(etc().resolve("overlane-credentials"))) {
      credentials.load(reader);
    }
    return credentials;
  }

  /** The header of the administrator. */
  String authorization() throws IOException {
    Properties account = credentials();
    return basic(account.getProperty("user"), account.getProperty("password"));
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(ok(send(request(path).GET())));
  }

  void post(String path, String contentType, byte[] body) throws IOException, InterruptedException {
    BodyPublisher publisher = BodyPublishers.ofByteArray(body);
    ok(send(request(path).header("Content-Type", contentType).POST(publisher)));
  }

  /** The status code that the administrator gets. */
  int statusOf(String path) throws IOException, InterruptedException {
    return send(request(path).GET()).statusCode();
  }

  void delete(String path) throws IOException, InterruptedException {
    int status = send(request(path).DELETE()).statusCode();
    if (status != 204) {
      throw new IOException("DELETE " + path + ": " + status);
    }
  }

  /** The names of all threads of Java, as the JDK's own tool tells them. */
  Set<String> threads() throws IOException, InterruptedException {
    Set<String> names = new TreeSet<>();
    Jcmd.run(pid(), "Thread.print")
        .lines()
        .filter(line -> line.startsWith("\""))
        .forEach(line -> names.add(line.substring(1, line.indexOf('"', 1))));
    return names;
  }

  /** Where bundles were installed from, as the framework has noted down. */
  Set<String> bundles() throws IOException {
    Set<String> locations = new TreeSet<>();
    try (DirectoryStream<Path> folders =
        Files.newDirectoryStream(root.resolve("karaf/data/cache"), "bundle*")) {
      for (Path folder : folders) {
        Path info = folder.resolve("bundle.info");
        if (Files.exists(info)) {
          Files.readString(info, StandardCharsets.ISO_8859_1)
              .lines()
              .filter(line -> line.contains("mvn:"))
              .forEach(line -> locations.add(line.substring(line.indexOf("mvn:"))));
        }
      }
    }
    return locations;
  }

  /** The status code that somebody with this user and password gets; empty for nobody. */
  int statusFor(Optional<String> user, String password) throws IOException, InterruptedException {
    return answerTo(user, password, request("/onos/v1/devices").GET()).statusCode();
  }

  /** What a user gets at a path. */
  HttpResponse<String> get(String user, String password, String path)
      throws IOException, InterruptedException {
    return answerTo(Optional.of(user), password, request(path).GET());
  }

  /** What a user gets who wants the model to be empty. */
  HttpResponse<String> emptyModel(String user, String password)
      throws IOException, InterruptedException {
    return answerTo(
        Optional.of(user),
        password,
        request("/onos/overlane/v1/model")
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString("{}")));
  }

  private static HttpResponse<String> answerTo(
      Optional<String> user, String password, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    user.ifPresent(name -> request.header("Authorization", basic(name, password)));
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  private boolean isReady() throws InterruptedException {
    for (String path : READY) {
      if (!answer(path).equals("200")) {
        return false;
      }
    }
    return true;
  }

  /** The status code, or why there is none. */
  private String answer(String path) throws InterruptedException {
    try {
      return String.valueOf(send(request(path).GET()).statusCode());
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Where a start has got stuck: the files of a test are gone when somebody reads of it. */
  private String whatIsMissing() throws IOException, InterruptedException {
    StringBuilder text = new StringBuilder();
    for (String path : READY) {
      text.append(path).append(' ').append(answer(path)).append("; ");
    }
    List<String> lines = Files.exists(log()) ? Files.readAllLines(log()) : List.of();
    text.append("\nwarnings:\n");
    append(text, lines.stream().filter(line -> WARNING.matcher(line).find()).toList());
    text.append("log:\n");
    append(text, lines);
    return text + "threads:\n" + Jcmd.run(pid(), "Thread.print");
  }

  private static void append(StringBuilder text, List<String> lines) {
    lines
        .subList(Math.max(0, lines.size() - LAST_LINES), lines.size())
        .forEach(line -> text.append(line).append('\n'));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    request.header("Authorization", authorization());
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path))
        .timeout(Duration.ofSeconds(30));
  }

  private static String ok(HttpResponse<String> response) throws IOException {
    if (response.statusCode() / 100 != 2) {
      throw new IOException(
          response.request().uri() + ": " + response.statusCode() + " " + response.body());
    }
    return response.body();
  }

  private static String basic(String user, String password) {
    byte[] both = (user + ":" + password).getBytes(UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(both);
  }

  /** Below those that the kernel gives to whoever connects, so that nobody takes it meanwhile. */
  private static int freePort() {
    int port = NEXT_PORT.getAndIncrement();
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      return freePort();
    }
  }
}
