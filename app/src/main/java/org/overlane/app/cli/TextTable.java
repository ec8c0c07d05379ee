/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import java.util.List;

/** Rows of text, one below the other. */
final class TextTable {
  private TextTable() {}

  /** One line for each row, columns two blanks apart, without blanks at the end. */
  static ImmutableList<String> lines(List<List<String>> rows) {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        line.append(Strings.padEnd(row.get(i), widths[i] + 2, ' '));
      }
      lines.add(line.toString().replaceAll(" +$", ""));
    }
    return lines.build();
  }
}
