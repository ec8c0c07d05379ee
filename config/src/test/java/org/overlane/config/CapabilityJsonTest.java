/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.overlane.config.Samples.json;

import org.junit.jupiter.api.Test;
import org.overlane.flowrules.compile.Capability;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;

class CapabilityJsonTest {
  @Test
  void writesCapabilities() {
    NodeId device = NodeId.of(Samples.HV1);
    NetworkModel model =
        ModelAssembler.assemble(Samples.twoHostsDocument(), PortDirectory.offline()).model();
    Capability first = Capability.of(model, device).get(0);

    assertThat(CapabilityJson.of(model, device)).hasSize(5);
    assertThat(CapabilityJson.of(model, device).get(0)).isEqualTo(CapabilityJson.of(first));
    assertThat(CapabilityJson.of(first).toString())
        .isEqualTo(
            json(
                "{'case':'TX-4','title':'IPv4, DF clear','holds':true,'means':'"
                    + first.means()
                    + "'}"));
  }
}
