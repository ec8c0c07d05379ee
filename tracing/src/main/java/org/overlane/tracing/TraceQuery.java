/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tracing;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.overlane.config.ConfigException;
import org.overlane.config.Problem;
import org.overlane.flowrules.model.NetworkModel;

/** A question about a packet, as it was asked. Immutable. */
public final class TraceQuery {
  private final ImmutableMap<TraceOption, String> values;

  private TraceQuery(Map<TraceOption, String> values) {
    this.values = Maps.immutableEnumMap(values);
  }

  /** The value of a flag does not count. */
  public static TraceQuery of(Map<TraceOption, String> values) {
    return new TraceQuery(values);
  }

  /**
   * A question with options by name. A flag is set by an empty value or {@code true}, and not set
   * by {@code false}.
   *
   * @throws ConfigException if a name is unknown or the value of a flag is something else
   */
  public static TraceQuery parse(Map<String, String> named) {
    Map<TraceOption, String> values = new EnumMap<>(TraceOption.class);
    List<Problem> problems = new ArrayList<>();
    named.forEach(
        (name, value) -> {
          TraceOption option = TraceOption.named(name).orElse(null);
          if (option == null) {
            problems.add(Problem.of(name, "", "there is no such option", "Use " + names()));
          } else if (!option.isFlag() || value.isEmpty() || value.equals("true")) {
            values.put(option, value);
          } else if (!value.equals("false")) {
            problems.add(
                Problem.of(name, "", "is there or not: true or false", "Leave the value out"));
          }
        });
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return new TraceQuery(values);
  }

  private static String names() {
    return Arrays.stream(TraceOption.values())
        .map(TraceOption::text)
        .collect(Collectors.joining(", "));
  }

  /**
   * The packet and its port of arrival.
   *
   * @throws ConfigException with all that is wrong with the question, and for each what to do
   */
  public TraceStart resolve(NetworkModel model) {
    Arguments arguments = new Arguments(values);
    Places places = Places.find(arguments, model);
    arguments.refuseIfWrong();
    TraceStart start = new PacketChoice(arguments, places).start();
    arguments.refuseIfWrong();
    return start;
  }
}
