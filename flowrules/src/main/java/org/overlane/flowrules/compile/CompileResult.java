/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.compile;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import org.overlane.flowrules.openflow.FlowTables;

/** The tables of one node, and what could not be put into them. */
@AutoValue
public abstract class CompileResult {
  CompileResult() {}

  public abstract FlowTables tables();

  /** In the order found, which depends on nothing but the model. */
  public abstract ImmutableList<Diagnostic> diagnostics();

  static CompileResult of(FlowTables tables, Iterable<Diagnostic> diagnostics) {
    return new AutoValue_CompileResult(tables, ImmutableList.copyOf(diagnostics));
  }
}
