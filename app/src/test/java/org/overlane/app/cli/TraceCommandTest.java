/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;
import org.apache.karaf.shell.api.action.Option;
import org.junit.jupiter.api.Test;
import org.overlane.tracing.TraceOption;

class TraceCommandTest {
  @Test
  void offersEveryOptionOfAQuestion() {
    Map<String, Class<?>> offered = new HashMap<>();
    for (Field field : TraceCommand.class.getDeclaredFields()) {
      if (field.isAnnotationPresent(Option.class)) {
        offered.put(field.getAnnotation(Option.class).name(), field.getType());
      }
    }
    for (TraceOption option : TraceOption.values()) {
      assertThat(offered)
          .containsEntry("--" + option.text(), option.isFlag() ? boolean.class : String.class);
    }
  }
}
