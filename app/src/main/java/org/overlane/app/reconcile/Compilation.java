/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.reconcile;

import java.util.Optional;
import org.overlane.flowrules.compile.CompileResult;
import org.overlane.flowrules.compile.ModelChange;
import org.overlane.flowrules.compile.PipelineCompiler;
import org.overlane.flowrules.model.NodeId;

/** Makes the tables of a switch after a change of the model. */
interface Compilation {
  /**
   * The tables.
   *
   * @param previous what was made of the switch before the change; empty if nothing was, or it is
   *     not to be relied on
   */
  CompileResult compile(Optional<CompileResult> previous, ModelChange change, NodeId id);

  /** That of the pipeline. */
  static Compilation pipeline() {
    return of(new PipelineCompiler());
  }

  /** That of a compiler, which may have other features than the pipeline. */
  static Compilation of(PipelineCompiler compiler) {
    return (previous, change, id) ->
        previous.isPresent()
            ? compiler.recompile(previous.get(), change, id)
            : compiler.compile(change.after(), id);
  }
}
