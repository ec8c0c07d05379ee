/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import static org.onlab.util.Tools.groupedThreads;
import static org.overlane.openflow.provider.SouthboundProperties.FLOW_INTERVAL;
import static org.overlane.openflow.provider.SouthboundProperties.FLOW_INTERVAL_DEFAULT;
import static org.overlane.openflow.provider.SouthboundProperties.LISTEN_ADDRESSES;
import static org.overlane.openflow.provider.SouthboundProperties.LISTEN_PORTS;
import static org.overlane.openflow.provider.SouthboundProperties.PORT_INTERVAL;
import static org.overlane.openflow.provider.SouthboundProperties.PORT_INTERVAL_DEFAULT;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.onosproject.cfg.ComponentConfigService;
import org.onosproject.core.CoreService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.device.DeviceProviderRegistry;
import org.onosproject.net.flow.FlowRuleProviderRegistry;
import org.onosproject.net.group.GroupProviderRegistry;
import org.onosproject.net.group.GroupService;
import org.onosproject.net.meter.MeterProviderRegistry;
import org.onosproject.net.meter.MeterService;
import org.onosproject.net.packet.PacketProviderRegistry;
import org.onosproject.net.provider.ProviderId;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.overlane.openflow.channel.OpenFlowServer;
import org.overlane.openflow.channel.ServerSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers the providers with ONOS and listens for switches; the whole life of the southbound.
 *
 * <p>Everything is in one component, so that a switch never meets half of the providers. ONOS has
 * room for one provider of the scheme "of": while the stock OpenFlow application holds it, or a
 * port is taken, nothing of this is visible, the log says why, and it is tried again.
 */
@Component(
    immediate = true,
    service = SwitchStatisticsService.class,
    property = {
      LISTEN_ADDRESSES + "=",
      LISTEN_PORTS + "=",
      FLOW_INTERVAL + ":Integer=" + FLOW_INTERVAL_DEFAULT,
      PORT_INTERVAL + ":Integer=" + PORT_INTERVAL_DEFAULT
    })
public final class OpenFlowSouthbound implements SwitchStatisticsService, SouthboundConfig {

  /**
   * The identity of all providers here. ONOS finds the one for packets by the identity of the one
   * for devices: with different ones it would drop packets without a word.
   */
  static final ProviderId PROVIDER_ID = new ProviderId("of", "org.overlane.openflow");

  private static final Logger LOG = LoggerFactory.getLogger(OpenFlowSouthbound.class);

  private static final int WORKERS = 16;
  private static final int PACKET_WORKERS = 8;
  private static final long FIRST_RETRY_SECONDS = 1;
  private static final long LAST_RETRY_SECONDS = 30;

  @Reference ComponentConfigService configService;
  @Reference CoreService core;
  @Reference GroupService groups;
  @Reference MeterService meters;
  @Reference DeviceProviderRegistry deviceProviders;
  @Reference FlowRuleProviderRegistry flowProviders;
  @Reference PacketProviderRegistry packetProviders;
  @Reference GroupProviderRegistry groupProviders;
  @Reference MeterProviderRegistry meterProviders;

  private ExecutorService workers;
  private ExecutorService packetWorkers;
  private ScheduledExecutorService timer;
  private volatile SouthboundProperties properties;
  private volatile Optional<Running> running = Optional.empty();
  private boolean active;

  /** What exists while the southbound is up. */
  private static final class Running {
    private final Switches switches;
    private final ProviderRegistrations registrations;
    private final OpenFlowServer server;

    Running(Switches switches, ProviderRegistrations registrations, OpenFlowServer server) {
      this.switches = switches;
      this.registrations = registrations;
      this.server = server;
    }
  }

  @Activate
  synchronized void activate(Map<String, Object> configured) {
    configService.registerProperties(getClass());
    properties = SouthboundProperties.of(configured);
    workers =
        Executors.newFixedThreadPool(
            WORKERS, groupedThreads("overlane/openflow", "worker-%d", LOG));
    packetWorkers =
        Executors.newFixedThreadPool(
            PACKET_WORKERS, groupedThreads("overlane/openflow", "packets-%d", LOG));
    timer =
        Executors.newSingleThreadScheduledExecutor(
            groupedThreads("overlane/openflow", "timer-%d", LOG));
    active = true;
    start(FIRST_RETRY_SECONDS);
  }

