/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.text;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.ActionSet;
import org.overlane.flowrules.openflow.Cookie;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.openflow.Group;
import org.overlane.flowrules.openflow.Instructions;
import org.overlane.flowrules.openflow.Match;
import org.overlane.flowrules.openflow.Meter;

/**
 * Flow entries, groups and meters in the syntax of ovs-ofctl. What is rendered here, {@code
 * ovs-ofctl -O OpenFlow13 add-flows}, {@code add-groups} and {@code add-meter} take; what is parsed
 * is that, and what {@code dump-flows}, {@code dump-groups} and {@code dump-meters} print, with
 * statistics or without. After {@code #} stands what in the model caused a line; ovs-ofctl ignores
 * it, the parser reads it back.
 *
 * <p>Only what the pipeline uses, and action sets and groups of other applications, is understood.
 * Anything else is a {@link ParseException} that names line and column: nothing is skipped silently
 * but statistics and what {@link Group} leaves out. Stateless, thread-safe.
 */
public final class OfctlFormat {
  /** What ovs-ofctl leaves out, and takes for granted, where no priority is given. */
  private static final int DEFAULT_PRIORITY = 32_768;

  private static final ImmutableSet<String> STATISTICS =
      ImmutableSet.of("duration", "n_packets", "n_bytes", "idle_age", "hard_age");
  private static final String BUCKET = "bucket=";

  /** Of a bucket: what has no bearing on what a packet may meet. */
  private static final ImmutableList<String> LEFT_OUT = ImmutableList.of("bucket_id:", "weight:");

  private static final String CLEAR = "clear_actions";
  private static final String WRITE = "write_actions(";

  private OfctlFormat() {}

  /** One line without line end and without the source. */
  public static String entry(FlowEntry entry) {
    return "cookie="
        + entry.cookie()
        + ", table="
        + entry.table()
        + ", priority="
        + entry.priority()
        + ","
        + MatchText.render(entry.match())
        + " actions="
        + instructions(entry.instructions());
  }

  /** The actions of an entry, {@code drop} if there are none. */
  public static String instructions(Instructions instructions) {
    List<String> parts = new ArrayList<>();
    instructions.meter().ifPresent(m -> parts.add("meter:" + m));
    instructions.applyActions().forEach(a -> parts.add(ActionText.render(a)));
    if (instructions.clearActions()) {
      parts.add(CLEAR);
    }
    if (!instructions.writeActions().isEmpty()) {
      parts.add(WRITE + actions(instructions.writeActions()) + ")");
    }
    instructions
        .writeMetadata()
        .ifPresent(
            m -> parts.add("write_metadata:" + m.value() + (m.isExact() ? "" : "/" + m.mask())));
    instructions.gotoTable().ifPresent(t -> parts.add("goto_table:" + t));
    return parts.isEmpty() ? "drop" : String.join(",", parts);
  }

  /** The fields of a match, separated by commas; empty if it matches everything. */
  public static String match(Match match) {
    String text = MatchText.render(match);
    return text.isEmpty() ? text : text.substring(0, text.length() - 1);
  }

  /** One line without line end and without the source. */
  public static String group(Group group) {
    StringBuilder text =
        new StringBuilder("group_id=" + group.id() + ",type=" + group.type().text());
    for (ImmutableList<Action> bucket : group.buckets()) {
      text.append(",bucket=actions=");
      text.append(bucket.isEmpty() ? "drop" : actions(bucket));
    }
    return text.toString();
  }

  private static String actions(List<Action> actions) {
    return actions.stream().map(ActionText::render).collect(Collectors.joining(","));
  }

  /** One line without line end and without the source; the form of {@code add-meter}. */
  public static String meter(Meter meter) {
    return MeterText.render(meter);
  }

  /** All meters, a line each with its source, by id. */
  public static String meters(FlowTables tables) {
    StringBuilder text = new StringBuilder();
    tables.meters().values().forEach(m -> appendLine(text, meter(m), m.source()));
    return text.toString();
  }

