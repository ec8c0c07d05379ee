/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.overlane.e2e.lab.Capture;
import org.overlane.e2e.lab.Controller;
import org.overlane.e2e.lab.FlowEntry;
import org.overlane.e2e.lab.LabOptions;
import org.overlane.e2e.lab.LabOptions.Underlay;
import org.overlane.e2e.lab.LabOptions.Variant;
import org.overlane.e2e.lab.Packets;
import org.overlane.e2e.lab.Switch;
import org.overlane.e2e.lab.Vm;

/** Three hypervisors, so that a change of one leaves a path alone. */
class OversizeNativeIpv6IT extends ProbingContract {
  private static final int CHANGED = 3;
  private static final int LOWERED = 1400;

  private static final String MULTICAST_BIT = "01:00:00:00:00:00/01:00:00:00:00:00";

  @Override
  LabOptions options() {
    return LabOptions.of(Variant.NATIVE, Underlay.IPV6).with("--hypervisors", "3");
  }

  @Override
  int hypervisors() {
    return 3;
  }

  @Test
  void aLoweredUnderlayMtuChangesItsPathsOnly() {
    Vm other = lab.vm("blue-3-1");
    Map<String, Set<String>> before = programs();
    underlayMtu(LOWERED);
    try {
      Await.until(
          "the paths have changed",
          TWO_ROUNDS,
          () ->
              controller.inSync()
                  && !programs().get("hv1/br-int").equals(before.get("hv1/br-int")));
      for (Family family : Family.values()) {
        String address = family.address(other);
        assertLimit(family, address, LOWERED - overhead(), address);
        assertLimit(family, family.address(to), mtu(), family.address(to));
      }
      Map<String, Set<String>> after = programs();
      for (Switch bridge : List.of(lab.overlaySwitch(1), lab.overlaySwitch(2))) {
        assertThat(difference(before.get(bridge.name()), after.get(bridge.name())))
            .isNotEmpty()
            .allMatch(
                entry ->
                    entry.contains(lab.vtep(CHANGED)) || entry.contains("dl_dst=" + MULTICAST_BIT),
                "is about the changed path, or about multicast, which takes the narrowest");
      }
    } finally {
      underlayMtu(VM_MTU);
      awaitCompiledProgram();
    }
    assertThat(programs()).isEqualTo(before);
    assertLimit(Family.IPV4, other.ipv4(), mtu(), other.ipv4());
  }

  /** The second device is in both zones, and relays nothing. */
  @Test
  void onlyDevicesWithACommonZoneReachEachOther() throws JsonProcessingException {
    Vm far = lab.vm("blue-3-1");
    configure(withZones(List.of("west"), List.of("west", "east"), List.of("east")));
    try {
      Await.until(
          "no entry leads from zone to zone",
          TWO_ROUNDS,
          () -> controller.inSync() && !leads(1, 3) && !leads(3, 1) && leads(1, 2) && leads(3, 2));
      FirstAnswer.await(
          far,
          List.of(lab.overlaySwitch(2), lab.overlaySwitch(3)),
          () -> to.ping(far.ipv4(), 1, 56).received() > 0);
      String marker = Packets.newMarker();
      try (Capture beyond = lab.wire(3).capture(marker);
          Capture near = to.place().capture(marker)) {
        long before = unknown(1);
        from.place().send(Packets.frame(marker, from.mac(), far.mac()).times(5));
        from.place().send(Packets.frame(marker, from.mac(), "ff:ff:ff:ff:ff:ff").times(5));
        assertThat(from.ping(to.ipv4(), 3, 56)).isEqualTo(new Vm.Ping(3, 3));
        assertThat(to.ping(far.ipv4(), 3, 56)).isEqualTo(new Vm.Ping(3, 3));
        assertThat(unknown(1) - before).isEqualTo(5);
        assertThat(near.stop()).as("broadcast in the common zone").hasSize(5);
        assertThat(beyond.stop()).as("in the other zone").isEmpty();
      }
    } finally {
      configure(lab.model());
      awaitCompiledProgram();
    }
    assertThat(from.ping(far.ipv4(), 3, 56).received()).isPositive();
  }

  /** A restart of the controller changes no limit, and writes nothing. */
  @Override
  void whileNarrow() {
    Map<String, Set<String>> before = programs();
    relay.reset();
    killController();
    restartController();
    awaitNarrow();
    assertThat(programs()).isEqualTo(before);
    String events = events().toString();
    assertThat(switches())
        .allSatisfy(s -> assertThat(flowMods(s)).as("%s; %s", s.name(), events).isZero());
  }

  private String withZones(List<?>... zones) throws JsonProcessingException {
    ObjectNode model = (ObjectNode) new ObjectMapper().readTree(lab.model());
    for (int i = 1; i <= zones.length; i++) {
      String device = "/devices/" + lab.overlaySwitch(i).deviceId() + "/overlane";
      ((ObjectNode) model.at(device)).putPOJO("zones", zones[i - 1]);
    }
    return model.toString();
  }

  /** Whether an entry of a hypervisor sets the tunnel destination to that of another. */
  private boolean leads(int hypervisor, int peer) {
    return owned(lab.overlaySwitch(hypervisor)).stream()
        .anyMatch(e -> e.actions().contains("set_field:" + lab.vtep(peer) + "->tun_ipv6_dst"));
  }

  /** Frames of VMs that a hypervisor has dropped, since it knows nobody of that address. */
  private long unknown(int hypervisor) {
    return owned(lab.overlaySwitch(hypervisor)).stream()
        .filter(e -> e.table() == 30 && e.actions().equals("drop"))
        .mapToLong(FlowEntry::packets)
        .sum();
  }

  private Map<String, Set<String>> programs() {
    return switches()
        .collect(
            toMap(
                Switch::name,
                s -> owned(s).stream().map(FlowEntry::program).collect(Collectors.toSet())));
  }

  private static Set<String> difference(Set<String> before, Set<String> after) {
    return Set.copyOf(
        Stream.concat(
                before.stream().filter(e -> !after.contains(e)),
                after.stream().filter(e -> !before.contains(e)))
            .toList());
  }

  private void underlayMtu(int mtu) {
    String device = lab.overlaySwitch(CHANGED).deviceId();
    String path = "/onos/v1/network/configuration/devices/" + device + "/overlane";
    ObjectNode configuration = controller.request("GET", path).body().deepCopy();
    configuration.put("underlayMtu", mtu);
    Controller.Answer answer = controller.request("POST", path, configuration.toString());
    assertThat(answer.ok()).as(answer.text()).isTrue();
  }
}