  @Deactivate
  synchronized void deactivate() {
    active = false;
    configService.unregisterProperties(getClass(), false);
    stop();
    timer.shutdownNow();
    workers.shutdownNow();
    packetWorkers.shutdownNow();
    LOG.info("Stopped");
  }

  /** Takes over changed properties; an invalid one is reported and changes nothing. */
  @Modified
  synchronized void modified(Map<String, Object> configured) {
    SouthboundProperties changed;
    try {
      changed = SouthboundProperties.of(configured);
    } catch (IllegalArgumentException e) {
      LOG.error("Configuration is not taken over: {}", e.getMessage());
      return;
    }
    boolean listensElsewhere = !changed.listensLike(properties);
    properties = changed;
    if (listensElsewhere) {
      stop();
      start(FIRST_RETRY_SECONDS);
    } else {
      LOG.info("Configured: {}", changed);
    }
  }

  private synchronized void start(long retrySeconds) {
    if (!active || running.isPresent()) {
      return;
    }
    Switches switches = new Switches(workers, packetWorkers);
    ProviderRegistrations registrations = new ProviderRegistrations();
    OpenFlowServer server =
        OpenFlowServer.create(
            ServerSettings.builder()
                .addresses(properties.addresses())
                .ports(properties.ports())
                .build(),
            switches);
    try {
      registerAll(switches, registrations);
      server.start();
      running = Optional.of(new Running(switches, registrations, server));
      LOG.info("Listening for switches: {}", properties);
    } catch (java.io.IOException | IllegalStateException e) {
      server.stop();
      registrations.undo();
      long next = Math.min(2 * retrySeconds, LAST_RETRY_SECONDS);
      LOG.error(
          "Cannot serve OpenFlow switches: {}. If that is ONOS's own OpenFlow application, deactivate"
              + " it: app deactivate org.onosproject.openflow org.onosproject.openflow-base. Next"
              + " attempt in {} s",
          e.getMessage(),
          retrySeconds);
      timer.schedule(() -> start(next), retrySeconds, TimeUnit.SECONDS);
    }
  }

  private void registerAll(Switches switches, ProviderRegistrations registrations) {
    SwitchProvider devices = new SwitchProvider(switches, timer, workers, this);
    FlowProvider flows = new FlowProvider(switches, new OwnedEntries(core), timer, workers, this);
    GroupTableProvider groupTable = new GroupTableProvider(switches, groups, timer, workers, this);
    MeterTableProvider meterTable = new MeterTableProvider(switches, meters, timer, workers, this);
    PacketInProvider packets = new PacketInProvider(switches);
    registrations.add(
        () -> devices.register(deviceProviders), () -> deviceProviders.unregister(devices));
    registrations.add(() -> flows.register(flowProviders), () -> flowProviders.unregister(flows));
    registrations.add(
        () -> groupTable.register(groupProviders), () -> groupProviders.unregister(groupTable));
    registrations.add(
        () -> meterTable.register(meterProviders), () -> meterProviders.unregister(meterTable));
    registrations.add(
        () -> packets.register(packetProviders), () -> packetProviders.unregister(packets));
    switches.subscribe(ImmutableList.of(devices, flows, groupTable, meterTable, packets));
  }

  private synchronized void stop() {
    running.ifPresent(
        was -> {
          Collection<ConnectedSwitch> connected = was.switches.all();
          was.server.stop();
          Switches.awaitIdle(connected);
          was.registrations.undo();
        });
    running = Optional.empty();
  }

  @Override
  public int flowStatisticsInterval() {
    return properties.flowStatisticsInterval();
  }

  @Override
  public int portStatisticsInterval() {
    return properties.portStatisticsInterval();
  }

  @Override
  public List<SwitchSnapshot> switches() {
    return running
        .map(
            now ->
                now.switches.all().stream()
                    .map(SwitchSnapshot::of)
                    .sorted(Comparator.comparing(snapshot -> snapshot.id().toString()))
                    .collect(ImmutableList.toImmutableList()))
        .orElse(ImmutableList.of());
  }

  @Override
  public boolean isListening() {
    return running.isPresent();
  }

  @Override
  public long connects() {
    return running.map(now -> now.switches.connects()).orElse(0L);
  }

  @Override
  public long disconnects() {
    return running.map(now -> now.switches.disconnects()).orElse(0L);
  }

  @Override
  public Optional<SwitchSnapshot> get(DeviceId id) {
    return running.flatMap(now -> now.switches.get(id)).map(SwitchSnapshot::of);
  }
}
