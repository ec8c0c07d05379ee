/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.overlane.e2e.lab.Controller;
import org.overlane.e2e.lab.FlowEntry;
import org.overlane.e2e.lab.LabOptions;
import org.overlane.e2e.lab.LabOptions.Underlay;
import org.overlane.e2e.lab.LabOptions.Variant;
import org.overlane.e2e.lab.Switch;
import org.overlane.e2e.lab.Vm;

/** Three hypervisors, so that a change of one leaves a path alone. */
class OversizeNativeIpv6IT extends OversizeContract {
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
