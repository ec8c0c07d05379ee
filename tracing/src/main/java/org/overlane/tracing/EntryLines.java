/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tracing;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.ActionSet;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.Group;
import org.overlane.flowrules.openflow.Instructions;
import org.overlane.flowrules.pipeline.PortMeters;
import org.overlane.flowrules.text.OfctlFormat;
import org.overlane.flowrules.trace.Trace;
import org.overlane.flowrules.trace.TraceStep;

/** Every entry that a packet meets in a switch, and what it does, in the words of ovs-ofctl. */
final class EntryLines implements TraceStep.Visitor<Boolean> {
  private static final String ENTRY = "         ";
  private static final String DETAIL = ENTRY + "    ";

  private final List<String> lines = new ArrayList<>();

  private EntryLines() {}

  static List<String> of(Trace trace) {
    EntryLines lines = new EntryLines();
    trace.steps().forEach(s -> s.accept(lines));
    return lines.lines;
  }

  private Boolean detail(String line) {
    lines.add(DETAIL + line);
    return true;
  }

  @Override
  public Boolean matched(TraceStep.Matched step) {
    FlowEntry entry = step.entry();
    String match = OfctlFormat.match(entry.match());
    lines.add(
        ENTRY
            + Words.table(entry.table())
            + ", priority "
            + entry.priority()
            + ": "
            + (match.isEmpty() ? "any packet" : match));
    return detail(
        Words.title(entry)
            + Words.packetClass(entry).map(c -> " (" + c.documentation() + ")").orElse("")
            + (entry.source().isEmpty() ? "" : ", because of " + entry.source())
            + ", cookie "
            + entry.cookie());
  }

  @Override
  public Boolean noMatch(TraceStep.NoMatch step) {
    lines.add(ENTRY + Words.table(step.table()) + ": no entry matches");
    return true;
  }

  @Override
  public Boolean metered(TraceStep.Metered step) {
    boolean counts =
        PortMeters.purpose(step.meter()).filter(p -> p == PortMeters.Purpose.DROP).isPresent();
    return detail(
        "meter "
            + step.meter()
            + PortMeters.name(step.meter()).map(n -> ", " + n).orElse("")
            + (counts
                ? ": counts what is dropped here"
                : ": drops what exceeds its rate; taken as passed"));
  }

  @Override
  public Boolean fieldSet(TraceStep.FieldSet step) {
    Action action = Action.setField(FieldValue.exact(step.field(), step.after()));
    return detail(
        OfctlFormat.instructions(
            Instructions.builder().applyActions(ImmutableList.of(action)).build()));
  }

  @Override
  public Boolean sizeChecked(TraceStep.SizeChecked step) {
    return detail(
        "a frame of "
            + step.length()
            + " bytes "
            + (step.isLarger() ? "exceeds" : "fits")
            + " the limit of "
            + step.limit()
            + ": "
            + step.register().ofctlName()
            + "["
            + step.bit()
            + "]="
            + (step.isLarger() ? 1 : 0));
  }

  @Override
  public Boolean actionSetChanged(TraceStep.ActionSetChanged step) {
    return detail("action set: " + content(step.set()));
  }

  @Override
  public Boolean actionSetExecuted(TraceStep.ActionSetExecuted step) {
    lines.add(ENTRY + "action set: " + content(step.set()));
    return true;
  }

  private static String content(ActionSet set) {
    return set.isEmpty()
        ? "empty"
        : OfctlFormat.instructions(Instructions.builder().applyActions(set.inOrder()).build());
  }

  @Override
  public Boolean groupEntered(TraceStep.GroupEntered step) {
    Group group = step.group();
    String buckets = Words.count(group.buckets().size(), "bucket");
    String what =
        group.hasChoice()
            ? ", one of " + buckets + ", which the switch chooses"
            : group.type() == Group.Type.ALL ? ", a copy for each of " + buckets : "";
    return detail("group " + group.id() + what + ", because of " + group.source());
  }

  @Override
  public Boolean bucketEntered(TraceStep.BucketEntered step) {
    return detail("bucket " + (step.bucket() + 1));
  }

  @Override
  public Boolean ended(TraceStep.Ended step) {
    switch (step.disposition().kind()) {
      case OUTPUT:
        return detail("output to port " + step.disposition().port().get());
      case TO_CONTROLLER:
        return detail("to the controller");
      case SUPPRESSED:
        return detail("not sent back to port " + step.disposition().port().get());
      default:
        return detail("dropped");
    }
  }
}
