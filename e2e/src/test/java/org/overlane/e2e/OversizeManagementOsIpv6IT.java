/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.overlane.e2e.lab.Controller;
import org.overlane.e2e.lab.LabOptions;
import org.overlane.e2e.lab.LabOptions.Underlay;
import org.overlane.e2e.lab.LabOptions.Variant;

/** The endpoint is the kernel's, but over IPv6 it does not fragment. */
class OversizeManagementOsIpv6IT extends ProbingContract {
  @Override
  LabOptions options() {
    return LabOptions.of(Variant.MANAGEMENT_OS, Underlay.IPV6);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"vlanTags\": 3|vlanTags|3",
        "\"vlanTags\": -1|vlanTags|-1",
        "\"vlanTags\": \"1\"|vlanTags|1",
        "\"mssClamping\": 1|mssClamping|1",
        "\"gateways\": [\"10.0.0.1\", \"10.0.0.2\"]|gateways|10.0.0.2",
        "\"gateways\": [\"239.1.2.3\"]|gateways|239.1.2.3",
        "\"gateways\": [\"ff02::1\"]|gateways|ff02::1",
        "\"gateways\": [\"10.0.0\"]|gateways|10.0.0",
        "\"clampMss\": true|clampMss|mssClamping",
      })
  void badInputIsRefusedWithFieldValueAndRemedy(String field, String path, String value) {
    JsonNode before = controller.request("GET", MODEL).body();
    Controller.Answer answer =
        controller.request(
            "PUT", NETWORKS + "/blue", "{\"id\": \"blue\", \"vni\": 100, " + field + "}");
    assertThat(answer.code()).as(answer.text()).isEqualTo(400);
    assertThat(answer.body().path("problems"))
        .anySatisfy(
            problem -> {
              assertThat(problem.path("path").asText()).contains(path);
              assertThat(problem.toString()).contains(value);
              assertThat(problem.path("remedy").asText()).isNotBlank();
            });
    assertThat(controller.request("GET", MODEL).body()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[\"ipv5\"]|fragments[0]|ipv5|Choose",
        "[\"ipv4\", \"ipv4\"]|fragments[1]|ipv4|out",
        "\"ipv4\"|fragments|ipv4|[ ... ]",
      })
  void aBadDeviceIsRefusedWithFieldValueAndRemedy(
      String fragments, String field, String value, String remedy) {
    String path =
        "/onos/v1/network/configuration/devices/" + lab.overlaySwitch(1).deviceId() + "/overlane";
    String before = controller.request("GET", path).text();
    Controller.Answer answer =
        controller.request(
            "POST",
            path,
            before.replace("\"tunnel\":{", "\"tunnel\":{\"fragments\":" + fragments + ","));
    assertThat(answer.code()).as(answer.text()).isEqualTo(400);
    assertThat(answer.text()).contains(field).contains(value).contains(remedy);
    assertThat(controller.request("GET", path).text()).isEqualTo(before);
  }
}
