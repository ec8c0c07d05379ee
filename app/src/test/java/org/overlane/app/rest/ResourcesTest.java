/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Iterables;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.overlane.app.api.ActivityReport;
import org.overlane.app.api.ClassCounters;
import org.overlane.app.api.ConflictException;
import org.overlane.app.api.DropReport;
import org.overlane.app.api.LargePacketReport;
import org.overlane.app.api.MeterCounters;
import org.overlane.app.api.ModelView;
import org.overlane.app.api.ObservedTables;
import org.overlane.app.api.OverlaneService;
import org.overlane.app.api.StaleException;
import org.overlane.app.drift.DriftState;
import org.overlane.app.probing.TunnelReport;
import org.overlane.app.reconcile.SwitchStatus;
import org.overlane.app.reconcile.Verification;
import org.overlane.app.reconcile.VerificationState;
import org.overlane.app.slowpath.Tracked;
import org.overlane.app.tunnels.OvsdbReport;
import org.overlane.config.Assembly;
import org.overlane.config.ConfigException;
import org.overlane.config.ModelAssembler;
import org.overlane.config.ModelChecks;
import org.overlane.config.ModelDocument;
import org.overlane.config.PortDirectory;
import org.overlane.config.Problem;
import org.overlane.flowrules.compile.CompileResult;
import org.overlane.flowrules.compile.PipelineCompiler;
import org.overlane.flowrules.feature.PacketClass;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.FlowTables;

/** The resources, without a server: what goes in, what is changed, which exception comes out. */
class ResourcesTest {
  private static final String DEVICE =
      "{\"of:0000000000000001\": {\"overlane\": {\"vteps\": [\"192.0.2.1\"]}}}";
  private static final String VM =
      "{\"id\": \"vm1\", \"network\": \"blue\", \"mac\": \"02:00:00:00:00:01\","
          + " \"device\": \"of:0000000000000001\", \"port\": 1}";

  private final MemoryService service = new MemoryService();
  private final NetworksResource networks =
      new NetworksResource() {
        @Override
        OverlaneService overlane() {
          return service;
        }
      };
  private final EndpointsResource endpoints =
      new EndpointsResource() {
        @Override
        OverlaneService overlane() {
          return service;
        }
      };
  private final ModelResource model =
      new ModelResource() {
        @Override
        OverlaneService overlane() {
          return service;
        }
      };
  private final MtuResource mtu =
      new MtuResource() {
        @Override
        OverlaneService overlane() {
          return service;
        }
      };
  private final OversizeResource oversize =
      new OversizeResource() {
        @Override
        OverlaneService overlane() {
          return service;
        }
      };
  private final DropsResource drops =
      new DropsResource() {
        @Override
        OverlaneService overlane() {
          return service;
        }
      };
  private final FlowsResource flows =
      new FlowsResource() {
        @Override
        OverlaneService overlane() {
          return service;
        }
      };

  private final VerificationResource verification =
      new VerificationResource() {
        @Override
        OverlaneService overlane() {
          return service;
        }
      };

  @Test
  void saysWhatIsDoneAboutTablesThatAreNotProven() throws Exception {
    JsonNode json = json(verification.verification());
    assertThat(json.get("policy").textValue()).isEqualTo("warn");
    assertThat(json.get("switches")).isEmpty();
    assertThat(json.at("/observed/interval").intValue()).isEqualTo(60);
    assertThat(json.at("/observed/switches")).isEmpty();
  }

