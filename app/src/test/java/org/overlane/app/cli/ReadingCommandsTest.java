/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.osgi.ServiceNotFoundException;
import org.overlane.app.rest.DropsJson;
import org.overlane.app.rest.StatusJson;
import org.overlane.app.tunnels.OvsdbReport;
import org.overlane.app.tunnels.ProvisionReport;
import org.overlane.config.ModelReader;
import org.overlane.config.OvsdbAddress;
import org.overlane.config.ProvisionConfig;
import org.overlane.flowrules.model.NodeId;
import org.overlane.tunnels.ovsdb.ConnectionState;

/** Every command that reads: as a table, as the JSON of REST, and with what cannot be. */
class ReadingCommandsTest {
  private static final String STRANGER = "of:00000000000000ff";

  private Console console;

  @BeforeEach
  void open() throws Exception {
    console = new Console();
  }

  @Test
  void status() throws Exception {
    assertThat(console.run(new StatusCommand()))
        .contains("DEVICE", Console.HV1, "IN_SYNC", "24/24", "port 1: is down");
    assertThat(console.json(new StatusCommand()).toString())
        .isEqualTo(
            new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(StatusJson.text(console.overlane))
                .toString());
    assertThat(console.run(new StatusCommand(), Console.HV1))
        .contains("IN_SYNC", "warning: port 1: is down", "TX-5", "HOLDS");
    JsonNode one = console.json(new StatusCommand(), Console.HV1);
    assertThat(one.path("state").asText()).isEqualTo("IN_SYNC");
    assertThat(one.path("capabilities")).isNotEmpty();
    assertThat(console.refusal(new StatusCommand(), STRANGER))
        .contains("device (\"" + STRANGER + "\"): there is no such", "overlane-status lists them");
    assertThat(console.refusal(new StatusCommand(), " ")).contains("there is no such");
  }

  @Test
  void nodes() throws Exception {
    assertThat(console.run(new NodesCommand())).contains("DEVICE", Console.HV1, "ovs");
    JsonNode json = console.json(new NodesCommand());
    assertThat(json.fieldNames()).toIterable().containsExactly("devices");
    assertThat(json.path("devices").path(Console.HV1).has("overlane")).isTrue();
  }

  @Test
  void networks() throws Exception {
    String first = console.document().networks().keySet().iterator().next().toString();
    assertThat(console.run(new NetworksCommand())).contains("NETWORK", "VNI", first);
    assertThat(console.json(new NetworksCommand()).path("networks"))
        .hasSize(console.document().networks().size());
    assertThat(console.run(new NetworksCommand(), first).split("\n")).hasSize(2);
    assertThat(console.json(new NetworksCommand(), first).path("id").asText()).isEqualTo(first);
    assertThat(console.refusal(new NetworksCommand(), "nowhere"))
        .contains("network (\"nowhere\"): there is no such network");
    assertThat(console.refusal(new NetworksCommand(), "")).contains("there is no such network");
  }

  @Test
  void endpoints() throws Exception {
    int all = console.document().endpoints().size();
    assertThat(console.run(new EndpointsCommand()).split("\n")).hasSize(all + 1);
    assertThat(console.json(new EndpointsCommand()).path("endpoints")).hasSize(all);
    assertThat(console.json(new EndpointsCommand(), "vm1").path("id").asText()).isEqualTo("vm1");
    assertThat(console.run(new EndpointsCommand(), "vm1")).contains("vm1").doesNotContain("vm3");
    String mac =
        console
            .document()
            .endpoints()
            .get("vm1")
            .mac()
            .toString()
            .toUpperCase(java.util.Locale.ROOT);
    assertThat(console.json(new EndpointsCommand(), "--mac", mac).path("endpoints")).hasSize(1);
    assertThat(console.json(new EndpointsCommand(), "--device", STRANGER).path("endpoints"))
        .isEmpty();
    assertThat(
            console.json(new EndpointsCommand(), "-n", "nowhere", "--port", "1").path("endpoints"))
        .isEmpty();
    assertThat(console.refusal(new EndpointsCommand(), "vm99")).contains("overlane-endpoints");
  }

  @Test
  void model() throws Exception {
    assertThat(new ModelReader().readDocument(console.run(new ModelCommand())))
        .isEqualTo(console.document());
  }

  @Test
  void flows() throws Exception {
    String all = console.run(new FlowsCommand(), Console.HV1);
    assertThat(all).contains("table=0", "  # ");
    String some =
        console.run(new FlowsCommand(), "--class", "vxlan-receive", "--ofctl", Console.HV1);
    assertThat(some).contains("table=0").doesNotContain("#", "meter=", "table=30");
    assertThat(some.split("\n").length).isLessThan(all.split("\n").length);
    assertThat(console.json(new FlowsCommand(), Console.HV1).path("entries")).isNotEmpty();
    assertThat(console.refusal(new FlowsCommand(), STRANGER)).contains("configured switch");
    assertThat(console.refusal(new FlowsCommand(), "--class", "magic", Console.HV1))
        .contains("class (\"magic\"): there is no such packet class");
    assertThat(console.refusal(new FlowsCommand())).contains("device");
  }

