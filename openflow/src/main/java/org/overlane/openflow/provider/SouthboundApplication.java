/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import java.util.Set;
import org.onlab.rest.AbstractWebApplication;

/** The REST resources of the southbound, below /onos/overlane/openflow/v1. */
public final class SouthboundApplication extends AbstractWebApplication {

  @Override
  public Set<Class<?>> getClasses() {
    return getClasses(SwitchesResource.class, MetricsResource.class);
  }
}
