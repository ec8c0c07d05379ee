/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tracing;

import com.google.auto.value.AutoValue;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.overlane.flowrules.compile.PipelineCompiler;
import org.overlane.flowrules.feature.NodeContext;
import org.overlane.flowrules.feature.TunnelPath;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.PathLimit;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.trace.path.PathTrace;
import org.overlane.flowrules.trace.path.PathTracer;

/** The way of a packet, and what is needed to tell it. */
@AutoValue
public abstract class TraceAnswer {
  TraceAnswer() {}

  abstract NetworkModel model();

  public abstract TraceStart start();

  public abstract PathTrace trace();

  /** What fits between sender and receiver, if a tunnel leads from one's node to the other's. */
  public abstract Optional<PathLimit> limit();

  /**
   * Through the tables that the model asks for.
   *
   * @throws org.overlane.config.ConfigException with all that is wrong with the question
   */
  public static TraceAnswer desired(NetworkModel model, TraceQuery query) {
    return of(model, desiredTables(model), query);
  }

  /**
   * Through any tables, such as those that switches have.
   *
   * @throws org.overlane.config.ConfigException with all that is wrong with the question
   * @throws IllegalArgumentException if the standard does not say what an entry does
   */
  public static TraceAnswer of(
      NetworkModel model, Function<NodeId, FlowTables> tables, TraceQuery query) {
    TraceStart start = query.resolve(model);
    PathTracer tracer = new PathTracer(model, tables, new SlowPathController(model), start.mode());
    return new AutoValue_TraceAnswer(
        model, start, tracer.trace(start.node(), start.packet()), limit(model, start));
  }

  /** Compiles the tables of a node when somebody asks for them, and once only. */
  public static Function<NodeId, FlowTables> desiredTables(NetworkModel model) {
    Map<NodeId, FlowTables> known = new HashMap<>();
    PipelineCompiler compiler = new PipelineCompiler();
    return node -> known.computeIfAbsent(node, n -> compiler.compile(model, n).tables());
  }

  private static Optional<PathLimit> limit(NetworkModel model, TraceStart start) {
    if (!start.from().isPresent() || !start.to().isPresent()) {
      return Optional.empty();
    }
    Endpoint from = start.from().get();
    Endpoint to = start.to().get();
    Optional<Node> remote = model.node(to.node());
    boolean crosses =
        from.network().equals(to.network())
            && !from.node().equals(to.node())
            && remote.isPresent()
            && TunnelPath.between(
                    new NodeContext(model, model.node(from.node()).get()),
                    model.networks().get(from.network()),
                    remote.get())
                .isPresent();
    return crosses
        ? Optional.of(
            PathLimit.between(
                model,
                model.networks().get(from.network()),
                model.node(from.node()).get(),
                remote.get()))
        : Optional.empty();
  }
}