  @Test
  void counters() throws Exception {
    assertThat(console.run(new CountersCommand(), Console.HV1))
        .contains("vxlan-receive  2        7        700");
    assertThat(console.run(new CountersCommand(), "--class", "table-miss", Console.HV1).split("\n"))
        .hasSize(1);
    JsonNode json = console.json(new CountersCommand(), Console.HV1);
    assertThat(json.path("classes").path(0).path("packets").asInt()).isEqualTo(7);
    assertThat(console.refusal(new CountersCommand(), STRANGER)).contains("there is no such");
    assertThat(console.refusal(new CountersCommand(), "--class", "", Console.HV1))
        .contains("packet class");
  }

  @Test
  void mtu() throws Exception {
    String network = console.document().networks().keySet().iterator().next().toString();
    assertThat(console.run(new MtuCommand())).contains(network);
    assertThat(console.json(new MtuCommand(), "--network", network).path("networks")).hasSize(1);
    assertThat(console.json(new MtuCommand(), "--what-if", "all=1400").path("devices"))
        .isNotEmpty();
    assertThat(console.refusal(new MtuCommand(), "--network", "nowhere"))
        .contains("--network (\"nowhere\")");
    assertThat(console.refusal(new MtuCommand(), "--device", STRANGER)).contains("--device");
    assertThat(console.refusal(new MtuCommand(), "--what-if", "all=1"))
        .contains("--what-if", "576");
    assertThat(console.refusal(new MtuCommand(), "--what-if", "all=1400", "--device", Console.HV1))
        .contains("Leave out");
  }

  @Test
  void oversize() throws Exception {
    assertThat(console.run(new OversizeCommand())).contains("3 ports, 2 pairs of addresses");
    assertThat(console.json(new OversizeCommand()).path("tracked").path("pairs").asInt())
        .isEqualTo(2);
  }

  @Test
  void drops() throws Exception {
    assertThat(console.run(new DropsCommand()))
        .contains("tunnel port 10", "fragments for the VTEP");
    assertThat(console.run(new DropsCommand(), "--device", Console.HV1, "-j"))
        .isEqualTo(DropsJson.text(console.overlane.drops(ImmutableList.of())).trim());
    assertThat(console.refusal(new DropsCommand(), "--device", STRANGER)).contains(STRANGER);
  }

  @Test
  void tunnels() throws Exception {
    String hv2 = "of:0000000000000002";
    assertThat(console.run(new TunnelsCommand())).contains(hv2, "unprobed", "Probing is off");
    assertThat(console.run(new TunnelsCommand(), "--limit", "1"))
        .contains("More: --after " + Console.HV1);
    assertThat(console.json(new TunnelsCommand(), "--state", "down").path("tunnels")).isEmpty();
    assertThat(console.json(new TunnelsCommand(), "--device", Console.HV1).path("tunnels"))
        .hasSize(2);
    assertThat(
            console
                .json(new TunnelsCommand(), "--after", Console.HV1 + "/" + hv2 + "/ipv4")
                .path("tunnels"))
        .hasSize(1);
    assertThat(console.run(new TunnelsCommand(), "--events")).contains("none -> unprobed");
    assertThat(console.json(new TunnelsCommand(), "--events").path("events")).hasSize(2);
    assertThat(console.refusal(new TunnelsCommand(), "--state", "sideways"))
        .contains("state (\"sideways\")", "unprobed");
    assertThat(console.refusal(new TunnelsCommand(), "--limit", "0")).contains("1 to 1000");
    assertThat(console.refusal(new TunnelsCommand(), "--device", STRANGER)).contains(STRANGER);
  }

  @Test
  void verification() throws Exception {
    assertThat(console.run(new VerifyCommand())).contains("policy: warn");
    assertThat(console.json(new VerifyCommand()).path("policy").asText()).isEqualTo("warn");
  }

  @Test
  void traces() throws Exception {
    assertThat(console.run(new TraceCommand(), "--from", "vm1", "--to", "vm3"))
        .contains("delivered");
    assertThat(console.json(new TraceCommand(), "--from", "vm1", "--to", "vm3").path("steps"))
        .isNotEmpty();
    assertThat(
            console.refusal(new TraceCommand(), "--from", "vm1", "--to", "vm3", "--size", "huge"))
        .contains("--size", "huge");
    assertThat(console.refusal(new TraceCommand(), "--from", "nobody")).contains("--from");
  }

