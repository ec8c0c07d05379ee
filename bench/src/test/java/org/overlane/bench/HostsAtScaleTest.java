/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostsAtScaleTest {
  private static final int HOSTS = 20;
  private static final int PORTS = 50;

  /** A host costs four questions and as many answers; a change costs one message and one report. */
  @Test
  void askingIsProportionalToHostsAndChangesToThemselves() throws Exception {
    try (SimulatedHosts hosts = SimulatedHosts.start(HOSTS, PORTS);
        HostsAtScale followed = new HostsAtScale(hosts.addresses())) {
      HostsAtScale.await(() -> followed.known() == HOSTS);
      assertThat(followed.endpoints()).isEqualTo(HOSTS * PORTS);
      // list_dbs, get_schema, monitor_cond_since (which these do not know), monitor_cond
      assertThat(hosts.received()).isEqualTo(4L * HOSTS);
      assertThat(hosts.sent()).isEqualTo(hosts.received());

      int reports = followed.reports();
      hosts.uplinkMtu(7, 1400);
      HostsAtScale.await(() -> followed.uplinkMtu(7) == 1400);
      assertThat(followed.uplinkMtu(8)).isEqualTo(1500);
      assertThat(followed.reports()).isEqualTo(reports + 1);
      assertThat(followed.endpoints()).isEqualTo(HOSTS * PORTS);
    }
  }
}
