/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tracing;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.overlane.config.ConfigException;
import org.overlane.config.Problem;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.MacAddress;

/** The values of options, and what is wrong with them. Not thread-safe. */
final class Arguments {
  private static final int SHOWN = 60;

  private final ImmutableMap<TraceOption, String> values;
  private final List<Problem> problems = new ArrayList<>();

  Arguments(ImmutableMap<TraceOption, String> values) {
    this.values = values;
  }

  boolean has(TraceOption option) {
    return values.containsKey(option);
  }

  Optional<String> text(TraceOption option) {
    return Optional.ofNullable(values.get(option));
  }

  void problem(TraceOption option, String message, String remedy) {
    String value = option.isFlag() ? "" : text(option).map(Arguments::quote).orElse("");
    problems.add(Problem.of(option.text(), value, message, remedy));
  }

  private static String quote(String text) {
    String printable = CharMatcher.inRange(' ', '~').negate().replaceFrom(text, '?');
    return '"'
        + (printable.length() > SHOWN ? printable.substring(0, SHOWN - 3) + "..." : printable)
        + '"';
  }

  /**
   * Refuses the question if anything in it is wrong.
   *
   * @throws ConfigException with all problems
   */
  void refuseIfWrong() {
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }

  /** A whole number, also in hexadecimal. */
  Optional<Integer> number(TraceOption option, int least, int most) {
    return parsed(
        option,
        text -> {
          int number = Integer.decode(text.trim());
          if (number < least || number > most) {
            throw new IllegalArgumentException();
          }
          return number;
        },
        "must be a number from " + least + " to " + most,
        "Give such a number");
  }

  Optional<IpAddress> ip(TraceOption option) {
    return parsed(
        option,
        text -> IpAddress.parse(text.trim()),
        "is no IP address",
        "Give one such as 192.0.2.1 or 2001:db8::1");
  }

  Optional<MacAddress> mac(TraceOption option) {
    return parsed(
        option,
        text -> MacAddress.parse(text.trim()),
        "is no MAC address",
        "Give six hexadecimal octets, such as 02:00:00:00:00:01");
  }

  /** One of some words, whatever their case. */
  <T> Optional<T> word(TraceOption option, T[] all, Function<T, String> words) {
    String list = Arrays.stream(all).map(words).collect(Collectors.joining(", "));
    return parsed(
        option,
        text ->
            Arrays.stream(all)
                .filter(v -> words.apply(v).equalsIgnoreCase(text.trim()))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new),
        "must be one of " + list,
        "Use one of these");
  }

  private <T> Optional<T> parsed(
      TraceOption option, Function<String, T> parser, String message, String remedy) {
    return text(option)
        .flatMap(
            text -> {
              try {
                return Optional.of(parser.apply(text));
              } catch (IllegalArgumentException e) {
                problem(option, message, remedy);
                return Optional.empty();
              }
            });
  }
}
