/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tracing;

import com.google.auto.value.AutoValue;
import com.google.common.primitives.UnsignedLongs;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.overlane.flowrules.openflow.Cookie;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.text.OfctlFormat;
import org.overlane.flowrules.text.ParseException;

/** An entry of a switch as somebody has it at hand: a line of ovs-ofctl, or only the cookie. */
@AutoValue
public abstract class ObservedEntry {
  private static final Pattern COOKIE = Pattern.compile("\\bcookie=(0x[0-9a-fA-F]{1,16}|\\d+)");
  private static final Pattern HEX = Pattern.compile("0[xX][0-9a-fA-F]{1,16}");
  private static final Pattern BARE_HEX = Pattern.compile("[0-9a-fA-F]{1,16}");
  private static final Pattern DECIMAL = Pattern.compile("\\d{1,20}");
  private static final Pattern PACKETS = Pattern.compile("\\bn_packets=(\\d+)");
  private static final Pattern IDLE = Pattern.compile("\\bidle_timeout=(\\d+)");

  /** What a dump says about an entry beside what it does. */
  private static final Pattern PROPERTIES =
      Pattern.compile(
          "\\b(idle_timeout=\\d+|hard_timeout=\\d+|importance=\\d+|send_flow_rem|check_overlap"
              + "|reset_counts|no_packet_counts|no_byte_counts)\\b[, ]*");

  ObservedEntry() {}

  /** All 64 bits as on the switch; the top 16 are the application id of ONOS. */
  public abstract long cookieBits();

  /** Absent if only the cookie is known. */
  public abstract Optional<FlowEntry> entry();

  /** Why there is no entry, where a line was given: what in it Overlane would not have written. */
  public abstract Optional<String> unreadable();

  /** Packets so far, as the line says. */
  public abstract Optional<Long> packets();

  /** Seconds without packets after which it goes. */
  public abstract Optional<Integer> idleTimeout();

  public final Cookie cookie() {
    return Cookie.ofBits(cookieBits());
  }

  public final int applicationId() {
    return (int) (cookieBits() >>> Cookie.BITS);
  }

  /**
   * Whether a line of a dump has an entry, rather than a heading, a comment, a group or nothing.
   */
  public static boolean isEntry(String line) {
    String text = line.trim();
    return !text.isEmpty()
        && !text.startsWith("#")
        && !text.startsWith("OFPST_")
        && !text.startsWith("NXST_")
        && !text.startsWith("meter=")
        && !text.startsWith("group_id=");
  }

  /** Whether a text is a cookie by itself: hexadecimal, or decimal as ONOS writes its flow ids. */
  public static boolean isCookie(String text) {
    return HEX.matcher(text).matches()
        || DECIMAL.matcher(text).matches()
        || BARE_HEX.matcher(text).matches();
  }

  /**
   * The entry of a line, or the one with a cookie.
   *
   * @throws IllegalArgumentException if it is neither; the message says what would be
   */
  public static ObservedEntry parse(String text) {
    String line = text.trim();
    if (isCookie(line)) {
      return of(number(line), Optional.empty(), Optional.empty(), line);
    }
    if (!line.contains("actions=")) {
      throw new IllegalArgumentException(
          "neither a cookie, such as 0x31268c07136, nor a line of ovs-ofctl dump-flows: " + line);
    }
    Matcher cookie = COOKIE.matcher(line);
    long bits = cookie.find() ? number(cookie.group(1)) : 0;
    int actions = line.indexOf("actions=");
    String properties = PROPERTIES.matcher(line.substring(0, actions)).replaceAll("");
    try {
      FlowEntry entry = OfctlFormat.parseEntry(properties + line.substring(actions));
      return of(bits, Optional.of(entry), Optional.empty(), line);
    } catch (ParseException e) {
      return of(bits, Optional.empty(), Optional.of(e.getMessage()), line);
    }
  }

  private static ObservedEntry of(
      long bits, Optional<FlowEntry> entry, Optional<String> unreadable, String line) {
    return new AutoValue_ObservedEntry(
        bits,
        entry,
        unreadable,
        find(PACKETS, line).map(UnsignedLongs::parseUnsignedLong),
        find(IDLE, line).map(Integer::valueOf));
  }

  private static Optional<String> find(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static long number(String text) {
    if (HEX.matcher(text).matches()) {
      return UnsignedLongs.parseUnsignedLong(text.substring(2), 16);
    }
    try {
      return UnsignedLongs.parseUnsignedLong(text, DECIMAL.matcher(text).matches() ? 10 : 16);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("a cookie has 64 bits, this has more: " + text, e);
    }
  }
}
