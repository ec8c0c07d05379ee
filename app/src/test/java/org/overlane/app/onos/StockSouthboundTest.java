/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onosproject.cfg.ComponentConfigService;
import org.onosproject.cfg.ConfigProperty;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.mastership.MastershipService;
import org.onosproject.net.Device;
import org.onosproject.net.DeviceId;
import org.onosproject.net.behaviour.ExtensionTreatmentResolver;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.driver.Driver;
import org.onosproject.net.driver.DriverHandler;
import org.onosproject.net.driver.DriverService;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.group.GroupService;
import org.onosproject.net.meter.MeterService;
import org.overlane.app.reconcile.Item;
import org.overlane.app.reconcile.Translation;
import org.overlane.config.ModelAssembler;
import org.overlane.config.ModelReader;
import org.overlane.config.PortDirectory;
import org.overlane.flowrules.compile.Capability;
import org.overlane.flowrules.compile.CompileResult;
import org.overlane.flowrules.compile.Diagnostic;
import org.overlane.flowrules.compile.PipelineCompiler;
import org.overlane.flowrules.feature.PacketClass;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.FlowEntry;

/**
 * What becomes of a model on ONOS's own OpenFlow application with its {@code ovs} driver, which
 * knows one extension, the IPv4 tunnel destination, and where ONOS chooses the ids of meters.
 */
class StockSouthboundTest {
  private static final NodeId NODE = NodeId.of("of:0000000000000001");
  private static final String METER_MANAGER = "org.onosproject.net.meter.impl.MeterManager";

  private final DeviceService devices = mock(DeviceService.class);
  private final DriverService drivers = mock(DriverService.class);
  private final ComponentConfigService settings = mock(ComponentConfigService.class);
  private final OnosServices services =
      OnosServices.of(
          devices,
          mock(MastershipService.class),
          mock(FlowRuleService.class),
          mock(GroupService.class),
          mock(MeterService.class),
          drivers);
  private final OnosSetup setup = new OnosSetup(settings, services);
  private final OnosFabric fabric =
      new OnosFabric(
          new DefaultApplicationId(5, "org.overlane"),
          services,
          id -> setup.notices(),
          rule -> false,
          setup::meterIdsAreOurs);

  @BeforeEach
  void connectWithTheDriverOfStockOnos() {
    when(devices.getDevice(any(DeviceId.class))).thenReturn(mock(Device.class));
    Driver driver = mock(Driver.class);
    when(driver.name()).thenReturn("ovs");
    DriverHandler handler = mock(DriverHandler.class);
    when(handler.driver()).thenReturn(driver);
    when(handler.hasBehaviour(ExtensionTreatmentResolver.class)).thenReturn(true);
    when(handler.behaviour(ExtensionTreatmentResolver.class))
        .thenReturn(new FlowRuleTranslatorTest.TunnelDstOnly());
    when(drivers.createHandler(any())).thenReturn(handler);
  }

  private void meterIds(boolean chosenByApplications) {
    when(settings.getProperty(METER_MANAGER, "userDefinedIndex"))
        .thenReturn(
            ConfigProperty.defineProperty(
                "userDefinedIndex",
                ConfigProperty.Type.BOOLEAN,
                String.valueOf(chosenByApplications),
                ""));
  }

  /** An example whose first network wants everything that needs a meter. */
  private NetworkModel model(String example) throws Exception {
    ObjectMapper json = new ObjectMapper();
    JsonNode document = json.readTree(Path.of("../examples", example).toFile());
    ((ObjectNode) document.get("networks").get(0))
        .put("mssClamping", true)
        .put("advertiseMtu", true);
    document
        .get("devices")
        .forEach(d -> ((ObjectNode) d.get("overlane")).put("fragmentRate", 1000));
    return ModelAssembler.assemble(
            new ModelReader()
                .readDocument(new ByteArrayInputStream(json.writeValueAsBytes(document))),
            new Ports(setup))
        .model();
  }

  private static List<String> lines(Translation translation) {
    return translation.refused().stream().map(Object::toString).collect(Collectors.toList());
  }

