/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace;

import java.util.stream.Collectors;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.ActionSet;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.Group;
import org.overlane.flowrules.pipeline.PortMeters;
import org.overlane.flowrules.pipeline.PortMeters.Purpose;

/**
 * A trace for people: the packet, the tables one after the other with what each entry does and what
 * in the model caused it, and at the end where the packet went. Stateless, thread-safe.
 */
public final class TraceText {
  private static final String INDENT = "    ";
  private static final ActionWords ACTION_WORDS = new ActionWords();

  private TraceText() {}

  /** Lines, each with its end. */
  public static String render(Trace trace) {
    StringBuilder text = new StringBuilder();
    line(text, "Packet: " + PacketWords.describe(trace.packet()));
    line(text, "Fragments as seen by: " + trace.mode().text());
    StepWriter writer = new StepWriter(text);
    trace.steps().forEach(s -> s.accept(writer));
    line(text, "Result:");
    trace.dispositions().forEach(d -> line(text, INDENT + result(d) + condition(d)));
    return text.toString();
  }

  private static void line(StringBuilder text, String line) {
    text.append(line).append('\n');
  }

  private static String condition(Disposition disposition) {
    return disposition.choices().isEmpty()
        ? ""
        : disposition.choices().stream()
            .map(BucketChoice::text)
            .collect(Collectors.joining(" and ", "; only if ", ""));
  }

  /** One line for where a copy ended, and why. */
  static String result(Disposition disposition) {
    String reason = disposition.entry().map(e -> ", by " + provenance(e)).orElse("");
    switch (disposition.kind()) {
      case OUTPUT:
        return "output to port " + disposition.port().get() + tunnel(disposition) + reason;
      case TO_CONTROLLER:
        return "to the controller, at most " + disposition.maxLength() + " bytes" + reason;
      case DROPPED_BY_ENTRY:
        return "dropped" + reason;
      case DROPPED_NO_MATCH:
        return "dropped: no entry matches"
            + disposition.entry().map(e -> ", after " + provenance(e)).orElse("");
      case DROPPED_FRAGMENT:
        return "dropped: the switch is set to drop all fragments";
      case SUPPRESSED:
      default:
        return "not sent: port "
            + disposition.port().get()
            + " is where it came from (only IN_PORT sends back)"
            + reason;
    }
  }

  private static String tunnel(Disposition disposition) {
    FieldView fields = disposition.fields();
    String id = fields.tunnelId() == 0 ? "" : Long.toUnsignedString(fields.tunnelId());
    return (id.isEmpty() ? "" : ", tunnel id " + id)
        + fields.tunnelDestination().map(a -> ", tunnel destination " + a).orElse("");
  }

  private static String provenance(FlowEntry entry) {
    return (entry.source().isEmpty() ? "an entry without source" : entry.source())
        + " (table "
        + entry.table()
        + ", cookie "
        + entry.cookie()
        + ")";
  }

  /** What an action of an action set is going to do. */
  private static final class ActionWords implements Action.Visitor<String> {
    @Override
    public String output(Action.Output action) {
      return "output to port " + action.port();
    }

    @Override
    public String setField(Action.SetField action) {
      FieldValue value = action.value();
      return "set "
          + value.field().ofctlName()
          + "="
          + FieldWords.value(value.field(), value.value())
          + (value.isExact() ? "" : "/" + value.mask());
    }

    @Override
    public String group(Action.ToGroup action) {
      return "group " + action.groupId();
    }

    @Override
    public String checkPacketLarger(Action.CheckPacketLarger action) {
      throw new IllegalArgumentException("no action set holds " + action);
    }
  }

  /** Writes a line for each step, indented under the table it happens in. */
  private static final class StepWriter implements TraceStep.Visitor<Boolean> {
    private final StringBuilder text;

    StepWriter(StringBuilder text) {
      this.text = text;
    }

    private Boolean step(String line) {
      line(text, INDENT + line);
      return true;
    }

    @Override
    public Boolean matched(TraceStep.Matched step) {
      FlowEntry entry = step.entry();
      line(
          text,
          "Table "
              + entry.table()
              + ", priority "
              + entry.priority()
              + ": "
              + FieldWords.match(entry.match()));
      step("because of " + provenance(entry));
      return true;
    }

    @Override
    public Boolean noMatch(TraceStep.NoMatch step) {
      line(text, "Table " + step.table() + ": no entry matches");
      return true;
    }

    @Override
    public Boolean metered(TraceStep.Metered step) {
      String meter =
          "meter " + step.meter() + PortMeters.name(step.meter()).map(n -> ", " + n).orElse("");
      boolean counts = PortMeters.purpose(step.meter()).filter(p -> p == Purpose.DROP).isPresent();
      return step(
          meter
              + (counts
                  ? " (counts what is dropped here)"
                  : " (drops what exceeds its rate; taken as passed)"));
    }

    @Override
    public Boolean fieldSet(TraceStep.FieldSet step) {
      Field field = step.field();
      Bits before = step.before();
      String old = before.isZero() ? "" : " (was " + FieldWords.value(field, before) + ")";
      return step("set " + field.ofctlName() + "=" + FieldWords.value(field, step.after()) + old);
    }

    @Override
    public Boolean sizeChecked(TraceStep.SizeChecked step) {
      return step(
          step.length()
              + " bytes "
              + (step.isLarger() ? "exceed" : "fit")
              + " the limit of "
              + step.limit()
              + " (Ethernet header included): "
              + step.register().ofctlName()
              + "["
              + step.bit()
              + "]="
              + (step.isLarger() ? 1 : 0));
    }

    @Override
    public Boolean actionSetChanged(TraceStep.ActionSetChanged step) {
      return step("action set: " + content(step.set()));
    }

    @Override
    public Boolean actionSetExecuted(TraceStep.ActionSetExecuted step) {
      line(text, "Action set: " + content(step.set()));
      return true;
    }

    private static String content(ActionSet set) {
      String content =
          set.inOrder().stream()
              .map(a -> a.accept(ACTION_WORDS))
              .collect(Collectors.joining(", then "));
      return content.isEmpty() ? "empty" : content;
    }

    @Override
    public Boolean groupEntered(TraceStep.GroupEntered step) {
      Group group = step.group();
      int buckets = group.buckets().size();
      String what =
          group.hasChoice()
              ? ", one of " + buckets + " buckets, which the switch chooses"
              : group.type() == Group.Type.ALL
                  ? ", a copy for each of " + buckets + " buckets"
                  : "";
      return step("group " + group.id() + what + ", because of " + group.source());
    }

    @Override
    public Boolean bucketEntered(TraceStep.BucketEntered step) {
      return step("bucket " + (step.bucket() + 1) + " of group " + step.groupId());
    }

    @Override
    public Boolean ended(TraceStep.Ended step) {
      Disposition end = step.disposition();
      switch (end.kind()) {
        case OUTPUT:
          return step("output to port " + end.port().get());
        case TO_CONTROLLER:
          return step("to the controller");
        case SUPPRESSED:
          return step("not sent back to port " + end.port().get());
        default:
          return step("dropped");
      }
    }
  }
}
