/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void alignsColumns() {
    assertThat(
            TextTable.lines(
                ImmutableList.of(
                    ImmutableList.of("NAME", "STATE"), ImmutableList.of("a long name", "x"))))
        .containsExactly("NAME         STATE", "a long name  x");
  }

  @Test
  void isEmptyWithoutRows() {
    assertThat(TextTable.lines(ImmutableList.of())).isEmpty();
  }
}