  /** All entries, a line each with its source, in canonical order. */
  public static String flows(FlowTables tables) {
    StringBuilder text = new StringBuilder();
    tables.entries().forEach(e -> appendLine(text, entry(e), e.source()));
    return text.toString();
  }

  /** All groups, a line each with its source, by id. */
  public static String groups(FlowTables tables) {
    StringBuilder text = new StringBuilder();
    tables.groups().values().forEach(g -> appendLine(text, group(g), g.source()));
    return text.toString();
  }

  private static void appendLine(StringBuilder text, String line, String source) {
    text.append(line);
    if (!source.isEmpty()) {
      text.append(" # ").append(source.replaceAll("[\\r\\n]", " "));
    }
    text.append('\n');
  }

  /** As {@link #parse(String, String, String)}, without meters. */
  public static FlowTables parse(String flows, String groups) {
    return parse(flows, groups, "");
  }

  /**
   * Entries, groups and meters from three texts of any number of lines.
   *
   * @throws ParseException at the first line that is not understood
   * @throws IllegalArgumentException if two entries have one key, or two groups or meters one id
   */
  public static FlowTables parse(String flows, String groups, String meters) {
    return new FlowTables(
        lines(flows).stream().map(OfctlFormat::parseEntry).collect(Collectors.toList()),
        lines(groups).stream().map(OfctlFormat::parseGroup).collect(Collectors.toList()),
        MeterText.join(lines(meters)).stream().map(MeterText::parse).collect(Collectors.toList()));
  }

  /** As {@link #parse(String, String, String)}, for one meter. */
  public static Meter parseMeter(String line) {
    return MeterText.parse(new Token(line, 1, 1));
  }

  /** As {@link #parse}, for one entry. */
  public static FlowEntry parseEntry(String line) {
    return parseEntry(new Token(line, 1, 1));
  }

  /** As {@link #parse}, for one group. */
  public static Group parseGroup(String line) {
    return parseGroup(new Token(line, 1, 1));
  }

  /** The lines with content: no blank lines, comments or headings of replies. */
  private static List<Token> lines(String text) {
    List<Token> lines = new ArrayList<>();
    int number = 0;
    for (String line : text.split("\\r?\\n", -1)) {
      number++;
      String content = line.trim();
      boolean heading = content.startsWith("OFPST_") || content.startsWith("NXST_");
      if (!content.isEmpty() && !content.startsWith("#") && !heading) {
        lines.add(new Token(line, number, 1));
      }
    }
    return lines;
  }

  private static FlowEntry parseEntry(Token line) {
    Token body = line.before("#");
    String source = line.after("#").map(t -> t.text().trim()).orElse("");
    int actions = indexOfActions(body);
    int table = 0;
    int priority = DEFAULT_PRIORITY;
    Cookie cookie = Cookie.ofBits(0);
    MatchText.Parser match = new MatchText.Parser();
    for (Token part : body.part(0, actions).splitAtCommas()) {
      Token value = part.after("=").orElse(part);
      switch (part.before("=").text()) {
        case "table":
          table = (int) value.number(253);
          break;
        case "priority":
          priority = (int) value.number(0xffff);
          break;
        case "cookie":
          cookie = Cookie.ofBits(value.number(-1L));
          break;
        default:
          if (!STATISTICS.contains(part.before("=").text())) {
            match.add(part);
          }
          break;
      }
    }
    Instructions instructions = parseInstructions(body.from(actions + "actions=".length()));
    try {
      return FlowEntry.of(table, priority, match.build(), instructions, cookie, source);
    } catch (IllegalArgumentException e) {
      throw body.error(e.getMessage());
    }
  }

  private static int indexOfActions(Token body) {
    int at = body.text().indexOf("actions=");
    boolean separated =
        at == 0
            || (at > 0 && (body.text().charAt(at - 1) == ' ' || body.text().charAt(at - 1) == ','));
    if (!separated) {
      throw body.error("no 'actions=' in '" + body.text().trim() + "'");
    }
    return at;
  }

