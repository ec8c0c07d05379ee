/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.plan;

import com.google.common.base.Strings;
import java.util.ArrayList;
import java.util.List;

/** Rows of text in columns as wide as they have to be. Not thread-safe. */
final class TextTable {
  private final List<String[]> rows = new ArrayList<>();
  private final int[] widths;

  TextTable(String... headings) {
    widths = new int[headings.length];
    add(headings);
  }

  /** As many cells as there are headings. */
  void add(String... cells) {
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], cells[i].length());
    }
    rows.add(cells);
  }

  /** One line for each row, columns two blanks apart. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.length - 1; i++) {
        line.append(Strings.padEnd(row[i], widths[i] + 2, ' '));
      }
      lines.add(line.append(row[row.length - 1]).toString());
    }
    return lines;
  }
}
