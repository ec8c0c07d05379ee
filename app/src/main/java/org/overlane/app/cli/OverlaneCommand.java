/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.annotations.VisibleForTesting;
import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.karaf.shell.support.CommandException;
import org.onlab.osgi.ServiceNotFoundException;
import org.onosproject.cli.AbstractShellCommand;
import org.overlane.app.api.ConflictException;
import org.overlane.app.api.OverlaneService;
import org.overlane.app.reconcile.SwitchStatus;
import org.overlane.config.ConfigException;
import org.overlane.config.ModelWriter;
import org.overlane.config.Problem;
import org.overlane.flowrules.model.NodeId;

/**
 * What the commands have in common: the service, tables of text, and refusals. Whatever is refused
 * ends in a {@link CommandException}, so that a script gets exit status 1 and people all problems
 * with path, value and remedy; nothing was changed then.
 */
abstract class OverlaneCommand extends AbstractShellCommand {
  @VisibleForTesting Supplier<OverlaneService> source = () -> get(OverlaneService.class);
  @VisibleForTesting Consumer<String> console = System.out::println;

  final OverlaneService overlane() {
    return source.get();
  }

  /**
   * Does what the command is for.
   *
   * @throws ConfigException if what was given cannot be
   * @throws ConflictException if it contradicts what is there
   */
  abstract void run() throws Exception;

  @Override
  protected final void doExecute() throws Exception {
    try {
      run();
    } catch (ConfigException e) {
      throw refusal("Refused, nothing was changed", e.problems());
    } catch (ConflictException e) {
      throw refusal("Contradicts what is there, nothing was changed", e.problems());
    } catch (ServiceNotFoundException e) {
      // The base class would only print it, and succeed.
      throw refusal("Overlane is not running yet; try again in a moment", ImmutableList.of());
    }
  }

  private CommandException refusal(String summary, ImmutableList<Problem> problems) {
    StringBuilder text = new StringBuilder(summary);
    problems.forEach(p -> text.append("\n  ").append(inWords(p)));
    // What is shown comes first, and what getMessage() has second.
    return new CommandException(text.toString(), summary);
  }

  /** A problem as people read it; commands whose paths are options name them as they are typed. */
  String inWords(Problem problem) {
    return problem.toString();
  }

  @Override
  public void print(String format, Object... arguments) {
    console.accept(String.format(Locale.ROOT, format, arguments));
  }

  /** Prints a document. */
  final void show(ObjectNode json) {
    show(ModelWriter.text(json));
  }

  /** Prints text that may end with a newline. */
  final void show(String text) {
    print("%s", text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
  }

  /** Prints rows as a table with columns as wide as their content; the first row is the heading. */
  final void table(List<List<String>> rows) {
    for (String line : TextTable.lines(rows)) {
      print("%s", line);
    }
  }

  /** A switch that is configured or connected. */
  final SwitchStatus known(String device) {
    SwitchStatus status =
        device.trim().isEmpty() ? null : overlane().statuses().get(NodeId.of(device));
    if (status == null) {
      throw unknown("device", device, "configured or connected switch", "overlane-status");
    }
    return status;
  }

  /** The answer to an id that nothing has. */
  static ConfigException unknown(String path, String id, String what, String lister) {
    return ConfigException.quoting(path, id, "there is no such " + what, lister + " lists them");
  }
}