  private static Instructions parseInstructions(Token text) {
    Instructions.Builder instructions = Instructions.builder();
    List<Action> actions = new ArrayList<>();
    List<Action> written = new ArrayList<>();
    List<Token> parts = text.splitAtCommas();
    for (Token part : parts) {
      if (part.text().startsWith(WRITE)) {
        if (!written.isEmpty()) {
          throw part.error("write_actions is given twice");
        }
        written.addAll(parseWritten(part));
        continue;
      }
      Token value = part.after(":").orElse(part);
      switch (part.before(":").text()) {
        case "meter":
          instructions.meter(value.number(0xffffffffL));
          break;
        case "write_metadata":
          instructions.writeMetadata(FieldText.parse(Field.METADATA, value));
          break;
        case "goto_table":
          instructions.gotoTable((int) value.number(253));
          break;
        case CLEAR:
          instructions.clearActions(true);
          break;
        case "drop":
          if (parts.size() > 1) {
            throw part.error("drop stands alone");
          }
          break;
        default:
          actions.add(ActionText.parse(part));
          break;
      }
    }
    if (parts.isEmpty()) {
      throw text.error("an entry needs actions, or drop");
    }
    return instructions.applyActions(actions).writeActions(written).build();
  }

  /** What is in {@code write_actions(...)}. */
  private static List<Action> parseWritten(Token part) {
    if (!part.text().endsWith(")")) {
      throw part.error("write_actions needs a closing parenthesis: '" + part + "'");
    }
    List<Action> actions = new ArrayList<>();
    for (Token token : part.part(WRITE.length(), part.text().length() - 1).splitAtCommas()) {
      Action action = ActionText.parse(token);
      if (!ActionSet.allows(ImmutableList.of(action))) {
        throw token.error("write_actions cannot hold '" + token + "'; apply it before");
      }
      actions.add(action);
    }
    return actions;
  }

  private static Group parseGroup(Token line) {
    Token body = line.before("#");
    String source = line.after("#").map(t -> t.text().trim()).orElse("");
    Optional<Long> id = Optional.empty();
    Group.Type type = Group.Type.ALL;
    for (Token part : body.before(BUCKET).splitAtCommas()) {
      Token value = part.after("=").orElse(part);
      switch (part.before("=").before("(").text()) {
        case "group_id":
          id = Optional.of(value.number(Group.MAX_ID));
          break;
        case "type":
          type = Group.Type.named(value.text()).orElseThrow(() -> unknownType(value));
          break;
        case "selection_method":
        case "selection_method_param":
        case "fields":
          break; // how Open vSwitch chooses a bucket
        default:
          throw part.error("unknown property of a group: '" + part + "'");
      }
    }
    List<ImmutableList<Action>> buckets = new ArrayList<>();
    Optional<Token> rest = body.after(BUCKET);
    while (rest.isPresent()) {
      buckets.add(parseBucket(rest.get().before("," + BUCKET)));
      rest = rest.get().after("," + BUCKET);
    }
    try {
      return Group.of(id.orElseThrow(() -> body.error("no group_id")), type, buckets, source);
    } catch (ParseException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw body.error(e.getMessage());
    }
  }

  private static ParseException unknownType(Token type) {
    boolean failover = type.text().equals("ff") || type.text().equals("fast_failover");
    return type.error(
        "only groups of type all, select and indirect are understood, not '"
            + type
            + "'"
            + (failover ? ": which bucket of it is alive only the switch knows" : ""));
  }

  private static ImmutableList<Action> parseBucket(Token text) {
    ImmutableList.Builder<Action> actions = ImmutableList.builder();
    boolean first = true;
    for (Token part : text.splitAtCommas()) {
      if (first && LEFT_OUT.stream().anyMatch(part.text()::startsWith)) {
        continue;
      }
      Token action = first ? part.after("actions=").orElse(part) : part;
      first = false;
      if (!action.text().equals("drop")) {
        actions.add(ActionText.parse(action));
      }
    }
    return actions.build();
  }
}