  private static InputStream body(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode json(javax.ws.rs.core.Response response) throws Exception {
    return new ObjectMapper().readTree((String) response.getEntity());
  }

  private ImmutableList<Problem> refused(ThrowingCallable call) {
    ModelDocument before = service.document;
    Throwable thrown = catchThrowable(call);
    assertThat(service.document).as("the old state").isEqualTo(before);
    assertThat(thrown).isInstanceOfAny(ConfigException.class, ConflictException.class);
    ImmutableList<Problem> problems =
        thrown instanceof ConfigException
            ? ((ConfigException) thrown).problems()
            : ((ConflictException) thrown).problems();
    assertThat(problems).allSatisfy(p -> assertThat(p.remedy()).isNotEmpty());
    return problems;
  }

  @Test
  void mergesFragmentsThatReferToWhatIsThere() throws Exception {
    model.merge(
        null,
        body(
            "{\"devices\": "
                + DEVICE
                + ", \"networks\":"
                + " [{\"id\": \"blue\", \"vni\": 100}]}"));
    model.merge(null, body("{\"endpoints\": [" + VM + "]}"));
    assertThat(service.document.endpoints()).containsOnlyKeys("vm1");
    assertThat(service.document.networks()).hasSize(1);
    model.replace("false", body("{\"devices\": " + DEVICE + "}"));
    assertThat(service.document.networks()).isEmpty();
    assertThat(service.document.endpoints()).isEmpty();
    assertThat(service.document.devices()).hasSize(1);
  }

  @Test
  void namesEveryProblemOfAFragment() {
    ImmutableList<Problem> problems =
        refused(
            () ->
                model.merge(
                    null,
                    body(
                        "{\"foo\": 1, \"devices\": {\"x\": {}}, \"networks\":"
                            + " [{\"id\": \"n\", \"vni\": 0}], \"endpoints\": 7}")));
    assertThat(problems)
        .extracting(Problem::path)
        .containsExactly("foo", "devices[\"x\"]", "networks[0].vni", "endpoints");
  }

  @Test
  void refusesDeepNestingAndDuplicateKeys() {
    StringBuilder deep = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      deep.append('[');
    }
    assertThat(refused(() -> model.merge(null, body(deep.toString()))).get(0).message())
        .contains("nested");
    assertThat(
            refused(() -> model.merge(null, body("{\"networks\": [], \"networks\": []}")))
                .get(0)
                .message())
        .contains("twice");
  }

  /** As a client that goes away, or sends what is no HTTP. */
  @Test
  void refusesABodyThatBreaksOff() {
    for (Exception failure : List.of(new IOException("gone"), new IllegalStateException("400"))) {
      InputStream broken =
          mock(
              InputStream.class,
              call -> {
                throw failure;
              });
      assertThat(catchThrowable(() -> model.merge(null, broken)))
          .isInstanceOf(javax.ws.rs.BadRequestException.class);
    }
    assertThat(service.document).isEqualTo(ModelDocument.EMPTY);
  }

  @Test
  void dryRunsChangeNothing() throws Exception {
    JsonNode answer =
        json(model.replace("true", body("{\"networks\": [{\"id\": \"blue\", \"vni\": 100}]}")));
    assertThat(answer.get("networks").asInt()).isEqualTo(1);
    assertThat(answer.get("dryRun").asBoolean()).isTrue();
    assertThat(service.document).isEqualTo(ModelDocument.EMPTY);
  }

  @Test
  void createsReadsReplacesAndRemovesNetworks() throws Exception {
    assertThat(networks.create(body("{\"id\": \"blue\", \"vni\": 100}")).getStatus())
        .isEqualTo(201);
    assertThat(json(networks.read("blue")).get("vni").asInt()).isEqualTo(100);
    assertThat(networks.write("blue", body("{\"id\": \"blue\", \"vni\": 101}")).getStatus())
        .isEqualTo(200);
    assertThat(networks.write("red", body("{\"id\": \"red\", \"vni\": 7}")).getStatus())
        .isEqualTo(201);
    assertThat(json(networks.list(null, null)).get("networks")).hasSize(2);
    assertThat(networks.remove("red").getStatus()).isEqualTo(204);
    assertThat(service.document.networks()).containsOnlyKeys(NetworkId.of("blue"));
  }

  @Test
  void createsAllOrNothing() throws Exception {
    networks.create(body("{\"id\": \"blue\", \"vni\": 100}"));
    assertThat(
            refused(
                () ->
                    networks.create(
                        body("[{\"id\": \"a\", \"vni\": 1}, {\"id\": \"blue\", \"vni\": 2}]"))))
        .extracting(Problem::path)
        .containsExactly("networks[\"blue\"]");
    assertThat(
            refused(
                () ->
                    networks.create(
                        body("[{\"id\": \"a\", \"vni\": 1}, {\"id\": \"b\", \"vni\": 100}]"))))
        .hasSize(1);
    networks.create(body("[{\"id\": \"a\", \"vni\": 1}, {\"id\": \"b\", \"vni\": 2}]"));
    assertThat(service.document.networks()).hasSize(3);
  }

  @Test
  void refusesToRemoveANetworkInUse() throws Exception {
    model.replace(
        "false",
        body("{\"networks\": [{\"id\": \"blue\", \"vni\": 100}], \"endpoints\": [" + VM + "]}"));
    assertThat(refused(() -> networks.remove("blue")).get(0).message()).contains("vm1");
    endpoints.remove("vm1");
    networks.remove("blue");
    assertThat(service.document.networks()).isEmpty();
  }

