/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import java.util.List;
import org.onosproject.cli.AbstractShellCommand;
import org.overlane.app.api.OverlaneService;

/** What the commands have in common: the service, and tables of text. */
abstract class OverlaneCommand extends AbstractShellCommand {
  static OverlaneService overlane() {
    return get(OverlaneService.class);
  }

  /** Prints rows as a table with columns as wide as their content; the first row is the heading. */
  void table(List<List<String>> rows) {
    for (String line : TextTable.lines(rows)) {
      print("%s", line);
    }
  }
}
