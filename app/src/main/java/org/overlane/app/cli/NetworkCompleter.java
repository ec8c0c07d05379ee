/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import java.util.Collection;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.overlane.app.api.OverlaneService;
import org.overlane.flowrules.model.NetworkId;

/** Completes the ids of networks. */
@Service
public final class NetworkCompleter extends NameCompleter {
  @Override
  Collection<String> names(OverlaneService overlane) {
    return overlane.model().document().networks().keySet().stream()
        .map(NetworkId::toString)
        .collect(Collectors.toList());
  }
}