  @Test
  void filtersEndpoints() throws Exception {
    model.replace(
        "false",
        body("{\"networks\": [{\"id\": \"blue\", \"vni\": 100}], \"endpoints\": [" + VM + "]}"));
    assertThat(json(endpoints.list("blue", null, null, null, null, null)).get("endpoints"))
        .hasSize(1);
    assertThat(json(endpoints.list("red", null, null, null, null, null)).get("endpoints"))
        .isEmpty();
    assertThat(
            json(endpoints.list(null, null, "02:00:00:00:00:01", "1", null, null)).get("endpoints"))
        .hasSize(1);
    assertThat(refused(() -> endpoints.create(body(VM)))).hasSize(1);
    assertThat(refused(() -> endpoints.write("vm2", body(VM))).get(0).path()).isEqualTo("id");
  }

  @Test
  void honoursIfMatch() throws Exception {
    networks.create(body("{\"id\": \"blue\", \"vni\": 100}"));
    String tag = networks.read("blue").getEntityTag().getValue();
    networks.headers = mock(javax.ws.rs.core.HttpHeaders.class);
    when(networks.headers.getHeaderString("If-Match")).thenReturn("\"" + tag + "\"");
    networks.write("blue", body("{\"id\": \"blue\", \"vni\": 101}"));
    assertThat(
            catchThrowable(() -> networks.write("blue", body("{\"id\": \"blue\", \"vni\": 102}"))))
        .isInstanceOf(StaleException.class);
    assertThat(catchThrowable(() -> networks.remove("blue"))).isInstanceOf(StaleException.class);
    assertThat(json(networks.list(null, null)).get("networks").get(0).get("vni").asInt())
        .isEqualTo(101);
  }

