/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.controller;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.hawkular.agent.prometheus.text.TextPrometheusMetricDataParser;
import org.hawkular.agent.prometheus.types.MetricFamily;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Unpacks the archive and runs it as a process of its own. The tests are ordered, because a start
 * takes most of the time: one that restarts or stops the controller comes after those that do not.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ControllerIT {
  private static final String OCTETS = "application/octet-stream";

  private static final String APPLICATION = "/onos/v1/applications/org.overlane";

  /** Where the application shows: REST, page, settings. */
  private static final List<String> FACES =
      List.of(
          "/onos/overlane/v1/model",
          "/overlane/",
          "/onos/v1/configuration/org.overlane.app.onos.OverlaneController",
          "/onos/v1/configuration/org.overlane.app.onos.PathProbing",
          "/onos/v1/configuration/org.overlane.app.gui.GuiExtension");

  private static final List<String> THREADS = List.of("overlane-reconcile", "overlane-drift");
  private static final Pattern OUR_THREADS =
      Pattern.compile("overlane-(reconcile|drift|probing|ovsdb|gui).*");
  private static final Pattern OUR_BUNDLES =
      Pattern.compile(
          "mvn:org.overlane/(app|config|flowrules|slowpath|tracing|tunnel-manager|web-ui)/.*");

  @TempDir private static Path directory;
  private static final String KEPT = "/onos/overlane/v1/networks/kept";
  private static final String FIRST_SEGMENT = "raft-partition-1-1.log";

  private static Controller controller;
  private static Map<String, String> shipped;

  @BeforeAll
  static void start() throws Exception {
    controller = Controller.unpack(archive(), directory);
    shipped = configurationFiles();
    controller.start();
  }

  private static Path archive() {
    return Path.of(System.getProperty("controller.archive"));
  }

  @AfterAll
  static void cleanUp() throws Exception {
    if (controller != null && controller.isAlive()) {
      controller.kill();
    }
  }

  @Test
  @Order(1)
  void letsNobodyInWithoutTheGeneratedPassword() throws Exception {
    assertThat(controller.statusFor(Optional.empty(), "")).isEqualTo(401);
    assertThat(controller.statusFor(Optional.of("onos"), "rocks")).isEqualTo(401);
    assertThat(controller.statusFor(Optional.of("karaf"), "karaf")).isEqualTo(401);

    String password = controller.credentials().getProperty("password");
    assertThat(password).hasSizeGreaterThanOrEqualTo(20);
    assertThat(controller.statusFor(Optional.of("onos"), password)).isEqualTo(200);
  }

  @Test
  @Order(1)
  void keepsThePasswordToItself() throws Exception {
    for (String file : new String[] {"overlane-credentials", "users.properties"}) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(controller.etc().resolve(file))))
          .isEqualTo("rw-------");
    }
    String password = controller.credentials().getProperty("password");
    assertThat(controller.etc().resolve("users.properties")).content().doesNotContain(password);
    assertThat(controller.output()).doesNotContain(password);
  }

  @Test
  @Order(1)
  void listensOnLoopbackOnly() throws Exception {
    assertThat(Listeners.of(controller.pid()))
        .extracting(InetSocketAddress::getPort)
        .contains(controller.httpPort(), controller.openflowPort());
    assertThat(Listeners.of(controller.pid()))
        .allMatch(listener -> listener.getAddress().isLoopbackAddress());
  }

  @Test
  @Order(1)
  void keepsFlowEntriesAndGroupsThatItDoesNotKnow() throws Exception {
    JsonNode flowRules = configuration("org.onosproject.net.flow.impl.FlowRuleManager");
    assertThat(flowRules.get("allowExtraneousRules").asText()).isEqualTo("true");
    assertThat(flowRules.get("importExtraneousRules").asText()).isEqualTo("true");
    JsonNode groups = configuration("org.overlane.onos.stores.CompatibleGroupStore");
    assertThat(groups.get("allowExtraneousGroups").asText()).isEqualTo("true");
  }

  @Test
  @Order(1)
  void takesTheMeterIdsThatApplicationsChoose() throws Exception {
    JsonNode meters = configuration("org.onosproject.net.meter.impl.MeterManager");
    assertThat(meters.get("userDefinedIndex").asText()).isEqualTo("true");
  }

  @Test
  @Order(1)
  void servesTheOverlay() throws Exception {
    assertThat(controller.get("/onos/overlane/v1/model").get("networks")).isEmpty();
    assertThat(controller.get("/onos/overlane/openflow/v1/switches").get("switches")).isEmpty();
  }

  /** What writes them while it starts may leave half of one behind. */
  @Test
  @Order(1)
  void leavesTheFilesOfTheOperatorAlone() throws Exception {
    assertThat(configurationFiles()).containsAllEntriesOf(shipped);
  }

  /** With an account that may look, but not touch. */
  @Test
  @Order(1)
  void tellsAViewerItsMetricsAndWhetherItIsWell() throws Exception {
    assertThat(controller.script("account", "prometheus", "viewer").waitFor()).isZero();
    String password = controller.output("account").strip();

    for (String part : List.of("/onos/overlane/v1/metrics", "/onos/overlane/openflow/v1/metrics")) {
      HttpResponse<String> answer = controller.get("prometheus", password, part);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
          .contains("text/plain", "version=0.0.4");
      assertThat(families(answer.body()))
          .contains(
              part.contains("openflow") ? "overlane_openflow_listening" : "overlane_model_readable")
          .allMatch(name -> name.matches("(overlane|jvm|process)_[a-z_]+"));
    }
    assertThat(controller.get("prometheus", password, "/onos/overlane/v1/metrics").body())
        .containsPattern("overlane_build_info\\{version=\"[0-9.]+");
    for (String probe : List.of("health", "ready", "ready?ignore=offline")) {
      HttpResponse<String> answer =
          controller.get("prometheus", password, "/onos/overlane/v1/" + probe);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
    assertThat(controller.emptyModel("prometheus", password).statusCode()).isEqualTo(403);
    assertThat(controller.get("prometheus", "wrong", "/onos/overlane/v1/health").statusCode())
        .isEqualTo(401);
  }

  /** As a parser reads them that has nothing to do with the writer. */
  private static List<String> families(String exposition) throws IOException {
    var parser =
        new TextPrometheusMetricDataParser(new ByteArrayInputStream(exposition.getBytes(UTF_8)));
    List<String> names = new ArrayList<>();
    for (MetricFamily next = parser.parse(); next != null; next = parser.parse()) {
      assertThat(next.getMetrics()).isNotEmpty();
      names.add(next.getName());
    }
    return names;
  }

  @Test
  @Order(1)
  void isOperatedFromTheConsole() throws Exception {
    assertThat(console(0, "", "overlane-network-add", "--vni", "4711", "green"))
        .contains("Network green added");
    assertThat(console(1, "", "overlane-network-add", "--vni", "4711", "red"))
        .contains("networks[\"red\"].vni (4711)", "Give one of the networks another VNI");
    String model = console(0, "", "overlane-model");
    assertThat(new ObjectMapper().readTree(model))
        .isEqualTo(controller.get("/onos/overlane/v1/model"));
    assertThat(console(0, model.replace("4711", "4712"), "overlane-apply"))
        .contains("changed  network green");
    completesTheNameOfTheNetwork();
    assertThat(controller.get("/onos/overlane/v1/networks").get("networks")).isEmpty();
  }

  /** What a command of the console prints; it must end with this exit status. */
  private static String console(int status, String input, String... words) throws Exception {
    Process process = controller.console(List.of(words)).start();
    try (OutputStream keyboard = process.getOutputStream()) {
      keyboard.write(input.getBytes(UTF_8));
    }
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isEqualTo(status);
    return output;
  }

  private static void completesTheNameOfTheNetwork() throws Exception {
    Process process = controller.console(List.of()).start();
    try (OutputStream keyboard = process.getOutputStream()) {
      StringBuilder screen = new StringBuilder();
      readUntil("@root()", process, screen);
      keyboard.write("overlane-network-remove gr\t\n".getBytes(UTF_8));
      keyboard.flush();
      readUntil("Network green removed", process, screen);
      keyboard.write("logout\n".getBytes(UTF_8));
      keyboard.flush();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroy();
    }
  }

  private static void readUntil(String text, Process process, StringBuilder screen)
      throws IOException {
    while (screen.indexOf(text) < 0) {
      int octet = process.getInputStream().read();
      assertThat(octet).as("%s", screen).isNotNegative();
      screen.append((char) octet);
    }
  }

  @Test
  @Order(1)
  void startsWithoutComplaints() throws Exception {
    assertThat(Files.readAllLines(controller.log())).noneMatch(line -> line.contains("| ERROR |"));
  }

  /** Whatever it is, and told in the form of every refusal. */
  @Test
  @Order(1)
  void answersNothingWithoutAPassword() throws Exception {
    RestClient client = new RestClient(controller);
    JsonNode paths = controller.get("/onos/overlane/v1/openapi.json").get("paths");
    assertThat(paths).isNotEmpty();
    for (var path : (Iterable<Map.Entry<String, JsonNode>>) paths::fields) {
      String uri = "/onos/overlane" + path.getKey().replaceAll("[{}]", "");
      for (String method : (Iterable<String>) path.getValue()::fieldNames) {
        RestClient.Answer answer =
            client.send(
                client
                    .anonymous(uri)
                    .method(method.toUpperCase(Locale.ROOT), BodyPublishers.ofString("{}")));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(401);
        // Jetty has error pages for these two only; to the others it says nothing but the status.
        if (method.equals("get") || method.equals("post")) {
          JsonNode refusal = new ObjectMapper().readTree(answer.body());
          assertThat(refusal.get("code").asInt()).isEqualTo(401);
          assertThat(refusal.get("problems").get(0).get("remedy").asText()).isNotEmpty();
        }
      }
    }
  }

  /**
   * What is declared outlives the application; nothing else does. Entries on switches are looked at
   * in the tests with real ones.
   */
  @Test
  @Order(2)
  void theApplicationComesAndGoesWithoutATrace() throws Exception {
    controller.post(
        "/onos/overlane/v1/model",
        "application/json",
        "{\"networks\": [{\"id\": \"kept\", \"vni\": 5}]}".getBytes(UTF_8));
    Set<String> bundles = ours(controller.bundles());
    assertThat(bundles).contains("mvn:org.overlane/app").hasSizeGreaterThan(5);
    assertThat(runs()).isTrue();

    controller.delete(APPLICATION);
    await("the application that came with the controller is gone", ControllerIT::isGone);
    assertThat(controller.statusOf(APPLICATION)).isEqualTo(404);

    byte[] oar = Files.readAllBytes(Path.of(System.getProperty("overlane.oar")));
    controller.post("/onos/v1/applications?activate=true", OCTETS, oar);
    await("the .oar is installed and active", ControllerIT::runs);
    assertThat(ours(controller.bundles())).isEqualTo(bundles);
    assertThat(controller.get("/onos/overlane/v1/networks").toString()).contains("kept");

    controller.delete(APPLICATION + "/active");
    await("the application is deactivated", ControllerIT::isGone);
    assertThat(controller.get(APPLICATION).get("state").asText()).isEqualTo("INSTALLED");
    assertThat(console(1, "", "overlane-status")).contains("Command not found");

    controller.delete(APPLICATION);
    await("the application is uninstalled", ControllerIT::isGone);
    assertThat(controller.statusOf(APPLICATION)).isEqualTo(404);

    controller.post("/onos/v1/applications?activate=true", OCTETS, oar);
    await("the .oar is installed again", ControllerIT::runs);
    controller.delete("/onos/overlane/v1/networks/kept");
  }

  /** Whether whatever the application consists of is there. */
  private static boolean runs() throws Exception {
    for (String path : FACES) {
      if (controller.statusOf(path) != 200) {
        return false;
      }
    }
    return controller.threads().containsAll(THREADS);
  }

  /** Whether nothing is there of what the application consists of. */
  private static boolean isGone() throws Exception {
    for (String path : FACES) {
      if (controller.statusOf(path) != 404) {
        return false;
      }
    }
    return ours(controller.bundles()).isEmpty()
        && controller.threads().stream().noneMatch(name -> OUR_THREADS.matcher(name).matches());
  }

  /** Of bundles, those of the application, without their versions. */
  private static Set<String> ours(Set<String> bundles) {
    return bundles.stream()
        .filter(bundle -> OUR_BUNDLES.matcher(bundle).matches())
        .map(bundle -> bundle.substring(0, bundle.lastIndexOf('/')))
        .collect(Collectors.toSet());
  }

  private static void await(String what, Callable<Boolean> condition) throws Exception {
    Instant deadline = Instant.now().plusSeconds(180);
    while (!condition.call()) {
      assertThat(Instant.now())
          .as("%s; threads %s, bundles %s", what, controller.threads(), controller.bundles())
          .isBefore(deadline);
      TimeUnit.MILLISECONDS.sleep(250);
    }
  }

  /** Conflicting and hostile ones: nothing is lost, nothing fails, and nothing is left behind. */
  @Test
  @Order(3)
  void survivesTenThousandRequests() throws Exception {
    RestClient client = new RestClient(controller);
    new RestStorm(client, 1_000).run();
    Footprint before = Footprint.of(controller.pid());
    long begin = System.nanoTime();
    new RestStorm(client, 9_000).run();
    Footprint after = Footprint.of(controller.pid());
    System.out.printf(
        "REST requests: %d in %d s; before %s, after %s%n",
        client.sent(), NANOSECONDS.toSeconds(System.nanoTime() - begin), before, after);
    assertThat(before.megabytes()).isGreaterThan(10);
    assertThat(after.megabytes() - before.megabytes()).as("megabytes").isLessThan(40);
    // The web server may have up to 200 threads, and a connection or two for each.
    assertThat(after.threads() - before.threads()).as("threads").isLessThan(250);
    assertThat(after.files() - before.files()).as("open files").isLessThan(500);
    assertThat(Files.readAllLines(controller.log()))
        .noneMatch(line -> line.contains("A REST request failed"));
  }

  /** Also what was written after the consensus log was replaced by a snapshot. */
  @Test
  @Order(4)
  void keepsItsStateWhenItIsKilled() throws Exception {
    Path log = controller.root().resolve("karaf/data/db/partitions/data/partitions/1");
    await("a snapshot replaces the log", () -> !Files.exists(log.resolve(FIRST_SEGMENT)));
    assertThat(controller.statusOf(KEPT)).isEqualTo(404);
    controller.post(
        "/onos/overlane/v1/networks",
        "application/json",
        "{\"id\": \"kept\", \"vni\": 5}".getBytes(UTF_8));
    String configuration =
        "{\"devices\":{\"of:00000000000000aa\":{\"basic\":{\"name\":\"kept\"}}}}";
    controller.post(
        "/onos/v1/network/configuration/", "application/json", configuration.getBytes(UTF_8));
    controller.post("/onos/v1/applications?activate=true", OCTETS, application());
    assertThat(controller.get("/onos/v1/applications/org.overlane.probe").get("state").asText())
        .isEqualTo("ACTIVE");

    controller.kill();
    controller.start();

    assertThat(controller.get(KEPT).get("vni").asInt()).isEqualTo(5);
    assertThat(
            controller
                .get("/onos/v1/network/configuration/devices/of:00000000000000aa/basic")
                .get("name")
                .asText())
        .isEqualTo("kept");
    assertThat(controller.get("/onos/v1/applications/org.overlane.probe").get("state").asText())
        .isEqualTo("ACTIVE");
  }

  @Test
  @Order(5)
  void stopsWhenAsked() throws Exception {
    assertThat(controller.script("status").waitFor()).isZero();
    Controller next =
        Controller.unpack(archive(), Files.createDirectory(directory.resolve("next")));
    assertThat(next.script("adopt", controller.root().toString()).waitFor()).isNotZero();
    assertThat(next.output("adopt")).contains("runs; stop it first");

    Process stop = controller.script("stop");
    assertThat(stop.waitFor(40, TimeUnit.SECONDS)).isTrue();
    assertThat(stop.exitValue()).isZero();
    assertThat(controller.isAlive()).isFalse();
    assertThat(controller.script("status").waitFor()).isEqualTo(1);
    addsAnAdministratorBesideAViewer(next);
    takesOverWhatTheOldOneHasStored(next);
  }

  /** A viewer who was there first is nobody who could do anything about it. */
  private static void addsAnAdministratorBesideAViewer(Controller next) throws Exception {
    assertThat(next.script("account", "early").waitFor()).isZero();
    Process start =
        new ProcessBuilder(
                next.root().resolve("karaf/bin/overlane-account").toString(), next.etc().toString())
            .start();
    assertThat(start.waitFor()).isZero();
    assertThat(next.credentials().getProperty("user")).isEqualTo("onos");
    assertThat(next.etc().resolve("users.properties"))
        .content()
        .containsPattern("early = .*,viewer")
        .containsPattern("onos = .*,_g_:admingroup");
  }

  private static void takesOverWhatTheOldOneHasStored(Controller next) throws Exception {
    assertThat(next.script("adopt", controller.root().toString()).waitFor()).isZero();
    assertThat(next.output("adopt"))
        .contains("kept apps/org.overlane.probe: install its .oar again");
    assertThat(next.credentials()).isEqualTo(controller.credentials());
    assertThat(next.root().resolve("karaf/data/db")).isNotEmptyDirectory();
    assertThat(next.etc().resolve("users.properties")).content().contains("prometheus = {CRYPT}");
    assertThat(next.script("adopt", controller.root().toString()).waitFor()).isNotZero();
    assertThat(next.output("adopt")).contains("unpack the archive anew");
  }

  private static Map<String, String> configurationFiles() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(controller.etc(), "*.cfg")) {
      for (Path file : all) {
        files.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    assertThat(files).containsKey("org.ops4j.pax.web.cfg");
    return files;
  }

  private static JsonNode configuration(String component) throws Exception {
    return controller.get("/onos/v1/configuration/" + component).get(component);
  }

  /** An .oar with one empty bundle. */
  private static byte[] application() throws IOException {
    String repository = "m2/org/overlane/probe/1.0.0/probe-1.0.0";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      add(
          zip,
          "app.xml",
          """
          <app name="org.overlane.probe" origin="test" version="1.0.0" title="Probe" category="test"
               featuresRepo="mvn:org.overlane/probe/1.0.0/xml/features" features="probe">
            <description>An application that does nothing</description>
          </app>
          """
              .getBytes(UTF_8));
      add(
          zip,
          repository + "-features.xml",
          """
          <features xmlns="http://karaf.apache.org/xmlns/features/v1.2.0" name="probe">
            <feature name="probe" version="1.0.0"><bundle>mvn:org.overlane/probe/1.0.0</bundle></feature>
          </features>
          """
              .getBytes(UTF_8));
      add(zip, repository + ".jar", bundle());
    }
    return bytes.toByteArray();
  }

  private static byte[] bundle() throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
    manifest.getMainAttributes().putValue("Bundle-SymbolicName", "org.overlane.probe");
    manifest.getMainAttributes().putValue("Bundle-Version", "1.0.0");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new JarOutputStream(bytes, manifest).close();
    return bytes.toByteArray();
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
    zip.closeEntry();
  }
}
