/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReasonTest {
  @ParameterizedTest
  @EnumSource
  void hasATextAndASentence(Reason reason) {
    assertThat(reason.text()).matches("[a-z]+[0-9]?(-[a-z0-9]+)*");
    assertThat(reason.text().replace('-', '_')).isEqualToIgnoringCase(reason.name());
    assertThat(reason.description()).matches("[A-Z][^.]*\\.");
  }

  @ParameterizedTest
  @EnumSource
  void isADropIfItsNameSaysSo(Reason reason) {
    assertThat(reason.isDrop()).isEqualTo(reason.name().matches("(DROPPED|SUPPRESSED)_.*"));
  }
}
