/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import static org.overlane.app.onos.Settings.AUDIT_INTERVAL;
import static org.overlane.app.onos.Settings.AUDIT_INTERVAL_DEFAULT;
import static org.overlane.app.onos.Settings.DRIFT_INTERVAL;
import static org.overlane.app.onos.Settings.DRIFT_INTERVAL_DEFAULT;
import static org.overlane.app.onos.Settings.EXCEPTION_TIMEOUT;
import static org.overlane.app.onos.Settings.EXCEPTION_TIMEOUT_DEFAULT;
import static org.overlane.app.onos.Settings.OVSDB_LISTEN;
import static org.overlane.app.onos.Settings.OVSDB_LISTEN_DEFAULT;
import static org.overlane.app.onos.Settings.OVSDB_TLS;
import static org.overlane.app.onos.Settings.OVSDB_TLS_DEFAULT;
import static org.overlane.app.onos.Settings.PROVISION_OWNER;
import static org.overlane.app.onos.Settings.PROVISION_OWNER_DEFAULT;
import static org.overlane.app.onos.Settings.VERIFICATION;
import static org.overlane.app.onos.Settings.VERIFICATION_DEFAULT;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.util.concurrent.Uninterruptibles;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.onosproject.app.ApplicationService;
import org.onosproject.cfg.ComponentConfigService;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.onosproject.mastership.MastershipService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.config.ConfigFactory;
import org.onosproject.net.config.NetworkConfigRegistry;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.driver.DriverService;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.group.GroupService;
import org.onosproject.net.meter.MeterService;
import org.onosproject.net.packet.PacketService;
import org.onosproject.store.service.StorageService;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.overlane.app.api.ActivityReport;
import org.overlane.app.api.ClassCounters;
import org.overlane.app.api.DropReport;
import org.overlane.app.api.LargePacketReport;
import org.overlane.app.api.MeterCounters;
import org.overlane.app.api.ModelView;
import org.overlane.app.api.ObservedTables;
import org.overlane.app.api.OverlaneService;
import org.overlane.app.config.OverlaneDeviceConfig;
import org.overlane.app.drift.DriftState;
import org.overlane.app.drift.DriftWatch;
import org.overlane.app.model.DeclaredModel;
import org.overlane.app.model.DiscoveredPorts;
import org.overlane.app.model.ModelStore;
import org.overlane.app.probing.ProbingLoop;
import org.overlane.app.probing.TunnelReport;
import org.overlane.app.reconcile.ModelNotReadyException;
import org.overlane.app.reconcile.Notice;
import org.overlane.app.reconcile.ReconcileLoop;
import org.overlane.app.reconcile.SwitchStatus;
import org.overlane.app.reconcile.Timing;
import org.overlane.app.reconcile.Verdict;
import org.overlane.app.reconcile.VerificationState;
import org.overlane.app.slowpath.LargePackets;
import org.overlane.app.slowpath.PacketInCounters;
import org.overlane.app.tunnels.HostDatabases;
import org.overlane.app.tunnels.OvsdbReport;
import org.overlane.config.Assembly;
import org.overlane.config.DeviceConfig;
import org.overlane.config.ModelAssembler;
import org.overlane.config.ModelDocument;
import org.overlane.config.OvsdbAddress;
import org.overlane.flowrules.compile.CompileResult;
import org.overlane.flowrules.compile.PipelineCompiler;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.Cookie;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.verify.VerificationReport;
import org.overlane.tunnels.ovsdb.ClientSettings;
import org.overlane.tunnels.ovsdb.OvsdbException;
import org.overlane.tunnels.ovsdb.PassiveAddress;
import org.overlane.tunnels.ovsdb.TlsFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The application in ONOS: puts the parts together and passes events on.
 *
 * <p>When the controller stops, or the bundle is updated, the switches keep their entries and go on
 * forwarding; when the application is deactivated or uninstalled, they lose exactly those of this
 * application. ONOS calls the deactivation hook in the second case only.
 */
@Component(
    immediate = true,
    service = OverlaneService.class,
    property = {
      AUDIT_INTERVAL + ":Integer=" + AUDIT_INTERVAL_DEFAULT,
      EXCEPTION_TIMEOUT + ":Integer=" + EXCEPTION_TIMEOUT_DEFAULT,
      DRIFT_INTERVAL + ":Integer=" + DRIFT_INTERVAL_DEFAULT,
      VERIFICATION + ":String=" + VERIFICATION_DEFAULT,
      OVSDB_TLS + ":String=" + OVSDB_TLS_DEFAULT,
      OVSDB_LISTEN + ":String=" + OVSDB_LISTEN_DEFAULT,
      PROVISION_OWNER + ":String=" + PROVISION_OWNER_DEFAULT
    })
public final class OverlaneController implements OverlaneService {
  static final String APP_NAME = "org.overlane";

