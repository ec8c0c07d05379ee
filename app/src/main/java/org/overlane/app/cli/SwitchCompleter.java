/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import java.util.Collection;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.overlane.app.api.OverlaneService;
import org.overlane.flowrules.model.NodeId;

/** Completes the device ids of switches that are configured or connected. */
@Service
public final class SwitchCompleter extends NameCompleter {
  @Override
  Collection<String> names(OverlaneService overlane) {
    return overlane.statuses().keySet().stream().map(NodeId::toString).collect(Collectors.toList());
  }
}
