/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Decides whether this machine can carry a lab; see {@link RequiresLab}. */
final class LabCondition implements ExecutionCondition {
  private static final List<String> PROGRAMS =
      List.of("ip", "tc", "ovs-vswitchd", "ovsdb-server", "ovs-ofctl", "ping", "curl");

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Optional<String> obstacle = obstacle();
    if (obstacle.isEmpty()) {
      return ConditionEvaluationResult.enabled("the machine can carry a lab");
    }
    if ("true".equals(System.getenv("CI"))) {
      throw new IllegalStateException("end-to-end tests cannot run: " + obstacle.get());
    }
    return ConditionEvaluationResult.disabled("no lab here: " + obstacle.get());
  }

  private static Optional<String> obstacle() {
    if (!isRoot()) {
      return Optional.of("not root, and the lab creates network namespaces");
    }
    List<String> missing = PROGRAMS.stream().filter(name -> !installed(name)).toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            missing
                + " not found; apt-get install curl iproute2 iputils-ping openvswitch-switch"
                + " python3-scapy");
  }

  private static boolean isRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean installed(String program) {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin";
    return Stream.concat(Arrays.stream(path.split(":")), Stream.of("/usr/bin"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }
}