  private static final Logger LOG = LoggerFactory.getLogger(OverlaneController.class);
  private static final int PURGE_SECONDS = 15;

  /** How long after the start switches are left alone while databases have not been read. */
  private static final long PATIENCE_SECONDS = 10;

  @Reference CoreService core;
  @Reference ApplicationService applications;
  @Reference ComponentConfigService configs;
  @Reference NetworkConfigRegistry netcfg;
  @Reference StorageService storage;
  @Reference DeviceService devices;
  @Reference MastershipService mastership;
  @Reference DriverService drivers;
  @Reference FlowRuleService rules;
  @Reference GroupService groups;
  @Reference MeterService meters;
  @Reference PacketService packets;
  @Reference PathProbing probingSettings;

  private final ConfigFactory<DeviceId, OverlaneDeviceConfig> factory =
      OverlaneDeviceConfig.factory();
  private final PipelineCompiler compiler = new PipelineCompiler();
  private final Settings settings = new Settings();
  private OnosServices services;
  private SwitchObservation observation;
  private OnosSetup setup;
  private OnosRowTable table;
  private OnosRowTable found;
  private ProbingLoop probing;
  private DeviceDeclarations declarations;
  private DeclaredModel declared;
  private HostDatabases hosts;
  private ReconcileLoop loop;
  private DriftWatch drift;
  private SwitchEvents events;
  private ApplicationId app;
  private LargePackets large;
  private PacketIntake intake;
  private final PacketInCounters packetIns = new PacketInCounters();
  private volatile boolean active;
  private long started;
  private volatile boolean everAssembled;

  @Activate
  void activate(ComponentContext context) {
    app = core.registerApplication(APP_NAME);
    configs.registerProperties(getClass());
    netcfg.registerConfigFactory(factory);
    table = new OnosRowTable(storage, app, "overlane-model", () -> loop.modelChanged());
    declarations = new DeviceDeclarations(netcfg);
    started = System.nanoTime();
    settings.read(context.getProperties());
    hosts =
        new HostDatabases(
            ClientSettings.DEFAULT,
            new TlsFiles(settings.ovsdbTls()),
            settings.provisionOwner(),
            () -> loop.modelChanged());
    settings.ovsdbListen().ifPresent(this::listen);
    declared = new DeclaredModel(new ModelStore(table), declarations);
    services = OnosServices.of(devices, mastership, rules, groups, meters, drivers);
    setup = new OnosSetup(configs, services);
    observation = new SwitchObservation(app, services, this::applicationName, this::isException);
    SlowPathOutput output = new SlowPathOutput(app, services, packets, settings::exceptionTimeout);
    large = new LargePackets(output, System::nanoTime);
    found = new OnosRowTable(storage, app, "overlane-path-mtus", () -> probing.keptChanged());
    probing =
        new ProbingLoop(output::probe, () -> loop.statuses(), found, () -> loop.modelChanged());
    loop =
        new ReconcileLoop(
            this::assembled,
            new OnosFabric(app, services, this::notices, this::isException, setup::meterIdsAreOurs),
            Timing.DEFAULT,
            ReconcileLoop.Clock.system(),
            settings.auditInterval());
    drift =
        new DriftWatch(
            loop::inForce, observation::read, this::verdict, ReconcileLoop.Clock.system());
    modified(context);
    events = new SwitchEvents(app, services, netcfg, declarations, loop, large, probing);
    intake = new PacketIntake(app, large, probing, packetIns);
    active = true;
    applications.registerDeactivateHook(app, this::purge);
    events.start();
    // Before the first round: without it, what probing has put on switches would be obsolete.
    probing.start(probingSettings.config());
    probingSettings.onChange(() -> probing.configure(probingSettings.config()));
    loop.start();
    packets.addProcessor(intake, PacketIntake.PRIORITY);
    LOG.info("Started");
  }

  private void listen(PassiveAddress address) {
    try {
      hosts.listen(address);
    } catch (OvsdbException e) {
      LOG.error("Hosts cannot connect by themselves: {}", e.getMessage());
    }
  }

  @Deactivate
  void deactivate() {
    active = false;
    packets.removeProcessor(intake);
    probingSettings.onChange(() -> {});
    events.stop();
    drift.stop();
    loop.stop();
    probing.stop();
    hosts.close();
    table.close();
    found.close();
    configs.unregisterProperties(getClass(), false);
    // The configuration class stays registered: ONOS would take every device's configuration out
    // of force on all controllers of the cluster, and they would clear the switches.
    LOG.info("Stopped");
  }

  @Modified
  void modified(ComponentContext context) {
    settings.read(context.getProperties());
    loop.setAuditInterval(settings.auditInterval());
    loop.setVerification(settings.verification());
    drift.setInterval(settings.driftInterval());
  }

