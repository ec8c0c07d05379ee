/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.overlane.app.api.OverlaneService;
import org.overlane.config.FlowTablesJson;
import org.overlane.flowrules.feature.PacketClass;

/** Completes the names of packet classes, as they are in JSON and in the documentation. */
@Service
public final class PacketClassCompleter extends NameCompleter {
  @Override
  Collection<String> names(OverlaneService overlane) {
    return Arrays.stream(PacketClass.values())
        .map(FlowTablesJson::word)
        .collect(Collectors.toList());
  }
}
