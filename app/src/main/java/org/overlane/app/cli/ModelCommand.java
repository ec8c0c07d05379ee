/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.overlane.config.ModelWriter;

/** Writes the model document. */
@Service
@Command(
    scope = "onos",
    name = "overlane-model",
    description = "Writes the model document, in the form that overlane-apply takes")
public final class ModelCommand extends OverlaneCommand {
  @Override
  void run() {
    show(ModelWriter.write(overlane().model().document()));
  }
}
