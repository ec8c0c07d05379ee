/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import com.google.common.annotations.VisibleForTesting;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Paths;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.overlane.app.api.ModelView;
import org.overlane.app.rest.ModelJson;
import org.overlane.config.ConfigException;
import org.overlane.config.ModelDocument;
import org.overlane.config.Pending;

/** Makes a document the model, or adds it. */
@Service
@Command(
    scope = "onos",
    name = "overlane-apply",
    description =
        "Makes a model document the model: what is not in it is removed; with --merge it is added."
            + " All of it is checked first")
public final class ApplyCommand extends EditCommand {
  /** More lines than that help nobody. */
  private static final int LISTED = 40;

  @Argument(
      name = "file",
      description = "A file of the controller's machine; without it, standard input")
  @Completion(FileCompleter.class)
  private String file;

  @Option(
      name = "--merge",
      description = "Add it: objects of the same id are replaced, all others stay")
  private boolean merge;

  @VisibleForTesting InputStream keyboard = System.in;

  @Override
  void run() throws IOException {
    String text = text();
    AtomicReference<ModelDocument> before = new AtomicReference<>(ModelDocument.EMPTY);
    UnaryOperator<ModelDocument> change = merge ? added(text) : replaced(text);
    ModelView result =
        edit(
            present -> {
              before.set(present);
              return change.apply(present);
            });
    ImmutableList<Pending> pending = overlane().assembly(result.document()).pending();
    if (outputJson()) {
      show(ModelJson.changed(result, pending, dryRun));
      return;
    }
    tellDifference(ModelDifference.lines(before.get(), result.document()));
    if (!pending.isEmpty()) {
      print("%d things wait for a port or a device, see overlane-pending", pending.size());
    }
  }

  private void tellDifference(ImmutableList<String> lines) {
    lines.stream().limit(LISTED).forEach(line -> print("%s", line));
    if (lines.size() > LISTED) {
      print("and %d more", lines.size() - LISTED);
    }
    if (lines.isEmpty()) {
      print("That is the model already; nothing is to be changed");
    } else if (dryRun) {
      print("Nothing was changed (dry run)");
    }
  }

  private static UnaryOperator<ModelDocument> replaced(String text) {
    ModelDocument wanted = READER.readDocument(text);
    return present -> wanted;
  }

  private static UnaryOperator<ModelDocument> added(String text) {
    ModelDocument part = READER.readFragment(text);
    return present -> present.with(part);
  }

  private String text() throws IOException {
    if (file == null) {
      return READER.readText(keyboard);
    }
    try (InputStream stream = Files.newInputStream(Paths.get(file))) {
      return READER.readText(stream);
    } catch (IOException | InvalidPathException e) {
      throw ConfigException.quoting(
          "file",
          file,
          "cannot be read on the controller's machine",
          "Name a file there that the controller may read, or send it as standard input");
    }
  }
}
