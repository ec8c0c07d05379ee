/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.testing;

import org.overlane.flowrules.compile.CompileResult;
import org.overlane.flowrules.compile.PipelineCompiler;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;

/** A model, a node of it, and in a folder of the same name what the node should get. */
public record Scenario(String name, NetworkModel model, NodeId node) {
  public CompileResult compile() {
    return new PipelineCompiler().compile(model, node);
  }

  @Override
  public String toString() {
    return name;
  }
}
