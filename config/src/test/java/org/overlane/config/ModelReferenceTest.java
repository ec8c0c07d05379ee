/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The tables of docs/model.md and docs/model.schema.json are what {@link ModelObject} says, and the
 * reader takes exactly these fields. {@code -Dgoldens=write} writes both anew.
 */
class ModelReferenceTest {
  private static final String REGENERATE =
      "if the change is meant: mvn -pl config -am test -Dtest=ModelReferenceTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dgoldens=write";
  private static final Path DOCUMENTATION = Path.of("../docs/model.md");
  private static final Path SCHEMA = Path.of("../docs/model.schema.json");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonSchema VALIDATOR =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(ModelSchema.json());

  private static void check(Path file, String expected) throws IOException {
    if ("write".equals(System.getProperty("goldens"))) {
      Files.writeString(file, expected);
    } else {
      assertThat(Files.readString(file)).as("%s; %s", file, REGENERATE).isEqualTo(expected);
    }
  }

  @Test
  void theTablesAreGenerated() throws IOException {
    String text = Files.readString(DOCUMENTATION);
    for (ModelObject object : ModelObject.values()) {
      if (object == ModelObject.WRAPPER) {
        continue;
      }
      String begin = "<!-- fields of " + object.definition() + " -->\n";
      String end = "<!-- end of " + object.definition() + " -->";
      assertThat(text).contains(begin, end);
      int from = text.indexOf(begin) + begin.length();
      text = text.substring(0, from) + table(object) + text.substring(text.indexOf(end, from));
    }
    check(DOCUMENTATION, text);
  }

  private static String table(ModelObject object) {
    StringBuilder table = new StringBuilder();
    if (!object.path().isEmpty()) {
      table.append("Path: `").append(object.path()).append("`\n\n");
    }
    table.append("| field | type | default | profile | meaning |\n|---|---|---|---|---|\n");
    for (ModelField field : object.fields()) {
      table.append("| `").append(field.name()).append("` | ").append(field.type().text());
      table.append(" | ").append(field.whenAbsent()).append(" | ").append(field.profile());
      table.append(" | ").append(field.meaning()).append(" |\n");
    }
    return table.toString();
  }

  @Test
  void theSchemaIsGenerated() throws IOException {
    check(SCHEMA, ModelWriter.text(ModelSchema.json()));
  }

  /** A document in which every field of the reference occurs, and that the reader takes. */
  private static ObjectNode everyField() {
    return parse(
        Samples.json(
            "{ 'devices': {",
            "    'of:0000000000000001': { 'overlane': {",
            "      'name': 'hv1', 'profile': 'ovs', 'underlayMtu': 1500, 'replication': 'list',",
            "      'uplinks': [ { 'port': 3,",
            "                     'management': { 'port': 2, 'mac': '02:0a:00:00:00:01' } } ],",
            "      'vteps': [ '192.0.2.1' ], 'zones': [ 'default' ], 'fragmentRate': 1000,",
            "      'ovsdb': 'tcp:192.0.2.10:6640',",
            "      'provision': { 'policy': 'dry-run', 'tunnel': false,",
            "                     'controllers': [ 'tcp:192.0.2.100:6653' ] },",
            "      'tunnel': { 'mode': 'native', 'port': 10, 'fragments': [ 'ipv4' ] } } },",
            "    'of:0000000000000002': { 'overlane': {",
            "      'vteps': [ '192.0.2.2' ],",
            "      'tunnel': { 'mode': 'management-os', 'ports': { 'blue': 100 } } } },",
            "    'of:0000000000000003': { 'overlane': {",
            "      'vteps': [ '192.0.2.2' ], 'host': 'of:0000000000000002' } } },",
            "  'networks': [ { 'id': 'blue', 'vni': 100, 'underlay': 'ipv4',",
            "                  'mssClamping': true, 'advertiseMtu': true,",
            "                  'gateways': [ '10.0.0.1' ], 'vlanTags': 1 } ],",
            "  'endpoints': [",
            "    { 'id': 'vm1', 'network': 'blue', 'mac': '02:00:00:00:01:01',",
            "      'device': 'of:0000000000000001', 'port': 11, 'ips': [ '10.0.0.11' ] } ] }"));
  }

