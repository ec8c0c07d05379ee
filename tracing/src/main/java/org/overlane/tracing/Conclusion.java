/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tracing;

import com.google.common.base.Ascii;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.overlane.flowrules.feature.PacketClass;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.trace.path.ControllerDecision;
import org.overlane.flowrules.trace.path.PathEnd;
import org.overlane.flowrules.trace.path.PathStep;

/** What it all comes to: one line. */
final class Conclusion {
  private final TraceAnswer answer;
  private final List<PathEnd> ends;

  private Conclusion(TraceAnswer answer) {
    this.answer = answer;
    List<PathEnd> all = answer.trace().ends();
    List<PathEnd> counting =
        all.stream()
            .filter(e -> e.kind() != PathEnd.Kind.NOT_SENT_BACK)
            .collect(Collectors.toList());
    this.ends = counting.isEmpty() ? all : counting;
  }

  /** One sentence or several, each with its full stop. */
  static String of(TraceAnswer answer) {
    return new Conclusion(answer).text();
  }

  /** The kinds of ends, without those that do not count. */
  static Set<PathEnd.Kind> kinds(TraceAnswer answer) {
    return new Conclusion(answer)
        .ends.stream().map(PathEnd::kind).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private String text() {
    List<String> sentences = new ArrayList<>();
    delivered().ifPresent(sentences::add);
    Set<String> others = new LinkedHashSet<>();
    for (PathEnd end : ends) {
      if (end.kind() != PathEnd.Kind.DELIVERED) {
        others.add(other(end));
      }
    }
    List<String> list = new ArrayList<>(others);
    sentences.addAll(list.subList(0, Math.min(list.size(), 3)));
    if (list.size() > 3) {
      sentences.add("And " + (list.size() - 3) + " more ends, see below");
    }
    choice().ifPresent(sentences::add);
    return sentences.stream().map(s -> s + ".").collect(Collectors.joining(" "));
  }

  /** That not all of it happens to one packet. */
  private Optional<String> choice() {
    Set<String> groups = new LinkedHashSet<>();
    for (PathEnd end : answer.trace().ends()) {
      end.choices().forEach(c -> groups.add("group " + c.choice().groupId() + " of " + c.node()));
    }
    return groups.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Not all of this happens to one packet: which bucket it takes is the switch's choice,"
                + " in "
                + Words.shortList(new ArrayList<>(groups)));
  }

  private Optional<String> delivered() {
    Set<String> receivers = new LinkedHashSet<>();
    int pieces = 1;
    for (PathEnd end : ends) {
      if (end.kind() == PathEnd.Kind.DELIVERED) {
        end.endpoints().stream().map(Endpoint::id).forEach(receivers::add);
        pieces = Math.max(pieces, end.packets().size());
      }
    }
    if (receivers.isEmpty()) {
      return Optional.empty();
    }
    String fragments = pieces > 1 ? " in " + pieces + " fragments, to be put together there" : "";
    String ways = ways();
    return Optional.of(
        "Delivered to "
            + Words.shortList(new ArrayList<>(receivers))
            + fragments
            + (ways.isEmpty() ? "" : ": " + ways));
  }

  /** What was done to it on the way: by the controller, by the tunnel endpoint. */
  private String ways() {
    Set<String> ways = new LinkedHashSet<>();
    for (PathStep step : answer.trace().steps()) {
      if (step instanceof PathStep.AtController) {
        ways.add(controller((PathStep.AtController) step));
      } else if (step instanceof PathStep.Fragmented) {
        PathStep.Fragmented fragmented = (PathStep.Fragmented) step;
        ways.add(
            (fragmented.byUnderlay() ? "the underlay" : "the tunnel endpoint")
                + " makes "
                + fragmented.after().size()
                + " fragments of the outer packet");
      }
    }
    return String.join("; ", ways);
  }

  private static String controller(PathStep.AtController step) {
    ControllerDecision decision = step.decision();
    Optional<Integer> before = step.packet().mss();
    Optional<Integer> after =
        decision.packets().isEmpty() ? before : decision.packets().get(0).mss();
    if (!before.equals(after)) {
      String old = before.map(m -> "from " + m).orElse("from the default");
      return "the controller lowers its MSS "
          + old
          + " to "
          + after.map(Object::toString).orElse("");
    }
    int packets = decision.packets().size();
    return packets > 1 ? "the controller fragments it" : "by way of the controller";
  }

  private String other(PathEnd end) {
    switch (end.kind()) {
      case ANSWERED:
        return answered(end);
      case TO_MANAGEMENT_OS:
        return "Delivered to the management OS of "
            + end.node()
            + " at port "
            + end.port().get()
            + (isForEndpoint(end) ? ", where the tunnel endpoint takes it" : "");
      case TO_UNDERLAY:
        return "Sent to the underlay by port " + end.port().get() + " of " + end.node();
      case AT_OTHER_PORT:
        return "Output to port "
            + end.port().get()
            + " of "
            + end.node()
            + ", where the model knows nobody who takes it";
      case NOT_SENT_BACK:
        return "Not sent back to port "
            + end.port().get()
            + " of "
            + end.node()
            + ", where it came from";
      case LOST:
        return "Lost at " + end.node() + ": " + end.reason();
      default:
        return "Dropped at "
            + end.node()
            + dropped(end)
            + MissingPath.of(answer.model(), end).orElse("");
    }
  }

  private static boolean isForEndpoint(PathEnd end) {
    return end.entry()
        .flatMap(Words::packetClass)
        .filter(c -> c == PacketClass.VXLAN_RECEIVE)
        .isPresent();
  }

  private String answered(PathEnd end) {
    String who = end.endpoints().isEmpty() ? "the sender" : end.endpoints().get(0).id();
    return answer.trace().steps().stream()
        .filter(PathStep.AtController.class::isInstance)
        .map(s -> ((PathStep.AtController) s).decision().answer())
        .filter(Optional::isPresent)
        .map(Optional::get)
        .findFirst()
        .map(
            a ->
                "Dropped, since its "
                    + Words.packetLength(end.packets().get(0))
                    + " bytes do not fit, and "
                    + who
                    + " is told that "
                    + a.mtu()
                    + " do ("
                    + a.message()
                    + " from "
                    + a.source()
                    + ")")
        .orElse("Dropped, and " + who + " is told");
  }

  /** What follows "dropped". */
  static String dropped(PathEnd end) {
    switch (end.cause()) {
      case CONTROLLER:
        return " by the controller: " + withoutStop(end.reason());
      case FRAGMENTS_DROPPED:
        return ": the switch is set to drop all fragments";
      case NO_MATCH:
        return ": no entry of a table matches";
      default:
        return end.entry().map(Conclusion::byEntry).orElse(": the packet-out has no output");
    }
  }

  /** {@code by Unknown VNI, which drops and counts frames ...}. */
  private static String byEntry(FlowEntry entry) {
    return " by "
        + Words.title(entry)
        + Words.packetClass(entry)
            .filter(PacketClass::isDrop)
            .map(c -> ", which " + lowered(withoutStop(c.purpose())))
            .orElse(", an entry of table " + entry.table() + " without output");
  }

  private static String lowered(String sentence) {
    return Ascii.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
  }

  private static String withoutStop(String sentence) {
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }
}