  /** The status shows diagnostics and capabilities of the model, and what could not be written. */
  @Test
  void overIpv4EverythingWorksButWhatNeedsSizesAndMeters() throws Exception {
    meterIds(false);
    NetworkModel model = model("native-split.json");
    CompileResult compiled = new PipelineCompiler().compile(model, NODE);
    assertThat(compiled.diagnostics().stream().map(Diagnostic::code))
        .contains(Diagnostic.Code.NO_SIZE_CHECK, Diagnostic.Code.NO_MSS_CLAMPING);
    assertThat(Capability.of(model, NODE)).isNotEmpty().noneMatch(Capability::holds);

    Translation translation = fabric.translate(NODE, compiled.tables());
    assertThat(translation.items())
        .noneMatch(item -> item.name().kind() == Item.Kind.METER)
        .noneMatch(item -> item.needs().stream().anyMatch(n -> n.kind() == Item.Kind.METER));
    assertThat(lines(translation))
        .singleElement()
        .asString()
        .contains("what would go through a meter is left out, since ONOS chooses the ids of meters")
        .endsWith("See the notice about the controller");
    // Only what asks a VM's packets to the controller is missing: they are forwarded instead.
    List<FlowEntry> metered =
        compiled.tables().entries().stream()
            .filter(e -> e.instructions().meter().isPresent())
            .collect(Collectors.toList());
    assertThat(metered)
        .isNotEmpty()
        .allMatch(
            e ->
                e.cookie().packetClass() == PacketClass.ADVERTISE_DHCP.id()
                    || e.cookie().packetClass() == PacketClass.ADVERTISE_RA.id());
    assertThat(translation.items())
        .filteredOn(item -> item.name().kind() == Item.Kind.ENTRY)
        .hasSize(compiled.tables().entries().size() - metered.size());
  }

  @Test
  void withIdsOfOursTheMetersOfAdvertisingAreWritten() throws Exception {
    meterIds(true);
    CompileResult compiled = new PipelineCompiler().compile(model("native-split.json"), NODE);
    Translation translation = fabric.translate(NODE, compiled.tables());
    assertThat(translation.refused()).isEmpty();
    assertThat(translation.items()).anyMatch(item -> item.name().kind() == Item.Kind.METER);
    // The driver still cannot compare lengths.
    assertThat(compiled.diagnostics().stream().map(Diagnostic::code))
        .contains(Diagnostic.Code.NO_SIZE_CHECK);
  }

  @Test
  void tunnelsOverIpv6AreRefusedByName() throws Exception {
    meterIds(true);
    CompileResult compiled =
        new PipelineCompiler().compile(model("native-ipv6-underlay.json"), NODE);
    assertThat(lines(fabric.translate(NODE, compiled.tables())))
        .anyMatch(line -> line.contains("driver ovs cannot set tunnel destination (IPv6)"));
  }

  @Test
  void saysWhatToChangeAboutTheController() {
    meterIds(false);
    assertThat(setup.notices().toString())
        .contains("no switch checks sizes")
        .contains("Set userDefinedIndex of " + METER_MANAGER + " to true");
    meterIds(true);
    assertThat(setup.notices()).isEmpty();
  }

  /** ONOS 2.5.0 to 2.5.2, and 2.6: there is no such setting, nor a place for an id. */
  @Test
  void doesNotAskForASettingThatThisOnosLacks() {
    assertThat(setup.meterIdsAreOurs()).isFalse();
    assertThat(setup.notices().toString()).contains("Update ONOS").doesNotContain("cfg set");
  }

  /** Any port by number; what switches carry is what the setup says. */
  private static final class Ports implements PortDirectory {
    private final OnosSetup setup;

    Ports(OnosSetup setup) {
      this.setup = setup;
    }

    @Override
    public boolean knows(NodeId device) {
      return true;
    }

    @Override
    public boolean hasPort(NodeId device, OfPort port) {
      return true;
    }

    @Override
    public Optional<OfPort> byName(NodeId device, String name) {
      return PortDirectory.offline().byName(device, name);
    }

    @Override
    public Optional<MacAddress> mac(NodeId device, OfPort port) {
      return PortDirectory.offline().mac(device, port);
    }

    @Override
    public boolean carriesSizeCheck(NodeId device) {
      return setup.carriesSizeCheck(OnosFabric.device(device));
    }
  }
}