  /** The model for the loop; slow path and probing see the same one. */
  private Assembly assembled() {
    ModelDocument document = declared.read().document();
    hosts.follow(document.devices().values());
    awaitHosts();
    Assembly assembly = assembly(document);
    large.modelChanged(assembly.model());
    probing.modelChanged(assembly.model());
    return assembly;
  }

  /**
   * Without what was discovered before a restart, entries would be taken for obsolete that are in
   * use.
   */
  private void awaitHosts() {
    if (everAssembled) {
      return;
    }
    ImmutableSet<OvsdbAddress> unread = hosts.unread();
    long waited = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started);
    if (!unread.isEmpty() && waited < PATIENCE_SECONDS) {
      throw new ModelNotReadyException(
          "waiting, "
              + PATIENCE_SECONDS
              + " s at most, for the databases of hosts, "
              + unread.size()
              + " of which have not been read yet, such as "
              + unread.iterator().next());
    }
    everAssembled = true;
  }

  private Optional<String> applicationName(short id) {
    return Optional.ofNullable(core.getAppId(id)).map(ApplicationId::name);
  }

  /** What was said about the tables in force, unless other ones were refused since. */
  private Optional<VerificationReport> verdict(NodeId id) {
    return Optional.ofNullable(loop.verification().verdicts().get(id))
        .filter(v -> !v.isRefused())
        .flatMap(Verdict::report);
  }

  private boolean isException(FlowRule rule) {
    return !rule.isPermanent()
        && large.isException(
            NodeId.of(rule.deviceId().toString()), Cookie.ofBits(rule.id().value()));
  }

  /** Called by ONOS when the application is deactivated or uninstalled, before it is stopped. */
  private void purge() {
    if (!active) {
      return;
    }
    LOG.info("Deactivated: removing all entries, groups and meters of this application");
    packets.removeProcessor(intake);
    large.stop();
    drift.stop();
    probing.stop();
    try {
      Uninterruptibles.getUninterruptibly(loop.purge(), PURGE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.warn("Some entries may be left behind: {}", loop.statuses().values(), e);
    }
    loop.stop();
    netcfg.unregisterConfigFactory(factory);
  }

  private ImmutableList<Notice> notices(NodeId id) {
    ImmutableList.Builder<Notice> notices = ImmutableList.builder();
    notices.addAll(setup.notices());
    device(id)
        .ifPresent(device -> notices.addAll(setup.notices(device)).addAll(hosts.notices(device)));
    return notices.build();
  }

  private Optional<DeviceConfig> device(NodeId id) {
    return Optional.ofNullable(declarations.read().get(id));
  }

  @Override
  public Optional<OvsdbReport> ovsdb(NodeId id) {
    return device(id).flatMap(hosts::report);
  }

  @Override
  public ImmutableList<String> unknownHosts() {
    return hosts.unknownHosts();
  }

  @Override
  public ModelView model() {
    return declared.read();
  }

  @Override
  public ModelView change(UnaryOperator<ModelDocument> change, boolean dryRun) {
    return declared.change(change, dryRun);
  }

  @Override
  public Assembly assembly(ModelDocument document) {
    DiscoveredPorts.Builder ports = PortDiscovery.read(devices, setup::carriesSizeCheck);
    ports.probing(probing.isOn() && setup.meterIdsAreOurs(), probing.pathMtus());
    hosts.addTo(ports, document.devices().values());
    return ModelAssembler.assemble(document, ports.build());
  }

  @Override
  public Optional<CompileResult> compile(NodeId id) {
    Assembly assembly = assembly(declared.read().document());
    return assembly.model().nodes().containsKey(id)
        ? Optional.of(compiler.compile(assembly.model(), id))
        : Optional.empty();
  }

  @Override
  public ObservedTables observed(NodeId id, FlowTables desired) {
    return observation.read(id, desired);
  }

  @Override
  public TunnelReport tunnels() {
    return probing.report();
  }

  @Override
  public ImmutableSortedMap<NodeId, SwitchStatus> statuses() {
    return loop.statuses();
  }

  @Override
  public ImmutableList<ClassCounters> counters(NodeId id) {
    return ClassStatistics.read(app, rules, id);
  }

  @Override
  public ImmutableList<MeterCounters> meters(NodeId id) {
    return MeterStatistics.read(app, meters, id);
  }

  @Override
  public LargePacketReport largePackets() {
    return LargePacketStatistics.read(app, large, meters, loop.statuses().keySet());
  }

  @Override
  public DropReport drops(Iterable<NodeId> nodes) {
    return new DropStatistics(app, services.rules(), meters).read(nodes, this::compile);
  }

  @Override
  public VerificationState verification() {
    return loop.verification();
  }

  @Override
  public DriftState drift() {
    return drift.state();
  }

  @Override
  public ActivityReport activity() {
    return ActivityReport.of(loop.activity(), packetIns, large.verdicts(), large.tracked());
  }

  @Override
  public Optional<String> problem() {
    return loop.modelProblem();
  }
}