  @Test
  void explains() throws Exception {
    String flow =
        console.run(new FlowsCommand(), "--class", "vxlan-receive", "--ofctl", Console.HV1)
            .split("\n")[0];
    assertThat(console.run(new ExplainCommand(), flow)).contains("VXLAN receive");
    assertThat(console.json(new ExplainCommand(), flow).toString()).contains("vxlan-receive");
    assertThat(console.refusal(new ExplainCommand(), "no entry at all")).contains("entry");
    assertThat(console.refusal(new ExplainCommand(), "--device", STRANGER, flow))
        .contains(STRANGER);
  }

  @Test
  void pending() throws Exception {
    console.run(
        new EndpointAddCommand(),
        "--network",
        "blue",
        "--mac",
        "02:00:00:00:09:09",
        "--device",
        Console.HV1,
        "--port",
        "tap9",
        "vm9");
    assertThat(console.run(new PendingCommand())).contains("vm9", "tap9");
    assertThat(console.json(new PendingCommand()).path("pending").path(0).path("endpoint").asText())
        .isEqualTo("vm9");
  }

  @Test
  void provisioning() throws Exception {
    assertThat(console.json(new ProvisioningCommand()).toString())
        .isEqualTo("{\"provisioning\":[]}");
    ProvisionReport provision = mock(ProvisionReport.class);
    when(provision.device()).thenReturn(NodeId.of(Console.HV1));
    when(provision.policy()).thenReturn(Optional.of(ProvisionConfig.Policy.DRY_RUN));
    when(provision.state()).thenReturn(ProvisionReport.State.DRY_RUN);
    when(provision.bridge()).thenReturn(Optional.of("br-int"));
    when(provision.changes()).thenReturn(ImmutableList.of("add port vx-overlane"));
    when(provision.conflicts()).thenReturn(ImmutableList.of());
    when(provision.lastError()).thenReturn(Optional.empty());
    when(provision.lastErrorAt()).thenReturn(Optional.empty());
    OvsdbReport report = ovsdb(Optional.of(provision));
    when(console.overlane.ovsdb(any())).thenReturn(Optional.of(report));
    assertThat(console.run(new ProvisioningCommand(), Console.HV1))
        .contains("dry-run", "add port vx-overlane");
    assertThat(console.json(new ProvisioningCommand(), Console.HV1).path("state").asText())
        .isEqualTo("DRY_RUN");
    when(console.overlane.ovsdb(any())).thenReturn(Optional.empty());
    assertThat(console.refusal(new ProvisioningCommand(), Console.HV1))
        .contains("device that allows provisioning");
  }

  @Test
  void databases() throws Exception {
    assertThat(console.json(new OvsdbCommand()).toString()).isEqualTo("{\"databases\":[]}");
    OvsdbReport report = ovsdb(Optional.empty());
    when(console.overlane.ovsdb(NodeId.of(Console.HV1))).thenReturn(Optional.of(report));
    when(console.overlane.unknownHosts()).thenReturn(ImmutableList.of("192.0.2.77"));
    assertThat(console.run(new OvsdbCommand()))
        .contains("tcp:192.0.2.10:6640", "WAITING", "it closed the connection", "192.0.2.77");
    JsonNode first = console.json(new OvsdbCommand()).path("databases").path(0);
    assertThat(first.path("device").asText()).isEqualTo(Console.HV1);
    assertThat(first.path("ovsdb").path("state").asText()).isEqualTo("WAITING");
  }

  private static OvsdbReport ovsdb(Optional<ProvisionReport> provisioning) {
    ConnectionState connection = mock(ConnectionState.class, RETURNS_DEEP_STUBS);
    when(connection.phase()).thenReturn(ConnectionState.Phase.WAITING);
    when(connection.since()).thenReturn(Instant.EPOCH);
    when(connection.lastError()).thenReturn(Optional.of("it closed the connection"));
    when(connection.lastErrorAt()).thenReturn(Optional.of(Instant.EPOCH));
    OvsdbReport report = mock(OvsdbReport.class);
    when(report.address()).thenReturn(OvsdbAddress.parse("tcp:192.0.2.10:6640"));
    when(report.connection()).thenReturn(connection);
    when(report.version()).thenReturn(Optional.of("3.1.0"));
    when(report.discovery()).thenReturn(Optional.empty());
    when(report.provisioning()).thenReturn(provisioning);
    return report;
  }

  /** ONOS's own base class would print it, and a script would see success. */
  @Test
  void fails_whileOverlaneIsNotRunning() throws Exception {
    when(console.overlane.model()).thenThrow(new ServiceNotFoundException("not there"));
    assertThat(console.refusal(new NetworksCommand())).contains("not running yet");
  }
}
