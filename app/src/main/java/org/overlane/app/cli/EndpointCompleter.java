/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import java.util.Collection;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.overlane.app.api.OverlaneService;

/** Completes the ids of declared endpoints. */
@Service
public final class EndpointCompleter extends NameCompleter {
  @Override
  Collection<String> names(OverlaneService overlane) {
    return overlane.model().document().endpoints().keySet();
  }
}
