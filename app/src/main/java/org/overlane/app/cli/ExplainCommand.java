/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.overlane.app.trace.LiveExplanation;
import org.overlane.config.ModelWriter;
import org.overlane.tracing.ObservedEntry;

/** Says what an entry of a switch is for. */
@Service
@Command(
    scope = "onos",
    name = "overlane-explain",
    description = "Says what an entry of a switch is for, and whether the model wants it")
public final class ExplainCommand extends OverlaneCommand {
  @Argument(
      name = "entry",
      description = "A cookie, or a line of ovs-ofctl dump-flows in quotes",
      required = true)
  private String entry;

  @Option(
      name = "--device",
      description = "The switch that has it, to compare it with what the model wants there")
  @Completion(SwitchCompleter.class)
  private String device;

  @Override
  void run() {
    boolean isCookie = ObservedEntry.isCookie(entry.trim());
    Optional<String> given = Optional.of(entry);
    LiveExplanation explanation =
        LiveExplanation.of(
            overlane(),
            isCookie ? given : Optional.empty(),
            isCookie ? Optional.empty() : given,
            Optional.ofNullable(device));
    show(outputJson() ? ModelWriter.text(explanation.json()) : explanation.text());
  }
}
