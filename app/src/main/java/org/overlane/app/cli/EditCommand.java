/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.UnaryOperator;
import org.apache.karaf.shell.api.action.Option;
import org.overlane.app.api.ModelView;
import org.overlane.config.ModelDocument;
import org.overlane.config.ModelReader;

/** A command that changes what is declared: all that it was asked for, or nothing. */
abstract class EditCommand extends OverlaneCommand {
  static final ModelReader READER = new ModelReader();

  @Option(name = "--dry-run", description = "Check only, and change nothing")
  boolean dryRun;

  final ModelView edit(UnaryOperator<ModelDocument> change) {
    return overlane().change(change, dryRun);
  }

  /**
   * Says what has been done, or would be.
   *
   * @param what as in {@code network blue}
   * @param done as in {@code added}
   */
  final void tell(String what, String done) {
    print(dryRun ? "%s would be %s (dry run)" : "%s %s", what, done);
  }

  /** The same, or with {@code --json} what it is now. */
  final void tell(String what, String done, ObjectNode now) {
    if (outputJson()) {
      show(now);
    } else {
      tell(what, done);
    }
  }
}
