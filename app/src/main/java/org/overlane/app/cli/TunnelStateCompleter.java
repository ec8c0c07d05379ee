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
import org.overlane.app.probing.TunnelState;

/** Completes the states of tunnels. */
@Service
public final class TunnelStateCompleter extends NameCompleter {
  @Override
  Collection<String> names(OverlaneService overlane) {
    return Arrays.stream(TunnelState.values()).map(TunnelState::text).collect(Collectors.toList());
  }
}