  private static ObjectNode parse(String json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Each object of a document, with what the reference calls it. */
  private static final class Places {
    private final Map<ModelObject, List<ObjectNode>> found = new EnumMap<>(ModelObject.class);

    private Places(ObjectNode document) {
      for (ModelObject object : ModelObject.values()) {
        found.put(object, new ArrayList<>());
      }
      add(ModelObject.DOCUMENT, document);
      for (JsonNode wrapper : document.path("devices")) {
        add(ModelObject.WRAPPER, wrapper);
        JsonNode device = wrapper.path("overlane");
        add(ModelObject.DEVICE, device);
        add(ModelObject.TUNNEL, device.path("tunnel"));
        add(ModelObject.PROVISION, device.path("provision"));
        for (JsonNode uplink : device.path("uplinks")) {
          add(ModelObject.UPLINK, uplink);
          add(ModelObject.MANAGEMENT, uplink.path("management"));
        }
      }
      document.path("networks").forEach(n -> add(ModelObject.NETWORK, n));
      document.path("endpoints").forEach(e -> add(ModelObject.ENDPOINT, e));
    }

    private void add(ModelObject object, JsonNode node) {
      if (node.isObject()) {
        found.get(object).add((ObjectNode) node);
      }
    }

    /** The first one that has the field. */
    ObjectNode having(ModelObject object, String field) {
      return found.get(object).stream()
          .filter(node -> node.has(field))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no sample of " + object + "." + field));
    }
  }

  private static boolean isRead(JsonNode document) {
    try {
      new ModelReader().readDocument(document.toString());
      return true;
    } catch (ConfigException e) {
      return false;
    }
  }

  private static boolean isValid(JsonNode document) {
    return VALIDATOR.validate(document).isEmpty();
  }

  static Stream<Object[]> fields() {
    return Stream.of(ModelObject.values())
        .flatMap(object -> object.fields().stream().map(field -> new Object[] {object, field}));
  }

  /** It is no use in the reference if the reader does not look at it. */
  @ParameterizedTest
  @MethodSource("fields")
  void theReaderTakesTheFieldAndLooksAtIt(ModelObject object, ModelField field) {
    ObjectNode document = everyField();
    assertThat(isRead(document)).isTrue();
    assertThat(isValid(document)).isTrue();
    new Places(document).having(object, field.name()).putArray(field.name()).addArray().addArray();
    ConfigException refusal =
        catchThrowableOfType(
            () -> new ModelReader().readDocument(document.toString()), ConfigException.class);
    assertThat(refusal).as("%s.%s", object, field.name()).isNotNull();
    assertThat(refusal.problems())
        .as("%s.%s", object, field.name())
        .anyMatch(p -> p.path().contains(field.name()));
    assertThat(isValid(document)).as("%s.%s", object, field.name()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("fields")
  void whatIsRequiredCannotBeLeftOut(ModelObject object, ModelField field) {
    ObjectNode document = everyField();
    new Places(document).having(object, field.name()).remove(field.name());
    if (field.required()) {
      assertThat(isRead(document)).isFalse();
      assertThat(isValid(document)).isFalse();
    }
    if (isRead(document)) {
      assertThat(field.required()).isFalse();
      assertThat(isValid(document)).isTrue();
    }
  }

  /** The ends of each range are taken, what lies beyond is not; by both. */
  @ParameterizedTest
  @MethodSource("fields")
  void theReaderHasTheRangesOfTheReference(ModelObject object, ModelField field) {
    ObjectNode type = field.type().schema();
    for (JsonNode alternative : type.has("anyOf") ? type.path("anyOf") : List.of(type)) {
      if (alternative.has("minimum")) {
        long min = alternative.path("minimum").longValue();
        long max = alternative.path("maximum").longValue();
        assertThat(takes(object, field, JsonNodeFactory.instance.numberNode(min))).isTrue();
        assertThat(takes(object, field, JsonNodeFactory.instance.numberNode(max))).isTrue();
        assertThat(takes(object, field, JsonNodeFactory.instance.numberNode(min - 1))).isFalse();
        assertThat(takes(object, field, JsonNodeFactory.instance.numberNode(max + 1))).isFalse();
      }
    }
    for (JsonNode word : type.path("enum")) {
      ObjectNode document = everyField();
      new Places(document).having(object, field.name()).set(field.name(), word);
      assertThat(isValid(document) || !isRead(document)).isTrue();
    }
    if (type.has("enum")) {
      assertThat(takes(object, field, JsonNodeFactory.instance.textNode("else"))).isFalse();
    }
  }

  private static boolean takes(ModelObject object, ModelField field, JsonNode value) {
    ObjectNode document = everyField();
    new Places(document).having(object, field.name()).set(field.name(), value);
    boolean read = isRead(document);
    assertThat(isValid(document)).as("%s.%s = %s", object, field.name(), value).isEqualTo(read);
    return read;
  }

  @Test
  void theReaderHasTheLimitsOfTheReference() {
    for (Object[] pair : (Iterable<Object[]>) fields()::iterator) {
      ModelObject object = (ModelObject) pair[0];
      ModelField field = (ModelField) pair[1];
      JsonNode most = field.type().schema().path("maxItems");
      if (most.isMissingNode() || object == ModelObject.DOCUMENT) {
        continue;
      }
      ObjectNode document = everyField();
      ArrayNode array =
          (ArrayNode) new Places(document).having(object, field.name()).get(field.name());
      JsonNode element = array.get(0);
      while (array.size() <= most.intValue()) {
        array.add(element.deepCopy());
      }
      ConfigException refusal =
          catchThrowableOfType(
              () -> new ModelReader().readDocument(document.toString()), ConfigException.class);
      assertThat(refusal.getMessage()).contains("at most " + most.intValue() + " elements");
      assertThat(isValid(document)).isFalse();
    }
  }

  /** Whatever is written can be read: no field that documents have is missing here. */
  @Property(tries = 300)
  void theReferenceHasWhatDocumentsHave(@ForAll("documents") ModelDocument document) {
    ObjectNode json = ModelWriter.toJson(document);
    new Places(json)
        .found.forEach(
            (object, nodes) ->
                nodes.forEach(
                    node ->
                        assertThat(object.names())
                            .containsAll((Iterable<String>) node::fieldNames)));
    assertThat(VALIDATOR.validate(json)).isEmpty();
  }

  @Provide
  Arbitrary<ModelDocument> documents() {
    return Documents.consistent();
  }

  /** The schema may overlook what is wrong, but never refuse what the reader takes. */
  @Property(tries = 500)
  void theSchemaTakesWhatTheReaderTakes(
      @ForAll("documents") ModelDocument document, @ForAll("seeds") long seed) {
    ObjectNode json = ModelWriter.toJson(document);
    damage(json, new Random(seed));
    if (isRead(json)) {
      assertThat(VALIDATOR.validate(json)).as("%s", json).isEmpty();
    }
  }

  @Provide
  Arbitrary<Long> seeds() {
    return Arbitraries.longs();
  }

  /** No other field than those of the reference, wherever it is. */
  @Property(tries = 100)
  void anyOtherFieldIsRefused(@ForAll("seeds") long seed) {
    Random random = new Random(seed);
    ObjectNode document = everyField();
    Places places = new Places(document);
    ModelObject object = ModelObject.values()[random.nextInt(ModelObject.values().length)];
    String name = Long.toString(random.nextLong() & Long.MAX_VALUE, 36);
    if (!object.names().contains(name)) {
      places.found.get(object).get(0).put(name, 1);
      assertThat(isRead(document)).isFalse();
      assertThat(isValid(document)).isFalse();
    }
  }

  private static final List<String> VALUES =
      List.of(
          "0",
          "1",
          "-1",
          "2.5",
          "4294967040",
          "\"\"",
          "\"LOCAL\"",
          "\"ipv4\"",
          "\"ipv6\"",
          "true",
          "\"ovs\"",
          "\"openflow13\"",
          "\"dhcp\"",
          "\"passive\"",
          "[]",
          "{}",
          "null",
          "\"blue\"",
          "\"of:0000000000000001\"",
          "\"192.0.2.9\"",
          "\"2001:DB8::9\"",
          "\"::ffff:192.0.2.1\"",
          "\"02:00:00:00:00:0A\"",
          "[\"ipv4\"]",
          "[\"192.0.2.9\"]",
          "\"a b\"",
          "\"Größe\"",
          "576",
          "{\"mode\": \"native\", \"port\": 5}",
          "{\"mode\": \"native\"}",
          "{\"policy\": \"apply\"}",
          "\"unix:/run/c\"",
          "\"ssl:[2001:db8::1]:6640\"",
          "\"\\u00a0\"",
          "1e3",
          "\"1-2\"");

  /** Gives one place another value, or takes it away. */
  private static void damage(ObjectNode document, Random random) {
    Set<ObjectNode> objects = new HashSet<>();
    new Places(document).found.values().forEach(objects::addAll);
    List<ObjectNode> places = new ArrayList<>(objects);
    ObjectNode place = places.get(random.nextInt(places.size()));
    List<String> names = new ArrayList<>();
    for (ModelObject object : ModelObject.values()) {
      names.addAll(object.names());
    }
    place.fieldNames().forEachRemaining(names::add);
    place.fieldNames().forEachRemaining(names::add);
    String name = names.get(random.nextInt(names.size()));
    if (random.nextInt(4) == 0) {
      place.remove(name);
    } else {
      place.set(name, parse("{\"v\": " + VALUES.get(random.nextInt(VALUES.size())) + "}").get("v"));
    }
  }

  static Stream<Path> examples() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("../examples"))) {
      return all
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .collect(Collectors.toList())
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theSchemaTakesTheExamples(Path file) throws IOException {
    assertThat(VALIDATOR.validate(JSON.readTree(Files.readString(file)))).isEmpty();
  }

  /** From a document with every field, each with one mistake within an object. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "'vni': 100 -> 'vni': 0",
        "'vni': 100 -> 'vni': 16777216",
        "'vni': 100 -> 'vni': '100'",
        "'vni': 100 -> 'vni': 1.5",
        "'id': 'blue', -> ''",
        "'id': 'blue', -> 'id': 'no blanks', ",
        "'underlay': 'ipv4' -> 'underlay': 'ipv5'",
        "'vlanTags': 1 -> 'vlanTags': 3",
        "'mssClamping': true -> 'mssClamping': 'yes'",
        "'advertiseMtu': true -> 'advertiseMtu': 'slaac'",
        "'gateways': [ '10.0.0.1' ] -> 'gateways': [ '10.0.0.0/8' ]",
        "'gateways': [ '10.0.0.1' ] -> 'gateways': '10.0.0.1'",
        "'mac': '02:00:00:00:01:01' -> 'mac': '01:00:00:00:01:01'",
        "'mac': '02:00:00:00:01:01' -> 'mac': '02-00-00-00-01-01'",
        "'mac': '02:00:00:00:01:01', -> ''",
        "'port': 11 -> 'port': 0",
        "'port': 11 -> 'port': 'a name that is too long'",
        "'port': 11 -> 'port': '11'",
        "'device': 'of:0000000000000001' -> 'device': 'of:1'",
        "'profile': 'ovs' -> 'profile': 'p4'",
        "'profile': 'ovs' -> 'profile': 'openflow13'",
        "'underlayMtu': 1500 -> 'underlayMtu': 575",
        "'fragmentRate': 1000 -> 'fragmentRate': 0",
        "'mode': 'native', -> ''",
        "'mode': 'native' -> 'mode': 'management-os'",
        "'mode': 'management-os' -> 'mode': 'native'",
        "'zones': [ 'default' ] -> 'zones': []",
        "'vteps': [ '192.0.2.1' ] -> 'vteps': [ '192.0.2.1', '192.0.2.1' ]",
        "'ovsdb': 'tcp:192.0.2.10:6640', -> ''",
        "'tcp:192.0.2.10:6640' -> 'udp:192.0.2.10:6640'",
        "'policy': 'dry-run' -> 'policy': 'maybe'",
        "'name': 'hv1' -> 'name': ' '",
        "'name': 'hv1' -> 'name': null",
        "'name': 'hv1' -> 'nmae': 'hv1'",
        "'of:0000000000000001': { -> 'hv1': {",
        "'devices': { -> 'devices': { 'of:00000000000000aa': {}, "
      })
  void theSchemaRefusesMistakes(String change) {
    String[] sides = change.replace('\'', '"').split(" -> ");
    String before = everyField().toString();
    String from = compact(sides[0]);
    String to = sides[1].equals("\"\"") ? "" : compact(sides[1]);
    assertThat(before).contains(from);
    String after = before.replaceFirst(java.util.regex.Pattern.quote(from), to.replace("$", "\\$"));
    ObjectNode document = parse(after);
    assertThat(isRead(document)).as(after).isFalse();
    assertThat(isValid(document)).as(after).isFalse();
  }

  /** As Jackson writes it: without blanks outside of strings. */
  private static String compact(String json) {
    StringBuilder compact = new StringBuilder();
    boolean text = false;
    for (char c : json.toCharArray()) {
      text = c == '"' ? !text : text;
      if (c != ' ' || text) {
        compact.append(c);
      }
    }
    return compact.toString();
  }
}
