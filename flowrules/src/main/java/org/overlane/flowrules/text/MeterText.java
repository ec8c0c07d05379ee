/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.overlane.flowrules.openflow.Meter;

/** Meters, as ovs-ofctl writes them: with one band, which drops, and rates in packets. */
final class MeterText {
  private static final Pattern FORM =
      Pattern.compile(
          "\\s*meter=(\\d{1,10}),? ?pktps,? ?burst,? ?stats,? ?bands="
              + "\\s*type=drop,? ?rate=(\\d{1,10}),? ?burst_size=(\\d{1,10})\\s*");

  private MeterText() {}

  static String render(Meter meter) {
    return "meter="
        + meter.id()
        + ",pktps,burst,stats,bands=type=drop,rate="
        + meter.rate()
        + ",burst_size="
        + meter.burst();
  }

  /** The lines of meters, each whole: dump-meters puts the band on a line of its own. */
  static List<Token> join(List<Token> lines) {
    List<Token> joined = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Token line = lines.get(i);
      if (line.text().trim().endsWith("bands=") && i + 1 < lines.size()) {
        line = new Token(line.text() + lines.get(++i).text(), line.line(), 1);
      }
      joined.add(line);
    }
    return joined;
  }

  /** What {@link #render} gives, or a line of {@code dump-meters} for such a meter. */
  static Meter parse(Token line) {
    String source = line.after("#").map(t -> t.text().trim()).orElse("");
    Matcher matcher = FORM.matcher(line.before("#").text());
    if (!matcher.matches()) {
      throw line.error(
          "only meter=ID,pktps,burst,stats,bands=type=drop,rate=N,burst_size=N is understood");
    }
    try {
      return Meter.of(
          Long.parseLong(matcher.group(1)),
          Integer.parseInt(matcher.group(2)),
          Integer.parseInt(matcher.group(3)),
          source);
    } catch (IllegalArgumentException e) {
      throw line.error(e.getMessage());
    }
  }
}