  @Test
  void givesEveryFailureTheSameForm() throws Exception {
    FailureMapper mapper = new FailureMapper();
    ImmutableList<Problem> problems =
        ImmutableList.of(Problem.of("vni", "0", "must be 1 or more", "Give another"));
    ImmutableMap<Throwable, Integer> codes =
        ImmutableMap.<Throwable, Integer>builder()
            .put(new ConfigException(problems), 400)
            .put(new ConflictException(problems), 409)
            .put(new StaleException("too late"), 412)
            .put(new javax.ws.rs.NotFoundException("nothing there"), 404)
            .put(new javax.ws.rs.ClientErrorException("too long", 413), 413)
            .put(new org.onlab.osgi.ServiceNotFoundException("not yet"), 503)
            .put(new IllegalStateException("secret"), 500)
            .build();
    for (Map.Entry<Throwable, Integer> expected : codes.entrySet()) {
      javax.ws.rs.core.Response response = mapper.toResponse(expected.getKey());
      assertThat(response.getStatus()).isEqualTo(expected.getValue());
      JsonNode body = json(response);
      assertThat(body.get("code").asInt()).isEqualTo(expected.getValue());
      assertThat(body.get("message").asText()).isNotEmpty().doesNotContain("secret");
      assertThat(body.get("problems").isArray()).isTrue();
    }
    assertThat(json(mapper.toResponse(new ConfigException(problems))).get("problems").get(0))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    "{\"path\": \"vni\", \"value\": \"0\", \"message\": \"must be 1 or more\","
                        + " \"remedy\": \"Give another\"}"));
  }

  @Test
  void showsDesiredFlows() throws Exception {
    model.replace("false", body("{\"devices\": " + DEVICE + "}"));
    assertThat(json(flows.desired("of:0000000000000001", "json")).get("entries")).isNotEmpty();
    assertThat((String) flows.desired("of:0000000000000001", "ofctl").getEntity())
        .contains("table=0");
    assertThat(catchThrowable(() -> flows.desired("of:0000000000000009", "json")))
        .isInstanceOf(javax.ws.rs.NotFoundException.class);
    assertThat(refused(() -> flows.desired("of:0000000000000001", "xml")).get(0).path())
        .isEqualTo("format");
  }

  @Test
  void showsWhatFitsAndWhatBecameOfTheRest() throws Exception {
    model.replace("false", body("{\"devices\": " + DEVICE + "}"));
    assertThat(json(mtu.mtu(null, null, List.of())).get("networks")).isEmpty();
    assertThat(catchThrowable(() -> mtu.mtu("nowhere", "", List.of())))
        .isInstanceOf(javax.ws.rs.NotFoundException.class);
    assertThat(catchThrowable(() -> mtu.mtu("", "of:0000000000000009", List.of())))
        .isInstanceOf(javax.ws.rs.NotFoundException.class);
    assertThat(json(oversize.counters()).get("tracked").toString())
        .isEqualTo("{\"ports\":3,\"pairs\":2,\"exceptions\":1}");
  }

  @Test
  void showsWhatAnotherMtuWouldChange() throws Exception {
    model.replace("false", body("{\"devices\": " + DEVICE + "}"));

    assertThat(
            json(mtu.mtu(null, "", List.of("of:0000000000000001=1400"))).get("devices").toString())
        .isEqualTo("[{\"device\":\"of:0000000000000001\",\"before\":1500,\"after\":1400}]");
    assertThat(refused(() -> mtu.mtu(null, null, List.of("of:0000000000000009=1400", "x"))))
        .hasSize(2)
        .allMatch(p -> p.path().equals("what-if"));
    assertThat(refused(() -> mtu.mtu("blue", null, List.of("all=1400")))).hasSize(1);
    assertThat(refused(() -> mtu.mtu(null, null, List.of("")))).hasSize(1);
  }

  @Test
  void showsWhatSwitchesDropped() throws Exception {
    JsonNode report = json(drops.drops(""));
    assertThat(report.get("entries").get(0).toString())
        .isEqualTo(
            "{\"device\":\"of:0000000000000001\",\"class\":\"unknown-vni\",\"table\":0,"
                + "\"source\":\"tunnel port 9\",\"packets\":0}");
    assertThat(report.get("meters").get(0).toString())
        .isEqualTo(
            "{\"device\":\"of:0000000000000001\",\"name\":\"fragments for the VTEP\","
                + "\"seen\":7,\"dropped\":3}");
    assertThat(catchThrowable(() -> drops.drops("of:0000000000000009")))
        .isInstanceOf(javax.ws.rs.NotFoundException.class);
  }

  /** A model in memory, checked as the real one is. */
  private static final class MemoryService implements OverlaneService {
    private static final NodeId HV1 = NodeId.of("of:0000000000000001");
    private ModelDocument document = ModelDocument.EMPTY;

    @Override
    public ModelView model() {
      return ModelView.of(document, 1);
    }

    @Override
    public ModelView change(UnaryOperator<ModelDocument> change, boolean dryRun) {
      ModelDocument wanted = change.apply(document);
      if (!ModelChecks.check(wanted).isEmpty()) {
        throw new ConflictException(ModelChecks.check(wanted));
      }
      if (!dryRun) {
        document = wanted;
      }
      return ModelView.of(wanted, 1);
    }

    @Override
    public Assembly assembly(ModelDocument wanted) {
      return ModelAssembler.assemble(wanted, PortDirectory.offline());
    }

    @Override
    public Optional<CompileResult> compile(NodeId id) {
      Assembly assembly = assembly(document);
      return assembly.model().nodes().containsKey(id)
          ? Optional.of(new PipelineCompiler().compile(assembly.model(), id))
          : Optional.empty();
    }

    @Override
    public ObservedTables observed(NodeId id, FlowTables desired) {
      return ObservedTables.of(true, desired, ImmutableList.of(), ImmutableList.of());
    }

    @Override
    public Optional<OvsdbReport> ovsdb(NodeId id) {
      return Optional.empty();
    }

    @Override
    public ImmutableSortedMap<NodeId, SwitchStatus> statuses() {
      return ImmutableSortedMap.of();
    }

    @Override
    public ImmutableList<ClassCounters> counters(NodeId id) {
      return ImmutableList.of();
    }

    @Override
    public ImmutableList<MeterCounters> meters(NodeId id) {
      return ImmutableList.of();
    }

    @Override
    public ActivityReport activity() {
      throw new UnsupportedOperationException("see OverlayMetricsTest");
    }

    @Override
    public LargePacketReport largePackets() {
      return LargePacketReport.of(ImmutableMap.of(), ImmutableList.of(), Tracked.of(3, 2, 1));
    }

    @Override
    public DropReport drops(Iterable<NodeId> nodes) {
      return DropReport.of(
          ImmutableList.of(
              DropReport.EntryRow.of(
                  HV1, PacketClass.UNKNOWN_VNI, 0, "tunnel port 9", Iterables.size(nodes))),
          ImmutableList.of(DropReport.MeterRow.of(HV1, "fragments for the VTEP", 7, 3)));
    }

    @Override
    public TunnelReport tunnels() {
      throw new UnsupportedOperationException("see TunnelsResourceTest");
    }

    @Override
    public VerificationState verification() {
      return VerificationState.of(Verification.Policy.WARN, ImmutableSortedMap.of());
    }

    @Override
    public DriftState drift() {
      return DriftState.of(60, ImmutableSortedMap.of());
    }

    @Override
    public Optional<String> problem() {
      return Optional.empty();
    }
  }
}
