/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace;

import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.pipeline.PortMeters;
import org.overlane.flowrules.pipeline.PortMeters.Purpose;

/**
 * A trace for people: the packet, the tables one after the other with what each entry does and what
 * in the model caused it, and at the end where the packet went. Stateless, thread-safe.
 */
public final class TraceText {
  private static final String INDENT = "    ";

  private TraceText() {}

  /** Lines, each with its end. */
  public static String render(Trace trace) {
    StringBuilder text = new StringBuilder();
    line(text, "Packet: " + PacketWords.describe(trace.packet()));
    line(text, "Fragments as seen by: " + trace.mode().text());
    StepWriter writer = new StepWriter(text);
    trace.steps().forEach(s -> s.accept(writer));
    line(text, "Result:");
    trace.dispositions().forEach(d -> line(text, INDENT + result(d)));
    return text.toString();
  }

  private static void line(StringBuilder text, String line) {
    text.append(line).append('\n');
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
    public Boolean groupEntered(TraceStep.GroupEntered step) {
      return step(
          "group "
              + step.group().id()
              + ", a copy for each of "
              + step.group().buckets().size()
              + " buckets, because of "
              + step.group().source());
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
