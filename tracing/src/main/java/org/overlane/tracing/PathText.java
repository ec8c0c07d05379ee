/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tracing;

import com.google.common.base.Strings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.trace.Disposition;
import org.overlane.flowrules.trace.FragmentClass;
import org.overlane.flowrules.trace.FragmentMode;
import org.overlane.flowrules.trace.TraceStep;
import org.overlane.flowrules.trace.TracedPacket;
import org.overlane.flowrules.trace.path.ControllerDecision;
import org.overlane.flowrules.trace.path.PathEnd;
import org.overlane.flowrules.trace.path.PathStep;

/** A way for people: what it comes to, the packet, and each step with the lengths there. */
public final class PathText {
  /** Of a way with more steps than this, only so many are shown unless all are asked for. */
  private static final int SHOWN_STEPS = 60;

  private final TraceAnswer answer;
  private final boolean verbose;
  private final StringBuilder text = new StringBuilder();
  private int number;

  private PathText(TraceAnswer answer, boolean verbose) {
    this.answer = answer;
    this.verbose = verbose;
  }

  /**
   * Lines, each with its end.
   *
   * @param verbose whether to show every entry, with what caused it, and every step however many
   */
  public static String render(TraceAnswer answer, boolean verbose) {
    PathText text = new PathText(answer, verbose);
    text.all();
    return text.text.toString();
  }

