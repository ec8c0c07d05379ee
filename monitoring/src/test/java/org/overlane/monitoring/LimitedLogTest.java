/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.monitoring;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;

import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class LimitedLogTest {
  private static final String FORM = "{}{}";

  private final Logger log = mock(Logger.class);
  private long now = Long.MAX_VALUE - 1;
  private final LimitedLog limited = new LimitedLog(log, () -> now);

  @Test
  void letsAFewThroughAndSaysLaterHowManyWereLeftOut() {
    for (int i = 0; i < 1_000; i++) {
      limited.warn("of:1", "flaps");
    }
    verify(log, times(LimitedLog.BURST)).warn(FORM, "flaps", "");
    verifyNoMoreInteractions(log);

    now += LimitedLog.PERIOD - 1;
    limited.warn("of:1", "flaps");
    verifyNoMoreInteractions(log);

    now += 1;
    limited.warn("of:1", "flaps");
    verify(log).warn(FORM, "flaps", " (991 more were left out before)");
    limited.warn("of:1", "flaps");
    verify(log, times(LimitedLog.BURST + 1)).warn(FORM, "flaps", "");
  }

  @Test
  void leavesToEachSubjectItsOwn() {
    for (int i = 0; i < 100; i++) {
      limited.info("of:1", "flaps");
    }
    limited.info("of:2", "connected");
    verify(log).info(FORM, "connected", "");
  }

  /** However many subjects somebody makes up, what is logged and remembered is bounded. */
  @Test
  void cannotBeFloodedBySubjectsThatAreMadeUp() {
    for (int i = 0; i < LimitedLog.BURST + 1; i++) {
      limited.error("first", "x");
    }
    for (int i = 0; i < 10 * LimitedLog.SUBJECTS; i++) {
      limited.error(i, "y");
    }
    verify(log, times(LimitedLog.MOST - LimitedLog.BURST)).error(FORM, "y", "");
    now += LimitedLog.PERIOD;
    limited.error("first", "z");
    // Forgotten meanwhile, and with it what was left out.
    verify(log).error(FORM, "z", "");
  }

  @Test
  void carriesTheCauseAlong() {
    Exception cause = new Exception("defect");
    limited.warn("a", "failed", cause);
    limited.error("a", "failed", cause);
    verify(log).warn(FORM, "failed", "", cause);
    verify(log).error(FORM, "failed", "", cause);
  }
}