  private void all() {
    line(Conclusion.of(answer));
    line("");
    TraceStart start = answer.start();
    line("Packet  " + Words.packet(start.packet()));
    line("From    " + from(start));
    start.to().ifPresent(to -> line("To      " + to(start, to)));
    answer
        .limit()
        .ifPresent(
            l -> line("Fits    IP packets of up to " + l.ipMtu() + " bytes: " + l.derivation()));
    if (start.mode() != FragmentMode.NORMAL) {
      line("Mode    " + start.mode().text() + ", of fragments on switches of profile ovs");
    }
    line("");
    Lines lines = new Lines();
    List<PathStep> steps = answer.trace().steps();
    int shown = verbose ? steps.size() : Math.min(steps.size(), SHOWN_STEPS);
    steps.subList(0, shown).forEach(s -> s.accept(lines));
    if (shown < steps.size()) {
      line("... and " + (steps.size() - shown) + " more steps; --verbose shows them");
    }
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private String from(TraceStart start) {
    String port =
        Words.port(answer.model(), start.node(), start.packet().inPort()) + " of " + start.node();
    return start.from().map(e -> e.id() + ", network " + e.network() + ", " + port).orElse(port)
        + start.packet().tunnelId().map(id -> ", out of a tunnel with VNI " + id).orElse("");
  }

  private static String to(TraceStart start, Endpoint to) {
    boolean other = start.from().filter(f -> !f.network().equals(to.network())).isPresent();
    return to.id()
        + ", network "
        + to.network()
        + ", "
        + to.port().map(p -> "VM port " + p).orElse("no port yet")
        + " of "
        + to.node()
        + (other ? "; not the sender's network, which knows no such MAC" : "");
  }

  /** A line or more for each step. */
  private final class Lines implements PathStep.Visitor<Boolean> {
    private Boolean step(PathStep step, String what) {
      number++;
      line(
          Strings.padStart(Integer.toString(number), 3, ' ')
              + "  "
              + Strings.repeat("  ", step.depth())
              + step.node()
              + "  "
              + what);
      return true;
    }

    @Override
    public Boolean inSwitch(PathStep.InSwitch step) {
      boolean packetOut = step.isPacketOut();
      String arrives =
          (packetOut ? "packet-out: " : "")
              + frames(step)
              + " "
              + (packetOut ? "" : "at " + port(step, step.trace().packet().inPort()));
      Set<String> ends = new LinkedHashSet<>();
      step.trace().dispositions().forEach(d -> ends.add(disposition(step, d)));
      if (step.trace().restDroppedBy().isPresent()) {
        ends.add("the rest dropped");
      }
      step(
          step,
          arrives.trim() + " -> " + Words.shortList(new ArrayList<>(ends)) + by(step) + size(step));
      if (verbose) {
        EntryLines.of(step.trace()).forEach(PathText.this::line);
      }
      return true;
    }

    /** Outer packets count without Ethernet header: that is what the underlay's MTU limits. */
    private String frames(PathStep.InSwitch step) {
      List<TracedPacket> packets = step.packets();
      if (step.isOuter()) {
        boolean whole = packets.get(0).fragment() == FragmentClass.WHOLE;
        String what = whole ? "VXLAN packet" : "fragment";
        return Words.sized(what, Words.packetLengths(packets));
      }
      return Words.sized(
          "frame", packets.stream().map(TracedPacket::length).collect(Collectors.toList()));
    }

    private String port(PathStep step, OfPort port) {
      return Words.port(answer.model(), step.node(), port);
    }

    private String disposition(PathStep.InSwitch step, Disposition end) {
      switch (end.kind()) {
        case OUTPUT:
          return port(step, end.port().get());
        case TO_CONTROLLER:
          return "controller";
        case SUPPRESSED:
          return "not back to port " + end.port().get();
        default:
          return "dropped";
      }
    }

    private String size(PathStep.InSwitch step) {
      return step.trace().steps().stream()
          .filter(TraceStep.SizeChecked.class::isInstance)
          .map(TraceStep.SizeChecked.class::cast)
          .findFirst()
          .map(c -> "; frames of up to " + c.limit() + " bytes fit")
          .orElse("");
    }

    private String by(PathStep.InSwitch step) {
      Set<String> titles = new LinkedHashSet<>();
      for (Disposition end : step.trace().dispositions()) {
        end.entry().map(Words::title).ifPresent(titles::add);
      }
      step.trace().restDroppedBy().map(Words::title).ifPresent(titles::add);
      if (titles.isEmpty()) {
        return "";
      }
      boolean one = step.isOuter() && step.packets().size() > 1;
      return ", by " + (one ? "one entry: " : "") + Words.list(new ArrayList<>(titles));
    }

    @Override
    public Boolean atController(PathStep.AtController step) {
      ControllerDecision decision = step.decision();
      StringBuilder what = new StringBuilder("controller: ").append(decision.reason());
      what.append(". ").append(decision.explanation());
      decision
          .answer()
          .ifPresent(
              a ->
                  what.append(" It says MTU ")
                      .append(a.mtu())
                      .append(", from ")
                      .append(a.source())
                      .append('.'));
      if (decision.packets().size() > 1) {
        what.append(" IP packets of ")
            .append(Words.lengths(Words.packetLengths(decision.packets())))
            .append(" bytes.");
      }
      Optional<Integer> mss = mss(decision);
      if (mss.isPresent() && !mss.equals(step.packet().mss())) {
        String before = step.packet().mss().map(Object::toString).orElse("none");
        what.append(" MSS ").append(before).append(" -> ").append(mss.get()).append('.');
      }
      decision
          .exception()
          .map(FlowEntry::match)
          .ifPresent(m -> what.append(" An entry lets what follows pass without the controller."));
      return step(step, what.toString());
    }

    private Optional<Integer> mss(ControllerDecision decision) {
      return decision.packets().isEmpty() ? Optional.empty() : decision.packets().get(0).mss();
    }

    @Override
    public Boolean encapsulated(PathStep.Encapsulated step) {
      String addresses =
          step.source().isPresent() && step.destination().isPresent()
              ? ", " + step.source().get() + " -> " + step.destination().get()
              : ", to " + step.to();
      return step(
          step,
          "encapsulated by the "
              + step.mode().text()
              + " endpoint, VNI "
              + step.vni()
              + addresses
              + ": "
              + Words.sized("frame", step.frames())
              + " -> "
              + Words.sized("outer " + step.family().title() + " packet", step.packets()));
    }

    @Override
    public Boolean fragmented(PathStep.Fragmented step) {
      String who =
          step.byUnderlay()
              ? "fragmented by a router of the underlay on the way to " + step.narrow()
              : "fragmented by the endpoint";
      return step(
          step,
          who
              + ": "
              + step.before()
              + " bytes exceed the underlay MTU of "
              + step.mtu()
              + " -> "
              + Words.sized("fragment", step.after()));
    }

    @Override
    public Boolean reassembled(PathStep.Reassembled step) {
      return step(
          step,
          "put together by the endpoint: "
              + step.fragments()
              + " fragments -> "
              + step.length()
              + " bytes");
    }

    @Override
    public Boolean decapsulated(PathStep.Decapsulated step) {
      return step(
          step,
          "decapsulated by the "
              + step.mode().text()
              + " endpoint, VNI "
              + step.vni()
              + ": "
              + Words.sized("frame", step.frames())
              + " at tunnel port "
              + step.port());
    }

    @Override
    public Boolean ended(PathStep.Ended step) {
      return step(step, end(step.end()) + condition(step.end()));
    }

    private String condition(PathEnd end) {
      return end.choices().isEmpty()
          ? ""
          : end.choices().stream()
              .map(c -> c.choice().text() + " at " + c.node())
              .collect(Collectors.joining(" and ", "; only if ", ""));
    }

    private String end(PathEnd end) {
      Optional<String> who =
          Optional.of(end.endpoints().stream().map(Endpoint::id).collect(Collectors.toList()))
              .filter(ids -> !ids.isEmpty())
              .map(Words::shortList);
      switch (end.kind()) {
        case DELIVERED:
          return "=> delivered to " + who.get();
        case TO_MANAGEMENT_OS:
          return "=> delivered to the management OS";
        case TO_UNDERLAY:
          return "=> sent to the underlay";
        case AT_OTHER_PORT:
          return "=> out of port " + end.port().get() + ", nobody known is there";
        case ANSWERED:
          return "=> dropped, and " + who.orElse("the sender") + " is told by an ICMP error";
        case NOT_SENT_BACK:
          return "=> not sent back to where it came from";
        case LOST:
          return "=> lost: " + end.reason();
        default:
          return "=> dropped" + Conclusion.dropped(end);
      }
    }
  }
}
